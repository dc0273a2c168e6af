"""The state of the data: facts of the run, what is missing, months that cannot be published."""

from itertools import groupby

from pipeline.breakdowns import breakdowns
from pipeline.registries import code_list
from pipeline.report.blocks import Row, Table
from pipeline.report.kennzahlen import family, members
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice


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


def missing_codes(pub: Pub, voice: Voice) -> list[str]:
    """Codes of the Kennzahlen that the delivery does not allow, a whole family put together."""
    return _short(voice, _listed(pub, "fehlende_kennzahlen", ","))


def missing_kennzahlen(pub: Pub, voice: Voice) -> list[str]:
    """Names of the Kennzahlen that the delivery does not allow; a whole family under its codes."""
    absent = _listed(pub, "fehlende_kennzahlen", ",")
    labels = {c.code: c.label(voice.n.lang) for c in code_list("kennzahl").codes}
    found = []
    for code in absent:
        kin = [c for c in absent if family(c) == family(code)]
        if len(kin) == 1:
            found.append(f"{labels.get(code, code)} ({code})")
        elif code == kin[0]:
            found.extend(_short(voice, kin))
    return found


def unpublishable(pub: Pub, voice: Voice) -> list[str]:
    """One sentence per reason and group of Kennzahlen with the months it holds for.

    pub_angaben gives them as "K2,P1:2016-01=reason;…". Kennzahlen with the same months share a
    sentence, and so do those of a family, each with its own months. A reason without a sentence of
    its own, and an entry of another form, is shown as given. Before them stands why months of other
    deliveries are not even there, where that is so.
    """
    withheld: dict[tuple[str, str], list[str]] = {}
    ranks = {c.code: c.rank for c in code_list("kennzahl").codes}
    for entry in _listed(pub, "nicht_veroeffentlichbar", ";"):
        head, _, reason = entry.partition("=")
        listed, _, month = head.rpartition(":")
        for code in listed.split(","):
            withheld.setdefault((reason.strip(), code.strip()), []).append(month.strip())
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (reason, code), months in withheld.items():
        alike.setdefault((reason, tuple(month_ranges(voice, months))), []).append(code)
    by_family: dict[tuple[str, str], list[str]] = {}
    for (reason, spans), codes in alike.items():
        codes.sort(key=lambda code: ranks.get(code, len(ranks)))
        families = {family(code) for code in codes}
        group = families.pop() if len(families) == 1 else ",".join(codes)
        words = ", ".join(spans)
        if any(codes):
            names = ", ".join(_short(voice, codes))
            words = voice.t("stand.monate_von", kennzahlen=names, monate=words)
        by_family.setdefault((reason, group), []).append(words)
    unlinked = pub.angaben.get("pseudonym") == "je_lieferung"
    return [voice.t("stand.pseudonym_je_lieferung")] * unlinked + [
        _because(voice, reason, "; ".join(parts)) for (reason, _), parts in by_family.items()
    ]


def _because(voice: Voice, reason: str, when: str) -> str:
    key = f"grund.{reason}"
    if key in voice.t.entries:
        return voice.t(key, monate=when)
    return f"{when}: {reason}" if reason else when


def _short(voice: Voice, codes: list[str]) -> list[str]:
    """Codes with three or more of a family, and all of it, put together: "EQ_1 bis EQ_18"."""
    found: list[str] = []
    for name, run in groupby(codes, key=family):
        given = list(run)
        whole = [c.code for c in members(name)]
        if len(given) > 2 and given == whole:
            given = [voice.t("stand.von_bis", von=given[0], bis=given[-1])]
        found += given
    return found


def month_ranges(voice: Voice, months: list[str]) -> list[str]:
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
