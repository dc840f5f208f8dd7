"""How long an article takes to read."""

from __future__ import annotations

import pytest

from web.reading_time import reading_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 0),
        ("……！？\n", 0),
        ("字", 1),
        ("字" * 599, 1),
        ("字" * 601, 2),
        ("かな한글" * 300, 3),
        ("words " * 660, 3),
        ("слово " * 660, 3),
        ("汉字" * 200 + " words" * 220, 2),
        ("字" * 1_000_000, 2500),
        ("word " * 200_000, 909),
    ],
)
def test_characters_and_words_take_their_time(text, minutes):
    assert reading_minutes(text) == minutes
