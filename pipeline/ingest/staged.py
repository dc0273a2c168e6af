"""What staging a delivery came to, and its file lieferung.json."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.ingest.note import STABLE

STAGED_NAME = "lieferung.json"


@dataclass(frozen=True)
class OutsideValidity:
    """A code used outside its valid_from … valid_to, and how many accepted rows use it so."""

    spalte: str
    code: str
    zeilen: int


@dataclass(frozen=True)
class Applied:
    """A correction of corrections.toml that was made: its number there, where, how many rows."""

    nummer: int
    tabelle: str
    spalte: str
    zeilen: int
    grund: str
    informiert: str


@dataclass(frozen=True)
class StagedTable:
    """One delivered file, judged: geliefert = angenommen + abgewiesen + zusammengefuehrt.

    profil: the profile the file was read with, if it needed one. spalten: the delivered columns in
    contract order. abgewiesen: rejected rows per rule id.
    zusammengefuehrt: rows that collapsed into an identical one. unbekannt: per optional column the
    cells of accepted rows that had content but no readable or known value. stichtage: every
    Stichtag and the place that first names it. For bestand those of rows that break no rule on
    single rows, for bezug those of its period; other tables have none. angegeben: the rows that
    the delivery note states.
    """

    tabelle: str
    datei: str
    format: str
    sha256: str
    spalten: tuple[str, ...]
    geliefert: int
    angenommen: int
    abgewiesen: dict[str, int]
    zusammengefuehrt: int
    unbekannt: dict[str, int]
    ausserhalb_gueltigkeit: tuple[OutsideValidity, ...]
    stichtage: dict[date, str]
    profil: str | None = None
    angegeben: int | None = None

    @property
    def rejected(self) -> int:
        """Number of rejected rows."""
        return sum(self.abgewiesen.values())


@dataclass(frozen=True)
class Anonymity:
    """k-anonymity of the persons in stock at the newest Stichtag.

    merkmale: the columns by which persons are told apart. k: persons in the smallest group that
    agrees in all of them. anteil_einzeln: share of the persons who are alone in their group.
    anteil_unter_5: share of those in groups of fewer than five.
    """

    stichtag: date
    merkmale: tuple[str, ...]
    personen: int
    k: int
    anteil_einzeln: float
    anteil_unter_5: float


@dataclass(frozen=True)
class StagedDelivery:
    """One delivery after staging.

    folder: name of its raw folder. tabellen: by table name. anonymitaet: None without a stock.
    pseudonym: whether person_id is the same over all deliveries (note.STABLE, PER_DELIVERY).
    berichtigungen: what corrections.toml changed.
    """

    id: str
    folder: str
    datenstand: date
    traeger: str | None
    art: str
    zeitraum_von: date | None
    synthetisch: bool
    warnings: tuple[str, ...]
    tabellen: dict[str, StagedTable]
    anonymitaet: Anonymity | None = None
    pseudonym: str = STABLE
    berichtigungen: tuple[Applied, ...] = ()

    @property
    def stichtage(self) -> dict[date, str]:
        """Every Stichtag of the delivery, and where it is named."""
        return {day: place for t in self.tabellen.values() for day, place in t.stichtage.items()}


def save_staged(staged: StagedDelivery, folder: Path) -> None:
    """Write lieferung.json: the same delivery gives the same bytes."""
    text = json.dumps(as_json(staged), ensure_ascii=False, indent=2)
    (folder / STAGED_NAME).write_text(text + "\n", encoding="utf-8")


def as_json(facts: StagedDelivery | Anonymity | Applied) -> dict[str, Any]:
    """Facts as plain JSON."""
    plain: dict[str, Any] = _plain(asdict(facts))
    return plain


def load_staged(path: Path) -> StagedDelivery:
    """Read lieferung.json back; `path` is the file or the folder it lies in."""
    file = path / STAGED_NAME if path.is_dir() else path
    content = json.loads(file.read_text(encoding="utf-8"))
    tabellen = {
        name: StagedTable(
            **{
                **table,
                "spalten": tuple(table["spalten"]),
                "ausserhalb_gueltigkeit": tuple(
                    OutsideValidity(**entry) for entry in table["ausserhalb_gueltigkeit"]
                ),
                "stichtage": {
                    date.fromisoformat(day): place for day, place in table["stichtage"].items()
                },
            }
        )
        for name, table in content["tabellen"].items()
    }
    return StagedDelivery(
        **{
            **content,
            "datenstand": date.fromisoformat(content["datenstand"]),
            "zeitraum_von": _day(content["zeitraum_von"]),
            "warnings": tuple(content["warnings"]),
            "tabellen": tabellen,
            "anonymitaet": _anonymity(content["anonymitaet"]),
            "berichtigungen": tuple(Applied(**entry) for entry in content["berichtigungen"]),
        }
    )


def _anonymity(content: dict[str, Any] | None) -> Anonymity | None:
    if content is None:
        return None
    day, names = date.fromisoformat(content["stichtag"]), tuple(content["merkmale"])
    return Anonymity(**{**content, "stichtag": day, "merkmale": names})


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _plain(value: Any) -> Any:
    """Dates as ISO text, also where they are keys."""
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
