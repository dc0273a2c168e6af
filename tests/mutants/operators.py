"""Small wrong changes to SQL, one at a time: what a tired author might write."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"
COMPARISONS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
}
AGGREGATES: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.Sum: exp.Max,
    exp.ArgMax: exp.ArgMin,
    exp.ArgMin: exp.ArgMax,
    exp.LogicalOr: exp.LogicalAnd,
    exp.LogicalAnd: exp.LogicalOr,
}
JOINS = {"": "LEFT", "INNER": "LEFT", "LEFT": "INNER", "FULL": "LEFT"}
KINDS = {"ANTI": "SEMI", "SEMI": "ANTI"}


@dataclass(frozen=True)
class Mutant:
    """A wrong version of a query: what was changed, at which node of the tree, and its SQL.

    before, after: the part that was changed, without what is the same at both ends.
    """

    table: str
    what: str
    place: int
    sql: str
    before: str
    after: str

    @property
    def id(self) -> str:
        return f"{self.table}:{self.place}:{self.what}"


def rendered(sql: str) -> str:
    """The same query as the mutants write it: without comments, in their layout."""
    return sqlglot.parse_one(sql, dialect=DIALECT).sql(dialect=DIALECT, comments=False)


def candidates(sql: str) -> list[tuple[int, str]]:
    """Where a change may be possible: the place of the node and the name of the change."""
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    return [
        (place, what)
        for place, node in enumerate(tree.walk())
        for what, (kinds, _) in CHANGES.items()
        if isinstance(node, kinds)
    ]


def mutant(table: str, sql: str, place: int, what: str) -> Mutant | None:
    """The query with one change; None where the change is none, or only orders the result."""
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    node = list(tree.walk())[place]
    final = tree.args.get("order")
    if final is not None and (node is final or node.find_ancestor(exp.Order) is final):
        return None
    original = tree.sql(dialect=DIALECT, comments=False)
    new = CHANGES[what][1](node)
    if new is None:
        return None
    if new is not node and node is not tree:
        node.replace(new)
    text = (new if node is tree else tree).sql(dialect=DIALECT, comments=False)
    if text == original:
        return None
    return Mutant(table, what, place, text, *changed(original, text))


def changed(one: str, other: str) -> tuple[str, str]:
    """The words in which two texts differ, with the word before and the word after them."""
    left, right = one.split(" "), other.split(" ")
    ahead = sum(1 for _ in takewhile(_same, zip(left, right, strict=False)))
    shorter = min(len(left), len(right)) - ahead
    behind = zip(left[::-1][:shorter], right[::-1][:shorter], strict=True)
    behind_same = sum(1 for _ in takewhile(_same, behind))
    start, end = max(ahead - 1, 0), max(behind_same - 1, 0)
    return " ".join(left[start : len(left) - end]), " ".join(right[start : len(right) - end])


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _comparison(node: exp.Expr) -> exp.Expr | None:
    new = COMPARISONS.get(type(node))
    return new(this=node.this.copy(), expression=node.expression.copy()) if new else None


def _aggregate(node: exp.Expr) -> exp.Expr | None:
    new = AGGREGATES.get(type(node))
    return new(**node.copy().args) if new else None


def _distinct(node: exp.Expr) -> exp.Expr | None:
    """count(distinct x) counts every row."""
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        return exp.Count(this=node.this.expressions[0].copy())
    return None


def _join(node: exp.Expr) -> exp.Expr | None:
    if not isinstance(node, exp.Join) or node.args.get("kind") == "CROSS":
        return None
    if node.args.get("kind") in KINDS:
        node.set("kind", KINDS[node.args["kind"]])
        return node
    side = node.args.get("side") or ""
    other = JOINS.get(side)
    if other is None or not node.args.get("on"):
        return None
    if other == "LEFT" and _needs(_where(node), node.alias_or_name):
        return None
    node.set("side", None if other == "INNER" else other)
    node.set("kind", "INNER" if other == "INNER" else None)
    return node


def _where(join: exp.Expr) -> exp.Expr | None:
    where = join.parent.args.get("where") if join.parent else None
    return where.this if where is not None else None


def _needs(condition: exp.Expr | None, table: str) -> bool:
    """Whether a condition is never true where a table has no row: then left is as good as inner."""
    match condition:
        case exp.And():
            return _needs(condition.left, table) or _needs(condition.right, table)
        case exp.Or():
            return _needs(condition.left, table) and _needs(condition.right, table)
        case exp.Paren():
            return _needs(condition.this, table)
        case exp.Column():
            return condition.table == table
        case exp.Not(this=exp.Is(expression=exp.Null(), this=exp.Column(table=of))):
            return bool(of == table)
    if condition is None or not isinstance(condition, tuple(COMPARISONS)):
        return False
    sides = (condition.this, condition.expression)
    return any(isinstance(side, exp.Column) and side.table == table for side in sides)


def _constant(node: exp.Expr) -> exp.Expr | None:
    """A whole number is one more."""
    inside = isinstance(node.parent, exp.DataTypeParam | exp.Ordered)
    if isinstance(node, exp.Literal) and not node.is_string and node.this.isdigit() and not inside:
        return exp.Literal.number(int(node.this) + 1)
    return None


def _and(node: exp.Expr) -> exp.Expr | None:
    return exp.Or(this=node.left.copy(), expression=node.right.copy()) if isinstance(
        node, exp.And
    ) else None  # fmt: skip


def _dropped(node: exp.Expr) -> exp.Expr | None:
    """One of two conditions is forgotten."""
    return node.left.copy() if isinstance(node, exp.And) else None


def _filter(node: exp.Expr) -> exp.Expr | None:
    """`filter (where …)` is forgotten."""
    return node.this.copy() if isinstance(node, exp.Filter) else None


def _coalesce(node: exp.Expr) -> exp.Expr | None:
    return node.this.copy() if isinstance(node, exp.Coalesce) else None


def _union(node: exp.Expr) -> exp.Expr | None:
    if not isinstance(node, exp.Union) or _only_asked(node) or _made_distinct(node):
        return None
    node.set("distinct", not node.args.get("distinct"))
    return node


def _half(node: exp.Expr) -> exp.Expr | None:
    """The second half of a union is forgotten."""
    if not isinstance(node, exp.Union):
        return None
    half = node.left.copy()
    for clause in ("with_", "order"):
        if node.args.get(clause):
            half.set(clause, node.args[clause].copy())
    return half


def _made_distinct(union: exp.Union) -> bool:
    """Whether a union around this one removes what occurs twice."""
    return isinstance(union.parent, exp.Union) and bool(union.parent.args.get("distinct"))


def _only_asked(union: exp.Union) -> bool:
    """Whether a union only answers if a row is there (semi, anti); how often does not matter."""
    if not isinstance(union.parent, exp.CTE):
        return False
    named = (t for t in union.root().find_all(exp.Table) if t.name == union.parent.alias)
    return all(isinstance(t.parent, exp.Join) and t.parent.args.get("kind") in KINDS for t in named)


def _order(node: exp.Expr) -> exp.Expr | None:
    """The first is the last."""
    if not isinstance(node, exp.Ordered) or not node.find_ancestor(exp.Window):
        return None
    node.set("desc", not node.args.get("desc"))
    return node


def _between(node: exp.Expr) -> exp.Expr | None:
    """The lower end no longer belongs to the range."""
    if not isinstance(node, exp.Between):
        return None
    return exp.and_(
        exp.GT(this=node.this.copy(), expression=node.args["low"].copy()),
        exp.LTE(this=node.this.copy(), expression=node.args["high"].copy()),
    )


def _negation(node: exp.Expr) -> exp.Expr | None:
    return node.this.copy() if isinstance(node, exp.Not) else None


Change = Callable[[exp.Expr], exp.Expr | None]
CHANGES: dict[str, tuple[tuple[type[exp.Expr], ...], Change]] = {
    "comparison": (tuple(COMPARISONS), _comparison),
    "aggregate": (tuple(AGGREGATES), _aggregate),
    "distinct dropped": ((exp.Count,), _distinct),
    "join": ((exp.Join,), _join),
    "constant": ((exp.Literal,), _constant),
    "and → or": ((exp.And,), _and),
    "condition dropped": ((exp.And,), _dropped),
    "filter dropped": ((exp.Filter,), _filter),
    "coalesce dropped": ((exp.Coalesce,), _coalesce),
    "half dropped": ((exp.Union,), _half),
    "union": ((exp.Union,), _union),
    "order": ((exp.Ordered,), _order),
    "boundary": ((exp.Between,), _between),
    "not dropped": ((exp.Not,), _negation),
}
