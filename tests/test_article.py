"""An article is a value, also while its HTML has not been made yet."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from search.article import Article, late_html

WHOLE = Article(id="1", path="a.md", title="题", html="<p>文</p>")


def test_late_html_is_made_once_and_only_when_asked_for() -> None:
    made = []
    late = Article(id="1", path="a.md", title="题", html=late_html(lambda: made.append(1) or "<p>"))
    assert late.title == "题"
    assert made == []
    assert (late.html, late.html) == ("<p>", "<p>")
    assert made == [1]


@pytest.mark.parametrize("same", [lambda each: each, replace, pickle.dumps, hash, repr])
def test_an_article_whose_html_is_late_is_as_any_other(same: object) -> None:
    late = Article(id="1", path="a.md", title="题", html=late_html(lambda: "<p>文</p>"))
    assert same(late) == same(WHOLE)  # type: ignore[operator]


def test_html_cannot_be_set() -> None:
    with pytest.raises(FrozenInstanceError):
        WHOLE.html = "other"  # type: ignore[misc]
