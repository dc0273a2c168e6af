"""The commands on profiles: a draft from a file, and what a profile makes of a file."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from pipeline.database import connect
from pipeline.errors import DeliveryError, UsageError
from pipeline.ingest.code_types import prepare_typing
from pipeline.ingest.delivered_files import FORMATS, RawFile
from pipeline.ingest.identifiers.scan import name_problems
from pipeline.ingest.naming import listing, place, printable
from pipeline.ingest.note import READ_TABLES, table_contract
from pipeline.ingest.profiles.catalogue import read_catalogue
from pipeline.ingest.profiles.draft import Sample, draft
from pipeline.ingest.profiles.headers import mapping_problems
from pipeline.ingest.profiles.mapping import TYPED, canonical_names, mapped, reading_of
from pipeline.ingest.profiles.profile import load_profile
from pipeline.ingest.profiles.profile_choice import catalogue_of, mapped_files, mapping_of
from pipeline.ingest.profiles.profile_view import Checked, lines_of
from pipeline.ingest.reading.isolated import read_isolated
from pipeline.ingest.reading.options import Reading

Say = Callable[[str], None]


def suggest(
    paths: list[Path], tabelle: str | None, blatt: str | None, out: Path | None, say: Say
) -> None:
    """Draft a profile for the files; to a new file `out` or to `say`.

    Raises DeliveryError for a file that cannot be read or names a person.
    """
    _known_table(tabelle)
    if out is not None and out.exists():
        raise UsageError(f"{out}: Die Datei gibt es schon. Einen anderen Namen nennen.")
    samples = []
    with tempfile.TemporaryDirectory() as temp:
        for path in paths:
            form = _format(path)
            if form == "xml":
                raise UsageError(
                    f"{place(path)}: Für XML lässt sich kein Profil entwerfen. profile/"
                    "demo_xml.toml ist ein Beispiel, docs/anleitung/profile.md erklärt es."
                )
            _speakable(path)
            names = {n: n for table in READ_TABLES for n in table_contract(table).names()}
            reading = Reading(tuple(names), sheet=blatt or "")
            raw = read_isolated(path, form, reading, names, Path(temp))
            samples.append(Sample(path.name, form, blatt or "", raw))
    text = draft(samples, tabelle)
    if out is None:
        say(text.rstrip("\n"))
        return
    out.write_text(text, encoding="utf-8")
    say(f"Entwurf geschrieben: {out}")


def check(path: Path, profil: str, tabelle: str | None, say: Say) -> None:
    """Say what a profile makes of a file; raises DeliveryError for what would refuse it."""
    _known_table(tabelle)
    problems: list[str] = []
    for file in _files(path, profil, tabelle):
        found = _check(file)
        for line in lines_of(found):
            say(line)
        problems += found.problems
    if problems:
        raise DeliveryError(problems)


def _check(file: RawFile) -> Checked:
    contract, mapping = table_contract(file.tabelle), file.mapping
    if mapping is None:
        raise RuntimeError("a file without a profile")
    with tempfile.TemporaryDirectory() as folder:
        temp = Path(folder)
        keys = read_catalogue(catalogue_of(mapping.name), file.path.parent, temp)
        names = canonical_names(file, contract)
        raw = read_isolated(file.path, file.format, reading_of(file, contract), names, temp)
        problems = mapping_problems(raw.columns, mapping, contract, place(file.path))
        spelling = mapping.spelling(file.format in TYPED, keys)
        whole = mapped(raw, mapping, spelling, contract)
        con = connect(read_from=[temp], temp=temp, threads=None, memory_limit="1GB")
        try:
            prepare_typing(con)
            return Checked.of(con, raw, whole, mapping, contract, place(file.path), problems)
        finally:
            con.close()


def _files(path: Path, profil: str, tabelle: str | None) -> list[RawFile]:
    """The file as each table that the profile finds in it, or as the one that is named."""
    form = _format(path)
    _speakable(path)
    tables = [tabelle] if tabelle else [t for t, _ in mapped_files(profil, [path.name])]
    if not tables:
        tables = [t for t in load_profile(profil).tabelle if path.stem == t]
    mappings = [mapping_of(profil, table) for table in tables]
    if not tables or None in mappings:
        told = ", ".join(load_profile(profil).tabelle)
        raise UsageError(
            f"{place(path)}: Das Profil {profil} sagt nicht, welche Tabelle das ist. Mit --tabelle "
            f"eine nennen ({told})."
        )
    file = RawFile(path, path.name, "", form)
    return [
        replace(file, tabelle=table, mapping=mapping)
        for table, mapping in zip(tables, mappings, strict=True)
    ]


def _format(path: Path) -> str:
    form = path.suffix[1:].lower()
    if form not in FORMATS:
        raise UsageError(
            f"{printable(path.name)}: Gelesen werden nur {_endings(FORMATS)}. Datei umwandeln."
        )
    if not path.is_file():
        raise UsageError(f"{place(path)}: Die Datei gibt es nicht. Pfad prüfen.")
    return form


def _endings(formats: Iterable[str]) -> str:
    return ", ".join(f".{form}" for form in formats)


def _speakable(path: Path) -> None:
    problems = name_problems(path.resolve().parent.name, path.name, "")
    if problems:
        raise DeliveryError(problems)


def _known_table(tabelle: str | None) -> None:
    if tabelle is not None and tabelle not in READ_TABLES:
        raise UsageError(f"--tabelle kennt nur {listing(READ_TABLES)}.")
