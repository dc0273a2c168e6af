"""Reading and writing data frames, and the small number work that pandas needs."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.peers import Job

FACTOR = 65_536
Numbers = npt.NDArray[Any]


def read_table(job: Job, table: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Columns of a Parquet file, short texts as categories, dates as numpy dates."""
    file = pq.ParquetFile(job.path(table))
    texts = [
        f.name for f in file.schema_arrow
        if f.name in columns and pa.types.is_string(f.type) and not f.name.endswith("_id")
    ]  # fmt: skip
    read = pa.table({c: _column(job.path(table), c, c in texts) for c in columns})
    options = {"date_as_object": False, "self_destruct": True, "split_blocks": True}
    frame: pd.DataFrame = read.to_pandas(**options)
    return frame


def _column(path: Path, name: str, as_category: bool) -> pa.ChunkedArray:
    """One column; the dictionary of the file serves as categories where Arrow can read it.

    Arrow refuses dictionaries in which an entry stands twice, and DuckDB writes the unused codes
    of an enum as empty texts.
    """
    read = pq.read_table(path, columns=[name], read_dictionary=[name] if as_category else None)
    try:
        read.validate(full=as_category)
        return read.column(name)
    except (pa.ArrowIndexError, pa.ArrowInvalid):
        return pq.read_table(path, columns=[name]).column(name).dictionary_encode()


def write_table(frame: pd.DataFrame, job: Job, table: str) -> None:
    frame.to_parquet(job.out / f"{table}.parquet", compression="zstd", index=False)


def month_number(day: pd.Series) -> Numbers:
    """Months since year 0; numpy counts them from 1970."""
    return day.to_numpy().astype("datetime64[M]").astype(np.int64) + 1970 * 12


def person_month_key(person_nr: pd.Series, month_nr: Numbers) -> Numbers:
    """Person and month as one number."""
    return person_nr.to_numpy(dtype=np.int64) * FACTOR + month_nr


def categories(codes: Numbers, names: list[str]) -> Any:
    """Texts stored as small numbers; -1 is missing."""
    small: Any = codes.astype(np.int8)
    known: Any = names
    return pd.Categorical.from_codes(small, categories=known)
