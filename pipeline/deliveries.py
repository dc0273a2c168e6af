"""What has arrived: every delivery folder, and what the last run made of it. Reads nothing anew."""

import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.delivery_lines import Arrival, Rows, arrival_lines, arrival_table
from pipeline.errors import DeliveryError
from pipeline.files import hash_path
from pipeline.ingest.corrections import Numbered, read_corrections
from pipeline.ingest.delivery import Delivery, FoundFolder, repeated_ids, survey
from pipeline.ingest.naming import printable
from pipeline.ingest.stage import folder_name
from pipeline.ingest.staged import StagedDelivery
from pipeline.last_reading import LastReading, last_reading
from pipeline.report.texts import Texts, texts
from pipeline.settings import Settings

# More bytes than these take longer than a second to compare with what was read.
MANY_BYTES = 500_000_000


def deliveries(settings: Settings, say: Callable[[str], None]) -> None:
    """Say what lies under raw; raises DeliveryError (11) when nothing does.

    A table on a wide terminal, else lines.
    """
    from rich.console import Console

    t = texts(settings.sprache)
    console = Console()
    found = survey(settings.raw)
    last = last_reading(settings.curated)
    if console.is_terminal and last.staged and _bytes_in(found) > MANY_BYTES:
        sys.stderr.write(t("lieferungen.vergleicht") + "\n")
    arrivals, hints = judge(settings, found, last, t)
    width = console.width if console.is_terminal else 0
    for line in arrival_table(arrivals, t, width) or arrival_lines(arrivals, t):
        say(line)
    for hint in hints:
        say(t("lauf.hinweis", hinweis=hint))


def judge(
    settings: Settings, found: list[FoundFolder], last: LastReading, t: Texts
) -> tuple[list[Arrival], tuple[str, ...]]:
    """Every folder with its status, then what was used and is gone; what else stops the next run.

    Several folders with one id are each refused, as the next run would do.
    """
    there = [one.delivery for one in found if one.delivery is not None]
    twice = repeated_ids(there)
    corrections, hints = _corrections(settings.raw, there)
    arrivals = []
    for one in found:
        if one.delivery is None or one.delivery.id in twice:
            same = (twice[one.delivery.id],) if one.delivery else ()
            arrivals.append(_refused(one, (*one.problems, *same)))
            continue
        wrong = corrections.get(one.delivery.id, ())
        try:
            name = folder_name(one.delivery, wrong, monatsgenau=settings.monatsgenau)
            arrivals.append(_arrival(one.delivery, name, last, t))
        except OSError:
            where = printable(one.folder.name)
            arrivals.append(_refused(one, (t("lieferungen.unlesbar", ordner=where),)))
    ids, folders = {d.id for d in there}, {one.folder.name for one in found}
    arrivals += [
        _described(staged, "fehlt", ())
        for name, staged in sorted(last.staged.items())
        if name in last.used and staged.id not in ids and staged.folder not in folders
    ]
    refused = any(arrival.status == "abgelehnt" for arrival in arrivals)
    return arrivals, () if refused else hints


def _corrections(
    raw: Path, there: list[Delivery]
) -> tuple[dict[str, Numbered], tuple[str, ...]]:
    try:
        return read_corrections(raw, [d.id for d in there]), ()
    except DeliveryError as error:
        return {}, tuple(error.problems)


def _arrival(delivery: Delivery, wanted: str, last: LastReading, t: Texts) -> Arrival:
    """A delivery the next run would read; raises OSError when a file cannot be read.

    wanted: the folder the next run would read it into.
    """
    name = last.folder_of(delivery)
    if name is None:
        other = (t("lieferungen.andere_fassung"),) if delivery.id in last.used_ids else ()
        return _announced(delivery, "neu", other)
    staged = last.staged[name]
    as_read = wanted == name
    if not as_read and not _same_content(delivery, staged):
        return _announced(delivery, "geaendert", ())
    again = () if as_read else (t("lieferungen.noch_einmal"),)
    if name in last.used:
        return _described(staged, "verwendet", again, delivery)
    reason = last.reasons.get(staged.id) or t("lieferungen.anders_gewaehlt")
    why = t("lieferungen.grund", grund=reason)
    return _described(staged, "nicht_verwendet", (why, *again), delivery)


def _same_content(delivery: Delivery, staged: StagedDelivery) -> bool:
    """Whether the tables and the note are those that were read.

    Not known where a profile or a list of Stichtage also decided what was read.
    """
    if delivery.profil or delivery.stichtage or _profiles(staged):
        return False
    said = (delivery.id, delivery.traeger, delivery.art, delivery.zeitraum_von)
    read = (staged.id, staged.traeger, staged.art, staged.zeitraum_von)
    same_day = delivery.datenstand in (None, staged.datenstand)
    files = {file.tabelle: hash_path(file.path) for file in delivery.files}
    return (
        said == read
        and same_day
        and delivery.synthetisch == staged.synthetisch
        and delivery.pseudonym == staged.pseudonym
        and files == {name: table.sha256 for name, table in staged.tabellen.items()}
    )


def _refused(found: FoundFolder, problems: tuple[str, ...]) -> Arrival:
    delivery = found.delivery
    name = found.folder.name
    if delivery is None:
        return Arrival("abgelehnt", None, name, problems)
    return _announced(delivery, "abgelehnt", problems)


def _announced(delivery: Delivery, status: str, sentences: tuple[str, ...]) -> Arrival:
    """What the delivery note says, of a delivery not read as it is now."""
    return Arrival(
        status,
        delivery.id,
        delivery.folder.name,
        sentences,
        art=delivery.art,
        datenstand=delivery.datenstand,
        traeger=delivery.traeger,
        pseudonym=delivery.pseudonym,
        profil=delivery.profil,
        synthetisch=delivery.synthetisch,
    )


def _described(
    staged: StagedDelivery,
    status: str,
    sentences: tuple[str, ...],
    delivery: Delivery | None = None,
) -> Arrival:
    """What was read; delivery: as it lies there now, None when it is gone."""
    days = sorted(staged.stichtage)
    return Arrival(
        status,
        staged.id,
        delivery.folder.name if delivery else staged.folder,
        sentences,
        art=staged.art,
        datenstand=staged.datenstand,
        traeger=staged.traeger,
        pseudonym=staged.pseudonym,
        profil=", ".join(_profiles(staged)) or None,
        synthetisch=staged.synthetisch,
        stichtage=(days[0], days[-1]) if days else None,
        rows=tuple(
            Rows(name, t.datei, t.geliefert, t.angenommen, t.rejected, t.zusammengefuehrt)
            for name, t in staged.tabellen.items()
        ),
    )


def _profiles(staged: StagedDelivery) -> list[str]:
    return sorted({table.profil for table in staged.tabellen.values() if table.profil})


def _bytes_in(found: list[FoundFolder]) -> int:
    files = [file for one in found if one.delivery for file in one.delivery.files]
    return sum(file.path.stat().st_size for file in files if file.path.exists())
