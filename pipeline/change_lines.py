"""What a run says about its changes against the last one, in German or English."""

from pipeline.changes import QUOTES, Changes, Quotas
from pipeline.report.numbers import Numbers
from pipeline.report.pub import Pair
from pipeline.report.sentences import Voice
from pipeline.report.state import month_ranges
from pipeline.report.texts import texts

# More stretches of months than these are told as the first month, the last and their number.
MOST_STRETCHES = 4


def change_lines(changes: Changes, lang: str) -> list[str]:
    """A line per table, per kind of change in the months, and per month whose K2 is shown."""
    voice = Voice(texts(lang), Numbers(lang))
    if changes.stand != "verglichen":
        return [voice.t(f"lauf.aenderung_{changes.stand}")]
    if not any(rows.any for rows in changes.zeilen):
        return [voice.t("lauf.aenderung_keine")]
    lines = [
        voice.t(
            f"lauf.aenderung_{'zahlen' if rows.tabelle == QUOTES else 'zeilen'}",
            tabelle=rows.tabelle,
            neu=str(rows.neu),
            geaendert=str(rows.geaendert),
            weggefallen=str(rows.weggefallen),
        )
        for rows in changes.zeilen
        if rows.any
    ]
    months = {
        "bestand_neu": changes.bestand_neu,
        "bestand_geaendert": changes.bestand_geaendert,
        "k2_neu": changes.k2_neu,
        "k2_geaendert": changes.k2_geaendert,
        "k2_weggefallen": changes.k2_weggefallen,
    }
    lines += [
        voice.t(f"lauf.aenderung_{kind}", monate=_stretches(voice, found))
        for kind, found in months.items()
        if found
    ]
    return lines + [_quota_line(voice, quotas) for quotas in changes.quotas]


def _stretches(voice: Voice, months: tuple[str, ...]) -> str:
    """ "Januar 2015 bis März 2015, Juni 2015", or only the ends of many stretches."""
    found = month_ranges(voice, list(months))
    if len(found) <= MOST_STRETCHES:
        return ", ".join(found)
    return voice.t(
        "lauf.aenderung_spanne",
        anzahl=str(len(months)),
        von=voice.n.month(months[0]),
        bis=voice.n.month(months[-1]),
    )


def _quota_line(voice: Voice, quotas: Quotas) -> str:
    month, now = voice.n.month(quotas.berichtsmonat), _words(voice, quotas.jetzt)
    if quotas.vorher is None:
        return voice.t("lauf.aenderung_quote_neu", monat=month, **now)
    if quotas.vorher == quotas.jetzt:
        return voice.t("lauf.aenderung_quote_gleich", monat=month, **now)
    before = {f"{name}_zuvor": word for name, word in _words(voice, quotas.vorher).items()}
    return voice.t("lauf.aenderung_quote", monat=month, **now, **before)


def _words(voice: Voice, pair: Pair) -> dict[str, str]:
    gap = voice.t("status.fehlt") if pair.gap is None else voice.n.rate(pair.gap)
    return {"w": voice.cell(pair.w), "m": voice.cell(pair.m), "abstand": gap}
