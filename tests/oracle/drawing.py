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
