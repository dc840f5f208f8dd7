"""How long an article takes to read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import characters_and_words
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
    assert reading_minutes([text, "字", text]) == [minutes, 1, minutes]


CHARACTER = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]+")
ODD = "aZ9é字か글、 。Ωя_-\u3040\u3041\u30ff\u3100\ud7a3\ufaff\U00020000\ud800"


@given(st.lists(st.one_of(st.text(), st.text(alphabet=ODD)), max_size=3))
def test_characters_and_words_are_those_that_expressions_find(texts):
    counts = [(len(CHARACTER.findall(text)), len(WORD.findall(text))) for text in texts]
    assert characters_and_words(texts) == counts
