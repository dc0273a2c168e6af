"""One entry in expectations/ is all that a new rule needs."""

import json
import shutil
from pathlib import Path

import pytest

from docs.erzeuger.regeln import rule_page
from pipeline.quality import rules as module
from pipeline.quality import suite, validate
from pipeline.quality.explain import explain, findings
from pipeline.quality.tables import checked_tables
from pipeline.report.check_page import pages
from tests.quality.small import clean_tables, export
from tests.report import check_example

ENTRY = """
[[regel]]
id = "BES-77"
ebene = "spalte"
spalte = "geburtsjahr"
titel_de = "Niemand ist vor 1981 geboren"
titel_en = "Nobody was born before 1981"
severity = "warning"
why = "Nur ein Beispiel."
why_en = "Only an example."
sql = "select lieferung, datei, zeile from {batch} where geburtsjahr < 1981"
"""


def test_a_new_entry_is_in_the_run_on_the_page_in_the_documentation_and_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "expectations"
    shutil.copytree(module.EXPECTATIONS, folder)
    with (folder / "core_bestand.toml").open("a", encoding="utf-8") as file:
        file.write(ENTRY)
    monkeypatch.setattr(module, "EXPECTATIONS", folder)
    tables = export(clean_tables(), tmp_path, checked_tables())

    verdict = validate(tables, tmp_path / "pruefung.json")
    (found,) = [r for r in verdict.results if r.rule.id == "BES-77"]
    assert (found.failed, found.passed) == (154, False)
    written = json.loads((tmp_path / "pruefung.json").read_text("utf-8"))
    assert [r["verletzt"] for r in written["regeln"] if r["regel"] == "BES-77"] == [154]

    page = pages(check_example.write(tmp_path / "curated", {"BES-77": 154}))
    assert "BES-77 Niemand ist vor 1981 geboren" in page["pruefbericht.html"]
    assert "BES-77 Nobody was born before 1981" in page["pruefbericht.en.html"]
    line = "| BES-77 | spalte | Warnung | Niemand ist vor 1981 geboren | Nur ein Beispiel. |"
    assert line in "\n".join(rule_page())
    (rule,) = [one for one in suite() if one.id == "BES-77"]
    assert "Nur ein Beispiel." in explain(rule)
    first, *_ = findings(rule, tables, tmp_path / "t")
    assert first == "154 Treffer in 154 Zeilen von core_bestand."
