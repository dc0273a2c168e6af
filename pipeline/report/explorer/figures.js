// The figures and words of the page: read once from its data, then found by index.

const DATEN = JSON.parse(document.getElementById("daten").textContent);
const SEXES = ["w", "m", "insgesamt"];
const MINUS = "\u2212";
const SHOWN = "ou";

/** A text of the registry with its {placeholders} filled. */
function words(key, values = {}) {
  return DATEN.texte[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** 12345 becomes "12.345"; fractions are rounded half away from zero. */
function count(value) {
  const digits = String(Math.floor(Math.abs(value) + 0.5));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, DATEN.tausend);
  return (value < 0 ? MINUS : "") + grouped;
}

/** A number of tenths with its decimal: 181 becomes "18,1". */
function rate(tenths) {
  const size = Math.abs(tenths);
  const whole = count(Math.floor(size / 10));
  return (tenths < 0 ? MINUS : "") + whole + DATEN.dezimal + String(size % 10);
}

/** A denominator; an average below 10 keeps a decimal, so that 0.4 is not 0. */
function stock(value) {
  const small = value < 10 && !Number.isInteger(value);
  return small ? rate(Math.floor(value * 10 + 0.5)) : count(value);
}

/** The Kennzahl of a code, or undefined. */
function kennzahlOf(code) {
  return DATEN.kennzahlen.find((kennzahl) => kennzahl.code === code);
}

/** One Kennzahl by one breakdown, its figures unpacked on first use. */
function sliceOf(kennzahl, schnitt) {
  const slice = kennzahl.schnitte.find((found) => found.id === schnitt);
  if (slice && !slice.where) unpack(slice);
  return slice;
}

/** Give every cell the place of its figures in the three lists, -1 for a cell without. */
function unpack(slice) {
  slice.where = new Int32Array(slice.status.length).fill(-1);
  let next = 0;
  for (let cell = 0; cell < slice.status.length; cell += 1) {
    if (SHOWN.includes(slice.status[cell])) slice.where[cell] = next++;
  }
}

/** The figure of one cell: status letter, zaehler, nenner and quota in tenths or null. */
function figureAt(slice, cell) {
  const status = slice.status[cell];
  const place = slice.where[cell];
  if (place < 0) {
    const none = status === "k" ? 0 : null;
    return { status, zaehler: none, nenner: none, quote: null };
  }
  return {
    status,
    zaehler: slice.zaehler[place],
    nenner: slice.nenner[place],
    quote: slice.zehntel[place],
  };
}

/** Women, men and all for a category and the slice's month of this place, with gap and ratio. */
function pairAt(slice, category, month) {
  const first = (category * slice.monate.length + month) * SEXES.length;
  const [w, m, insgesamt] = SEXES.map((_, i) => figureAt(slice, first + i));
  const both = w.quote !== null && m.quote !== null;
  return {
    w,
    m,
    insgesamt,
    // Men minus women, in tenths of a percentage point.
    gap: both ? m.quote - w.quote : null,
    // The quota of women when that of men is set to 10, in tenths; nothing when men have none.
    ratio: both && m.quote > 0 ? Math.floor((200 * w.quote + m.quote) / (2 * m.quote)) : null,
    firm: both && w.status === "o" && m.status === "o",
  };
}

/** Whether a pair says anything: there is a row, and somebody belongs to it. */
function saysSomething(pair) {
  return SEXES.some((sex) => pair[sex].status !== "-" && pair[sex].status !== "k");
}

/** The labels of a category of a breakdown: one, or two for a cross. */
function labelsOf(schnitt, category) {
  const [first, second] = DATEN.schnitte[schnitt].kategorien;
  if (!second) return [first[category][1]];
  return [first[Math.floor(category / second.length)][1], second[category % second.length][1]];
}
