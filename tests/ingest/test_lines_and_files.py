"""Physical lines, encodings, separators and quotes: every line is accounted for by its number."""

from pathlib import Path

import pytest

from pipeline.errors import DeliveryError
from tests.ingest.building import BESTAND, bestand, read_bestand, stage_files

A, B = "A;2024-01-15;w", "B;2024-01-15;m"


def read(tmp_path: Path, content: str | bytes, name: str = "bestand.csv"):
    folder = tmp_path / "l1"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_bestand(path)


def lines_of(tmp_path: Path, content: str | bytes) -> tuple[list[int], list[int]]:
    """Line numbers of the rows and of the bad lines."""
    raw = read(tmp_path, content)
    return raw.table.column("zeile").to_pylist(), [line.zeile for line in raw.bad_lines]


def refusal(tmp_path: Path, content: str | bytes) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        read(tmp_path, content)
    assert caught.value.exit_code == 11
    return caught.value.problems


@pytest.mark.parametrize(
    ("body", "good", "bad"),
    [
        (f"{A}\n{B}\n", [2, 3], []),
        (f"{A}\n{B}", [2, 3], []),  # the last line without a newline
        (f"{A}\n\n{B}\n", [2, 4], []),  # an empty line is no row
        (f"\n\n{A}\n\n\n", [4], []),
        (f"{A}\n;;\n{B}\n", [2, 3, 4], []),  # a row of empty cells is a row
        (f"{A}\nB;2024\n{B}\n", [2, 4], [3]),
        (f"{A}\nB;2024-01-15;m;\n{B}\n", [2, 4], [3]),
        (f"{A}\n\nB\n\n{B}\nC;2024-0\n", [2, 6], [4, 7]),
        (f"{A}\n   \n{B}\n", [2, 4], [3]),
        ("B\n", [], [2]),
        ("\n", [], []),
        ("", [], []),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("quoted", [False, True])
def test_every_line_keeps_its_number(
    tmp_path: Path,
    body: str,
    good: list[int],
    bad: list[int],
    newline: str,
    start: str,
    quoted: bool,
) -> None:
    header = '"person_id";"stichtag";geschlecht' if quoted else BESTAND
    content = (start + header + "\n" + body).replace("\n", newline)
    assert lines_of(tmp_path, content) == (good, bad)


def test_a_header_without_newline_is_a_table_without_rows(tmp_path: Path) -> None:
    assert lines_of(tmp_path, BESTAND) == ([], [])


def test_line_numbers_hold_across_the_blocks_in_which_a_large_file_is_read(tmp_path: Path) -> None:
    lines = [f"P{i:07};2024-01-15;w" for i in range(120_000)]
    lines[99_998] = "P;2024-01-15"
    lines[60_000] = ""
    numbers, bad = lines_of(tmp_path, bestand(*lines))
    assert bad == [100_000]
    assert numbers == [n for n in range(2, 120_002) if n not in (60_002, 100_000)]


def test_a_bad_line_keeps_its_text_and_its_number_of_fields(tmp_path: Path) -> None:
    [line] = read(tmp_path, bestand(A, "B;2024;m;x;y")).bad_lines
    assert (line.zeile, line.text, line.felder) == (3, "B;2024;m;x;y", 5)


def test_columns_are_found_by_name_in_any_order_and_with_either_separator(tmp_path: Path) -> None:
    raw = read(tmp_path, "geschlecht,person_id,stichtag\nw,A,2024-01-15\n")
    assert raw.columns == ("geschlecht", "person_id", "stichtag")
    assert raw.table.drop_columns("zeile").to_pylist() == [
        {"geschlecht": "w", "person_id": "A", "stichtag": "2024-01-15"}
    ]


def test_quoted_cells_may_hold_separators_and_doubled_quotes(tmp_path: Path) -> None:
    content = f'{BESTAND};stadtbezirk\nA;2024-01-15;w;"Süd; ""Mitte"""\nB;2024-01-15;w;8" x\n'
    table = read(tmp_path, content).table
    assert table.column("stadtbezirk").to_pylist() == ['Süd; "Mitte"', '8" x']


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_utf8_and_windows_1252_are_read_strictly(tmp_path: Path, encoding: str) -> None:
    content = f"{BESTAND};stadtbezirk\nA;2024-01-15;w;Köln–Süd €\n"
    table = read(tmp_path, content.encode(encoding)).table
    assert table.column("stadtbezirk").to_pylist() == ["Köln–Süd €"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "l1/bestand.csv: Die Datei ist leer (0 Bytes). Datei neu anfordern."),
        (
            b"\n" + bestand(A).encode(),
            "l1/bestand.csv: Die erste Zeile ist leer. Die Datei muss mit der Kopfzeile beginnen.",
        ),
        (
            bestand(A, "B;2024-01-15;\0").encode(),
            "l1/bestand.csv, Zeile 3: Die Datei enthält NUL-Zeichen und ist keine Textdatei in "
            "UTF-8 oder Windows-1252. Datei als CSV UTF-8 neu anfordern.",
        ),
        (
            bestand(A).encode("utf-16"),
            "l1/bestand.csv, Zeile 1: Die Datei enthält NUL-Zeichen und ist keine Textdatei in "
            "UTF-8 oder Windows-1252. Datei als CSV UTF-8 neu anfordern.",
        ),
        (
            bestand(A).encode() + b"B;2024-01-15;\x81\n",
            "l1/bestand.csv, Zeile 3: Die Datei ist weder in UTF-8 noch in Windows-1252 "
            "geschrieben. Datei als CSV UTF-8 neu anfordern.",
        ),
        (
            b"\xef\xbb\xbf" + bestand(A).encode() + b"B;2024-01-15;\xe4\n",
            "l1/bestand.csv, Zeile 3: Die Datei ist weder in UTF-8 noch in Windows-1252 "
            "geschrieben. Datei als CSV UTF-8 neu anfordern.",
        ),
        (
            "person_id;stichtag;geschlecht;stadtbezirk\nA;2024-01-15;w;Köln".encode()
            + b"\n\xe4;\n",
            "l1/bestand.csv, Zeile 3: Die Datei ist in UTF-8 geschrieben, aber an dieser Stelle "
            "nicht lesbar. Datei als CSV UTF-8 neu anfordern.",
        ),
        (
            f"{BESTAND}\n{A}\r{B}\n",
            "l1/bestand.csv, Zeile 2: Ein Wagenrücklauf ohne Zeilenvorschub trennt keine Zeilen. "
            "Datei mit den Zeilenenden LF oder CRLF neu anfordern.",
        ),
        (
            f"{BESTAND};{BESTAND.split(';')[0]}\n{A};A\n",
            "l1/bestand.csv: Mehrfach vorhandene Spalten: person_id. Jede Spalte nur einmal "
            "liefern.",
        ),
        (
            "person_id;stichtag;lzb\n",
            "l1/bestand.csv: Fehlende Pflichtspalten: geschlecht. Spalten ergänzen lassen.",
        ),
        (
            f"{BESTAND};name;kdnr 12345678901234567890123456789012345\n",
            "l1/bestand.csv: Unbekannte Spalten: name, "
            "kdnr 12345678901234567890123456789012345. Spalten umbenennen, weglassen oder mit "
            "einem Profil zuordnen (Entwurf: `python -m pipeline profile suggest DATEI`).",
        ),
        (
            f"{BESTAND};x@y.de;1985\n",
            "l1/bestand.csv: Unbekannte Spalten: Spalte 4, Spalte 5. Spalten umbenennen, "
            "weglassen oder mit einem Profil zuordnen (Entwurf: `python -m pipeline profile "
            "suggest DATEI`).",
        ),
        (
            f'"{BESTAND}\n',
            "l1/bestand.csv, Zeile 1: Die Kopfzeile hat ein nicht geschlossenes oder falsch "
            "gesetztes Anführungszeichen. Datei neu anfordern.",
        ),
    ],
)
def test_a_file_that_must_be_refused_gives_one_sentence(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    assert refusal(tmp_path, content) == [sentence]


def test_a_file_without_a_header_does_not_show_its_first_row(tmp_path: Path) -> None:
    [sentence] = refusal(tmp_path, f"{A}\n{B}\n")
    assert sentence.startswith(
        "l1/bestand.csv: Die Datei nennt keine Spalte der Tabelle bestand. "
        "Spaltennamen ergänzen (Kopfzeile): person_id, stichtag, geschlecht, "
    )
    assert "2024" not in sentence


def test_unknown_repeated_and_missing_columns_are_reported_together(tmp_path: Path) -> None:
    problems = refusal(tmp_path, "person_id;person_id;foo\n")
    assert [problem.split(":")[1].strip() for problem in problems] == [
        "Unbekannte Spalten",
        "Mehrfach vorhandene Spalten",
        "Fehlende Pflichtspalten",
    ]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f'{A}\nB;2024-01-15;"m\n{A}\n', 3),  # never closed
        (f'{A}\nB;2024-01-15;"m\n', 3),
        (f'{A}\nB;2024-01-15;"m', 3),
        (f'{A}\n"B;2024-01-15;m\n{A}\n', 3),
        (f'{A}\n{B}\nC;2024-01-15;"m\nw"\n', 4),  # a newline inside quotes
        (f'{A}\nC;2024-01-15;"m\nw";x\n', 3),
        (f'"A\nC";2024-01-15;w\n{B}\n', 2),
        (f'{A}\n"B;2024-01-15;m\n' + f"{B}\n" * 100_000, 3),
    ],
)
def test_a_quote_that_spans_lines_refuses_the_file(tmp_path: Path, body: str, line: int) -> None:
    assert refusal(tmp_path, f"{BESTAND}\n{body}") == [
        f"l1/bestand.csv, Zeile {line}: Ein Anführungszeichen wird in der Zeile nicht geschlossen. "
        "Anführungszeichen schließen oder Zeilenumbrüche in Zellen entfernen lassen."
    ]


def test_a_line_longer_than_a_block_is_read(tmp_path: Path) -> None:
    content = f"{BESTAND};stadtbezirk\nA;2024-01-15;w;{'x' * 3_000_000}\n"
    [cell] = read(tmp_path, content).table.column("stadtbezirk").to_pylist()
    assert len(cell) == 3_000_000


def test_a_file_that_cannot_be_opened_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="lässt sich nicht öffnen"):
        read_bestand(tmp_path / "fehlt.csv")


def test_bad_lines_stand_in_the_rejected_table_with_their_text(tmp_path: Path) -> None:
    result = stage_files(tmp_path, {"bestand.csv": bestand(A, "B;2024", "", B)})
    assert result.rejected("datei", "zeile", "regel", "rohzeile", "person_id") == [
        ("bestand.csv", 3, "BES-01", "B;2024", None)
    ]
    assert result.table().geliefert == 3
