"""The text registry: both languages say the same, and nothing is missing."""

import re

import pytest

from pipeline.errors import UsageError
from pipeline.report.texts import LANGUAGES, Texts, texts


def placeholders(entry: str | tuple[str, ...]) -> set[str]:
    joined = entry if isinstance(entry, str) else " ".join(entry)
    return set(re.findall(r"{(\w+)}", joined))


def test_german_and_english_have_the_same_keys() -> None:
    assert set(texts("de").entries) == set(texts("en").entries)


@pytest.mark.parametrize("key", sorted(texts("de").entries))
def test_an_entry_has_the_same_shape_and_placeholders_in_both_languages(key: str) -> None:
    german, english = (texts(lang).entries[key] for lang in LANGUAGES)
    assert isinstance(german, str) == isinstance(english, str)
    assert placeholders(german) == placeholders(english)
    if not isinstance(german, str):
        assert len(german) == len(english)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_entry_is_empty_or_a_placeholder(lang: str) -> None:
    for key, entry in texts(lang).entries.items():
        for line in [entry] if isinstance(entry, str) else entry:
            assert line.strip(), key
            assert not re.search(r"TODO|XXX|FIXME|lorem", line, re.IGNORECASE), key


def test_a_missing_key_is_an_error_that_names_file_and_key() -> None:
    with pytest.raises(UsageError, match=r"texts/de\.toml: der Schlüssel gibt\.es\.nicht fehlt"):
        texts("de")("gibt.es.nicht")


def test_a_missing_value_is_an_error_that_names_the_placeholder() -> None:
    with pytest.raises(UsageError, match="Platzhalter 'monat'"):
        Texts("de", {"a": "bis {monat}"})("a")


def test_a_sentence_is_no_list_and_a_list_no_sentence() -> None:
    registry = Texts("de", {"satz": "eins", "liste": ("eins", "zwei")})
    with pytest.raises(UsageError):
        registry("liste")
    with pytest.raises(UsageError):
        registry.lines("satz")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="fr gibt es nicht"):
        texts("fr")
