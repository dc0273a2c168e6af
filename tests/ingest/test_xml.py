"""XML in modules, made up: records, fields, joins and keys; nothing unknown, nothing hostile."""

from pathlib import Path

import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.reading.options import JoinedRecords, Reading, Records
from pipeline.ingest.reading.xml_reader import read_xml
from tests.ingest.building import Result, stage, write
from tests.ingest.forms import use_profiles
from tests.ingest.test_xlsx import workbook

PERSON = Records("person", "", (), frozenset({"person"}), frozenset())
BG = JoinedRecords("bg", "gemeinschaft", (("nr", "bg"),))
JOINED = Records("person", "", (BG,), frozenset({"person", "gemeinschaft"}), frozenset({"kopf"}))
PROFILE = """\
[xml]
feldnummer = "nr"
uebergangen = ["kopf"]

[tabelle.bestand]
datei = "*.xml"
element = "person"
ignoriert = ["3.2"]

[tabelle.bestand.verbund.bg]
element = "gemeinschaft"

[tabelle.bestand.verbund.bg.schluessel]
"3.2" = "2.1"
"meldung/@tag" = "meldung/@tag"

[tabelle.bestand.spalten]
"3.1" = "person_id"
"meldung/@tag" = "stichtag"
"3.3" = "geschlecht"
"bg.2.2" = "bg_typ"

[tabelle.bestand.codes.geschlecht]
"Frau" = "w"
"""
CATALOGUE = """
[katalog]
datei = "Schluessel.xlsx"
feld = "Feld"
schluessel = "Wert"
bedeutung = "Text"
"""
BODY = """<?xml version="1.0"?>
<lieferung><kopf><stand>x</stand></kopf>
<meldung tag="2024-01-15">
<gemeinschaft><f nr="2.1">G1</f><f nr="2.2">alleinstehend</f></gemeinschaft>
<person><f nr="3.1">A</f><f nr="3.2">G1</f><f nr="3.3">w</f></person>
<person><f nr="3.1">B</f><f nr="3.3">m</f></person>
</meldung></lieferung>
"""
NOTE = 'profil = "eigenes"\n'


def read(tmp_path: Path, text: str | bytes, records: Records = PERSON) -> list[dict[str, str]]:
    """The records of a file as field → content, with the number of the record."""
    path = tmp_path / "liste.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    raw = read_xml(path, Reading((), records=records))
    assert raw.table.column_names == [*raw.columns, "zeile"]
    return raw.table.to_pylist()


def refusal(tmp_path: Path, text: str | bytes, records: Records = PERSON) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        read(tmp_path, text, records)
    return [p.removeprefix(f"{tmp_path.name}/liste.xml") for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("<a><person><x>1</x><y/></person></a>", {"x": "1", "y": ""}),
        ("<a><person x='1'/></a>", {"@x": "1"}),
        ("<a><b c='1'><person><x>2</x></person></b></a>", {"b/@c": "1", "x": "2"}),
        ("<a><person><b><x>1</x></b><c><x>2</x></c></person></a>", {"b/x": "1", "c/x": "2"}),
        ("<a><person><x e='EUR'>1</x></person></a>", {"x/@e": "EUR", "x": "1"}),
        ("<a><person>1</person></a>", {"text()": "1"}),
        ("<p:a xmlns:p='urn:x'><p:person p:y='2'><p:x>1</p:x></p:person></p:a>",
         {"@y": "2", "x": "1"}),
        ("<a xmlns='urn:x'><person><x>1</x></person></a>", {"x": "1"}),
        ("<a><person xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><x i:nil='true'/>"
         "</person></a>", {"x": ""}),
        ("<a><person><x>ä &amp; &#228; <![CDATA[<b>]]></x></person></a>", {"x": "ä & ä <b>"}),
        ("<a><!-- c --><person><x>1<!-- c --></x><?pi x?></person></a>", {"x": "1"}),
        ("<?xml version='1.0' encoding='windows-1252'?><a><person><x>ä</x></person></a>".encode(
            "cp1252"), {"x": "ä"}),
        ("<?xml version='1.0'?><a><person><x>ä</x></person></a>".encode("utf-16"), {"x": "ä"}),
    ],
)  # fmt: skip
def test_a_field_is_named_by_the_way_to_it(
    tmp_path: Path, text: str | bytes, row: dict[str, str]
) -> None:
    assert read(tmp_path, text) == [row | {"zeile": 1}]


def test_a_field_is_named_by_its_number_where_it_has_one(tmp_path: Path) -> None:
    numbered = Records("person", "nr", (), frozenset({"person"}), frozenset())
    text = "<a><person><f nr='3.1'>A</f><f nr='3.2' e='EUR'>5</f><g>x</g></person></a>"
    assert read(tmp_path, text, numbered) == [
        {"3.1": "A", "3.2/@e": "EUR", "3.2": "5", "g": "x", "zeile": 1}
    ]


def test_records_may_lack_fields_and_are_numbered_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "<a><person><x>1</x></person><b><person><y>2</y></person></b></a>"
    assert read(tmp_path, text) == [
        {"x": "1", "y": "", "zeile": 1},
        {"x": "", "y": "2", "zeile": 2},
    ]


@pytest.mark.parametrize("count", [19_999, 20_000, 20_001])
@pytest.mark.parametrize("wrapped", [False, True])
def test_files_of_many_records_are_read_whole(tmp_path: Path, count: int, wrapped: bool) -> None:
    record = "<person><x>{}</x></person>"
    lines = [f"<fall>{record}</fall>" if wrapped else record] * count
    text = "".join(line.format(number) for number, line in enumerate(lines))
    rows = read(tmp_path, f"<a>{text}<person><y>z</y></person></a>")
    assert [row["x"] for row in rows] == [*map(str, range(count)), ""]
    assert [row["y"] for row in rows[-2:]] == ["", "z"]


def test_records_of_another_module_are_joined_by_their_keys(tmp_path: Path) -> None:
    text = (
        "<a><gemeinschaft><nr>1</nr><typ>x</typ></gemeinschaft>"
        "<person><id>A</id><bg>1</bg></person><person><id>B</id><bg>2</bg></person>"
        "<person><id>C</id><bg/></person><person><id>D</id><bg> 3 </bg></person>"
        "<gemeinschaft><nr>3</nr><typ>y</typ></gemeinschaft>"
        "<gemeinschaft><nr>3</nr><typ>y</typ></gemeinschaft>"
        "<gemeinschaft><nr/><typ>z</typ></gemeinschaft></a>"
    )
    assert [(row["id"], row["bg.typ"]) for row in read(tmp_path, text, JOINED)] == [
        ("A", "x"),
        ("B", ""),
        ("C", ""),
        ("D", "y"),
    ]


def test_persons_inside_their_bg_are_records_of_their_own(tmp_path: Path) -> None:
    text = (
        "<a><gemeinschaft><nr>1</nr><person><bg>1</bg></person><person><bg>1</bg></person>"
        "<typ>x</typ></gemeinschaft></a>"
    )
    assert read(tmp_path, text, JOINED) == [
        {"bg": "1", "bg.typ": "x", "zeile": 1},
        {"bg": "1", "bg.typ": "x", "zeile": 2},
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "<a><gemeinschaft><nr>1</nr><typ>KANARIE</typ></gemeinschaft><gemeinschaft><nr>1</nr>"
            "<typ>y</typ></gemeinschaft><person><bg>1</bg></person></a>",
            ": Zu 1 Schlüsseln von bg gibt es mehrere verschiedene Sätze. Schlüssel im Profil "
            "vervollständigen oder Datei prüfen.",
        ),
        (
            "<a><gemeinschaft><nr>1</nr></gemeinschaft><person><id>1</id></person></a>",
            ": Felder, über die bg verbunden wird, kommen in keinem Satz vor: bg. Profil prüfen.",
        ),
        (
            "<a><person><bg>1</bg></person><modul16><x>KANARIE</x></modul16></a>",
            ": Elemente, die das Profil nicht kennt: modul16. Im Profil einer Tabelle zuordnen "
            "oder unter xml.uebergangen nennen.",
        ),
        (
            "<a><modul16 x='KANARIE'/><person><bg>1</bg></person></a>",
            ": Elemente, die das Profil nicht kennt: modul16. Im Profil einer Tabelle zuordnen "
            "oder unter xml.uebergangen nennen.",
        ),
        (
            "<a><m><person><bg>1</bg></person>KANARIE<person><bg>1</bg></person></m></a>",
            ": Elemente, die das Profil nicht kennt: person. Im Profil einer Tabelle zuordnen "
            "oder unter xml.uebergangen nennen.",
        ),
        (
            "<a><b>KANARIE</b></a>",
            ": Die Datei enthält keines der Elemente, die das Profil nennt. Profil prüfen.",
        ),
        (
            "<a><person><x>KANARIE</x><x>2</x></person></a>",
            ": In einem Satz person kommen Felder mehrfach vor: x. Sätze mit höchstens einem Wert "
            "je Feld liefern.",
        ),
        ("", ": Die Datei ist leer (0 Bytes). Datei neu anfordern."),
        (
            "person_id;KANARIE",
            ", Zeile 1: Die Datei ist kein wohlgeformtes XML oder bricht hier ab. Datei neu "
            "anfordern.",
        ),
        (
            "<a>\n<person><x>KANARIE</x></person>\n<person><x>KAN",
            ", Zeile 3: Die Datei ist kein wohlgeformtes XML oder bricht hier ab. Datei neu "
            "anfordern.",
        ),
        (
            "<a><person><x>&KANARIE;</x></person></a>",
            ": Die Datei ist kein wohlgeformtes XML oder bricht hier ab. Datei neu "
            "anfordern.",
        ),
    ],
)
def test_a_file_that_must_be_refused_gives_one_sentence(
    tmp_path: Path, text: str, problem: str
) -> None:
    assert refusal(tmp_path, text, JOINED) == [problem]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a><person><x>&l9;</x></person>'
    "</a>",
    "in an attribute": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a><person x="&l9;"/></a>',
    "external entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><person>'
    "<x>&e;</x></person></a>",
    "external DTD": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a><person/></a>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % e SYSTEM "file:///etc/passwd">%e;]><a/>',
    "harmless": "<!DOCTYPE a><a><person><x>1</x></person></a>",
    "late": f"<!--{'x' * (2 << 20)}--><!DOCTYPE a><a><person><x>1</x></person></a>",
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_never_read(tmp_path: Path, kind: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{HOSTILE[kind]}'.encode(encoding)
    [problem] = refusal(tmp_path, text)
    assert problem.startswith(": Die Datei bringt eine Dokumenttyp-Deklaration mit (DOCTYPE).")


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    [problem] = refusal(tmp_path, "<a>" * 5000 + "<person/>" + "</a>" * 5000)
    assert "kein wohlgeformtes XML" in problem


def test_too_many_fields_are_refused(tmp_path: Path) -> None:
    fields = "".join(f"<x{number}/>" for number in range(1001))
    [problem] = refusal(tmp_path, f"<a><person>{fields}</person></a>")
    assert "mehr als 1000 Spalten" in problem


@pytest.mark.parametrize(
    "text",
    [
        "<a><kopf><von>klara.muster@example.org</von></kopf><person><bg>1</bg></person></a>",
        "<a><gemeinschaft><nr>9</nr><x>klara.muster@example.org</x></gemeinschaft>"
        "<person><bg>1</bg></person></a>",
    ],
)
def test_what_is_left_out_is_searched_for_persons_too(tmp_path: Path, text: str) -> None:
    [problem] = refusal(tmp_path, text, JOINED)
    assert "E-Mail" in problem and "klara" not in problem


def stage_xml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, profile: str = PROFILE
) -> Result:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=profile)
    folder = tmp_path / "raw" / "l1"
    if not folder.exists():
        write(tmp_path / "raw", {}, note=NOTE)
    (folder / "x.xml").write_text(text, encoding="utf-8")
    return stage(tmp_path / "raw")


def test_a_delivery_in_xml_is_staged_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = stage_xml(tmp_path, monkeypatch, BODY)
    assert result.accepted("zeile", "person_id", "geschlecht", "bg_typ") == [
        (1, "A", "w", "alleinstehend"),
        (2, "B", "m", "unbekannt"),
    ]
    assert (result.table().format, result.staged.warnings) == ("xml", ())


def test_an_unmapped_field_is_named_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BODY.replace('<f nr="3.3">w</f>', '<f nr="3.3">w</f><f nr="3.9">KANARIE</f>')
    with pytest.raises(DeliveryError) as caught:
        stage_xml(tmp_path, monkeypatch, text)
    [problem] = caught.value.problems
    assert problem.startswith("l1/x.xml: Nicht zugeordnete Spalten: 3.9. Im Profil eigenes unter")


def test_keys_are_read_through_the_catalogue_and_their_meaning_through_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "raw", {}, note=NOTE)
    lines = [["Stand 2026"], ["Feld", "Wert", "Text"], ["3.3", 1, "Frau"], ["3.3", "2", "m"],
             ["2.2", 7, "alleinstehend"], ["9.9", 1, "x"]]  # fmt: skip
    workbook(folder / "Schluessel.xlsx", A=lines)
    text = BODY.replace(">w<", ">1<").replace(">m<", ">2<").replace("alleinstehend", "7")
    result = stage_xml(tmp_path, monkeypatch, text, PROFILE + CATALOGUE)
    assert result.accepted("geschlecht", "bg_typ") == [("w", "alleinstehend"), ("m", "unbekannt")]
    assert result.staged.warnings == ()


def test_a_catalogue_for_all_deliveries_lies_beside_the_profiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "profile").mkdir()
    lines = [["Feld", "Wert", "Text"], ["3.3", "1", "Frau"]]
    workbook(tmp_path / "profile" / "Schluessel.xlsx", A=lines)
    text = BODY.replace(">w<", ">1<")
    result = stage_xml(tmp_path, monkeypatch, text, PROFILE + CATALOGUE)
    assert result.accepted("geschlecht") == [("w",), ("m",)]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (None, "Der Schlüsselkatalog fehlt, den das Profil unter katalog nennt. In den "
         "Lieferordner oder in profile/ legen."),
        ([["Feld", "Wert"], ["3.3", "1"]], "Dem Schlüsselkatalog fehlen die Spalten Text. Im "
         "Profil unter katalog die richtigen nennen."),
        ([["Feld", "Wert", "Text"], ["3.3", "1", "Frau"], ["3.3", 1, "Mann"]], "1 Zeilen des "
         "Schlüsselkatalogs geben einem Schlüssel eine zweite Bedeutung. Katalog auf ein Blatt "
         "und einen Stand beschränken."),
    ],
)  # fmt: skip
def test_a_catalogue_that_cannot_be_used_refuses_the_delivery(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lines: list[list[object]] | None,
    problem: str,
) -> None:
    folder = write(tmp_path / "raw", {}, note=NOTE)
    if lines is not None:
        workbook(folder / "Schluessel.xlsx", A=lines)
    with pytest.raises(DeliveryError) as caught:
        stage_xml(tmp_path, monkeypatch, BODY, PROFILE + CATALOGUE)
    assert caught.value.problems == [f"l1/Schluessel.xlsx: {problem}"]


def test_xml_needs_a_profile_that_names_its_elements(tmp_path: Path) -> None:
    write(tmp_path / "raw", {"bestand.xml": BODY})
    with pytest.raises(DeliveryError) as caught:
        stage(tmp_path / "raw")
    assert caught.value.problems[0].startswith("l1/bestand.xml: XML wird nur mit einem Profil ")
