"""What each kind of change does to a query, and which changes are left out."""

import pytest

from tests.mutants.operators import candidates, mutant, rendered

JOIN = "SELECT a.x FROM a INNER JOIN b ON a.x = b.x"


def mutants(sql: str, what: str) -> list[str]:
    """Every mutant of one kind, in the order of the query's places."""
    made = [mutant("t", sql, place, kind) for place, kind in candidates(sql) if kind == what]
    return [one.sql for one in made if one]


@pytest.mark.parametrize(
    ("what", "sql", "expected"),
    [
        ("comparison", "SELECT x < 1", "SELECT x <= 1"),
        ("comparison", "SELECT x = 1", "SELECT x <> 1"),
        ("aggregate", "SELECT MIN(x)", "SELECT MAX(x)"),
        ("distinct dropped", "SELECT COUNT(DISTINCT x)", "SELECT COUNT(x)"),
        ("join", JOIN, JOIN.replace("INNER", "LEFT")),
        ("join", JOIN.replace("INNER", "LEFT"), JOIN),
        ("join", JOIN.replace("INNER", "ANTI"), JOIN.replace("INNER", "SEMI")),
        ("constant", "SELECT x + 6", "SELECT x + 7"),
        ("and → or", "SELECT x AND y", "SELECT x OR y"),
        ("condition dropped", "SELECT x AND y", "SELECT x"),
        ("filter dropped", "SELECT SUM(x) FILTER(WHERE y)", "SELECT SUM(x)"),
        ("coalesce dropped", "SELECT COALESCE(x, y)", "SELECT x"),
        ("union", "SELECT 1 UNION ALL SELECT 2", "SELECT 1 UNION SELECT 2"),
        ("half dropped", "SELECT 1 UNION ALL SELECT 2 ORDER BY 1", "SELECT 1 ORDER BY 1"),
        ("half dropped", "WITH a AS (SELECT 1) FROM a UNION FROM a", "WITH a AS (SELECT 1) FROM a"),
        ("order", "SELECT MIN(x) OVER (ORDER BY y)", "SELECT MIN(x) OVER (ORDER BY y DESC)"),
        ("boundary", "SELECT x BETWEEN 1 AND 3", "SELECT x > 1 AND x <= 3"),
        ("not dropped", "SELECT NOT x", "SELECT x"),
    ],
)
def test_each_kind_changes_one_place(what: str, sql: str, expected: str) -> None:
    assert mutants(sql, what) == [rendered(expected)]


def test_a_query_with_two_places_has_a_mutant_for_each() -> None:
    assert mutants("SELECT x < 1, y < 2", "comparison") == [
        "SELECT x <= 1, y < 2",
        "SELECT x < 1, y <= 2",
    ]


@pytest.mark.parametrize(
    ("where", "differs"),
    [
        ("a.y = 1", True),
        ("b.y = 1", False),
        ("b.y", False),
        ("a.y", True),
        ("NOT b.y IS NULL", False),
        ("b.y IS NULL", True),
        ("a.y = 1 AND b.y = 1", False),
        ("a.y = 1 OR b.y = 1", True),
        ("b.y = 1 OR (b.y = 2 AND a.y = 1)", False),
        ("COALESCE(b.y, 1) = 1", True),
    ],
)
def test_an_inner_join_stays_where_the_query_drops_what_an_outer_join_adds(
    where: str, differs: bool
) -> None:
    assert len(mutants(f"{JOIN} WHERE {where}", "join")) == differs


@pytest.mark.parametrize(("join", "differs"), [("SEMI", False), ("ANTI", False), ("INNER", True)])
def test_a_union_stays_where_it_is_only_asked_whether_a_row_is_there(
    join: str, differs: bool
) -> None:
    sql = f"WITH b AS (SELECT 1 AS x UNION ALL SELECT 2) SELECT a.x FROM a {join} JOIN b USING (x)"
    assert len(mutants(sql, "union")) == differs


def test_the_order_of_the_whole_result_is_left_alone() -> None:
    assert mutants("SELECT x FROM a ORDER BY x < 1", "comparison") == []


def test_a_mutant_tells_the_words_that_changed_with_one_on_either_side() -> None:
    sql = "SELECT x FROM a WHERE y < 1 AND z"
    ((place, _),) = [found for found in candidates(sql) if found[1] == "comparison"]
    made = mutant("t", sql, place, "comparison")
    assert made
    assert (made.id, made.before, made.after) == (f"t:{place}:comparison", "y < 1", "y <= 1")
