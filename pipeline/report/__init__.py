"""The report: published tables in, pages and downloads out. It reads nothing else."""

import hashlib
from pathlib import Path


def build(pub_quote: Path, pub_angaben: Path, out: Path, lang: str = "de") -> None:
    """Write index.html, explorer.html and tabellen/ into the empty directory `out`.

    The same tables give the same bytes. Errors: UsageError for a table without the agreed columns,
    a language or text that does not exist; DisclosureError for a suppressed row with a figure.
    """
    from pipeline.report import downloads, page, state
    from pipeline.report.explorer.page import public
    from pipeline.report.numbers import Numbers
    from pipeline.report.pub import read
    from pipeline.report.sentences import Voice
    from pipeline.report.texts import texts
    from pipeline.report.workbook import workbook

    pub = read(pub_quote, pub_angaben)
    numbers = Numbers(lang)
    voice = Voice(texts(lang), numbers)
    files = {
        "quoten.xlsx": workbook(pub, voice),
        "quoten.csv": downloads.machine_csv(pub),
        "quoten_excel.csv": downloads.excel_csv(pub, texts(lang)),
    }
    linked = {
        name: page.Download(f"tabellen/{name}", numbers.bytes(len(data)))
        for name, data in files.items()
    }
    checksum = hashlib.sha256(files["quoten.csv"]).hexdigest()
    html = page.render(
        pub,
        page.Downloads(
            workbook=linked["quoten.xlsx"],
            excel=linked["quoten_excel.csv"],
            machine=linked["quoten.csv"],
            sha256=checksum,
        ),
        lang,
    )
    (out / "tabellen").mkdir()
    for name, data in files.items():
        (out / "tabellen" / name).write_bytes(data)
    (out / "index.html").write_bytes(html.encode("utf-8"))
    explorer = public(pub, voice, state.facts(pub, voice))
    (out / "explorer.html").write_bytes(explorer.encode("utf-8"))
