// One category over time: women and men as lines, the gap below on an axis of its own.

const MOST_MARKS = 24;
const GAP_PART = 0.24;

/** Data and layout of the chart; rows with the newest month first. */
function course(view, width) {
  const rows = [...view.rows].reverse();
  const narrow = width < NARROW;
  const unit = linesOf(view.kennzahl.einheit, narrow ? 44 : 80);
  const top = 16 * unit.length + 14;
  const ends = endLabels(rows);
  const right = Math.ceil(Math.max(60, ...ends.map((end) => widthOf(end.text, 13)))) + 22;
  const layout = frame(width, narrow ? 430 : 460, { l: 40, r: right, t: top, b: 34 });
  const ticks = monthTicks(rows, narrow ? 3 : 8);
  const [first, last] = [rows[0].month, rows[rows.length - 1].month];
  const pad = Math.max((last - first) * 0.03, 0.4);
  layout.xaxis = axis({
    range: [first - pad, last + pad],
    tickvals: ticks.map((row) => row.month),
    ticktext: ticks.map((row) => row.short),
    showgrid: false,
    anchor: "y2",
  });
  const zero = { zeroline: true, zerolinecolor: COLORS.abstand, zerolinewidth: 1 };
  const most = Math.max(...rows.flatMap(quotesOf)) / 10 || 1;
  layout.yaxis = axis({ domain: [GAP_PART + 0.12, 1], range: [0, most * 1.08], nticks: 6, ...zero });
  layout.yaxis2 = axis({ domain: [0, GAP_PART], range: gapRange(rows), nticks: 4, ...zero });
  layout.annotations = [
    caption(unit, 0, 1),
    caption([words("einheit.abstand")], 0, GAP_PART),
    ...ends.map((end) => endLabel(end, last)),
  ];
  const step = smallestStep(rows);
  const data = [line(rows, step, "m", MEN), line(rows, step, "w", WOMEN), gapLine(rows, step)];
  return { data, layout };
}

/** The quotas of a row in tenths, 0 for what is not shown. */
function quotesOf({ pair }) {
  return [pair.w.quote || 0, pair.m.quote || 0];
}

/** The range of the gaps with zero in it, and room for the marks. */
function gapRange(rows) {
  const gaps = rows.map((row) => (row.pair.gap || 0) / 10);
  const [low, high] = [Math.min(0, ...gaps), Math.max(0, ...gaps)];
  const room = (high - low || 1) * 0.15;
  return [low - room, high + room];
}

/** Months in a row are joined; a row is missing where more than the usual step lies between. */
function smallestStep(rows) {
  const steps = rows.slice(1).map((row, i) => row.month - rows[i].month);
  return Math.min(...steps);
}

/** Points of a line with an empty one wherever it must break. */
function broken(rows, step, value) {
  const points = [];
  rows.forEach((row, i) => {
    if (i && row.month - rows[i - 1].month > step) points.push({ x: row.month - step / 2, y: null });
    points.push({ x: row.month, y: value(row), row });
  });
  return points;
}

/** Whether a point is marked: all of a short line, else Decembers, ends and what stands alone. */
function isMarked(points, i) {
  const here = points[i];
  if (here.y === null) return false;
  const next = (k) => points[k] !== undefined && points[k].y !== null;
  const alone = !next(i - 1) && !next(i + 1);
  const end = !next(i - 1) || !next(i + 1);
  return points.length <= MOST_MARKS || alone || end || DATEN.monate[here.x].endsWith("-12");
}

/** The line of one sex. */
function line(rows, step, sex, look) {
  const tenths = (row) => row.pair[sex].quote;
  const points = broken(rows, step, (row) => (tenths(row) === null ? null : tenths(row) / 10));
  return {
    x: points.map((p) => p.x),
    y: points.map((p) => p.y),
    mode: "lines+markers",
    line: { color: look.color, width: 2.5, dash: look.dash },
    marker: {
      color: look.fill,
      symbol: look.symbol,
      size: points.map((_, i) => (isMarked(points, i) ? look.size : 0)),
      line: { color: look.color, width: points.map((_, i) => (isMarked(points, i) ? look.line : 0)) },
      opacity: 1,
    },
    text: points.map((p) => (p.y === null ? "" : hover(words(look.key), p.row, tenths(p.row)))),
    hovertemplate: "%{text}<extra></extra>",
    connectgaps: false,
    cliponaxis: false,
  };
}

/** The gap in percentage points. */
function gapLine(rows, step) {
  const points = broken(rows, step, (row) => (row.pair.gap === null ? null : row.pair.gap / 10));
  return {
    x: points.map((p) => p.x),
    y: points.map((p) => p.y),
    yaxis: "y2",
    mode: "lines+markers",
    line: { color: COLORS.marke, width: 2 },
    marker: {
      color: COLORS.marke,
      symbol: "square",
      size: points.map((_, i) => (isMarked(points, i) ? 5 : 0)),
      opacity: 1,
    },
    text: points.map((p) => (p.y === null ? "" : hover(words("wort.abstand"), p.row, p.row.pair.gap))),
    hovertemplate: "%{text}<extra></extra>",
    connectgaps: false,
    cliponaxis: false,
  };
}

/** The last quota of each sex and the last gap, named at the end of their lines. */
function endLabels(rows) {
  const { pair } = rows[rows.length - 1];
  const found = [];
  for (const [figure, look] of [[pair.w, WOMEN], [pair.m, MEN]]) {
    if (figure.quote === null) continue;
    const text = `${words(look.key)} ${rate(figure.quote)}`;
    found.push({ text, y: figure.quote / 10, yref: "y", color: look.text, shift: 0 });
  }
  // Two lines that end close together would write over each other.
  if (found.length === 2 && tooClose(rows, found)) {
    const [low, high] = found[0].y < found[1].y ? found : [found[1], found[0]];
    Object.assign(low, { shift: -9 });
    Object.assign(high, { shift: 9 });
  }
  if (pair.gap !== null) {
    found.push({ text: rate(pair.gap), y: pair.gap / 10, yref: "y2", color: COLORS.marke, shift: 0 });
  }
  return found;
}

function tooClose(rows, [one, other]) {
  return Math.abs(one.y - other.y) <= (Math.max(...rows.flatMap(quotesOf)) / 10) * 0.09;
}

function endLabel(end, month) {
  return {
    text: `<b>${plain(end.text)}</b>`,
    x: month,
    y: end.y,
    yref: end.yref,
    xanchor: "left",
    yanchor: "middle",
    xshift: 12,
    yshift: end.shift,
    showarrow: false,
    font: { size: 13, color: end.color },
  };
}

/** At most `most` months that are named on the axis: Decembers if there are any. */
function monthTicks(rows, most) {
  const decembers = rows.filter((row) => DATEN.monate[row.month].endsWith("-12"));
  const named = decembers.length > 1 ? decembers : rows;
  const every = Math.ceil(named.length / most);
  return named.filter((_, i) => (named.length - 1 - i) % every === 0);
}
