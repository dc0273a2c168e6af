"""What the notebooks read and show: pub and mart with labels, the SQL of a table, charts offline.

Tables come from the folder in the environment variable QUOTEN_CURATED, else from the one in the
settings. mart_quote is unsuppressed: internal, never to be passed on.
"""

import os
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import plotly.graph_objects as go
from IPython.display import HTML

from pipeline.breakdowns import breakdowns
from pipeline.errors import UsageError
from pipeline.registries import code_list
from pipeline.report.downloads import labels_of
from pipeline.report.pub import category_order
from pipeline.report.texts import texts
from pipeline.settings import load_settings

CURATED = "QUOTEN_CURATED"
LANG = "de"
SQL = Path(__file__).resolve().parents[1] / "pipeline" / "sql"
CELL = ["schnitt", "auspraegung_1", "auspraegung_2"]
WHOLE = ("zaehler", "bestand_monate")
# Without the button that shares a chart in a cloud.
CONFIG = {"showSendToCloud": False, "displaylogo": False}


def curated_folder() -> Path:
    """The folder of the computed tables."""
    return Path(os.environ.get(CURATED) or load_settings().curated)


def load_pub(folder: Path | None = None) -> pd.DataFrame:
    """pub_quote, what may be published; suppressed rows have no number."""
    return _labelled(_read("pub_quote", folder))


def load_mart(folder: Path | None = None) -> pd.DataFrame:
    """mart_quote, exact and unsuppressed; every month, every cell, sexes as delivered."""
    return _labelled(_read("mart_quote", folder))


def load_facts(folder: Path | None = None) -> dict[str, str]:
    """pub_angaben: the facts of the run by name."""
    rows = _read("pub_angaben", folder)
    return dict(zip(rows["schluessel"], rows["wert"].fillna(""), strict=True))


def origin(folder: Path | None = None) -> str:
    """One sentence that says whether the figures are about real people."""
    if load_facts(folder).get("synthetisch") == "true":
        return texts(LANG)("seite.banner_synthetisch")
    return "Diese Zahlen beruhen auf Angaben über wirkliche Personen."


def read_sql(table: str) -> str:
    """The SQL that computes a table: the written file, or the generated one of the last run.

    Raises UsageError when there is none.
    """
    for path in (SQL / f"{table}.sql", curated_folder() / f"{table}.sql"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    known = ", ".join(sorted(path.stem for path in SQL.glob("*.sql")))
    raise UsageError(f"Zu {table} gibt es kein SQL. Es gibt: {known}.")


def open_database(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory with a view for every computed table, under its name."""
    # The stages' own connection switches the progress bar off, which DuckDB refuses in a notebook.
    con = duckdb.connect(":memory:")
    con.execute("set autoinstall_known_extensions = false")
    for path in sorted((folder or curated_folder()).glob("*.parquet")):
        quoted = str(path.resolve()).replace("'", "''")
        con.execute(f"create view {path.stem} as from '{quoted}'")
    return con


def show(figure: go.Figure) -> HTML:
    """A chart for the output of a cell. Nothing is fetched from the network or sent to it."""
    # Plotly's own renderers for notebooks load MathJax from a server.
    return HTML(
        figure.to_html(full_html=False, include_plotlyjs=True, include_mathjax=False, config=CONFIG)
    )


def _read(table: str, folder: Path | None) -> pd.DataFrame:
    path = (folder or curated_folder()) / f"{table}.parquet"
    if not path.is_file():
        raise UsageError(f"Die Tabelle {table} fehlt. Erst `make report` aufrufen.")
    return pd.read_parquet(path)


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with words beside its codes, in the order of the registries.

    Added: kennzahl_titel, schnitt_titel, gruppe_1, gruppe_2, geschlecht_titel and, where there is
    a status, status_titel. A code that no list has stands for itself.
    """
    labels = labels_of(LANG)
    found = table.astype(dict.fromkeys(WHOLE, "Int64")).merge(_cells(table, labels))
    for column in ("kennzahl", "schnitt", "geschlecht", "status"):
        if column in table:
            words = {code: word for (name, code), word in labels.items() if name == column}
            found[f"{column}_titel"] = found[column].map(words).fillna(found[column])
    ranks = {
        "kennzahl": found["kennzahl"].map(_ranks("kennzahl")),
        "berichtsmonat": found["berichtsmonat"],
        "zelle": found.pop("zelle"),
        "geschlecht": found["geschlecht"].map(_ranks("geschlecht")).fillna(len(found)),
    }
    return found.loc[pd.DataFrame(ranks).sort_values(list(ranks)).index].reset_index(drop=True)


def _cells(table: pd.DataFrame, labels: dict[tuple[str, str], str]) -> pd.DataFrame:
    """One row per category of a breakdown, with its words and its place among all (`zelle`)."""
    by_id = {breakdown.id: (i, breakdown) for i, breakdown in enumerate(breakdowns())}

    def place(cell: tuple[str, str, str]) -> tuple[Any, ...]:
        number, breakdown = by_id[cell[0]]
        return (number, category_order(breakdown, cell[1 : 1 + len(breakdown.codes)]))

    found = sorted(set(table[CELL].itertuples(index=False, name=None)), key=place)
    return pd.DataFrame(
        [
            (*cell, *(labels.get((f"{cell[0]} {i}", cell[i]), cell[i]) for i in (1, 2)), number)
            for number, cell in enumerate(found)
        ],
        columns=[*CELL, "gruppe_1", "gruppe_2", "zelle"],
    )


def _ranks(name: str) -> dict[str, int]:
    return {code.code: code.rank for code in code_list(name).codes}
