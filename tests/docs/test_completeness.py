"""Whatever a user can meet is documented: commands, exit codes, rules, columns, settings, files."""

import ast
import re
import tomllib
from datetime import date

import pytest
import typer.main

from docs.erzeuger.befehle import exit_classes
from docs.erzeuger.listen import value
from docs.erzeuger.tabellen import tables
from docs.erzeuger.woerterbuch import column_text, descriptions
from pipeline import report_run
from pipeline.__main__ import app
from pipeline.breakdowns import breakdowns
from pipeline.ingest.note import FILE_KINDS, KINDS
from pipeline.ingest.rules import rules
from pipeline.quality.derived import derived_rules
from pipeline.quality.rules import load_rules
from pipeline.registries import DELIVERED_TABLES, code_list, code_list_names, contract, parameters
from pipeline.settings import Settings
from pipeline.stages import STAGES
from tests.docs.pages import DOCS, ROOT, listed, text_of

# Figures that another Kennzahl is read against have no page of their own.
PAGE_OF = {"fa": "fq"}
METHOD_PAGES = sorted((DOCS / "methodik").glob("*.md"))


def test_every_command_and_option_has_a_help_text() -> None:
    bare = []
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        bare += [] if command.help else [name]
        bare += [f"{name} {p.opts[0]}" for p in command.params if not getattr(p, "help", None)]
    assert not bare, listed(bare)


def test_every_command_has_its_place_in_the_reference() -> None:
    page = text_of("docs/befehle.md")
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert f"\n## {name}\n" in page


def test_every_target_of_the_makefile_is_named_in_readme_or_contributing() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), flags=re.M)
    pages = text_of("README.md") + text_of("CONTRIBUTING.md")
    missing = [t for t in targets if t not in ("help",) and f"make {t}`" not in pages]
    assert targets and not missing, listed(missing)


def test_every_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.M))
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    named = {t for p in pages for t in re.findall(r"`make ([a-z]+)`", p.read_text("utf-8"))}
    assert named <= targets


@pytest.mark.parametrize("page", ["README.md", "docs/befehle.md", "docs/anleitung/auswertung.md"])
def test_every_exit_code_is_explained(page: str) -> None:
    text = re.sub(r"\s+", " ", text_of(page))
    codes = [0, *(kind.exit_code for kind in exit_classes()), 130]
    missing = [c for c in codes if not re.search(rf"(\| {c} \||\b{c} [a-z])", text)]
    assert not missing, listed([f"{page}: {c}" for c in missing])


def test_every_rule_is_listed_with_its_title() -> None:
    page = text_of("docs/regeln.md")
    known = [*load_rules(), *derived_rules()]
    missing = [r.id for r in known if f"| {r.id} |" not in page or r.titel_de not in page]
    for rule in rules():
        named = f"| {rule.nummer} |" if rule.weist_ab else f"({rule.nummer}): {rule.titel_de}"
        missing += [rule.nummer] if named not in page else []
    assert not missing, listed(missing)


def test_every_delivered_column_is_in_the_dictionary_with_its_meaning() -> None:
    page = text_of("docs/woerterbuch.md")
    missing = [
        f"{table}.{c.name}"
        for table in DELIVERED_TABLES
        for c in contract(table).columns
        if f"| `{c.name}` |" not in page or c.beschreibung not in page
    ]
    assert not missing, listed(missing)


def test_every_computed_column_has_a_description() -> None:
    missing = []
    for table, schema in tables().schemas.items():
        if table not in descriptions()["tabellen"]:
            missing.append(table)
            continue
        for name in schema.names:
            try:
                column_text(table, name)
            except KeyError:
                missing.append(f"{table}.{name}")
    assert not missing, listed(["In docs/erzeuger/spalten.toml fehlt:", *missing])


def test_no_description_outlives_its_column() -> None:
    schemas = tables().schemas
    described = descriptions()["tabellen"]
    stale = [table for table in described if table not in schemas]
    stale += [
        f"{table}.{column}"
        for table, entry in described.items()
        if table in schemas
        for column in entry.get("spalten", {})
        if column not in schemas[table].names
    ]
    everywhere = {name for schema in schemas.values() for name in schema.names}
    stale += [name for name in descriptions()["spalten"] if name not in everywhere]
    assert not stale, listed(stale)


def test_every_published_fact_is_described() -> None:
    assert set(tables().facts) == set(descriptions()["angaben"])


def test_every_code_list_and_every_code_is_in_the_dictionary() -> None:
    page = text_of("docs/woerterbuch.md")
    for name in code_list_names():
        section = page.partition(f"### Codeliste {name}\n")[2].partition("\n### ")[0]
        missing = [c.code for c in code_list(name).codes if f"| `{c.code}` |" not in section]
        assert not missing, listed([f"{name}: {c}" for c in missing])


def test_every_breakdown_is_listed_and_its_attribute_explained() -> None:
    page, method = text_of("docs/gliederungen_liste.md"), text_of("docs/methodik/gliederungen.md")
    missing = [b.id for b in breakdowns() if f"| `{b.id}` |" not in page]
    missing += [m for b in breakdowns() for m in b.merkmale if f"`{m}`" not in method]
    assert not missing, listed(missing)


def test_every_parameter_is_listed_and_used_by_a_method_page() -> None:
    page = text_of("docs/parameter.md")
    method = "".join(p.read_text(encoding="utf-8") for p in METHOD_PAGES)
    missing = [p for p in parameters() if f"\n## {p}\n" not in page or f"`{p}`" not in method]
    assert not missing, listed(missing)


def test_the_values_of_parameters_on_method_pages_are_the_current_ones() -> None:
    method = "".join(p.read_text(encoding="utf-8") for p in METHOD_PAGES)
    cited = re.findall(r"\| `(\w+)` \| (ja|nein|\d+) \|", method)
    cited += re.findall(r"`(\w+)` \((\d+)\)", method)
    current = {name: value(p.at(date.today())) for name, p in parameters().items()}
    wrong = [f"{name}: {v}" for name, v in cited if name in current and current[name] != v]
    assert len([name for name, _ in cited if name in current]) > len(current) // 2
    assert not wrong, listed(wrong)


def test_every_kennzahl_has_a_method_page_with_all_its_parts() -> None:
    parts = ("Was die Zahl ist", "Formel", "Rechenbeispiel", "Brüche der Zeitreihe")
    for code in code_list("kennzahl").codes:
        family = code.extra["familie"].lower()
        text = text_of(f"docs/methodik/{PAGE_OF.get(family, family)}.md")
        assert family == "eq" or f"{code.code}" in text, code.code
        for part in (*parts, "Was die Zahl nicht sagt", "Wo es steht"):
            assert f"\n## {part}\n" in text, f"{code.code}: {part}"


def test_every_status_and_every_level_is_explained() -> None:
    page = text_of("docs/methodik/geheimhaltung.md")
    missing = [c.code for c in code_list("status").codes if f"| `{c.code}` |" not in page]
    missing += [s.level for s in STAGES if f"| {s.level} |" not in page]
    assert not missing, listed(missing)


def test_the_words_that_stand_for_numbers_are_those_of_the_report() -> None:
    texts = tomllib.loads(text_of("pipeline/report/texts/de.toml"))["status"]
    page = text_of("docs/anleitung/bericht_lesen.md")
    shown = [texts[c.code] for c in code_list("status").codes if c.code in texts]
    assert len(shown) >= 3 and not [word for word in shown if f"| {word} |" not in page]


def test_every_reason_against_publication_is_explained() -> None:
    reasons = re.findall(r"then '(\w+)'", text_of("pipeline/sql/mart_berichtsmonat.sql"))
    page = text_of("docs/methodik/k2.md")
    assert reasons and not [r for r in reasons if f"`{r}`" not in page]


def test_every_entry_of_lieferung_toml_is_explained() -> None:
    page = text_of("docs/anleitung/lieferung.md")
    missing = [key for key in (*KINDS, *FILE_KINDS) if f"`{key}`" not in page and key != "datei"]
    assert "`[[datei]]`" in page and not missing, listed(missing)


def test_every_entry_of_lauf_json_is_explained() -> None:
    tree = ast.parse(text_of("pipeline/report_run.py"))
    record = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == report_run.run_record.__name__
    )
    returned = next(n.value for n in record.body if isinstance(n, ast.Return))
    assert isinstance(returned, ast.Dict)
    keys = [str(key.value) for key in returned.keys if isinstance(key, ast.Constant)]
    page = text_of("docs/anleitung/pruefung.md")
    missing = [key for key in keys if f"`{key}`" not in page]
    assert keys and not missing, listed(missing)


def test_every_sql_file_names_a_method_page_that_exists() -> None:
    problems = []
    for path in sorted((ROOT / "pipeline" / "sql").glob("*.sql")):
        header = "".join(re.findall(r"^--.*\n", path.read_text(encoding="utf-8"), flags=re.M))
        named = re.findall(r"docs/[\w/]+\.md", header)
        problems += [] if named else [f"{path.name}: keine Methodenseite"]
        problems += [f"{path.name}: {page}" for page in named if not (ROOT / page).exists()]
    assert not problems, listed(problems)


def test_the_example_settings_name_every_setting_with_its_default() -> None:
    text = text_of("pipeline.example.toml")
    values = tomllib.loads("\n".join(re.findall(r"^#(\w+ = .+)$", text, flags=re.M)))
    assert set(values) == set(Settings.model_fields)
    given, default = Settings(**values), Settings()
    for name, field in Settings.model_fields.items():
        if field.default not in (None, ()):
            assert getattr(given, name) == getattr(default, name), name


def test_copying_the_example_settings_changes_nothing() -> None:
    assert tomllib.loads(text_of("pipeline.example.toml")) == {}


def test_the_readme_names_exactly_one_test_command() -> None:
    section = text_of("README.md").partition("\n## Tests\n")[2].partition("\n## ")[0]
    assert re.findall(r"^```\n(.*?)\n```$", section, flags=re.M | re.S) == ["make test"]
