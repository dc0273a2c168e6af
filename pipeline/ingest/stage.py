"""The stage that reads the deliveries: only those not yet read, each into a folder of its own."""

import re
import shutil
from pathlib import Path

from pipeline.code import code_hash
from pipeline.files import hash_bytes, hash_path, link_or_copy, write_json
from pipeline.ingest.corrections import Numbered, corrections_hash, read_corrections
from pipeline.ingest.delivery import Delivery, discover
from pipeline.ingest.profiles.profile import profiles_hash
from pipeline.ingest.reading.isolated import warm_up
from pipeline.ingest.selection import select
from pipeline.ingest.staged import StagedDelivery, as_json, load_staged
from pipeline.ingest.staging import stage_delivery
from pipeline.stages import Work

CHOICE = "auswahl.json"


def run(work: Work) -> None:
    """Write stg/: one folder per delivery and auswahl.json, the deliveries of this run in order."""
    warm_up()
    target = work.out / "stg"
    target.mkdir()
    staged = {}
    deliveries = discover(work.inputs["raw/"])
    corrections = read_corrections(work.inputs["raw/"], [d.id for d in deliveries])
    for delivery in deliveries:
        wrong = corrections.get(delivery.id, ())
        folder = folder_name(delivery, wrong, monatsgenau=work.settings.monatsgenau)
        _stage_or_reuse(delivery, wrong, target / folder, work.previous.get("stg/"), work)
        staged[folder] = load_staged(target / folder)
    folder_of = {delivery.id: folder for folder, delivery in staged.items()}
    chosen = select(list(staged.values()), work.settings.as_of)
    write_json(
        target / CHOICE,
        {
            "lieferungen": [_describe(d, folder_of[d.id]) for d in chosen.deliveries],
            "datenstand": chosen.datenstand.isoformat(),
            "hinweise": list(chosen.warnings),
            "pseudonym": chosen.pseudonym,
        },
    )


def folder_name(
    delivery: Delivery, corrections: Numbered = (), *, monatsgenau: bool = False
) -> str:
    """A name safe on every file system, unique for content, profile, corrections and this code.

    monatsgenau: as in the settings.
    """
    key = hash_bytes(
        code_hash("pipeline.ingest.stage").encode(),
        hash_path(delivery.folder).encode(),
        delivery.folder.name.encode(),
        delivery.id.encode(),
        profiles_hash(delivery.profil).encode(),
        corrections_hash(corrections).encode(),
        str(monatsgenau).encode(),
    )
    return f"{re.sub(r'[^A-Za-z0-9-]+', '_', delivery.id)[:40]}-{key[:12]}"


def _stage_or_reuse(
    delivery: Delivery, corrections: Numbered, target: Path, previous: Path | None, work: Work
) -> None:
    target.mkdir()
    known = previous / target.name if previous else None
    if known and known.is_dir():
        shutil.copytree(known, target, copy_function=link_or_copy, dirs_exist_ok=True)
        return
    stage_delivery(
        delivery,
        target,
        threads=work.settings.threads,
        memory_limit=work.settings.memory_limit,
        corrections=corrections,
        monatsgenau=work.settings.monatsgenau,
    )


def _describe(staged: StagedDelivery, folder: str) -> dict[str, object]:
    """What the later stages need to know of a delivery, as plain JSON."""
    days = sorted(day.isoformat() for day in staged.stichtage)
    return {
        "id": staged.id,
        "ordner": folder,
        "datenstand": staged.datenstand.isoformat(),
        "traeger": staged.traeger,
        "art": staged.art,
        "synthetisch": staged.synthetisch,
        "erster_stichtag": days[0] if days else None,
        "letzter_stichtag": days[-1] if days else None,
        "zeitraum_von": staged.zeitraum_von.isoformat() if staged.zeitraum_von else None,
        "anonymitaet": as_json(staged.anonymitaet) if staged.anonymitaet else None,
        "berichtigungen": [as_json(one) for one in staged.berichtigungen],
        "tabellen": {
            table: {
                "datei": t.datei,
                "profil": t.profil,
                "spalten": list(t.spalten),
                "geliefert": t.geliefert,
                "abgewiesen": t.rejected,
                "abgewiesen_je_regel": t.abgewiesen,
                "unbekannt": t.unbekannt,
                "doppelt": t.zusammengefuehrt,
                "angegeben": t.angegeben,
                "sha256": t.sha256,
            }
            for table, t in sorted(staged.tabellen.items())
        },
    }
