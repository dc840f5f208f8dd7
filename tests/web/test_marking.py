"""Matches made visible, and nothing else let through."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import parse
from search.results import Span
from search.snippets import Highlighter
from web import marking
from web.marking import Tag, mark, mark_parts, parts_of


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("京东物流", [], "京东物流"),
        ("京东物流", [Span(0, 2)], "<mark>京东</mark>物流"),
        ("京东物流", [Span(0, 1), Span(3, 4)], "<mark>京</mark>东物<mark>流</mark>"),
        ("<b>&\"'", [Span(0, 3)], "<mark>&lt;b&gt;</mark>&amp;&#34;&#39;"),
        ("a𠮷b", [Span(1, 2)], "a<mark>𠮷</mark>b"),
    ],
)
def test_spans_are_marked_and_all_else_is_escaped(text, spans, html):
    assert mark(text, spans) == html


def marked(html, query):
    parts, _ = mark_parts(list(parts_of(html)), Highlighter(parse(query).query))
    return "".join(each.written if isinstance(each, Tag) else each for each in parts)


@pytest.mark.parametrize(
    ("html", "query", "expected"),
    [
        ("<p>京东物流</p>", "京东", '<p><mark id="hit-1">京东</mark>物流</p>'),
        (
            "<p>京<a>东</a>京东</p>",
            "京东",
            '<p><mark id="hit-1">京</mark><a><mark data-of="hit-1">东</mark></a>'
            '<mark data-of="hit-1">京东</mark></p>',
        ),
        ("<p>京</p><p>东</p>", "京东", "<p>京</p><p>东</p>"),
        (
            "<p>京东<br>京东",
            "京东",
            '<p><mark id="hit-1">京东</mark><br><mark id="hit-2">京东</mark>',
        ),
        ("<p>AT&amp;T</p>", "AT&T", '<p><mark id="hit-1">AT&amp;T</mark></p>'),
        ("<p>a &lt;b&gt;</p>", "b", '<p>a &lt;<mark id="hit-1">b</mark>&gt;</p>'),
        (
            '<img alt="京东 > 京东">京东',
            "京东",
            '<img alt="京东 > 京东"><mark id="hit-1">京东</mark>',
        ),
        ('<a href="http://x/p">p</a>', "p", '<a href="http://x/p"><mark id="hit-1">p</mark></a>'),
        ("<p>京东</p>", "", "<p>京东</p>"),
        ("<p>京东</p>", "-京东", "<p>京东</p>"),
        ("<p>京东</p>", "title:京东", "<p>京东</p>"),
        ("<p>京\n东</p>", "京东", '<p><mark id="hit-1">京\n东</mark></p>'),
    ],
)
def test_matches_are_marked_in_the_text_of_safe_html(html, query, expected):
    assert marked(html, query) == expected


# Safe HTML as it is written when indexed: tags in lower case, what is text escaped.
PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", '<a href="京东">', "</a>", "京", "东", "&lt;", " ", "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join))
def test_marks_change_nothing_else(html):
    without = re.sub("<mark [^>]*>|</mark>", "", marked(html, "京东"))
    assert unescape(without) == unescape(html)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_a_mark_never_holds_a_tag(html):
    found = re.findall("<mark [^>]*>(.*?)</mark>", marked(html, "京东"))
    assert all("<" not in each for each in found)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_hits_are_numbered_from_one_and_their_number_is_told(html):
    parts, count = mark_parts(list(parts_of(html)), Highlighter(parse("京东").query))
    text = "".join(each for each in parts if not isinstance(each, Tag))
    assert re.findall(r'id="hit-(\d+)"', text) == [str(n) for n in range(1, count + 1)]


def test_no_more_than_so_many_are_marked(monkeypatch):
    monkeypatch.setattr(marking, "MAX_MARKS", 1)
    assert marked("<p>京东，京东</p>", "京东") == '<p><mark id="hit-1">京东</mark>，京东</p>'
