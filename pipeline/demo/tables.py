"""Cutting a delivery out of the history: what was known on a day, in the contract's columns."""

from datetime import date

import numpy as np
import pyarrow as pa

from pipeline.demo.attributes import BEZIRKE, FEHLT_BEZIRK, FEHLT_BG_TYP, FEHLT_GEBURTSJAHR
from pipeline.demo.effects import ABSCHLUSS, BG_TYP, INSTRUMENTE, NUMMER, STAAT, annahmen
from pipeline.demo.jobs import ART, FOERDERUNG
from pipeline.demo.measures import GRUND
from pipeline.demo.receipt import ReceiptDays, long_term
from pipeline.demo.simulate import STATUS
from pipeline.demo.state import Growing, History
from pipeline.demo.zeit import LONG_AGO, NEVER, day_number
from pipeline.demo.zufall import stream

SEX = ("m", "w", "d", "o", "u")
# Jobs and participations that ended longer before the first Stichtag are not delivered.
LOOK_BACK = 200


def cut(history: History, as_of: date) -> dict[str, pa.Table]:
    """bestand, beschaeftigungen and teilnahmen as a delivery of the day `as_of` would have them."""
    day = day_number(as_of)
    taken = [s for s in history.snapshots if s.window.b <= day]
    known = np.zeros(history.persons.n, dtype=np.bool_)
    for snapshot in taken:
        known[snapshot.person] = True
    first = history.snapshots[0].window.b - LOOK_BACK
    pseudonym = _shuffled(history.seed, "person", history.persons.n, 7)
    names = _names("P", pseudonym, 7)
    return {
        "bestand": _bestand(history, day, pseudonym, names),
        "beschaeftigungen": _beschaeftigungen(history, day, first, known, names),
        "teilnahmen": _teilnahmen(history, day, first, known, names),
    }


def _shuffled(seed: int, name: str, size: int, digits: int) -> np.ndarray:
    """Distinct numbers of `digits` digits without visible order.

    A one-to-one mixing of 2^bits numbers, repeated for those that fall beyond the last one wanted:
    the first numbers do not depend on how many follow.
    """
    rng, space = stream(seed, f"kennung-{name}"), 10**digits
    bits = (space - 1).bit_length()
    mask, half = 2**bits - 1, bits // 2
    keys = [(int(rng.integers(mask)) | 1, int(rng.integers(mask))) for _ in range(4)]
    numbers = np.arange(size, dtype=np.int64)
    beyond = np.ones(size, dtype=np.bool_)
    while beyond.any():
        part = numbers[beyond]
        for factor, shift in keys:
            part = (part * factor + shift) & mask
            part ^= part >> half
        numbers[beyond] = part
        beyond = numbers >= space
    return numbers


def _names(prefix: str, numbers: np.ndarray, digits: int) -> pa.Array:
    return pa.array([f"{prefix}{number:0{digits}d}" for number in numbers.tolist()], pa.string())


def _pick(values: pa.Array, index: np.ndarray, empty: np.ndarray | None = None) -> pa.Array:
    """Text column: values by index, null where empty."""
    mask = np.zeros(index.size, np.bool_) if empty is None else empty
    codes = pa.array(np.where(mask, 0, index).astype(np.int32), mask=mask)
    return pa.DictionaryArray.from_arrays(codes, values)


def _coded(values: tuple[str, ...], index: np.ndarray, empty: np.ndarray | None = None) -> pa.Array:
    return _pick(pa.array(values, pa.string()), index, empty)


def _dates(days: np.ndarray, empty: np.ndarray | None = None) -> pa.Array:
    return pa.array(np.where(days > NEVER - 1, 0, days).astype(np.int32), mask=empty).cast(
        pa.date32()
    )


def _bestand(history: History, day: int, pseudonym: np.ndarray, names: pa.Array) -> pa.Table:
    people = history.persons
    parts = []
    for s in history.snapshots:
        if s.window.b > day:
            continue
        order = np.argsort(pseudonym[s.person])
        parts.append(
            [
                np.full(order.size, s.window.b),
                *(a[order] for a in (s.person, s.bg_typ, s.kind_geboren, s.bezirk)),
                *(a[order] for a in (s.bezug_seit, s.status)),
            ]
        )
    tag, person, bg, kind, bezirk, seit, status = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    sex, fehlt = people["geschlecht"][person], people["fehlt"][person]
    years = np.floor((tag - kind) / 365.25).astype(np.int64)
    staat, abschluss = people["staat"][person], people["abschluss"][person]
    columns = {
        "person_id": _pick(names, person),
        "stichtag": _dates(tag),
        "geschlecht": _coded(SEX, sex, sex == len(SEX)),
        "geburtsjahr": pa.array(people["geburtsjahr"][person], mask=fehlt == FEHLT_GEBURTSJAHR),
        "bg_typ": _coded(BG_TYP, bg, fehlt == FEHLT_BG_TYP),
        "juengstes_kind_alter": pa.array(years.clip(0).astype(np.int16), mask=kind == LONG_AGO),
        "staatsangehoerigkeit": _coded(STAAT, staat),
        "berufsabschluss": _coded(ABSCHLUSS[:3], abschluss, abschluss == 3),
        "arbeitsmarktstatus": _coded(STATUS, status),
        "leistungsbezug_seit": _dates(seit),
        "lzb": pa.array(long_term(ReceiptDays(history.spells), person, tag)),
        "hilfe_67": pa.array(people["hilfe_67"][person]),
        "stadtbezirk": _coded(tuple(BEZIRKE), bezirk, fehlt == FEHLT_BEZIRK),
    }
    return _with_duplicates(pa.table(columns), annahmen()["doppelte"]["bestand"])


def _recorded(seed: int, name: str, beginn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The day each row was recorded, and whether that day is delivered empty."""
    given, size = annahmen()["erfassung"], beginn.size
    normal = stream(seed, f"erfassung-{name}").standard_normal(size)
    lag = np.round(given["median_tage"] * np.exp(given["streuung"] * normal)) - 2
    late = stream(seed, f"spaet-{name}").random(size) < given["sehr_spaet"]
    extra = stream(seed, f"verzug-{name}").random(size)
    lag = np.where(late, 100 + 220 * extra, lag).astype(np.int64)
    empty = stream(seed, f"leer-{name}").random(size) < given["leer"]
    return beginn + lag, empty


def _beschaeftigungen(
    history: History, day: int, first: int, known: np.ndarray, names: pa.Array
) -> pa.Table:
    jobs = history.jobs
    beginn, ende = jobs["beginn"].astype(np.int64), jobs["ende"].astype(np.int64)
    recorded, empty = _recorded(history.seed, "beschaeftigungen", beginn)
    numbers = _shuffled(history.seed, "beschaeftigung", jobs.n, 8)
    rows = _visible(
        jobs,
        beginn=beginn,
        ende=ende,
        recorded=recorded,
        day=day,
        first=first,
        known=known,
        numbers=numbers,
    )
    employer = _shuffled(history.seed, "arbeitgeber", 110_000, 6)
    art, foerderung = jobs["art"][rows], jobs["foerderung"][rows]
    place = jobs["arbeitgeber"][rows]
    hours = jobs["stunden"][rows].astype(np.float64)
    # After the day only the agreed end of a fixed term is known, whatever came later.
    shown = np.where(ende[rows] <= day, ende[rows], jobs["befristet_bis"][rows])
    columns = {
        "beschaeftigung_id": _names("B", numbers[rows], 8),
        "person_id": _pick(names, jobs["person"][rows]),
        "beginn": _dates(beginn[rows]),
        "ende": _dates(shown, shown == NEVER),
        "art": _coded(ART, art),
        "foerderung": _coded(FOERDERUNG, foerderung),
        "arbeitgeber_id": _pick(_names("A", employer, 6), place, place < 0),
        "wochenstunden": pa.array(hours, mask=np.isnan(hours)),
        "erfasst_am": _dates(recorded[rows], empty[rows]),
    }
    return _with_duplicates(pa.table(columns), annahmen()["doppelte"]["beschaeftigungen"])


def _visible(
    log: Growing,
    *,
    beginn: np.ndarray,
    ende: np.ndarray,
    recorded: np.ndarray,
    day: int,
    first: int,
    known: np.ndarray,
    numbers: np.ndarray,
) -> np.ndarray:
    """Rows of a log known on the day, of people in the delivered stock, by begin and number."""
    seen = (np.maximum(beginn, recorded) <= day) & known[log["person"]]
    seen &= (ende >= beginn) & (ende >= first)
    rows = np.flatnonzero(seen)
    return rows[np.lexsort((numbers[rows], beginn[rows]))]


def _teilnahmen(
    history: History, day: int, first: int, known: np.ndarray, names: pa.Array
) -> pa.Table:
    log = history.participations
    eintritt, austritt = log["eintritt"].astype(np.int64), log["austritt"].astype(np.int64)
    recorded, empty = _recorded(history.seed, "teilnahmen", eintritt)
    numbers = _shuffled(history.seed, "teilnahme", log.n, 8)
    rows = _visible(
        log,
        beginn=eintritt,
        ende=austritt,
        recorded=recorded,
        day=day,
        first=first,
        known=known,
        numbers=numbers,
    )
    instrument, angebot = log["instrument"][rows], log["angebot"][rows]
    offers, place = np.unique(angebot, return_inverse=True)
    number, kind = offers % 100, offers // 1_000_000
    labels = [
        f"{INSTRUMENTE[k]}-{o // 100 % 10_000}-{n + 1:02d}" if o >= 0 else ""
        for o, k, n in zip(offers.tolist(), kind.tolist(), number.tolist(), strict=True)
    ]
    # One provider keeps the same measure over the years.
    provider = (kind * 7 + number * 5) % 24
    hidden = austritt[rows] > day
    grund = log["grund"][rows]
    columns = {
        "teilnahme_id": _names("T", numbers[rows], 8),
        "person_id": _pick(names, log["person"][rows]),
        "instrument": _coded(INSTRUMENTE, instrument),
        "massnahme_id": _pick(pa.array(labels, pa.string()), place, angebot < 0),
        "traeger_id": _pick(
            pa.array([f"TR{t + 1:02d}" for t in range(24)]), provider[place], angebot < 0
        ),
        "eintritt": _dates(eintritt[rows]),
        "austritt_geplant": _dates(log["geplant"][rows], instrument == NUMMER["VB"]),
        "austritt": _dates(austritt[rows], hidden),
        "austrittsgrund": _coded(GRUND, grund, hidden),
        "kosten_eur": pa.array(log["kosten"][rows]),
        "erfasst_am": _dates(recorded[rows], empty[rows]),
    }
    return pa.table(columns)


def _with_duplicates(table: pa.Table, count: int) -> pa.Table:
    """Append exact copies of a few rows, as real extracts have them."""
    if table.num_rows <= count:
        return table
    rows = [(k + 1) * table.num_rows // (count + 1) for k in range(count)]
    return pa.concat_tables([table, table.take(rows)])
