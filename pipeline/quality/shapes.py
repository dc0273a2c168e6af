"""The shape of a checked table: its columns, its key and what one delivery is answerable for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckedColumn:
    """A column: DuckDB type, whether it must be filled, and the codes it may hold (None: any).

    source: the registry file that demands the codes or the filling, shown as the reason.
    """

    name: str
    typ: str
    filled: bool = False
    codes: tuple[str, ...] | None = None
    source: str = ""


@dataclass(frozen=True)
class CheckedTable:
    """A table: `kuerzel` starts the ids of its rules, `key` names one row.

    person_month: the key is (person_nr, monat), which has a cheap test of uniqueness.
    """

    name: str
    kuerzel: str
    key: tuple[str, ...]
    columns: tuple[CheckedColumn, ...]
    source: str
    person_month: bool = False

    def column_names(self) -> frozenset[str]:
        return frozenset(c.name for c in self.columns)

    @property
    def part_of_delivery(self) -> str:
        """What holds of the rows that one delivery is answerable for.

        An SQL condition with $lieferung, and $von and $bis for its first and last month.
        """
        names = self.column_names()
        if "lieferung" in names:
            return "lieferung = $lieferung"
        conditions = []
        if "monat" in names:
            conditions.append("monat between $von and $bis")
        if "berichtsmonat" in names:
            months = "strftime($von, '%Y-%m') and strftime($bis, '%Y-%m')"
            conditions.append(f"berichtsmonat between {months}")
        if conditions:
            return " or ".join(conditions)
        return "date_trunc('month', austritt) between $von and $bis"


def filled(*names: str, source: str, typ: str = "VARCHAR") -> list[CheckedColumn]:
    return [CheckedColumn(name, typ, filled=True, source=source) for name in names]
