"""The stage that turns the published tables into the pages."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.report import build
from pipeline.stages import Work


def run(work: Work) -> None:
    """Write the pages of a run; its id is shown on every page."""
    facts = pq.read_table(work.inputs["pub_angaben"])
    run_id = pa.table({"schluessel": ["lauf"], "wert": [work.lauf]}, schema=facts.schema)
    with_id: Path = work.temp / "pub_angaben.parquet"
    pq.write_table(pa.concat_tables([facts, run_id]), with_id)
    build(work.inputs["pub_quote"], with_id, work.out, work.settings.sprache)
