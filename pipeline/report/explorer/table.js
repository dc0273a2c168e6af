// The table of exactly what is drawn, and the same as a CSV file.

const NAMES = {
  w: words("wort.frauen"),
  m: words("wort.maenner"),
  insgesamt: words("wort.insgesamt"),
};

/** The columns: title, words for the page, value for the file. A number is set flush right. */
function columnsOf(view) {
  const quote = (sex) => ({
    title: words("spalte_quote", { wer: NAMES[sex] }),
    shown: ({ pair }) => rate(pair[sex].quote),
    raw: ({ pair }) => decimal(pair[sex].quote / 10, 1),
    missing: ({ pair }) => (pair[sex].quote === null ? DATEN.status[pair[sex].status] : ""),
  });
  const between = (title, key) => ({
    title: words(title),
    shown: ({ pair }) => rate(pair[key]),
    raw: ({ pair }) => decimal(pair[key] / 10, 1),
    missing: ({ pair }) => (pair[key] === null ? words("status.entfaellt") : ""),
  });
  const number = (field, sex, format) => ({
    title: words(`spalte_${field}`, { wer: NAMES[sex] }),
    shown: ({ pair }) => format(pair[sex][field]),
    raw: ({ pair }) => decimal(pair[sex][field]),
    missing: ({ pair }) => (pair[sex][field] === null ? DATEN.status[pair[sex].status] : ""),
  });
  return [
    ...SEXES.map(quote),
    between("wort.abstand", "gap"),
    between("verhaeltnis_kurz", "ratio"),
    ...SEXES.map((sex) => number("zaehler", sex, count)),
    ...SEXES.map((sex) => number("nenner", sex, stock)),
    { title: words("csv.status"), words: true, shown: statusOf, raw: statusOf, missing: () => "" },
  ];
}

/** A number for the file: decimal sign of the language, no thousands. */
function decimal(value, places) {
  const text = places === undefined ? String(value) : value.toFixed(places);
  return text.replace(".", DATEN.dezimal);
}

/** The status of a row in words: one for all, or which sexes have another than the plain one. */
function statusOf({ pair }) {
  const letters = [...new Set(SEXES.map((sex) => pair[sex].status))];
  if (letters.length === 1) return DATEN.status[letters[0]];
  const who = (letter) => SEXES.filter((sex) => pair[sex].status === letter).map((sex) => NAMES[sex]);
  const special = letters.filter((letter) => letter !== "o");
  return special.map((letter) => `${DATEN.status[letter]}: ${who(letter).join(", ")}`).join("; ");
}

function element(name, text, more = {}) {
  const made = Object.assign(document.createElement(name), more);
  made.textContent = text;
  return made;
}

/** Fill the table with a view. */
function fillTable(table, view) {
  const columns = columnsOf(view);
  const head = document.createElement("tr");
  const titles = [{ title: view.head }, ...columns];
  head.append(
    ...titles.map(({ title, words: left }, i) =>
      element("th", title, { scope: "col", className: i && !left ? "zahl" : "" }),
    ),
  );
  const body = view.rows.map((row) => {
    const line = document.createElement("tr");
    line.append(element("th", row.name, { scope: "row" }));
    for (const column of columns) {
      const missing = column.missing(row);
      const className = column.words ? "status" : missing ? "wort" : "zahl";
      line.append(element("td", missing || column.shown(row), { className }));
    }
    return line;
  });
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...body);
}

/** The file of a view, with a byte order mark for Excel. */
function csvOf(view) {
  const columns = columnsOf(view);
  const about = [
    [words("csv.kennzahl"), view.kennzahl.code],
    [words("csv.schnitt"), view.schnitt],
    view.overTime
      ? [words("csv.auspraegung_1"), view.group || NAMES.insgesamt]
      : [words("wort.monat"), view.month],
  ];
  if (view.hint) about.push([words("csv.auspraegung_1"), view.hint]);
  const head = [...about.map(([title]) => title), view.head, ...columns.map(({ title }) => title)];
  const lines = view.rows.map((row) => [
    ...about.map(([, value]) => harmless(value)),
    harmless(row.name),
    ...columns.map((column) => column.missing(row) || column.raw(row)),
  ]);
  return `\ufeff${[head, ...lines].map((line) => line.map(quoted).join(DATEN.trenner)).join("\r\n")}\r\n`;
}

/** Text that a spreadsheet would take for a formula gets a leading apostrophe. */
function harmless(text) {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(cell) {
  return /["\r\n;,]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

/** Hand a view to the reader as a file. */
function download(view, choice) {
  const when = view.overTime ? "verlauf" : choice.monat;
  const parts = [DATEN.intern ? "intern" : "", choice.kennzahl, choice.schnitt, choice.eins, choice.zwei, when];
  const name = parts.filter(Boolean).join("_").replace(/[^\w-]+/g, "-");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csvOf(view)], { type: "text/csv;charset=utf-8" }));
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
