"""The query language: what text means, and that no text is an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.messages import use_language
from search.query import parse
from search.query.model import (
    After,
    And,
    Before,
    Everything,
    Fuzzy,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)
from search.query.parser import MAX_NESTING


def as_it_stands(text: str) -> Query:
    return Or((Wildcard(text), Phrase(text)))


A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('"' + "京东 " * 300 + '"~100', Near(("京东",) * 16, 100)),
        ('"' + "的 " * 300 + '"~100', Near(("的",) * 5, 100)),
        ('"京东 的 一 是 了 我 物流"~3', Near(("京东", "的", "一", "是", "了", "我"), 3)),
        (
            '"一 二 三 四" "五 六 七 八" "九 十"',
            And((Phrase("一 二 三 四"), Phrase("五 六 七 八"))),
        ),
        ('"一 二"~3 OR "三 四"~3 OR "五 六"~3', Or((Near(("一", "二"), 3), Near(("三", "四"), 3)))),
        ("-一,二 -三,四 -五,六", And((Not(Phrase("一,二")), Not(Phrase("三,四"))))),
    ],
)
def test_what_is_looked_for_place_by_place_is_no_more_than_takes_half_a_second(
    text: str, query: Query
) -> None:
    parsed = parse(text)
    assert parsed.query == query
    [note] = parsed.notes
    assert "16" in note
    assert "略过" in note


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('"春 眠 不 觉 晓"~3', Near(("春", "眠", "不", "觉", "晓"), 3)),
        (" ".join(['"的"'] * 30), And((Phrase("的"),) * 30)),
        (" ".join(['"京东 物流"'] * 30), And((Phrase("京东 物流"),) * 30)),
        ('"云 淡 风 轻 近 午 天 傍 花 随 柳"', Phrase("云 淡 风 轻 近 午 天 傍 花 随 柳")),
    ],
)
def test_what_people_quote_is_looked_for_as_it_stands(text: str, query: Query) -> None:
    assert (parse(text).query, parse(text).notes) == (query, ())


def test_more_patterns_than_are_looked_for_are_words() -> None:
    parsed = parse("a*b c*d e?f gh~ ij~ *kl mn~")
    assert isinstance(parsed.query, And)
    assert parsed.query.parts[-1] == Word("mn~")
    assert parsed.notes == ("最多查找 6 个带通配符或近似拼写的词，“mn~”按普通词处理。",)


@pytest.mark.parametrize(("between", "end"), [("，", ""), ("a", ""), ("*，", "*")])
def test_single_characters_within_a_word_count_as_well(between: str, end: str) -> None:
    singles = [chr(0x4E00 + number) for number in range(50)]
    text = "京东 " + between.join(singles) + end + " 物流"
    parsed = parse(text)
    assert isinstance(parsed.query, And)
    (_, word, _) = parsed.query.parts
    assert isinstance(word, Word)
    assert [char for char in word.text if char in singles] == singles[:40]
    assert all(text.startswith(each.text, each.start) for each in parsed.words)
    assert "最多查找 40 个单字词，其余已略过。" in parsed.notes


@pytest.mark.parametrize("tail", ["", "。" + "一句很长的话，" * 10])
def test_more_single_characters_than_are_looked_for_are_passed_over(tail: str) -> None:
    singles = [chr(0x4E00 + number) for number in range(50)]
    parsed = parse(f"{' '.join(singles)} {tail}")
    assert isinstance(parsed.query, And)
    words = [part.text for part in parsed.query.parts if isinstance(part, Word)]
    assert [word for word in words if len(word) == 1] == singles[:40]
    assert "最多查找 40 个单字词，其余已略过。" in parsed.notes


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("京东 物流", And((Word("京东"), Word("物流")))),
        ("京东　物流", And((Word("京东"), Word("物流")))),
        ('"京东 物流"', Phrase("京东 物流")),
        ("“京东物流”", Phrase("京东物流")),
        ("「京东」『物流』", And((Phrase("京东"), Phrase("物流")))),
        ('他"说"了', And((Word("他"), Phrase("说"), Word("了")))),
        ('""', Everything()),
        ("a -b", And((A, Not(Phrase("b"))))),
        ("－京东", Not(Phrase("京东"))),
        ('-"a b"', Not(Phrase("a b"))),
        ("-(a b)", Not(And((Phrase("a"), Phrase("b"))))),
        ("--help", Word("--help")),
        ("covid-19", Word("covid-19")),
        ("a - b", And((A, Word("-"), B))),
        ("a OR b", Or((A, B))),
        ("a b OR c OR d", And((A, Or((B, C, D))))),
        ("(a b) OR (c d)", Or((And((A, B)), And((C, D))))),
        ("a OR -b", Or((A, Not(Phrase("b"))))),
        ("a or b", And((A, Word("or"), B))),
        ("a AND b", And((A, B))),
        ("（a OR b）c", And((Or((A, B)), C))),
        ("title:a", Word("a", "title")),
        ("标题：京东 物流", And((Word("京东", "title"), Word("物流")))),
        ("title: a", Word("a", "title")),
        ('title:"a b"', Phrase("a b", "title")),
        ("title:(a OR b) c", And((Or((Word("a", "title"), Word("b", "title"))), C))),
        ("-title:a", Not(Phrase("a", "title"))),
        ("TITLE:a", Word("a", "title")),
        ("subtitle:a", Word("subtitle:a")),
        ("author:36kr", Named("author", ("36kr",))),
        ('作者:"机器 之心"', Named("author", ("机器 之心",))),
        ("category:新媒体/36kr", Named("category", ("新媒体", "36kr"))),
        (r"分类:今日推荐\/精选", Named("category", ("今日推荐/精选",))),
        ("標籤:物流", Named("tag", ("物流",))),
        ("公司:字节跳动", Named("company", ("字节跳动",))),
        ("before:2021-06-16", Before(date(2021, 6, 16))),
        ("早于:2021年6月", Before(date(2021, 6, 1))),
        ("after:2021", After(date(2021, 12, 31))),
        ("晚于：2021-02", After(date(2021, 2, 28))),
        ("搜索*", Prefix("搜索")),
        ("title:iph*", Prefix("iph", "title")),
        ("-iph*", Not(Phrase("iph*"))),
        ("https://a.com/b", Word("https://a.com/b")),
        ('"京东 物流"~3', Near(("京东", "物流"), 3)),
        ('title:"a b  c"~0', Near(("a", "b", "c"), 0, "title")),
        ("“京东 物流”～１２", Near(("京东", "物流"), 12)),
        ('-"a b"~9', Not(Near(("a", "b"), 9))),
        ('"京东"~3', Phrase("京东")),
        ('"a b"~3月', And((Phrase("a b"), Word("~3月")))),
        ('author:"a b"~3', Named("author", ("a b",))),
        ("te?t", as_it_stands("te?t")),
        ("iph*ne", as_it_stands("iph*ne")),
        ("title:*hone", Wildcard("*hone", "title")),
        ("?hone*", Wildcard("?hone*")),
        ("20?1", as_it_stands("20?1")),
        ("ab*京东", as_it_stands("ab*京东")),
        ("京?物流", as_it_stands("京?物流")),
        ("?物流", Wildcard("?物流")),
        ("京?物流？", as_it_stands("京?物流")),
        ("te?t??", as_it_stands("te?t")),
        ("什么是区块链?", Word("什么是区块链?")),
        ("为什么要用区块链?因为可信", Word("为什么要用区块链?因为可信")),
        ("5*3=15", as_it_stands("5*3=15")),
        ("a.com/?b=1", as_it_stands("a.com/?b=1")),
        ("什么是区块链？", Word("什么是区块链？")),
        ("为什么？怎么办", Word("为什么？怎么办")),
        ("真的??假的", Word("真的??假的")),
        ("what?", Word("what?")),
        ("京*物流", Word("京*物流")),
        ("*", Word("*")),
        ("https://a.com/b?x=1", Word("https://a.com/b?x=1")),
        ("-te?t", Not(Phrase("te?t"))),
        ("kubernets~", Fuzzy("kubernets")),
        ("kubernets～2", Fuzzy("kubernets", 2)),
        ("title:café~1", Fuzzy("café", 1, "title")),
        ("kubernets~0", Word("kubernets")),
        ("-kubernets~", Not(Phrase("kubernets~"))),
        ("你好～", Word("你好～")),
        ("3~5", Word("3~5")),
        ("10~20", Word("10~20")),
        ("~", Word("~")),
    ],
)
def test_text_is_understood(text: str, query: Query) -> None:
    parsed = parse(text)
    assert parsed.query == query
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("text", "query", "note"),
    [
        ('"abc', Word("abc"), "quotation mark"),
        ("(a", A, "parentheses"),
        ("a)", A, "parentheses"),
        ("((", Everything(), "parentheses"),
        ("OR", Word("OR"), '"OR" stands between nothing'),
        ("a OR", And((A, Word("OR"))), '"OR" stands between nothing'),
        ("AND a", And((Word("AND"), A)), '"AND" stands between nothing'),
        ("author:", Word("author"), '"author:"'),
        ("before:昨天", Word("昨天"), "before: 昨天 is no day"),
        ("after:2021-02-30", Word("2021-02-30"), "after: 2021-02-30 is no day"),
        ("(" * 30 + "a" + ")" * 30, A, f"deeper than {MAX_NESTING}"),
        ("a " * 600, None, "longer than 1000 characters"),
        ("京，" * 50 + " -a", And((Word("京，" * 50), Word("-a"))), "searched as it stands"),
        ("京东 " * 332 + "iphone", And((Word("京东"),) * 332), "longer than 1000 characters"),
        ('"a b"~101', Near(("a", "b"), 100), "101 was taken as 100"),
        ("京东~", Word("京东"), '~ behind "京东"'),
        ("iphone12~", Word("iphone12"), '~ behind "iphone12"'),
        ("te?t~", as_it_stands("te?t"), '~ behind "te?t"'),
        ("iphon~2", Fuzzy("iphon", 1), 'Of "iphon" at most 1'),
        ("kubernets~9", Fuzzy("kubernets", 2), 'Of "kubernets" at most 2'),
    ],
)
def test_what_makes_no_sense_is_searched_as_words_with_a_note(
    text: str, query: Query | None, note: str
) -> None:
    with use_language("en"):
        parsed = parse(text)
    assert any(note in each for each in parsed.notes)
    assert query is None or parsed.query == query


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    parse(text)


@given(
    st.lists(
        st.sampled_from(
            ['"', "(", ")", "-", "OR", "AND", "title:", "京", "a", "3", " ", "*", "?", "~", "“"]
        )
    )
)
def test_no_operators_in_any_order_are_an_error(tokens: list[str]) -> None:
    parse("".join(tokens))


@given(st.text(alphabet='ab京东"()（）-*?~ :：OR“”'))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    """Whatever a person typed is looked for, refused, or named in a note."""
    parsed = parse(text)
    if not parsed.notes:
        kept = repr(parsed.query)
        assert all(char in kept for char in text if char in "ab京东")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" 京东  物流", [("京东", 1), ("物流", 5)]),
        ("a -b c", [("a", 0), ("c", 5)]),
        ("-(a b) c", [("c", 7)]),
        ('"a b" c* d? te?t e~', [("d?", 9)]),
        ("title:a 作者:b c", [("a", 6), ("c", 13)]),
        ("(a OR b) AND c", [("a", 1), ("b", 6), ("c", 13)]),
        ("", []),
    ],
)
def test_words_are_known_by_where_they_were_typed(text: str, words: list[tuple[str, int]]) -> None:
    assert list(parse(text).words) == words


@given(st.text(alphabet='ab京东"()（）-*?~ :：OR“”'))
def test_a_word_stands_where_it_is_said_to(text: str) -> None:
    for word, start in parse(text).words:
        assert text.startswith(word, start)
