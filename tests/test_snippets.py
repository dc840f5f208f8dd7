"""What is marked is what matches; the passage shown is the best."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from search.analysis import query_phrase, searched_alone
from search.patterns import AnyWord, Words
from search.query import parse
from search.query.model import Fuzzy, Near, Phrase, Some, Wildcard
from search.query.scanning import wildcard_of
from search.snippets import Highlighter, best_window
from tests import oracle
from tests.articles import article


def marked(query: str, text: str) -> list[str]:
    spans = Highlighter(parse(query).query).spans(text)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("京东 物流", "京东物流，京东，物流", ["京东物流", "京东", "物流"]),
        ('"京东 物流"', "京东，物流；京东\n物流；物流", ["京东，物流"]),
        ("JD.ID", "JD.ID、jd id、JDID", ["JD.ID", "jd id"]),
        ("iphone12", "iPhone 12 iPhone123 xiPhone12", ["iPhone 12"]),
        ("臺灣", "台湾與臺灣", ["台湾", "臺灣"]),
        ("kg", "5㎏、10kg、akg", ["㎏", "kg"]),
        ("cafe", "cafe\u0301 CAFÉ", ["cafe\u0301", "CAFÉ"]),
        ("京东", "京\u200b东", ["京\u200b东"]),
        ("iph*", "iPhones, iPad, xiph", ["iPhones"]),
        ("20*", "2021年", ["2021"]),
        ("c++", "C++和C", ["C++"]),
        ("-京东 物流", "京东物流", ["物流"]),
        ("te?t", "Test text te tests", ["Test", "text"]),
        ("*ph?n*", "iPhone phone, phones", ["iPhone", "phone", "phones"]),
        ("?京*a", "大京ba，京a、大京b", ["大京ba"]),
        ("京?物流", "京东物流 京 物流 京东大物流 京a物流", ["京东物流", "京 物流"]),
        ("c", "C、C++、C#", ["C"]),
        ("c++", "C++α、C++a", ["C++"]),
        ("5*3", "5*3、53、513、5", ["5*3", "53", "513"]),
        ("20?1", "2021年，201、20211", ["2021"]),
        ("form~", "from forms for fro firm xform", ["from", "forms", "for", "firm"]),
        ("kubernets~2 kube", "Kubernetes kubrenet kube", ["Kubernetes", "kubrenet", "kube"]),
        ('"京东 物流"~2', "京东和它的物流；京东的物流", ["京东", "物流"]),
        ('"京东 物流"~0', "物流京东，物流", ["京东", "物流"]),
        ('"a b c"~1', "b a x b x c; a x x b c; a b", ["a", "b", "c"]),
        ('"京东 物流"~1', "京东\n物流，京东\n\n物流", ["京东", "物流"]),
        ('title:"京东 物流"~3', "京东的物流", ["京东", "物流"]),
        ("author:京东", "京东", []),
        ("大卫", "大卫到了扫罗那里", ["大卫"]),
        ("永远 传人", "永永远远是龙的传人", ["永远", "传人"]),
        ("虚拟机", "虚拟机 a : a : a", ["虚拟机"]),
        ("5", "❶5、❷ 5、15", ["5", "5"]),
        ("人人 人们", "人人人们人们", ["人人人们人们"]),
        ("pyth* python3", "Pythons python 3 xpython", ["Pythons", "python 3"]),
        ("α 12", "α、αβ、12、123", ["α", "12"]),
        ("", "京东", []),
        ("，", "，", []),
    ],
)
def test_marks_what_matches(query: str, text: str, found: list[str]) -> None:
    assert marked(query, text) == found


def test_stars_over_a_long_word_take_no_time() -> None:
    assert marked("*a" * 20 + "*b", "a" * 100_000) == []


def test_a_word_asked_for_in_the_title_is_marked_there_only() -> None:
    highlighter = Highlighter(parse("title:京东").query)
    assert highlighter.spans("京东", "title")
    assert not highlighter.spans("京东", "body")
    assert highlighter.snippet("京东").spans == ()


ASKED = st.text(alphabet="京东aB1 ，台", min_size=1, max_size=4).filter(oracle.has_term)
TEXTS = st.text(alphabet="京东东aB1 ，\n臺台_", max_size=20)
LINES = st.text(alphabet="京东东aB1 ，\n臺㎏…\u200b\u0301c+灣", max_size=20)


@given(ASKED, TEXTS)
def test_a_phrase_is_marked_just_where_it_matches(asked: str, text: str) -> None:
    wanted = oracle.atoms(asked, keep_ends=False)
    matches = oracle.stands_in(wanted, oracle.atoms(text), prefix=False)
    spans = Highlighter(Phrase(asked)).spans(text)
    assert bool(spans) == matches
    for start, end in spans:
        assert oracle.stands_in(wanted, oracle.atoms(text[start:end]), prefix=False)


@given(st.lists(ASKED, min_size=2, max_size=3).map(tuple), st.integers(0, 3), TEXTS)
def test_texts_near_each_other_are_marked_just_where_they_match(
    asked: tuple[str, ...], slop: int, text: str
) -> None:
    units = [oracle.atoms(each, keep_ends=False) for each in asked]
    spans = Highlighter(Near(asked, slop)).spans(text)
    assert bool(spans) == oracle.stand_near(units, oracle.atoms(text), slop)


@given(
    st.one_of(
        st.builds(Fuzzy, st.text(alphabet="aB", min_size=1, max_size=5), st.integers(1, 2)),
        st.text(alphabet="京东aB1?*，", max_size=6).map(wildcard_of).filter(bool).map(Wildcard),
    ),
    TEXTS,
)
def test_what_is_like_the_text_is_marked_just_where_it_matches(
    query: Fuzzy | Wildcard, text: str
) -> None:
    matches = oracle.matches(query, oracle.Texts(article("a", text)), ())
    assert bool(Highlighter(query).spans(text)) == matches


@given(st.text(), st.text())
def test_spans_are_in_order_apart_and_inside(query: str, text: str) -> None:
    spans = Highlighter(parse(query).query).spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert not edges or edges[-1] <= len(text)


@given(
    st.lists(
        st.one_of(
            st.text(alphabet="京东", min_size=1, max_size=3),
            st.sampled_from(["ab", "bb", "я", "1", "12", "😀"]),
        ),
        min_size=1,
        max_size=3,
    ),
    st.lists(
        st.sampled_from(["京", "东", "ab", "b", "я", "+", "1", "12", "😀", "，"]), max_size=12
    ).map("".join),
    st.integers(0, 5),
)
@example(["京东京", "东"], "京东京", 1)
@example(["京东", "东京"], "京东京", 1)
@example(["京京"], "京京京", 1)
@example(["京", "东"], "东京东京", 3)
def test_words_looked_for_one_by_one_stand_where_all_at_once_find_them(
    asked: list[str], text: str, most: int
) -> None:
    several = [terms for each in asked if (terms := query_phrase(each)) is not None]
    assume(several and Words.can_hold(several))
    codes = searched_alone(text).codes
    found = AnyWord(several).found(codes)
    assert Words(several).found(codes) == found
    assert Words(several).found(codes, most) == AnyWord(several).found(codes, most) == found[:most]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(("京", "物流", "ab"))), min_size=1),
    st.integers(1, 30),
)
@example([(0, "京"), (3, "物流")], 3)
def test_the_best_window_has_most_words_then_most_characters_then_is_first(
    gaps: list[tuple[int, str]], most: int
) -> None:
    starts = list(accumulate(gap for gap, _ in gaps))
    words = [word for _, word in gaps]
    windows = [
        {word for at, word in zip(starts, words, strict=True) if start <= at < start + most}
        for start in starts
    ]
    worths = [(len(window), sum(map(len, window))) for window in windows]
    assert best_window(starts, words, most) == starts[worths.index(max(worths))]


@given(
    st.sampled_from(
        ["京东 a", "东 aB", "京 1", "臺灣", "c ab*", '"京 a"~2', "title:京 东", "a~", ""]
    ),
    st.lists(st.tuples(LINES, LINES), max_size=5),
)
@example("京东", [("京", "东"), ("…京东", "京…东"), ("\u0301京东", "东")])
@example("京东", [("京东一", "京东"), ("一京东", "京东京东"), ("京东", "")])
@example("东 kg", [("5㎏", "一㎏东"), ("…㎏", "kg")])
@example('"京 东"', [("京…东", "京，东" + "一" * 300 + "京…东"), ("京，东", "")])
@example("东 a", [("东", "东" * 40_000), ("东…a", "…" * 40_000 + "a")])
@example("东 a", [("东" * 40_000, "东"), ("a", "a~" * 40_000)])
@example("gpt", [("\U00040061gpt", ""), ("gpt", "\U00040067\U00040070\U00040074")])
def test_a_page_of_articles_is_marked_as_each_of_them_alone(
    query: str, texts: list[tuple[str, str]]
) -> None:
    highlighter = Highlighter(parse(query).query)
    articles = [article("a", title, body) for title, body in texts]
    alone = [(highlighter.snippet(b), highlighter.spans(t, "title")) for t, b in texts]
    assert highlighter.marked(articles) == alone


FILLER = "这一段没有什么可说的，只是为了把文章写长。" * 30


@pytest.mark.parametrize(
    ("query", "text", "passage"),
    [
        ("京东", "  京东很好。\n\n\n 第二段  ", "京东很好。 第二段"),
        ("没有的词", "开头。" + FILLER, "开头。这一段"),
        ("供应链", FILLER + "第二次说到供应链。" + FILLER, "…第二次说到供应链。这一段"),
        ("供应链 物流", "供应链。" + FILLER + "供应链与物流。" + FILLER, "…供应链与物流。"),
    ],
)
def test_the_best_passage_is_shown_from_the_beginning_of_its_sentence(
    query: str, text: str, passage: str
) -> None:
    assert Highlighter(parse(query).query).snippet(text, 60).text.startswith(passage)


@given(ASKED, st.text(alphabet="京东aB1 ，。\n台", max_size=300), st.integers(20, 200))
def test_a_snippet_is_one_line_of_the_text_with_its_matches_marked(
    asked: str, text: str, most: int
) -> None:
    snippet = Highlighter(Phrase(asked)).snippet(text, most)
    body = snippet.text.removeprefix("…").removesuffix("…")
    assert len(body) <= most
    assert body in " ".join(text.split()) or body in f"{' '.join(text.split())} "
    assert "\n" not in snippet.text
    for start, end in snippet.spans:
        assert oracle.stands_in(
            oracle.atoms(asked, keep_ends=False),
            oracle.atoms(snippet.text[start:end]),
            prefix=False,
        )


def test_matches_behind_wide_white_space_are_where_they_are_shown() -> None:
    snippet = Highlighter(parse("物流 京东").query).snippet("京东  \n\n 的 \n物流 京东", 60)
    assert snippet.text == "京东 的 物流 京东"
    assert snippet.spans == ((0, 2), (5, 7), (8, 10))


def test_a_match_that_fits_is_in_the_passage() -> None:
    text = FILLER + "最后才说到物流"
    snippet = Highlighter(parse("物流").query).snippet(text, 40)
    assert [snippet.text[start:end] for start, end in snippet.spans] == ["物流"]


def test_of_some_of_a_long_word_the_words_in_it_are_marked() -> None:
    highlighter = Highlighter(Some(("机器学习",)))
    assert highlighter.spans("学习一台机器，机器学习", "title") == ((0, 2), (4, 6), (7, 11))
