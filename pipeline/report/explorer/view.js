// What the reader has chosen, made consistent, and the rows that follow from it.

/**
 * The nearest choice that exists. Categories are codes; for one month of a cross only one of the
 * two sides is chosen, for a course over time a category of each.
 */
function settle(asked) {
  const kennzahl = kennzahlOf(asked.kennzahl) || DATEN.kennzahlen[0];
  const known = kennzahl.schnitte.some((slice) => slice.id === asked.schnitt);
  const slice = sliceOf(kennzahl, known ? asked.schnitt : kennzahl.schnitte[0].id);
  const months = slice.monate.map((month) => DATEN.monate[month]);
  const monat = months.includes(asked.monat) ? asked.monat : months[months.length - 1];
  const ansicht = asked.ansicht === "verlauf" ? "verlauf" : "monat";
  const choice = { kennzahl: kennzahl.code, schnitt: slice.id, ansicht, monat };
  const groups = groupsOf(choice);
  const same = groups.find((g) => g.eins === asked.eins && g.zwei === asked.zwei);
  const near = same || groups.find((g) => alike(g, asked)) || groups[0];
  return { ...choice, eins: near ? near.eins : "", zwei: near ? near.zwei : "" };
}

/** Whether a category shares a side with the one asked for. */
function alike(group, asked) {
  return (group.eins && group.eins === asked.eins) || (group.zwei && group.zwei === asked.zwei);
}

/** The categories to choose from, with their codes and, where there are two sides, their heading. */
function groupsOf(choice) {
  const { merkmale, kategorien } = DATEN.schnitte[choice.schnitt];
  const slice = sliceOf(kennzahlOf(choice.kennzahl), choice.schnitt);
  const [first, second] = kategorien;
  const used = usedCategories(slice);
  if (choice.ansicht === "verlauf") {
    return used.map((category) => {
      const labels = labelsOf(choice.schnitt, category);
      const [i, j] = second
        ? [Math.floor(category / second.length), category % second.length]
        : [category, 0];
      return {
        eins: first[i][0],
        zwei: second ? second[j][0] : "",
        name: labels.join(" · "),
        heading: second ? labels[0] : "",
        category,
      };
    });
  }
  if (!second) return [];
  const sides = [
    new Set(used.map((category) => Math.floor(category / second.length))),
    new Set(used.map((category) => category % second.length)),
  ];
  return kategorien.flatMap((codes, side) =>
    [...sides[side]].sort((a, b) => a - b).map((i) => ({
      eins: side === 0 ? codes[i][0] : "",
      zwei: side === 1 ? codes[i][0] : "",
      name: codes[i][1],
      heading: merkmale[side],
    })),
  );
}

/** The categories of a slice that say something in any month; all of them if none does. */
function usedCategories(slice) {
  if (slice.used) return slice.used;
  const width = slice.monate.length * SEXES.length;
  const all = [...Array(slice.status.length / width).keys()];
  const used = all.filter((i) => /[^k-]/.test(slice.status.slice(i * width, (i + 1) * width)));
  slice.used = used.length ? used : all;
  return slice.used;
}

/**
 * What is shown for a choice: title, rows with name and pair in table order, and whether they run
 * over months. `hint` names the chosen category, empty where there is none.
 */
function look(choice) {
  const kennzahl = kennzahlOf(choice.kennzahl);
  const schnitt = DATEN.schnitte[choice.schnitt];
  const slice = sliceOf(kennzahl, choice.schnitt);
  const group = groupsOf(choice).find((g) => g.eins === choice.eins && g.zwei === choice.zwei);
  const overTime = choice.ansicht === "verlauf";
  const rows = overTime ? monthRows(slice, group.category) : categoryRows(choice, slice);
  const month = DATEN.monatsnamen[DATEN.monate.indexOf(choice.monat)];
  const total = choice.schnitt === "insgesamt";
  return {
    kennzahl,
    overTime,
    rows: rows.filter((row) => saysSomething(row.pair)),
    label: `${kennzahl.code} · ${kennzahl.name}`,
    schnitt: schnitt.titel,
    group: group && !total ? group.name : "",
    hint: group && !overTime ? `${group.heading}: ${group.name}` : "",
    month: overTime ? "" : month,
    head: overTime ? words("wort.monat") : rowHead(choice, schnitt),
    total,
  };
}

/** All months of a category, the newest first. */
function monthRows(slice, category) {
  const found = slice.monate.map((month, place) => ({
    month,
    name: DATEN.monatsnamen[month],
    short: DATEN.kurznamen[month],
    known: true,
    pair: pairAt(slice, category, place),
  }));
  return found.reverse();
}

/** All categories of a month, or for a cross those of the side that is not chosen. */
function categoryRows(choice, slice) {
  const [first, second] = DATEN.schnitte[choice.schnitt].kategorien;
  const place = slice.monate.indexOf(DATEN.monate.indexOf(choice.monat));
  const row = (category, [code, name]) => ({
    name,
    known: code !== "unbekannt",
    pair: pairAt(slice, category, place),
  });
  if (!second) return first.map((entry, i) => row(i, entry));
  const fixed = choice.eins ? first.findIndex(([code]) => code === choice.eins) : -1;
  if (fixed >= 0) return second.map((entry, j) => row(fixed * second.length + j, entry));
  const other = second.findIndex(([code]) => code === choice.zwei);
  return first.map((entry, i) => row(i * second.length + other, entry));
}

function rowHead(choice, schnitt) {
  if (schnitt.merkmale.length === 1) return schnitt.titel;
  return choice.eins ? schnitt.merkmale[1] : schnitt.merkmale[0];
}
