"""What is looked for as one string when it may be a slip."""

from __future__ import annotations

import pytest

from search.query.model import And, Or, Phrase, Query, Word
from search.suggesting.doubting import as_strings


@pytest.mark.parametrize(
    ("typed", "strict"),
    [
        (Word("我在"), Phrase("我在")),
        (Word("京东"), Word("京东")),
        (Word("的"), Word("的")),  # it is its own string, and need not be counted again
        (And((Word("我在", "title"), Word("在"))), And((Phrase("我在", "title"), Word("在")))),
        (Or((Word("a"), Word("我在"))), Or((Word("a"), Phrase("我在")))),
    ],
)
def test_words_cut_into_single_characters_are_strings(typed: Query, strict: Query) -> None:
    assert as_strings(typed) == strict
