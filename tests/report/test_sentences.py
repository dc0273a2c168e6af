"""Sentences choose their words from the figures, at and around every boundary."""

from decimal import Decimal

import pytest

from pipeline.report.numbers import Numbers
from pipeline.report.pub import Figure, Pair
from pipeline.report.sentences import (
    Comparison,
    Voice,
    change_sentences,
    gap_change,
    group_headline,
    group_reading,
    quota_sentences,
    trend_headline,
    year_earlier,
)
from pipeline.report.texts import texts

GERMAN = Voice(texts("de"), Numbers("de"))
HIDDEN = Figure("gesperrt")


def figure(quote: str, status: str = "ok") -> Figure:
    return Figure(status, 100, Decimal(400), Decimal(quote))


def pair(women: str, men: str) -> Pair:
    return Pair(figure(women), figure(men), figure("25.0"))


def test_the_key_sentences_state_both_quotas_the_gap_and_the_ratio() -> None:
    assert quota_sentences(GERMAN, pair("18.1", "30.2")) == [
        "Auf 100 leistungsberechtigte Frauen kamen in zwölf Monaten 18,1 Integrationen, "
        "auf 100 Männer 30,2.",
        "Die Quote der Frauen liegt 12,1 Prozentpunkte unter der Quote der Männer.",
        "Bei gleich vielen Frauen und Männern kommen auf 10 Integrationen von Männern "
        "6,0 von Frauen.",
    ]


@pytest.mark.parametrize(
    ("women", "expected"),
    [
        ("29.9", "liegt 0,1 Prozentpunkte unter der"),
        ("30.0", "Quoten von Frauen und Männern sind gleich"),
        ("30.1", "liegt 0,1 Prozentpunkte über der"),
    ],
)
def test_the_direction_follows_the_sign_of_the_gap(women: str, expected: str) -> None:
    assert expected in quota_sentences(GERMAN, pair(women, "30.0"))[1]


def test_no_ratio_is_stated_when_the_quota_of_men_is_zero() -> None:
    assert len(quota_sentences(GERMAN, pair("3.0", "0.0"))) == 2
    assert pair("3.0", "0.0").ratio is None


def test_one_suppressed_sex_leaves_the_other_and_says_why() -> None:
    one = Pair(HIDDEN, figure("30.2"), figure("25.0"))
    assert quota_sentences(GERMAN, one) == [
        "Für Männer beträgt die Quote 30,2 Integrationen je 100 Leistungsberechtigte. "
        "Die andere Quote: geheim gehalten."
    ]


def test_both_suppressed_is_said_in_one_sentence() -> None:
    assert quota_sentences(GERMAN, Pair(HIDDEN, HIDDEN, HIDDEN)) == [
        "Die Quoten von Frauen und Männern sind für diesen Monat nicht auszuweisen."
    ]


@pytest.mark.parametrize(
    ("before", "now", "key"),
    [
        (("18.0", "30.0"), ("10.0", "20.0"), "kleiner_ferner"),
        (("10.0", "20.0"), ("18.0", "30.0"), "groesser_naeher"),
        (("18.0", "30.0"), ("19.0", "30.0"), "kleiner_naeher"),
        (("18.0", "30.0"), ("17.0", "30.0"), "groesser_ferner"),
        (("18.0", "30.0"), ("12.0", "20.0"), "kleiner_gleich"),
        (("12.0", "20.0"), ("18.0", "30.0"), "groesser_gleich"),
        (("10.0", "20.0"), ("20.0", "30.0"), "gleich_naeher"),
        (("20.0", "30.0"), ("10.0", "20.0"), "gleich_ferner"),
        (("18.0", "30.0"), ("18.0", "30.0"), "gleich_gleich"),
    ],
)
def test_gap_and_ratio_move_in_the_same_or_in_opposite_directions(
    before: tuple[str, str], now: tuple[str, str], key: str
) -> None:
    expected = texts("de").entries[f"wandel.{key}"]
    assert isinstance(expected, str)
    (sentence,) = gap_change(GERMAN, pair(*now), pair(*before), "Mai 2015")
    assert sentence.split(":")[0] == expected.split(":")[0].format(monat="Mai 2015")
    assert ("aber" in sentence) == (key in ("kleiner_ferner", "groesser_naeher"))


def test_a_smaller_gap_with_a_worse_ratio_says_both() -> None:
    (sentence,) = gap_change(GERMAN, pair("10.0", "20.0"), pair("18.0", "30.0"), "Mai 2015")
    assert sentence == (
        "Der Abstand ist kleiner als im Mai 2015: 10,0 statt 12,0 Prozentpunkte. "
        "Das Verhältnis ist aber ungleicher: 5,0 statt 6,0 Integrationen von Frauen auf 10 von "
        "Männern. Beides geht zusammen, wenn beide Quoten sinken."
    )


def test_a_gap_that_changes_sides_is_told_without_smaller_or_larger() -> None:
    (sentence,) = gap_change(GERMAN, pair("31.0", "30.0"), pair("18.0", "30.0"), "Mai 2015")
    assert sentence == (
        "Im Mai 2015 lag die Quote der Frauen noch 12,0 Prozentpunkte unter der Quote der Männer. "
        "Jetzt liegt sie 1,0 Prozentpunkte darüber."
    )


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("18.0", "Quote der Frauen um 0,1 Prozentpunkte niedriger"),
        ("18.1", "Quote der Frauen unverändert"),
        ("18.2", "Quote der Frauen um 0,1 Prozentpunkte höher"),
    ],
)
def test_a_change_of_a_tenth_is_named_and_none_is_unchanged(now: str, words: str) -> None:
    first = change_sentences(GERMAN, pair(now, "30.0"), pair("18.1", "30.0"), "2014-12")[0]
    assert words in first


def test_a_missing_previous_year_is_said_instead_of_compared() -> None:
    absent = Pair(Figure("fehlt"), Figure("fehlt"), Figure("fehlt"))
    (sentence,) = change_sentences(GERMAN, pair("18.1", "30.2"), absent, "2014-12")
    assert "nicht möglich" in sentence


def test_the_previous_year_is_the_same_month() -> None:
    assert year_earlier("2016-01") == "2015-01"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (("18.0", "30.0"), ("18.1", "30.0"), "kleiner als im Mai 2012: 11,9 statt 12,0"),
        (("18.0", "30.0"), ("18.0", "30.0"), "so groß wie im Mai 2012: 12,0"),
        (("18.0", "30.0"), ("17.9", "30.0"), "größer als im Mai 2012: 12,1 statt 12,0"),
        (("18.0", "30.0"), ("31.0", "30.0"), "unter der Quote der Männer, jetzt liegt sie darüber"),
    ],
)
def test_the_trend_headline_compares_both_ends(
    first: tuple[str, str], last: tuple[str, str], words: str
) -> None:
    assert words in trend_headline(GERMAN, pair(*first), pair(*last), "Mai 2012")


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ([], "Keine Gruppe hat genug Fälle"),
        (["3.0"], "Nur eine Gruppe lässt sich vergleichen"),
        (["3.0", "4.0"], "In beiden vergleichbaren Gruppen liegt die Quote der Frauen niedriger"),
        (["3.0", "4.0", "5.0"], "In allen 3 vergleichbaren Gruppen liegt die Quote der Frauen"),
        (["-3.0", "-1.0"], "In beiden vergleichbaren Gruppen liegt die Quote der Frauen höher"),
        (["3.0", "0.0"], "In 1 von 2 vergleichbaren Gruppen"),
        (
            ["-3.0", "-1.0", "-2.0"],
            "In allen 3 vergleichbaren Gruppen liegt die Quote der Frauen höher",
        ),
    ],
)
def test_the_group_headline_counts_groups(gaps: list[str], words: str) -> None:
    seen = Comparison(tuple((f"g{i}", Decimal(g)) for i, g in enumerate(gaps)))
    assert words in group_headline(GERMAN, "Alter", seen)


def test_the_group_reading_explains_a_minus_sign() -> None:
    seen = Comparison((("a", Decimal("-1.5")), ("b", Decimal("2.0"))))
    reading = " ".join(group_reading(GERMAN, seen))
    assert "\u22121,5 Prozentpunkten („a“)" in reading
    assert "Minuszeichen" in reading
