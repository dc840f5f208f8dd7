"""An article is a value, also while its HTML has not been made yet."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, astuple, replace

import pytest

from search.article import Article, article_of, late_html

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


def test_an_article_of_values_is_the_one_that_has_them() -> None:
    late = [*astuple(WHOLE)[:4], late_html(lambda: "<p>文</p>"), *astuple(WHOLE)[5:]]
    assert article_of(astuple(WHOLE)) == article_of(late) == WHOLE


def test_an_article_has_neither_too_few_values_nor_too_many() -> None:
    for values in (astuple(WHOLE)[:-1], (*astuple(WHOLE), "more")):
        with pytest.raises(ValueError, match="argument"):
            article_of(values)
