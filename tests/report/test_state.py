"""What is missing and why: few sentences, grouped by Kennzahlen and reason."""

import pytest

from pipeline.registries import code_list
from pipeline.report.numbers import Numbers
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice
from pipeline.report.state import missing_codes, missing_kennzahlen, unpublishable
from pipeline.report.texts import LANGUAGES, texts

GERMAN = Voice(texts("de"), Numbers("de"))
EQ = ("EQ_1", "EQ_3", "EQ_6", "EQ_9", "EQ_12", "EQ_18")
OPEN = "Der Zeitraum nach Integration oder Austritt ist am Datenstand noch nicht um."


def told(given: str) -> list[str]:
    return unpublishable(Pub((), {}, {"nicht_veroeffentlichbar": given}), GERMAN)


def absent(given: str) -> list[str]:
    return missing_kennzahlen(Pub((), {}, {"fehlende_kennzahlen": given}), GERMAN)


def withheld(codes: str, months: list[str], reason: str) -> str:
    return ";".join(f"{codes}:{month}={reason}" for month in months)


def test_kennzahlen_with_the_same_months_and_reason_share_a_sentence() -> None:
    given = ";".join(
        withheld(codes, ["2016-01", "2016-02"], "wartezeit_laeuft") for codes in ("M1", "K2,P1")
    )
    assert told(given) == [
        "K2, P1, M1 (Januar\u00a02016 bis Februar\u00a02016): "
        "Die Wartezeit von drei Monaten ist am Datenstand noch nicht um."
    ]


def test_one_month_more_makes_a_sentence_of_its_own() -> None:
    given = ";".join(
        (
            withheld("K2E3", ["2016-01", "2016-02"], "verbleib_offen"),
            withheld("M1", ["2016-02"], "verbleib_offen"),
        )
    )
    assert told(given) == [
        f"K2E3 (Januar\u00a02016 bis Februar\u00a02016): {OPEN}",
        f"M1 (Februar\u00a02016): {OPEN}",
    ]


def test_a_family_shares_a_sentence_each_member_with_its_own_months() -> None:
    given = ";".join(
        (
            withheld("EQ_6", ["2016-02", "2016-03"], "verbleib_offen"),
            withheld("EQ_9", ["2016-03"], "verbleib_offen"),
        )
    )
    assert told(given) == [
        f"EQ_6 (Februar\u00a02016 bis März\u00a02016); EQ_9 (März\u00a02016): {OPEN}"
    ]


def test_a_whole_family_is_named_by_its_ends_and_a_part_of_it_is_not() -> None:
    whole = withheld(",".join(EQ), ["2016-03"], "zeitraum_unvollstaendig")
    part = withheld(",".join(EQ[1:]), ["2016-03"], "zeitraum_unvollstaendig")
    assert told(whole)[0].startswith("EQ_1 bis EQ_18 (März\u00a02016): ")
    assert told(part)[0].startswith("EQ_3, EQ_6, EQ_9, EQ_12, EQ_18 (März\u00a02016): ")


def test_all_reasons_of_one_run_need_few_sentences() -> None:
    long = [f"2015-{month:02d}" for month in range(1, 13)]
    parts = [withheld("K2,P1,K2E1", long, "stichtage_fehlen")]
    parts += [withheld(code, long, "zeitraum_unvollstaendig") for code in EQ]
    parts += [withheld(code, long[-i:], "verbleib_offen") for i, code in enumerate(EQ, start=1)]
    assert len(told(";".join(parts))) == 3


@pytest.mark.parametrize("given", ["", "irgendetwas", "K2:2016-01=neu", "2016-01=", "a:b:c=d;=;:"])
def test_what_has_another_form_is_shown_as_given(given: str) -> None:
    joined = " ".join(told(given))
    assert all(part in joined for part in ("irgendetwas", "neu") if part in given)


def test_every_reason_of_the_registry_of_texts_names_the_months() -> None:
    for lang in LANGUAGES:
        reasons = {k: v for k, v in texts(lang).entries.items() if k.startswith("grund.")}
        assert len(reasons) == 6
        assert all("{monate}" in sentence for sentence in reasons.values())


def test_a_missing_kennzahl_is_named_and_a_missing_family_shortened() -> None:
    assert absent("") == []
    assert absent("M1") == ["Integrationen mit Ende des Leistungsbezugs (bedarfsdeckend) (M1)"]
    assert absent(",".join(EQ)) == ["EQ_1 bis EQ_18"]
    assert absent("FA_ALO") == ["Anteil an den Arbeitslosen im Bestand (FA_ALO)"]
    assert absent("neu") == ["neu (neu)"]


def test_the_command_line_names_codes_alone() -> None:
    given = Pub((), {}, {"fehlende_kennzahlen": ",".join(("M1", *EQ, "FQ"))})
    assert missing_codes(given, GERMAN) == ["M1", "EQ_1 bis EQ_18", "FQ"]


def test_every_kennzahl_can_be_missing() -> None:
    codes = [c.code for c in code_list("kennzahl").codes]
    assert "EQ_1 bis EQ_18" in absent(",".join(codes))


def test_deliveries_left_out_for_their_pseudonyms_are_the_first_reason() -> None:
    facts = {"nicht_veroeffentlichbar": withheld("K2", ["2016-01"], "wartezeit_laeuft")}
    plain = unpublishable(Pub((), {}, facts | {"pseudonym": "stabil"}), GERMAN)
    first, *rest = unpublishable(Pub((), {}, facts | {"pseudonym": "je_lieferung"}), GERMAN)
    assert first.startswith("Die Pseudonyme gelten nur innerhalb einer Lieferung.")
    assert rest == plain
