"""The state of the data: facts of the run, missing breakdowns, months that cannot be published."""

from itertools import groupby

from pipeline.registries import breakdowns
from pipeline.report.blocks import Row, Table
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice

REASONS = ("stichtage_fehlen", "wartezeit_laeuft")


def facts(pub: Pub, voice: Voice) -> dict[str, str]:
    """The facts of the run as words; what is not given says so."""
    unknown, months = voice.t("stand.unbekannt"), pub.months("K2")
    given = pub.angaben
    month = voice.n.month(months[-1]) if months else voice.t("seite.ohne_monat")
    return {
        "jobcenter": given.get("jobcenter") or unknown,
        "traeger": given.get("traeger") or unknown,
        "lauf": given.get("lauf") or unknown,
        "version": given.get("version") or unknown,
        "datenstand": voice.n.day(given.get("datenstand", "")) or unknown,
        "berichtsmonat": month,
    }


def table(pub: Pub, voice: Voice, given: dict[str, str]) -> Table:
    """The facts of the run as a table."""
    t, months = voice.t, pub.months("K2")
    span = t("stand.unbekannt")
    if months:
        first, last = voice.n.month(months[0]), voice.n.month(months[-1])
        span = first if first == last else t("stand.von_bis", von=first, bis=last)
    synthetic = t("wort.ja" if pub.angaben.get("synthetisch") == "true" else "wort.nein")
    rows = [
        (t("stand.jobcenter"), given["jobcenter"]),
        (t("stand.traeger"), given["traeger"]),
        (t("stand.berichtsmonat"), given["berichtsmonat"]),
        (t("stand.berichtsmonate"), span),
        (t("stand.datenstand"), given["datenstand"]),
        (t("stand.synthetisch"), synthetic),
        (t("stand.lauf"), given["lauf"]),
        (t("stand.version"), given["version"]),
    ]
    head = (t("stand.spalte_angabe"), t("stand.spalte_wert"))
    return Table("tabelle-stand", t("stand.tabelle"), head, tuple(Row(row) for row in rows))


def _listed(pub: Pub, key: str, separator: str) -> list[str]:
    parts = pub.angaben.get(key, "").split(separator)
    return [part.strip() for part in parts if part.strip()]


def missing(pub: Pub, voice: Voice) -> list[str]:
    """Titles of the breakdowns that the delivery does not allow."""
    titles = {b.id: b.titel(voice.n.lang) for b in breakdowns()}
    return [titles.get(i, i) for i in _listed(pub, "fehlende_merkmale", ",")]


def unpublishable(pub: Pub, voice: Voice) -> list[str]:
    """One sentence per reason with the months it holds for.

    pub_angaben gives them as "2016-01=reason", separated by semicolons; a reason without a sentence
    of its own, and an entry of another form, is shown as given.
    """
    entries = [entry.partition("=") for entry in _listed(pub, "nicht_veroeffentlichbar", ";")]
    by_reason: dict[str, list[str]] = {}
    for month, _, reason in entries:
        by_reason.setdefault(reason.strip(), []).append(month.strip())
    found = []
    for reason, months in by_reason.items():
        when = ", ".join(_ranges(voice, months))
        if reason in REASONS:
            found.append(voice.t(f"grund.{reason}", monate=when))
        else:
            found.append(f"{when}: {reason}" if reason else when)
    return found


def _ranges(voice: Voice, months: list[str]) -> list[str]:
    """Consecutive months as "April 2011 bis März 2012"; what is no month stays as it is."""
    known = sorted({m for m in months if _is_month(m)})
    found = [m for m in months if not _is_month(m)]
    for _, run in groupby(enumerate(known), key=lambda pair: _count(pair[1]) - pair[0]):
        stretch = [voice.n.month(month) for _, month in run]
        first, last = stretch[0], stretch[-1]
        same = first == last
        found.append(first if same else voice.t("stand.von_bis", von=first, bis=last))
    return found


def _is_month(text: str) -> bool:
    year, _, month = text.partition("-")
    return len(year) == 4 and year.isdecimal() and month in {f"{m:02d}" for m in range(1, 13)}


def _count(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])
