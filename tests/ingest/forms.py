"""Profiles and foreign files for the tests, in folders of their own."""

from pathlib import Path

import pytest

from pipeline.ingest.profiles import profile

BESTAND = """\
[tabelle.bestand]
datei = "Liste*.csv"
{form}
[tabelle.bestand.spalten]
"Kennung" = "person_id"
"Tag" = "stichtag"
"Sex" = "geschlecht"
{spalten}
{mehr}
"""


def use_profiles(folder: Path, monkeypatch: pytest.MonkeyPatch, **texts: str) -> None:
    """Put profiles in the place of the shipped ones."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(profile, "PROFILES", folder)


def bestand_profile(form: str = "", spalten: str = "", mehr: str = "") -> str:
    """A profile of one table; the parts are lines of TOML."""
    return BESTAND.format(form=form, spalten=spalten, mehr=mehr)
