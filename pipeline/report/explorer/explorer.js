// The controls: what is chosen stands in the address after #, so that a view can be linked.

const CONTROLS = ["kennzahl", "schnitt", "ansicht", "monat", "gruppe"];
const at = (id) => document.getElementById(id);
let choice = settle(fromAddress());
let view = look(choice);

/** The choice that the address asks for; what it leaves out is undefined. */
function fromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(
    ["kennzahl", "schnitt", "ansicht", "monat", "eins", "zwei"].map((key) => [key, given.get(key) || ""]),
  );
}

function toAddress() {
  const given = Object.entries(choice).filter(([, value]) => value !== "");
  history.replaceState(null, "", `#${new URLSearchParams(given)}`);
}

/** Offer options: pairs of value and name, those with the same heading under it. */
function offer(select, options, chosen) {
  const key = JSON.stringify(options);
  if (select.dataset.offered !== key) {
    select.replaceChildren();
    select.dataset.offered = key;
    let group = null;
    for (const { value, name, heading } of options) {
      if (heading && (!group || group.label !== heading)) {
        group = Object.assign(document.createElement("optgroup"), { label: heading });
        select.append(group);
      }
      (heading ? group : select).append(new Option(name, value));
    }
  }
  select.value = chosen;
  select.closest(".feld").hidden = options.length === 0;
}

/** Show in every control what is chosen and what else there is. */
function fillControls() {
  const kennzahl = kennzahlOf(choice.kennzahl);
  const slice = sliceOf(kennzahl, choice.schnitt);
  const name = (code) => DATEN.monatsnamen[DATEN.monate.indexOf(code)];
  const months = slice.monate.map((month) => DATEN.monate[month]).reverse();
  const groups = choice.schnitt === "insgesamt" ? [] : groupsOf(choice);
  offer(
    at("kennzahl"),
    DATEN.kennzahlen.map((k) => ({ value: k.code, name: `${k.code} · ${k.name}` })),
    choice.kennzahl,
  );
  offer(
    at("schnitt"),
    kennzahl.schnitte.map(({ id }) => ({ value: id, name: DATEN.schnitte[id].titel })),
    choice.schnitt,
  );
  at("ansicht").value = choice.ansicht;
  const shown = choice.ansicht === "monat" ? months : [];
  offer(at("monat"), shown.map((code) => ({ value: code, name: name(code) })), choice.monat);
  offer(
    at("gruppe"),
    groups.map((g) => ({ value: JSON.stringify([g.eins, g.zwei]), name: g.name, heading: g.heading })),
    JSON.stringify([choice.eins, choice.zwei]),
  );
}

/** Bring controls, words, table and chart in line with the choice. */
function show() {
  view = look(choice);
  fillControls();
  const sentences = sentencesOf(view);
  const title = titleOf(view);
  at("titel").textContent = title;
  at("satz").textContent = sentences.join(" ");
  at("unterschrift").textContent = title;
  at("bereich").setAttribute("aria-label", words("block.tabelle_bereich", { titel: title }));
  at("legende").textContent = words("legende", view.kennzahl);
  fillTable(at("tabelle"), view);
  const drawn = view.rows.length > 0;
  at("bild").hidden = !drawn;
  const excerpt = !view.overTime && view.rows.length > MOST_ROWS;
  at("auswahl-bild").textContent = excerpt ? words("auszug", { n: count(MOST_ROWS) }) : "";
  const kind = words(view.overTime ? "alt_verlauf" : "alt_monat");
  at("diagramm").setAttribute("aria-label", `${kind} ${title}. ${sentences.join(" ")}`);
  if (drawn) draw(at("diagramm"), view);
}

function choose(changed) {
  choice = settle({ ...choice, ...changed });
  toAddress();
  show();
}

for (const id of CONTROLS) {
  at(id).addEventListener("change", (event) => {
    const value = event.target.value;
    if (id !== "gruppe") return choose({ [id]: value });
    const [eins, zwei] = JSON.parse(value);
    return choose({ eins, zwei });
  });
}
at("csv").addEventListener("click", () => download(view, choice));
window.addEventListener("hashchange", () => {
  choice = settle(fromAddress());
  show();
});
let resizing = 0;
window.addEventListener("resize", () => {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(() => view.rows.length && draw(at("diagramm"), view));
});
document.documentElement.classList.add("bereit");
show();
