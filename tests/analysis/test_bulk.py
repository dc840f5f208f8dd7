"""Many texts at once have the terms that each has alone, found piece by piece."""

from __future__ import annotations

import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import TermKeys, index_terms, normalise
from search.analysis.characters import codes_of, fold, text_of
from tests.analysis.by_hand import terms_by_hand

ODD = "京东物流a1 \nc+#é\u0301ｶﾞ…㎏😀한각\u1100\u1161カのก_ÅẞİᾳⅣ½①ﬁ\u200b\ufe0f々薴後ǅ\ud800\0"
TEXTS = st.one_of(
    st.text(alphabet=ODD, max_size=12), st.text(max_size=12), st.text(st.characters(), max_size=3)
)


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(["c++", "c++x", "c#1", "xc++", "c+", "a c++"])
@example(["é", "e\u0301", "", "\u0301"])
@example(["ー" * 41, "a" * 50, "我" * 100])
def test_texts_have_the_terms_they_have_alone(texts: list[str]) -> None:
    keys = TermKeys()
    found = keys.analyse(texts)
    grams = np.split(np.array(keys.terms(found.grams)), np.cumsum(found.gram_counts))
    positions = np.split(found.positions, np.cumsum(found.gram_counts))
    words = np.split(np.array(keys.terms(found.words)), np.cumsum(found.word_counts))
    for number, text in enumerate(texts):
        wanted = terms_by_hand(text)
        assert (grams[number].tolist(), positions[number].tolist()) == wanted[:2]
        assert sorted(words[number].tolist()) == sorted(wanted[2])


@pytest.mark.parametrize("plane", range(0, 0x110000, 0x10000))
def test_every_character_has_the_terms_it_has_by_hand(plane: int) -> None:
    """Among letters, for some characters join their neighbours."""
    chars = [chr(code) for code in range(plane, plane + 0x10000, 7)]
    text = " ".join(f"a{char}b" for char in chars if unicodedata.category(char) != "Cn")
    terms = index_terms(text)
    assert (terms.grams, terms.positions, sorted(terms.words)) == (
        *terms_by_hand(text)[:2],
        sorted(terms_by_hand(text)[2]),
    )


@given(st.lists(TEXTS, max_size=6))
def test_texts_fold_as_they_do_alone(texts: list[str]) -> None:
    codes, starts = fold(texts)
    assert [
        text_of(codes[start : end - 1])
        for start, end in zip(starts.tolist(), starts[1:].tolist(), strict=False)
    ] == list(map(normalise, texts))


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(["京东物流，搜索引擎。京，东", "龥𠀀 zq é Ω"])
def test_the_order_of_terms_is_that_of_their_bytes(texts: list[str]) -> None:
    keys = TermKeys()
    found = keys.analyse(texts)
    for field in (found.grams, found.words):
        distinct = np.unique(field)
        ordered = distinct[np.argsort(keys.order().of(distinct))]
        terms = [term.encode(errors="surrogatepass") for term in keys.terms(ordered)]
        assert terms == sorted(set(terms))


def test_more_strings_than_characters_still_have_an_order() -> None:
    keys = TermKeys()
    strings = [f"a{number}" for number in range(2**21 + 1)]
    found = np.concatenate([keys.keys_of(strings), keys.analyse(["京东b"]).grams])
    numbers = keys.order().of(found)
    assert len(np.unique(numbers)) == len(numbers)
    assert keys.terms(found[np.argsort(numbers)[-4:]]) == ["a999999", "b", "东", "京东"]


def test_codes_come_back() -> None:
    text = "a京\ud800" + chr(sys.maxunicode)
    assert text_of(codes_of(text)) == text
