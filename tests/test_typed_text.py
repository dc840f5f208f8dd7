"""What was made of a text for one search serves the next, and is never that of another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.analysis import (
    NO_DICTIONARY,
    cut_words,
    parse_dictionary,
    spelling,
    use_dictionary,
)
from search.messages import use_language
from search.query import Synonyms, parse_synonyms
from search.typed_text import TypedText, TypedTexts

SYNONYMS = parse_synonyms([("f:1", "快递 = 物流")], spelling, cut_words)
NONE = parse_synonyms([], spelling, cut_words)


@pytest.fixture(autouse=True)
def no_dictionary() -> Iterator[None]:
    yield
    use_dictionary(NO_DICTIONARY)


def marks(typed: TypedText, text: str) -> list[str]:
    spans = typed.highlighter(typed.parsed.query).spans(text)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("text", ["京东 快递", '"京东"', "解文", "a -b", "", "京" * 41])
@pytest.mark.parametrize("synonyms", [SYNONYMS, NONE])
def test_a_text_read_again_is_as_it_is_read_first(text: str, synonyms: Synonyms) -> None:
    texts, body = TypedTexts(synonyms), "京东的物流和快递：解文 a b 京京"
    for _ in range(2):
        again, first = texts.read(text), TypedText(text, synonyms)
        for name in ("parsed", "some", "strict", "is_strict", "is_doubtful", "has_synonyms"):
            assert getattr(again, name) == getattr(first, name)
        assert marks(again, body) == marks(first, body)


def test_a_short_text_is_read_once_and_a_long_one_each_time() -> None:
    texts = TypedTexts(NONE)
    assert texts.read("京东") is texts.read("京东")
    assert texts.read("京" * 41) is not texts.read("京" * 41)


def test_what_is_marked_is_that_of_the_query_asked_for() -> None:
    typed, other = TypedText("京东 快递", SYNONYMS), TypedText("京东", NONE)
    for query, marked in ((typed.parsed.query, [(0, 6)]), (other.parsed.query, [(0, 2)])) * 2:
        assert list(typed.highlighter(query).spans("京东快递物流")) == marked


def test_notes_are_in_the_language_of_who_asks() -> None:
    texts, text = TypedTexts(NONE), "(京东"
    notes = []
    for tag in ("zh-Hans", "en"):
        with use_language(tag):
            notes.append(texts.read(text).parsed.notes)
    assert all(notes)
    assert notes[0] != notes[1]


def test_words_are_those_of_the_dictionary_in_force() -> None:
    texts = TypedTexts(NONE)
    assert not texts.read("的和").is_strict
    use_dictionary(parse_dictionary([("d:1", "的和")]))
    assert texts.read("的和").is_strict
