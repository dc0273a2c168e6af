"""Which staged deliveries a run uses, in which order, and as of when its figures are known."""

from dataclasses import dataclass
from datetime import date

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import listing, printable
from pipeline.ingest.note import PER_DELIVERY, STABLE
from pipeline.ingest.staged import StagedDelivery
from pipeline.registries import table_meant

NEEDED_TABLES = ("bestand", "beschaeftigungen")


@dataclass(frozen=True)
class Dropped:
    """A delivery the run leaves out, and why (German)."""

    id: str
    reason: str


@dataclass(frozen=True)
class Selection:
    """The deliveries of a run in merging order; its datenstand; what was left out.

    pseudonym: PER_DELIVERY when a delivery was kept apart from others for its pseudonyms.
    """

    deliveries: tuple[StagedDelivery, ...]
    dropped: tuple[Dropped, ...]
    warnings: tuple[str, ...]
    datenstand: date
    pseudonym: str = STABLE


def select(staged: list[StagedDelivery], as_of: date | None) -> Selection:
    """Choose and order the deliveries of a run; raises DeliveryError when they do not fit."""
    dropped: list[Dropped] = []
    ordered = sorted(staged, key=lambda d: (d.datenstand, d.id.encode("utf-8")))
    if any(not d.synthetisch for d in ordered):
        reason = "synthetisch, und es gibt eine echte Lieferung"
        dropped += [Dropped(d.id, reason) for d in ordered if d.synthetisch]
        ordered = [d for d in ordered if not d.synthetisch]
    if as_of is not None:
        reason = f"Datenstand nach dem {as_of:%d.%m.%Y}"
        dropped += [Dropped(d.id, reason) for d in ordered if d.datenstand > as_of]
        ordered = [d for d in ordered if d.datenstand <= as_of]
    ordered, unlinked = _one_scope(ordered)
    dropped += unlinked
    if not ordered:
        raise DeliveryError(
            "Keine Lieferung hat einen Datenstand bis zum gewählten Tag. Späteren Tag wählen oder "
            "Lieferung ablegen."
        )
    _refuse_several_traeger(ordered)
    _refuse_two_stichtage(ordered)
    return Selection(
        deliveries=tuple(ordered),
        dropped=tuple(dropped),
        warnings=_warnings(ordered, dropped),
        datenstand=_datenstand_of_run(ordered, bool(unlinked)),
        pseudonym=PER_DELIVERY if unlinked else STABLE,
    )


def _one_scope(
    ordered: list[StagedDelivery],
) -> tuple[list[StagedDelivery], list[Dropped]]:
    """The deliveries between which a pseudonym means the same person, and those left out.

    Pseudonyms of one delivery only link it to no other: such a delivery stands alone. Of several
    possibilities the one known up to the latest day is taken, whole tables first.
    """
    if all(d.pseudonym == STABLE for d in ordered):
        return ordered, []
    scopes = [[d for d in ordered if d.pseudonym == STABLE]]
    scopes += [[d] for d in ordered if d.pseudonym != STABLE]
    chosen = max(filter(None, scopes), key=_standing)
    names = listing(d.id for d in chosen)
    reason = (
        "Pseudonyme gelten nur innerhalb einer Lieferung, also lassen sich Personen nicht über "
        f"Lieferungen verfolgen; ausgewertet wird nur {names}"
    )
    return chosen, [Dropped(d.id, reason) for d in ordered if d not in chosen]


def _standing(scope: list[StagedDelivery]) -> tuple[bool, date, bytes]:
    """How good a choice the deliveries are: with all needed tables, new, by id."""
    carried = {table_meant(name) for d in scope for name in d.tabellen}
    newest = max(scope, key=lambda d: (d.datenstand, d.id.encode("utf-8")))
    return set(NEEDED_TABLES) <= carried, newest.datenstand, newest.id.encode("utf-8")


def _refuse_several_traeger(deliveries: list[StagedDelivery]) -> None:
    names = sorted({d.traeger for d in deliveries if d.traeger is not None})
    if len(names) > 1:
        raise DeliveryError(
            f"Die Lieferungen stammen von mehreren Trägern ({listing(names)}). Nur Lieferungen "
            "eines Trägers zusammen auswerten."
        )


def _refuse_two_stichtage(deliveries: list[StagedDelivery]) -> None:
    """A calendar month has one Stichtag, within a delivery and between deliveries."""
    seen: dict[tuple[int, int], dict[date, str]] = {}
    for delivery in deliveries:
        for day, where in sorted(delivery.stichtage.items()):
            place = f"{printable(delivery.folder)}/{where}"
            seen.setdefault((day.year, day.month), {}).setdefault(day, place)
    problems = [
        f"Im Monat {month:02d}/{year} gibt es mehrere Stichtage ({'; '.join(days.values())}). "
        "Jeder Monat hat genau einen: Lieferung klären."
        for (year, month), days in sorted(seen.items())
        if len(days) > 1
    ]
    if problems:
        raise DeliveryError(problems)


def _datenstand_of_run(deliveries: list[StagedDelivery], alone: bool) -> date:
    """The smallest, over the needed tables, datenstand of the newest delivery that carries it.

    alone: others were left out for their pseudonyms.
    """
    newest = {
        name: max(
            (d.datenstand for d in deliveries if name in map(table_meant, d.tabellen)),
            default=None,
        )
        for name in NEEDED_TABLES
    }
    missing = [name for name, day in newest.items() if day is None]
    if missing:
        why = " zusammen mit den übrigen Tabellen (Pseudonyme gelten je Lieferung)" if alone else ""
        raise DeliveryError(
            f"Keine Lieferung enthält {' und '.join(missing)}{why}. Fehlende Tabelle liefern "
            "lassen."
        )
    return min(day for day in newest.values() if day is not None)


def _warnings(chosen: list[StagedDelivery], dropped: list[Dropped]) -> tuple[str, ...]:
    left_out = [f"Lieferung {printable(d.id)} nicht verwendet: {d.reason}." for d in dropped]
    synthetic = []
    if all(d.synthetisch for d in chosen):
        synthetic.append("Alle Lieferungen sind synthetisch: Die Zahlen sind erfunden.")
    return (*synthetic, *(w for d in chosen for w in d.warnings), *left_out)
