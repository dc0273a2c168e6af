"""The stage between mart and pub: the only door through which figures become publishable."""

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import __version__
from pipeline.breakdowns import breakdowns
from pipeline.disclosure.sums import Structure
from pipeline.disclosure.suppression import Thresholds, suppress
from pipeline.quotas.present import present_breakdowns, present_kennzahlen
from pipeline.quotas.steps import view_files
from pipeline.registries import Parameter, code_list, parameters
from pipeline.stages import Work

PUB_QUOTE = pa.schema(
    [
        ("kennzahl", pa.string()), ("berichtsmonat", pa.string()), ("schnitt", pa.string()),
        ("auspraegung_1", pa.string()), ("auspraegung_2", pa.string()),
        ("geschlecht", pa.string()), ("zaehler", pa.int64()), ("bestand_monate", pa.int64()),
        ("nenner", pa.float64()), ("quote", pa.float64()), ("status", pa.string()),
        ("untergrenze", pa.float64()), ("obergrenze", pa.float64()),
    ]
)  # fmt: skip


def run(work: Work) -> None:
    """Write pub_quote and pub_angaben."""
    con = work.database()
    for table, path in work.inputs.items():
        view_files(con, table, [path])
    cells = con.sql(
        "select * from mart_veroeffentlichung union all by name select * from mart_anteil"
    ).df()
    shown = suppress(
        cells,
        _thresholds(con),
        _with_complement(),
        Structure(_crosses(), _nested(), _same_people(), _same_denominator()),
        _free_text(),
    )
    table = pa.Table.from_pandas(shown, schema=PUB_QUOTE, preserve_index=False)
    pq.write_table(table, work.out / "pub_quote.parquet", compression="zstd")
    _write_facts(con, work.out / "pub_angaben.parquet", work.settings.jobcenter)
    con.close()


def _whole(parameter: Parameter, con: duckdb.DuckDBPyConnection) -> int:
    day = con.execute("select datenstand from core_lauf").fetchall()[0][0]
    value = parameter.at(day)
    if isinstance(value, tuple):
        raise TypeError(f"{parameter.name} is not one number")
    return int(value)


def _thresholds(con: duckdb.DuckDBPyConnection) -> Thresholds:
    rules = parameters()
    return Thresholds(_whole(rules["mindestfallzahl"], con), _whole(rules["unsicher_unter"], con))


def _with_complement() -> set[str]:
    return {c.code for c in code_list("kennzahl").codes if c.extra["komplement"] == "ja"}


def _crosses() -> dict[str, tuple[str, str]]:
    by_columns = {b.merkmale: b.id for b in breakdowns() if len(b.merkmale) == 1}
    return {
        b.id: (by_columns[b.merkmale[:1]], by_columns[b.merkmale[1:]])
        for b in breakdowns()
        if len(b.merkmale) == 2
    }


def _nested() -> dict[str, tuple[str, dict[str, str]]]:
    """Finer breakdowns with the coarser one of the registry and the category each belongs to."""
    return {
        b.id: (b.oberbegriff, {c.code: c.extra.get("gruppe", c.code) for c in b.codes[0]})
        for b in breakdowns()
        if b.oberbegriff
    }


def _same_people() -> dict[str, tuple[str, str]]:
    """Kennzahlen that are K2 of one category, with its breakdown and code."""
    return {
        c.code: (c.extra["schnitt"], c.extra["auspraegung"])
        for c in code_list("kennzahl").codes
        if c.extra["schnitt"]
    }


def _same_denominator() -> frozenset[str]:
    """The Eingliederungsquoten: all of them divide by the same exits."""
    return frozenset(c.code for c in code_list("kennzahl").codes if c.extra["art"] == "austritt")


def _free_text() -> set[str]:
    """Breakdowns with a column of no code list: their labels are what was delivered."""
    return {b.id for b in breakdowns() if not all(b.codes)}


def _write_facts(con: duckdb.DuckDBPyConnection, path: Path, jobcenter: str) -> None:
    """pub_angaben: facts about the data that a page may show, as schluessel and wert."""
    run = con.sql("select datenstand, traeger, synthetisch, pseudonym from core_lauf")
    facts = run.df().iloc[0]
    months = con.sql("select * from mart_berichtsmonat order by kennzahl, monat_nr").df()
    published = months.loc[months["veroeffentlichbar"] & (months["kennzahl"] == "K2")][
        "berichtsmonat"
    ]
    assigned = con.execute(
        """
        select count(distinct person_nr) from core_personenmonat
        where geschlecht not in ('w', 'm')
        """
    ).fetchall()[0][0]
    present = {b.id for b in present_breakdowns(con)}
    delivered = present_kennzahlen(con)
    rows = {
        "jobcenter": jobcenter,
        "traeger": facts["traeger"],
        "datenstand": f"{facts['datenstand']:%Y-%m-%d}",
        "synthetisch": "true" if facts["synthetisch"] else "false",
        "pseudonym": facts["pseudonym"],
        "berichtsmonat": published.max() if len(published) else "",
        "berichtsmonate": f"{published.min()}..{published.max()}" if len(published) else "",
        "fehlende_merkmale": ",".join(b.id for b in breakdowns() if b.id not in present),
        "fehlende_kennzahlen": ",".join(
            c.code for c in code_list("kennzahl").codes if c not in delivered
        ),
        "nicht_veroeffentlichbar": _withheld(months),
        "geschlecht_zugeordnet": "weniger als 3" if 0 < assigned < 3 else str(assigned),
        "version": __version__,
    }
    frame = pd.DataFrame({"schluessel": rows.keys(), "wert": rows.values()}, dtype="str")
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path, compression="zstd")


def _withheld(months: pd.DataFrame) -> str:
    """The months without a figure as "K2,P1:2016-01=grund;...", Kennzahlen alike put together."""
    withheld = months[~months["veroeffentlichbar"]]
    alike: dict[tuple[str, ...], list[str]] = {}
    for code in (c.code for c in code_list("kennzahl").codes):
        rows = withheld[withheld["kennzahl"] == code]
        reasons = tuple(f"{m}={g}" for m, g in rows[["berichtsmonat", "grund"]].to_numpy())
        if reasons:
            alike.setdefault(reasons, []).append(code)
    return ";".join(
        f"{','.join(codes)}:{reason}" for reasons, codes in alike.items() for reason in reasons
    )
