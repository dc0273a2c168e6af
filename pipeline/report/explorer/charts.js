// The two charts, drawn by Plotly from the rows of the table.

const FONT = 'Arial, "Liberation Sans", "DejaVu Sans", sans-serif';
const NARROW = 560;
// What is left of the first sheet under head and sentences, in pixels.
const PAPER_HEIGHT = 360;
const COLORS = DATEN.farben;
const CONFIG = {
  displayModeBar: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  showLink: false,
  scrollZoom: false,
  doubleClick: false,
  responsive: false,
};
// How each sex is drawn: filled circle and solid line, open diamond and dashed line.
const WOMEN = {
  key: "wort.frauen",
  color: COLORS.frauen,
  text: COLORS.frauen_text,
  fill: COLORS.frauen,
  symbol: "circle",
  dash: "solid",
  size: 10,
  line: 0,
};
const MEN = {
  key: "wort.maenner",
  color: COLORS.maenner,
  text: COLORS.maenner_text,
  fill: COLORS.papier,
  symbol: "diamond",
  dash: "6px,4px",
  size: 11,
  line: 2,
};

/** Text that Plotly shows as it stands: labels come from the data, and Plotly reads tags. */
function plain(text) {
  return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** A label in lines of at most `width` characters, broken between words. */
function linesOf(label, width) {
  const lines = [""];
  for (const word of String(label).split(" ")) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= width) lines.push(word);
    else lines[last] = lines[last] ? `${lines[last]} ${word}` : word;
  }
  return lines;
}

const ruler = document.createElement("canvas").getContext("2d");

/** The width of a text in pixels. */
function widthOf(text, size) {
  ruler.font = `${size}px ${FONT}`;
  return ruler.measureText(text).width;
}

/**
 * Draw a view into `box`, as wide as that is. On paper a chart stands on the first page, made
 * smaller if need be; one that would get too small is left out, as the table says the same.
 */
function draw(box, view) {
  const make = view.overTime ? course : dumbbell;
  const figure = make(view, box.clientWidth);
  const smaller = Math.min(PAPER_HEIGHT / figure.layout.height, 0.8);
  box.parentElement.style.setProperty("--kleiner", smaller);
  box.parentElement.classList.toggle("hoch", smaller < 0.55);
  return Plotly.react(box, figure.data, figure.layout, CONFIG);
}

/** What both charts share. */
function frame(width, height, margin) {
  return {
    width,
    height,
    margin,
    font: { family: FONT, size: 13, color: COLORS.text },
    paper_bgcolor: COLORS.papier,
    plot_bgcolor: COLORS.papier,
    separators: DATEN.dezimal + DATEN.tausend,
    showlegend: false,
    dragmode: false,
    hovermode: "closest",
    hoverlabel: { bgcolor: COLORS.papier, bordercolor: COLORS.marke, font: { color: COLORS.text } },
    annotations: [],
  };
}

function axis(more) {
  return {
    fixedrange: true,
    zeroline: false,
    gridcolor: COLORS.linie,
    tickfont: { size: 12, color: COLORS.gedaempft },
    ...more,
  };
}

/** Words over an axis or a column: `x` and `y` in shares of the plot. */
function caption(lines, x, y) {
  return {
    text: lines.map(plain).join("<br>"),
    xref: "paper",
    yref: "paper",
    x,
    y,
    xanchor: "left",
    yanchor: "bottom",
    yshift: 6,
    showarrow: false,
    align: "left",
    borderpad: 0,
    font: { size: 12, color: COLORS.gedaempft },
  };
}

/** Words written into the chart; `size` and `color` of the letters, points as in a trace. */
function lettering(text, points, size, color) {
  return {
    ...points,
    text,
    mode: "text",
    textposition: "middle right",
    textfont: { size, color },
    cliponaxis: false,
    hoverinfo: "skip",
  };
}

/** The words a pointer finds on a mark; the table has them too. */
function hover(who, row, quote) {
  return plain(`${row.name}, ${who}: ${rate(quote)}`);
}
