"""Marks stand in the text, tags stay as they were."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import parse
from search.results import Span
from search.snippets import Highlighter
from web.marking import MAX_MARKED_CHARS, mark, mark_html


def test_text_is_escaped_inside_and_outside_marks() -> None:
    assert mark('a<b>&"c', [Span(1, 4)]) == "a<mark>&lt;b&gt;</mark>&amp;&#34;c"


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>京东物流</p>", "<p><mark>京东</mark>物流</p>"),
        ("<p>京<b>东</b></p>", "<p><mark>京</mark><b><mark>东</mark></b></p>"),
        ("<p>京</p><p>东</p>", "<p>京</p><p>东</p>"),
        ("<p>a &lt;京东&gt; b</p>", "<p>a &lt;<mark>京东</mark>&gt; b</p>"),
        ('<img alt="京东 > 京东">京东', '<img alt="京东 > 京东"><mark>京东</mark>'),
        ('<a href="/京东">x</a>', '<a href="/京东">x</a>'),
        ("京东", "<mark>京东</mark>"),
        ("", ""),
    ],
)
def test_html_is_marked_between_its_tags(html: str, marked: str) -> None:
    assert mark_html(html, Highlighter(parse("京东").query)) == marked


@given(st.lists(st.sampled_from(["京", "东", "<b>", "</b>", "<p>", "</p>", "&amp;", " ", "\n"])))
def test_without_its_marks_html_is_as_it_was(pieces: list[str]) -> None:
    html = "".join(pieces)
    marked = mark_html(html, Highlighter(parse("京东").query))
    assert re.sub("</?mark>", "", marked) == html


def test_html_beyond_the_bound_is_shown_unmarked() -> None:
    html = "<p>京东</p>" * (MAX_MARKED_CHARS // 8)
    assert mark_html(html, Highlighter(parse("京东").query)) == html
