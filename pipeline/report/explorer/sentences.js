// The title and the sentences that say what is shown.

/** The title over chart and table. */
function titleOf(view) {
  const parts = [];
  if (!view.total) parts.push(view.overTime ? `${view.schnitt}: ${view.group}` : view.head);
  if (view.hint) parts.push(view.hint);
  if (view.month) parts.push(view.month);
  if (view.overTime && view.rows.length) parts.push(span(view.rows));
  return `${view.label}: ${parts.join(", ")}`;
}

/** "April 2012 bis Dezember 2015", from rows with the newest month first. */
function span(rows) {
  const [last, first] = [rows[0].name, rows[rows.length - 1].name];
  return first === last ? first : words("stand.von_bis", { von: first, bis: last });
}

/** What is shown, in sentences: announced after every change and read out for the chart. */
function sentencesOf(view) {
  if (!view.rows.length) return [words("niemand")];
  if (view.overTime) return [words("zahl_monate", { n: count(view.rows.length) }), ...latest(view)];
  if (view.rows.length === 1) return pairSentences(view, view.rows[0].pair);
  return [words("zahl_gruppen", { n: count(view.rows.length) }), ...comparison(view.rows)];
}

function latest(view) {
  const found = [words("zuletzt", { monat: view.rows[0].name })];
  found.push(...pairSentences(view, view.rows[0].pair));
  const few = view.rows.filter((row) => row.pair.w.status === "u" || row.pair.m.status === "u");
  if (few.length) found.push(words("wenige", { n: count(few.length) }));
  return found;
}

function pairSentences(view, pair) {
  const said = (figure) => (figure.quote === null ? DATEN.status[figure.status] : rate(figure.quote));
  const both = { w: said(pair.w), m: said(pair.m), einheit: view.kennzahl.einheit };
  const found = [words("quoten", both)];
  if (pair.gap !== null) {
    const where = pair.gap > 0 ? "unter" : pair.gap < 0 ? "ueber" : "gleich";
    found.push(words(`wichtig.abstand_${where}`, { abstand: rate(Math.abs(pair.gap)) }));
  }
  if (pair.ratio !== null) found.push(words("verhaeltnis", { verhaeltnis: rate(pair.ratio) }));
  return found;
}

/** In how many of the comparable groups women have the lower quota, and how far the gap ranges. */
function comparison(rows) {
  const gaps = rows.filter((row) => row.known && row.pair.firm).map((row) => row.pair.gap);
  if (!gaps.length) return [words("keine_vergleichbar")];
  const [low, high] = [Math.min(...gaps), Math.max(...gaps)];
  const lower = { k: count(gaps.filter((gap) => gap > 0).length), n: count(gaps.length) };
  const found = [words("niedriger", lower)];
  found.push(words(low === high ? "abstand_eins" : "abstand_spanne", { min: rate(low), max: rate(high) }));
  if (low < 0) found.push(words("gruppe.lesen_ueber"));
  return found;
}
