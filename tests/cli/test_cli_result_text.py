"""Hits on a terminal: marks in colour, lines that end where Chinese may be broken."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from rich.console import Console

from search.article import Article
from search.cli.result_text import _breaks, print_page
from search.query.request import SearchRequest
from search.results import Hit, Page, Snippet, Span


def terminal(width: int) -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=width, color_system="standard")


def test_marks_are_coloured_in_title_and_snippet():
    article = Article(id="1", path="a.md", title="京东物流")
    hit = Hit(article, 1.0, Snippet("京东到了", (Span(0, 2),)), (Span(2, 4),))
    out = terminal(60)
    print_page(Page(query="", total=1, hits=(hit,)), SearchRequest(), out)
    assert "\x1b[1m京东\x1b[0m\x1b[1;31m物流\x1b[0m" in out.file.getvalue()
    assert "\x1b[1;31m京东\x1b[0m到了" in out.file.getvalue()


def test_lines_are_indented_and_no_wider_than_the_terminal():
    article = Article(id="1", path="a.md", title="题")
    hit = Hit(article, 1.0, Snippet("一二三四五六七八九十，甲乙丙丁"))
    out = terminal(23)
    print_page(Page(query="", total=1, hits=(hit,)), SearchRequest(), out)
    assert "   一二三四五六七八九\n   十，甲乙丙丁\n" in out.file.getvalue()


@pytest.mark.parametrize(
    ("text", "width", "pieces"),
    [
        ("一二三四", 4, ["一二", "三四"]),
        ("一二三，四", 6, ["一二", "三，四"]),
        ("one two three", 8, ["one two ", "three"]),
        ("搜索Elasticsearch", 6, ["搜索", "Elasticsearch"]),
        ("短", 80, ["短"]),
    ],
)
def test_a_line_breaks_between_characters_but_not_in_words_or_before_a_comma(text, width, pieces):
    ends = [0, *_breaks(text, width), len(text)]
    assert [text[start:end] for start, end in pairwise(ends)] == pieces
