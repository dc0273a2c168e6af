"""Deliveries drawn as text, for tests that should read like the rule they check.

write_delivery(
    tmp_path / "lieferung",
    datenstand="2024-06-30",
    bestand='''
        person_id | stichtag   | geschlecht
        A         | 2024-01-15 | w
    ''',
)
"""

from pathlib import Path


def in_stock(person_id: str, first: str, last: str, *cells: str) -> str:
    """Lines of bestand: the person at the 15th of every month from first to last (`YYYY-MM`)."""
    begin, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    days = [f"{month // 12}-{month % 12 + 1:02d}-15" for month in range(begin, end + 1)]
    return "".join(" | ".join((person_id, day, *cells)) + "\n" for day in days)


def write_delivery(
    folder: Path, datenstand: str, art: str = "voll", synthetic: bool = True, **tables: str
) -> Path:
    """Write `lieferung.toml` and one CSV per drawn table; the id is the folder's name."""
    folder.mkdir(parents=True)
    (folder / "lieferung.toml").write_text(
        f'lieferung = "{folder.name}"\ndatenstand = {datenstand}\ntraeger = "T"\n'
        f'art = "{art}"\nsynthetisch = {str(synthetic).lower()}\n',
        encoding="utf-8",
    )
    for table, drawing in tables.items():
        lines = [
            ";".join(cell.strip() for cell in line.split("|"))
            for line in drawing.strip().splitlines()
        ]
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
