"""What the campaign of faults came to: a table per class and layer, as text and as a page."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import UsageError, VerificationError
from pipeline.files import write_text
from pipeline.quality.wellformed import LAYERS
from pipeline.report.texts import texts
from pipeline.selftest.catalogue import FAULTS, UNCATCHABLE
from pipeline.selftest.fault import Fault
from pipeline.selftest.run import Outcome, campaign

Say = Callable[[str], None]


def selftest(
    seeds: int, klassen: str, ergebnis: Path | None, say: Say, tell: Callable[[int, int], None]
) -> None:
    """Run the campaign and say its result.

    Raises UsageError (10) for a class that does not exist, VerificationError (13) when a fault was
    not caught or a harmless change altered a figure.
    """
    if seeds < 1:
        raise UsageError("--seeds muss mindestens 1 sein.")
    if ergebnis is not None and not ergebnis.parent.is_dir():
        raise UsageError(f"--ergebnis: Den Ordner {ergebnis.parent} gibt es nicht. Bitte anlegen.")
    faults = chosen(klassen)
    done: list[Outcome] = []

    def count(outcome: Outcome) -> None:
        done.append(outcome)
        tell(len(done), seeds * len(faults))

    outcomes = campaign(range(1, seeds + 1), faults, count)
    for line in lines(faults, outcomes):
        say(line)
    if ergebnis is not None:
        write_text(ergebnis, "\n".join(page(faults, outcomes, seeds)) + "\n")
        say(f"Geschrieben: {ergebnis}")
    missed = [
        f"{o.fault.id} ({o.fault.titel_de}), Startwert {o.seed}: nicht gefunden."
        for o in outcomes
        if not o.gefangen
    ]
    if missed:
        raise VerificationError(missed)


def chosen(klassen: str) -> tuple[Fault, ...]:
    """The faults with these ids, separated by commas; all of them without any."""
    wanted = [name.strip() for name in klassen.split(",") if name.strip()]
    known = {fault.id for fault in FAULTS}
    if unknown := [name for name in wanted if name not in known]:
        names = ", ".join(sorted(known))
        raise UsageError(f"--klassen: {unknown[0]} gibt es nicht. Alle: {names}.")
    return tuple(fault for fault in FAULTS if not wanted or fault.id in wanted)


def lines(faults: tuple[Fault, ...], outcomes: list[Outcome]) -> Iterator[str]:
    """One line per class, and the sums."""
    for fault in faults:
        own = [o for o in outcomes if o.fault is fault]
        yield f"{fault.id}  {_share(own):>7}  {fault.titel_de}"
    yield ""
    yield from (f"{name}: {_share(own)} gefunden" for name, own in _by_layer(outcomes))
    real = [o for o in outcomes if not o.fault.harmlos]
    harmless = [o for o in outcomes if o.fault.harmlos]
    yield f"Insgesamt: {_share(real)} gefunden"
    if harmless:
        yield f"Harmlose Änderungen ohne Folge für die Zahlen: {_share(harmless)}"
    if located := [o for o in real if o.verortet is not None]:
        yield f"Mit Datei, Zeile und Spalte: {sum(map(_is_located, located))} von {len(located)}"


def page(faults: tuple[Fault, ...], outcomes: list[Outcome], seeds: int) -> Iterator[str]:
    """The same as a page of the documentation, with what nothing can catch."""
    t = texts("de")
    yield from ("# Selbsttest: eingebaute Fehler", "")
    yield f"Erzeugt mit `.venv/bin/python -m pipeline selftest --seeds {seeds} --ergebnis"
    yield "docs/selbsttest.md`. Jede Klasse wird in saubere, erfundene Lieferungen eingebaut, bei"
    yield "jedem Startwert an anderer Stelle. Gefunden heißt: die Lieferung ist abgelehnt, Zeilen"
    yield "sind abgewiesen oder eine Regel nennt, was auffällt. Verortet heißt: mit Datei, Zeile"
    yield "und Spalte. Wer die Fehler schrieb, kannte die Regeln: Die Anteile zeigen, dass jede"
    yield from ("Regel wirkt, nicht, wie viele unbekannte Fehler gefunden würden.", "")
    yield "| Klasse | Ebene | Fehler | es soll sprechen | gefunden | verortet |"
    yield "|---|---|---|---|---:|---:|"
    for fault in faults:
        own = [o for o in outcomes if o.fault is fault]
        located = f"{sum(map(_is_located, own))}/{len(own)}" if fault.zeilenweise else ""
        expected = ", ".join(fault.erwartet) or "nichts: die Zahlen bleiben gleich"
        layer = t(f"pruefbericht.ebene.{fault.ebene}")
        yield (
            f"| {fault.id} | {layer} | {fault.titel_de} | {expected} | {_share(own)} | {located} |"
        )
    yield from ("", "| Ebene | gefunden |", "|---|---:|")
    yield from (f"| {name} | {_share(own)} |" for name, own in _by_layer(outcomes))
    yield from ("", "## Was keine Regel findet", "", "| Fehler | warum |", "|---|---|")
    yield from (f"| {de} | {why} |" for de, _, why, _ in UNCATCHABLE)


def _by_layer(outcomes: list[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    for layer in LAYERS:
        own = [o for o in outcomes if o.fault.ebene == layer and not o.fault.harmlos]
        if own:
            yield texts("de")(f"pruefbericht.ebene.{layer}"), own


def _share(outcomes: list[Outcome]) -> str:
    return f"{sum(o.gefangen for o in outcomes)}/{len(outcomes)}"


def _is_located(outcome: Outcome) -> bool:
    return outcome.verortet is True
