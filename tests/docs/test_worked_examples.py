"""What the method pages work out by hand is what the code computes."""

import re

import pandas as pd

from pipeline.disclosure.sums import Structure
from pipeline.disclosure.suppression import Thresholds, suppress
from tests.docs.pages import table_below, text_of

PAGE = "docs/methodik/geheimhaltung.md"
SEXES = ("w", "m", "insgesamt")


def test_the_example_of_suppression_leaves_only_the_sums_over_women_and_men() -> None:
    counts = {row[0]: [int(c) for c in row[1:]] for row in table_below(PAGE, "Beispiel")}
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    cells = pd.DataFrame(
        [
            {
                "kennzahl": "K2", "berichtsmonat": "2015-12", "schnitt": schnitt,
                "auspraegung_1": group, "auspraegung_2": "", "geschlecht": sex, "zaehler": n,
                "bestand_monate": 60 * n, "nenner": 5.0 * n, "personen": 5 * n,
                "personen_zaehler": n,
            }
            for schnitt, groups in (("massnahme", counts), ("insgesamt", {"insgesamt": total}))
            for group, numbers in groups.items()
            for sex, n in zip(SEXES, numbers, strict=True)
        ]
    )  # fmt: skip
    shown = suppress(cells, Thresholds(3, 10), set(), Structure())
    hidden = shown.loc[shown["status"] == "gesperrt", ["auspraegung_1", "geschlecht"]]
    assert set(map(tuple, hidden.to_numpy())) == {(g, s) for g in counts for s in ("w", "m")}


def test_the_counts_of_the_k2_example_agree_with_its_table() -> None:
    page = "docs/methodik/k2.md"
    rows = table_below(page, "Rechenbeispiel")
    counted = sum(int(n) for row in rows for n in re.findall(r"(\d) im ", row[3]))
    in_stock = [sum(f"S{i}" in row[1].split(", ") for row in rows) for i in range(3)]
    text = re.sub(r"\s+", " ", text_of(page))
    assert f"zaehler = {counted} und bestand_monate = {' + '.join(map(str, in_stock))}" in text
    assert f"= {sum(in_stock)}." in text
    assert f"× 100 = {round(100 * counted * 3 / sum(in_stock))} Integrationen" in text


def test_the_example_of_k2_jfw_is_worked_out_right() -> None:
    text = text_of("docs/methodik/k2_jfw.md").partition("## Rechenbeispiel")[2]
    story, _, result = text.partition("\n\n    ")
    stock = [int(n) for n in re.findall(r"\b(\d{3})\b", story)]
    starts = [int(n) for n in re.findall(r"\b(\d)\b", story)]
    expected = 100 * len(stock) * sum(starts) / sum(stock)
    assert len(stock) == len(starts) == 3
    assert f"zaehler = {sum(starts)} " in result
    assert f"bestand_monate = {sum(stock)} " in result
    assert f"= {expected:.1f}".replace(".", ",") in result.splitlines()[0]
