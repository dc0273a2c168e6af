// One month: a row per category, women and men on one scale, the gap written beside.

const MOST_ROWS = 60;
// Between the scale and the column of gaps, in pixels.
const COLUMN_PAD = 14;

/** The rows there is room for: all, or those with the largest denominators, in table order. */
function drawnRows(view) {
  if (view.rows.length <= MOST_ROWS) return view.rows;
  const size = (row) => row.pair.insgesamt.nenner || 0;
  const least = view.rows.map(size).sort((a, b) => b - a)[MOST_ROWS - 1];
  return view.rows.filter((row) => size(row) >= least).slice(0, MOST_ROWS);
}

/** The gap of a row, or the words for why there is none or why it is not firm. */
function noteOf(pair) {
  const said = (figure) => DATEN.status[figure.status];
  const sexes = [["wort.frauen", pair.w], ["wort.maenner", pair.m]];
  const hidden = sexes.filter(([, figure]) => figure.quote === null);
  if (hidden.length === 2 && pair.w.status === pair.m.status) return [said(pair.w)];
  if (hidden.length) return hidden.flatMap(([key, figure]) => [`${words(key)}:`, said(figure)]);
  const few = pair.w.status === "u" || pair.m.status === "u";
  return few ? [rate(pair.gap), words("status.unsicher")] : [rate(pair.gap)];
}

/** Where everything goes, in pixels: depends on the width and on the longest words. */
function measureRows(rows, width) {
  const narrow = width < NARROW;
  const labels = rows.map((row) => linesOf(row.name, narrow ? 46 : 34));
  const notes = rows.map((row) => noteOf(row.pair).flatMap((note) => linesOf(note, 19)));
  const lines = Math.max(...labels.map((l) => l.length));
  const widest = (texts, size) => Math.ceil(Math.max(...texts.flat().map((t) => widthOf(t, size))));
  const column = Math.max(widest(notes, 12), 72) + COLUMN_PAD + 4;
  const step = narrow
    ? 32 + 16 * lines
    : Math.max(14 + 16 * Math.max(lines, ...notes.map((l) => l.length)), 34);
  const left = narrow ? 12 : widest(labels, 13) + 20;
  return { narrow, labels, notes, lines, column, step, left, inner: width - left };
}

/** Data and layout of the chart. */
function dumbbell(view, width) {
  const rows = drawnRows(view);
  const size = measureRows(rows, width);
  const at = rows.map((_, i) => -i - (size.narrow ? 0.5 - 15 / size.step : 0));
  const unit = linesOf(view.kennzahl.einheit, size.narrow ? 28 : 60);
  const top = 16 * Math.max(unit.length, 1) + 14;
  const layout = frame(width, rows.length * size.step + top + 30, { l: size.left, r: 0, t: top, b: 30 });
  const share = 1 - size.column / size.inner;
  const most = Math.max(...rows.flatMap(quotesOf)) / 10 || 1;
  layout.xaxis = axis({ domain: [0, share], range: [0, most * 1.05], nticks: size.narrow ? 5 : 9 });
  layout.xaxis2 = {
    domain: [share, 1],
    range: [-COLUMN_PAD, size.column - COLUMN_PAD],
    visible: false,
    fixedrange: true,
  };
  layout.yaxis = axis({
    range: [0.5 - rows.length, 0.5],
    tickvals: at,
    ticktext: size.labels.map((lines) => (size.narrow ? "" : lines.map(plain).join("<br>"))),
    tickfont: { size: 13, color: COLORS.text },
    gridcolor: COLORS.flaeche,
    ticklabelstandoff: 8,
  });
  layout.annotations = [caption(unit, 0, 1), caption([words("wort.abstand")], share, 1)];
  layout.annotations[1].xshift = COLUMN_PAD;
  const data = [
    connections(rows, at),
    marks(rows, at, "m", MEN),
    marks(rows, at, "w", WOMEN),
    gaps(rows, at, size.notes),
  ];
  if (size.narrow) data.push(labelsAbove(size));
  return { data, layout };
}

/** The grey lines between the marks of a row. */
function connections(rows, at) {
  const both = rows.map((row, i) => ({ ...row, y: at[i] })).filter((row) => row.pair.gap !== null);
  return {
    x: both.flatMap(({ pair }) => [pair.w.quote / 10, pair.m.quote / 10, null]),
    y: both.flatMap(({ y }) => [y, y, null]),
    mode: "lines",
    line: { color: COLORS.abstand, width: 3 },
    hoverinfo: "skip",
  };
}

/** The marks of one sex; a quota that is not shown has none. */
function marks(rows, at, sex, look) {
  const shown = rows.map((row, i) => ({ ...row, y: at[i] })).filter((row) => row.pair[sex].quote !== null);
  return {
    x: shown.map((row) => row.pair[sex].quote / 10),
    y: shown.map((row) => row.y),
    mode: "markers",
    marker: {
      color: look.fill,
      symbol: look.symbol,
      size: look.size,
      line: { color: look.color, width: look.line },
      opacity: 1,
    },
    text: shown.map((row) => hover(words(look.key), row, row.pair[sex].quote)),
    hovertemplate: "%{text}<extra></extra>",
    cliponaxis: false,
  };
}

/** The column at the right: the gap in words and figures. */
function gaps(rows, at, notes) {
  const points = { x: rows.map(() => 0), y: at, xaxis: "x2", yaxis: "y" };
  const color = rows.map((row) => (row.pair.gap === null ? COLORS.gedaempft : COLORS.text));
  return lettering(notes.map((lines) => lines.map(plain).join("<br>")), points, 12, color);
}

/** On a narrow screen the name of a category stands over its row. */
function labelsAbove(size) {
  const y = size.labels.map((_, i) => 0.5 - i - (2 + 8 * size.lines) / size.step);
  const points = { x: y.map(() => 0), y };
  return lettering(size.labels.map((lines) => lines.map(plain).join("<br>")), points, 13, COLORS.text);
}
