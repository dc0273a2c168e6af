"""What no page may say: unfinished text, places of one machine, unknown sources, wrong units."""

import re
from urllib.parse import urlsplit

from tests.docs.pages import DOCS, ROOT, listed, markdown_pages, prose_of

# Whom the pages cite. A new source is added here on purpose.
SOURCES = {
    "9dok.net", "biaj.de", "buergergeld.org", "bundestag.de", "buzer.de", "datapackage.org",
    "domino1.stuttgart.de",
    "fragdenstaat.de", "gesellschaftsmonitoring-bw.de", "gesetze-im-internet.de", "haufe.de",
    "iab-forum.de", "kleineanfragen.org", "l-iz.de", "lag-arbeit-hessen.de",
    "o-ton-arbeitsmarkt.de", "pdfslide.org", "sgb2.info",
    "sozialberichterstattung-niedersachsen.de", "statistik.arbeitsagentur.de",
    "statistikportal.de", "stuttgarter-zeitung.de", "tagesspiegel.de", "walhalla.de",
}  # fmt: skip
# Pages in capitals that exist; any other such name is no document of the project.
CAPITAL_PAGES = {
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "GLOSSAR.md", "ERGEBNIS.md", "EINLESEN.md",
    "REGELN.md",
}  # fmt: skip
UNFINISHED = re.compile(r"\b(TODO|TBD|FIXME|XXX|[Ll]orem|[Pp]latzhalter|coming soon)\b")
GERMAN_PAGES = [
    *(DOCS / "methodik").glob("*.md"),
    *(DOCS / "anleitung").glob("*.md"),
]


def found(pattern: str, text: str) -> list[str]:
    return [match.group(0) for match in re.finditer(pattern, text)]


def test_no_page_is_unfinished() -> None:
    problems = [
        f"{page.relative_to(ROOT)}: {hit}"
        for page in markdown_pages()
        for hit in UNFINISHED.findall(page.read_text(encoding="utf-8"))
    ]
    assert not problems, listed(problems)


def test_no_page_names_a_place_of_one_machine() -> None:
    places = "|".join("/" + name + "/" for name in ("work", "tmp", "home", "root"))
    problems = [
        f"{page.relative_to(ROOT)}: {hit}"
        for page in markdown_pages()
        for hit in found(rf"(?<![\w.:/\-]){places}", page.read_text(encoding="utf-8"))
    ]
    assert not problems, listed(problems)


def test_no_file_cites_a_document_outside_the_project() -> None:
    problems = []
    for folder in ("pipeline", "expectations", "tests", "benchmarks", "docs", "."):
        paths = (ROOT / folder).rglob("*") if folder != "." else ROOT.glob("*")
        for path in paths:
            if path.suffix not in {".py", ".sql", ".toml", ".md", ".csv", ".j2", ""}:
                continue
            if not path.is_file():
                continue
            for name in found(r"\b[A-ZÄÖÜ]{3,}\.md\b", path.read_text(encoding="utf-8")):
                if name not in CAPITAL_PAGES:
                    problems.append(f"{path.relative_to(ROOT)}: {name}")
    assert not problems, listed(problems)


def test_every_address_belongs_to_a_known_source() -> None:
    problems = []
    for page in markdown_pages():
        for address in found(r"https?://[^\s)>|\"»]+", page.read_text(encoding="utf-8")):
            host = str(urlsplit(address).hostname).removeprefix("www.")
            if host not in SOURCES:
                problems.append(f"{page.relative_to(ROOT)}: {host}")
    assert not problems, listed(sorted(set(problems)))


def test_differences_of_quotas_are_percentage_points() -> None:
    problems = []
    for page in GERMAN_PAGES:
        for sentence in re.split(r"(?<=[.!?])\s", prose_of(page)):
            about = re.search(r"\b(Abstand|Lücke|gestiegen|gesunken)\b", sentence)
            if about and re.search(r"\d Prozent\b", sentence):
                problems.append(f"{page.name}: {sentence.strip()}")
    assert not problems, listed(problems)


def test_running_text_writes_prozent_and_no_gender_characters() -> None:
    problems = []
    for page in GERMAN_PAGES:
        text = prose_of(page)
        problems += [f"{page.name}: {hit}" for hit in found(r"\d\s?%", text)]
        problems += [f"{page.name}: {hit}" for hit in found(r"\w[*:_]in(?:nen)?\b", text)]
    assert not problems, listed(problems)


def test_k2_is_never_called_a_share_of_people() -> None:
    problems = []
    for page in GERMAN_PAGES:
        for sentence in re.split(r"(?<=[.!?])\s", prose_of(page)):
            if re.search(r"K2\b.*\bAnteil der (Personen|Menschen)", sentence):
                problems.append(f"{page.name}: {sentence.strip()}")
    assert not problems, listed(problems)
