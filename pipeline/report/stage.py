"""The stage that turns the published tables into the pages."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.report import build
from pipeline.report.minimum import SETTINGS
from pipeline.stages import Work


def run(work: Work) -> None:
    """Write the pages of a run; its id is shown on every page, as is what only settings give."""
    given = work.settings.content(SETTINGS)
    more = {"lauf": work.lauf} | {k: str(v) for k, v in given.items() if v is not None}
    facts = pq.read_table(work.inputs["pub_angaben"])
    added = pa.table({"schluessel": [*more], "wert": [*more.values()]}, schema=facts.schema)
    complete: Path = work.temp / "pub_angaben.parquet"
    pq.write_table(pa.concat_tables([facts, added]), complete)
    build(work.inputs["pub_quote"], complete, work.out, work.settings.sprache)
