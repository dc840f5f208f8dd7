"""What is stored of a text, and what is looked for by a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    cut_words,
    index_terms,
    query_fuzzy,
    query_phrase,
    query_prefix,
    query_wildcard,
    query_words,
)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("京东物流", "京东@0 东物@1 物流@2 流@3"),
        ("京东，物流", "京东@0 东@1 物流@2 流@3"),
        ("京东App上市", "京东@0 东@1 app@2 上市@3 市@4"),
        ("京东\n物流", "京东@0 东@1 物流@3 流@4"),
        ("iPhone12", "iphone@0 12@1"),
        ("2021_06", "2021@0 06@1"),
        ("C++、C#和C", "c++@0 c#@1 和@2 c@3"),
        ("日本のテスト", "日本@0 本の@1 のテ@2 テス@3 スト@4 ト@5"),
        ("한글 책", "한글@0 글@1 책@2"),
        ("🎮好", "🎮@0 好@1"),
        ("，。 _", ""),
    ],
)
def test_grams_stand_at_positions(text: str, grams: str) -> None:
    terms = index_terms(text)
    pairs = zip(terms.grams, terms.positions, strict=True)
    assert " ".join(f"{gram}@{position}" for gram, position in pairs) == grams


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("搜索引擎", ["搜索引擎"]),
        ("用Python写服务器", ["用", "写", "服务器"]),
        ("東京の電車", ["の"]),
        ("ー" * 41, []),
    ],
)
def test_words_are_those_of_jiebas_search_mode_that_are_no_grams(
    text: str, words: list[str]
) -> None:
    assert index_terms(text).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("京东物流", ["京东", "物流"]),
        ("JD.ID", ["jd.id"]),
        ("200亿元GMV", ["200", "亿元", "gmv"]),
        ("2021年6月", ["2021年6月"]),
        ("第3章", ["第3章"]),
        ("iPhone12京东", ["iphone12", "京东"]),
        ("AI，我", ["ai", "我"]),
        ("，", []),
    ],
)
def test_a_query_is_cut_into_words(text: str, words: list[str]) -> None:
    assert list(cut_words(text)) == words


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("京东物流", "京东@0 东物@1 物流@2"),
        ("京东 物流", "京东@0 物流@2"),
        ("京", "京*@0"),
        ("我 是", "我+是@0 是*@1"),
        ("第3章", "第@0 3@1 章*@2"),
        ("京东\nApp", "京东@0 app@2"),
    ],
)
def test_a_phrase_is_its_grams_side_by_side(text: str, slots: str) -> None:
    """A single character may begin a pair in the text, unless what follows it is no character."""
    terms = query_phrase(text)
    assert terms
    assert (
        " ".join(
            f"{s.term}{'+' * bool(s.joined)}{s.joined}{'*' * s.prefix}@{s.offset}"
            for s in terms.slots
        )
        == slots
    )


@pytest.mark.parametrize(
    ("text", "words", "grams"),
    [
        ("京东物流", [], ["京东", "物流"]),
        ("搜索引擎的", ["搜索引擎", "的"], ["搜索", "索引", "引擎"]),
        ("foo 3 foo", [], ["foo", "3"]),
        ("の", ["の"], []),
        ("a" * 41, [], []),
    ],
)
def test_a_word_scores_by_itself_or_by_the_gram_it_is(
    text: str, words: list[str], grams: list[str]
) -> None:
    terms = query_phrase(text)
    assert terms
    assert list(terms.words) == words
    assert [slot.term for slot in terms.slots if slot.is_word] == grams


@pytest.mark.parametrize("text", ["", " ", "，——", "\u200b"])
def test_text_without_a_term_is_no_phrase(text: str) -> None:
    assert query_phrase(text) is None
    assert query_prefix(text) is None
    assert query_words(text) == ()


@pytest.mark.parametrize(
    ("text", "last"),
    [("iph", ("iph", True)), ("搜索", ("搜索", False)), ("搜", ("搜", True)), ("v2", ("2", True))],
)
def test_the_last_gram_of_a_prefix_is_open(text: str, last: tuple[str, bool]) -> None:
    terms = query_prefix(text)
    assert terms
    assert (terms.slots[-1].term, terms.slots[-1].prefix) == last


@given(st.text(alphabet="京东物流aB1 ，\n.搜索引擎のテ臺"))
def test_positions_are_parallel_and_ascend(text: str) -> None:
    terms = index_terms(text)
    assert len(terms.grams) == len(terms.positions)
    assert all(a < b for a, b in zip(terms.positions, terms.positions[1:], strict=False))


@given(st.text())
def test_the_text_of_query_terms_gives_the_same_slots(text: str) -> None:
    for terms in query_words(text):
        again = query_phrase(terms.text)
        assert again
        assert again.slots == terms.slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Te?t", "~te?t@0"),
        ("京?物流", "~京?@0 ~?物@1 物流@2"),
        ("?物 k*s", "~?物@0 ~k*s@2"),
        ("iphone1?1", "iphone@0 ~1?1@1"),
        ("ab?1*京", "~ab?@0 ~1*@1 京…@2"),
        ("京?a", "京@0 ~?a@1"),
        ("京*物", "京+物@0 物…@1"),
        ("京??物", "京+物@0 物…@1"),
        ("c++*a", "c++@0 ~*a@1"),
    ],
)
def test_wildcards_stand_for_characters_of_one_gram(text: str, slots: str) -> None:
    terms = query_wildcard(text)
    assert terms
    found = (
        f"{'~' * s.wild}{s.term}{'+' * bool(s.joined)}{s.joined}{'…' * s.prefix}@{s.offset}"
        for s in terms.slots
    )
    assert " ".join(found) == slots


def test_no_gram_in_a_wildcard_is_no_query() -> None:
    assert query_wildcard("，*") is None
    assert query_fuzzy("，", 1) is None


@pytest.mark.parametrize(("text", "edits"), [("Iphon", [2]), ("ŀl", [0, 0]), ("京东", [0])])
def test_one_word_of_letters_may_differ(text: str, edits: list[int]) -> None:
    terms = query_fuzzy(text, 2)
    assert terms is not None
    assert [slot.edits for slot in terms.slots] == edits
