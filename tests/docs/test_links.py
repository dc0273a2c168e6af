"""Links lead somewhere, and files that the code names exist."""

import re

from tests.docs.pages import DOCS, ROOT, anchors_of, links_of, listed, markdown_pages


def test_every_internal_link_resolves() -> None:
    problems = []
    for page in markdown_pages():
        for link in links_of(page):
            if re.match(r"https?:", link):
                continue
            target, _, anchor = link.partition("#")
            path = (page.parent / target).resolve() if target else page
            if not path.exists():
                problems.append(f"{page.relative_to(ROOT)}: {link}")
            elif anchor and anchor not in anchors_of(path):
                problems.append(f"{page.relative_to(ROOT)}: {link} (Anker)")
    assert not problems, listed(problems)


def test_every_page_of_docs_is_reachable_from_its_start_pages() -> None:
    seen = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = {link.partition("#")[0] for link in links_of(page) if "://" not in link}
        linked = [(page.parent / t).resolve() for t in targets if t.endswith(".md")]
        waiting += [path for path in linked if path.exists()]
    lost = [str(p.relative_to(ROOT)) for p in DOCS.rglob("*.md") if p not in seen]
    assert not lost, listed(sorted(lost))


def test_every_page_that_code_or_data_name_exists() -> None:
    problems = []
    folders = ("pipeline", "expectations", "tests", "benchmarks", "data", "reports", "notebooks")
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in {".py", ".sql", ".toml", ".md", ".j2"}:
                continue
            for page in re.findall(r"\bdocs/[\w/]+\.md\b", path.read_text(encoding="utf-8")):
                if not (ROOT / page).exists():
                    problems.append(f"{path.relative_to(ROOT)}: {page}")
    assert not problems, listed(problems)


def test_every_file_of_the_project_that_a_page_names_exists() -> None:
    roots = "pipeline|expectations|tests|docs|benchmarks"
    problems = []
    for page in markdown_pages():
        text = page.read_text(encoding="utf-8")
        for name in re.findall(rf"`((?:{roots})/[\w/.]+)`", text):
            if not (ROOT / name).exists():
                problems.append(f"{page.relative_to(ROOT)}: {name}")
    assert not problems, listed(problems)
