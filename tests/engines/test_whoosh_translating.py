"""What is remembered of translations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.analysis import NO_DICTIONARY, UserDictionary, use_dictionary
from search.engines.whoosh.snapshot import open_snapshot
from search.engines.whoosh.translating import Translation
from search.query.model import Phrase, Word


@pytest.fixture
def translation(seed_index: Path) -> Iterator[Translation]:
    yield open_snapshot(seed_index).translation
    use_dictionary(NO_DICTIONARY)


def test_a_short_text_is_translated_once_and_anew_for_another_dictionary(
    translation: Translation,
) -> None:
    first = translation.whole(Word("京东物流"))
    words = translation.words_of("京东物流")
    assert translation.whole(Word("京东物流")) is first
    assert translation.words_of("京东物流") is words
    use_dictionary(UserDictionary())
    assert translation.whole(Word("京东物流")) is not first
    assert translation.words_of("京东物流") is not words


def test_what_differs_is_not_taken_for_the_same(translation: Translation) -> None:
    asked = [Word("京东物流"), Word("京东物流", "title"), Phrase("京东物流"), Word("京东")]
    found = list(map(translation.whole, asked))
    assert len(set(map(repr, found))) == len(asked)
    assert list(map(translation.whole, reversed(asked))) == found[::-1]


def test_a_long_text_is_not_remembered(translation: Translation) -> None:
    long = Word("京东物流" * 10)
    assert translation.whole(long) is not translation.whole(long)
    assert translation.words_of(long.text) is not translation.words_of(long.text)
