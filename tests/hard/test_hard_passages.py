"""A passage of an article, pasted, finds the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.article import Article
from search.messages import use_language
from search.query.request import SearchRequest
from search.service import Index, open_index


@pytest.fixture(scope="module")
def index(seed_index: Path) -> Iterator[Index]:
    with open_index(seed_index) as index:
        yield index


def long_articles(index: Index, chars: int) -> list[Article]:
    found = [article for article in index.articles() if len(article.text) >= chars]
    assert len(found) >= 3
    return found[::3]


def cut_out(text: str, first: int, chars: int) -> str:
    """So many characters, less what is left of a Latin word at either end."""
    return re.sub(r"\A[a-zA-Z0-9]+|[a-zA-Z0-9]+\Z", "", text[first : first + chars])


@pytest.mark.parametrize("match", ["all", "auto"])
@pytest.mark.parametrize(("chars", "first"), [(500, 0), (500, 137), (120, 61)])
def test_a_passage_finds_its_article(index: Index, chars: int, first: int, match: str) -> None:
    for article in long_articles(index, first + chars):
        passage = cut_out(article.text, first, chars)
        page = index.search(SearchRequest(text=passage, match=match, limit=10))
        assert article.id in [hit.article.id for hit in page.hits], article.path


def test_a_longer_one_is_cut_and_says_so(index: Index) -> None:
    for article in long_articles(index, 500):
        passage = f"{article.text}\n{article.text}\n{article.text}"[:1_500]
        with use_language("en"):
            page = index.search(SearchRequest(text=passage, match="all", limit=10))
        assert article.id in [hit.article.id for hit in page.hits], article.path
        assert "longer than 1000 characters" in page.notes[0]


def test_all_of_a_passage_is_marked(index: Index) -> None:
    for article in long_articles(index, 500):
        passage = cut_out(article.text, 0, 500)
        spans = index.highlighter(passage).spans(passage, "body")
        unmarked = list(passage)
        for span in spans:
            unmarked[span.start : span.end] = " " * (span.end - span.start)
        assert not any(map(str.isalnum, unmarked)), article.path


def test_what_looks_like_our_language_in_a_passage_is_text(index: Index) -> None:
    article = next(a for a in long_articles(index, 200) if "，" in a.text[:150])
    passage = f"-作者：某人 title:无此标题 （{article.text[:150]}"
    with use_language("en"):
        page = index.search(SearchRequest(text=passage))
    assert page.hits[0].article.id == article.id
    assert "searched as it stands" in page.notes[0]
