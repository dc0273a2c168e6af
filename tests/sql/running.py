"""Running one SQL file, or a chain of them, on drawn inputs."""

import re
from typing import Any

import duckdb
import pytest

from pipeline.quotas.steps import read_sql, register_codes, register_parameters
from tests.sql.columns import COLUMNS, TYPES, fill
from tests.sql.drawing import parse, render

Step = str | tuple[str, str]
KEPT = ("parameter_datei", "kennzahl_datei")


class Spec:
    """One connection on which specs run one after the other; each leaves it as it was."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        register_codes(con)
        register_parameters(con)
        con.execute("create temp table parameter_datei as select * from parameter")
        con.unregister("parameter")
        # As pipeline/quotas/present.py lets SQL see it.
        con.execute(
            "create temp table kennzahl_datei as select * "
            "replace (try_cast(monate as integer) as monate) from code_kennzahl"
        )

    def check(
        self,
        *steps: Step,
        expected: str,
        stichtage: str = "",
        ordered: bool = False,
        **inputs: str,
    ) -> None:
        """Run the steps on the drawn inputs; the drawn columns of the last must be as expected.

        steps: names of SQL files, or (table, SQL) for generated SQL; each sees those before it.
        stichtage: days in the data, from which core_stichtag is computed. inputs: table = drawing;
        `parameter` replaces the rules it names, `kennzahl` lists the codes that deliveries allow
        (not drawn: all), a table that is not drawn is empty.
        ordered: the order of the rows counts, too.
        """
        header, rows = parse(expected)
        found = self.run(*steps, select=header, stichtage=stichtage, **inputs)
        drawn = [[row[name] for name in header] for row in rows]
        as_found, as_drawn = (render(header, table, ordered) for table in (found, drawn))
        if as_found != as_drawn:
            pytest.fail(f"expected:\n{as_drawn}\nfound:\n{as_found}", pytrace=False)

    def run(
        self, *steps: Step, select: list[str], stichtage: str = "", **inputs: str
    ) -> list[tuple[Any, ...]]:
        """The selected columns of the last step, in the order the SQL gives the rows."""
        named = [(step, read_sql(step)) if isinstance(step, str) else step for step in steps]
        try:
            self._draw_parameter(inputs.pop("parameter", ""))
            self._draw_kennzahl(inputs.pop("kennzahl", ""))
            if stichtage:
                days = "\n".join(["person_nr | stichtag", *(f"0 | {d}" for d in stichtage.split())])
                self._draw("core_bestand", days)
                named.insert(0, ("core_stichtag", read_sql("core_stichtag")))
                self._create(*named.pop(0))
            for table, drawing in inputs.items():
                self._draw(table, drawing)
            made = {*inputs, *(table for table, _ in named), *(["core_stichtag"] * bool(stichtage))}
            for table in self._read_by(named) - made:
                self._draw(table, " | ".join(COLUMNS[table]))
            for table, sql in named:
                self._create(table, sql)
            columns = ", ".join(select)
            return self.con.execute(f"select {columns} from {named[-1][0]}").fetchall()
        finally:
            self._clean()

    def _create(self, table: str, sql: str) -> None:
        self.con.execute(f"create or replace temp table {table} as\n{sql}")

    def _draw(self, table: str, drawing: str) -> None:
        header, rows = parse(drawing)
        if unknown := set(header) - set(COLUMNS[table]):
            raise ValueError(f"{table} has no {sorted(unknown)}")
        typed = [f"{name} {TYPES.get(name, 'varchar')}" for name in COLUMNS[table]]
        self.con.execute(f"create or replace temp table {table} ({', '.join(typed)})")
        if rows:
            cells = [fill(table, row, number) for number, row in enumerate(rows, start=1)]
            self.con.execute(f"insert into {table} values {', '.join(map(_literals, cells))}")

    def _draw_parameter(self, drawing: str) -> None:
        self._draw("parameter", drawing or "name | gilt_ab | gilt_bis | zahl")
        self.con.execute(
            "insert into parameter select * from parameter_datei "
            "anti join (select name from parameter) as drawn using (name)"
        )

    def _draw_kennzahl(self, drawing: str) -> None:
        allowed = [row["code"] for row in parse(drawing)[1]] if drawing else None
        self.con.execute(
            "create or replace temp table kennzahl as select * from kennzahl_datei "
            "where $allowed is null or list_contains($allowed, code)",
            {"allowed": allowed},
        )

    def _read_by(self, steps: list[tuple[str, str]]) -> set[str]:
        words = {word for _, sql in steps for word in re.findall(r"\b[a-z_0-9]+\b", sql)}
        return (words & set(COLUMNS)) - {"parameter"}

    def _clean(self) -> None:
        tables = self.con.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            if table not in KEPT:
                self.con.execute(f"drop table {table}")


def persons(*numbers: int) -> str:
    """A drawing of core_person with these persons."""
    return "\n".join(["person_nr", *map(str, numbers)])


def _literals(cells: list[str | None]) -> str:
    quoted = ("null" if c is None else "'" + c.replace("'", "''") + "'" for c in cells)
    return f"({', '.join(quoted)})"
