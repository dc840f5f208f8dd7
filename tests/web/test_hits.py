"""Articles that were found, as HTML: nothing of an article gets through as markup."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.article import Article
from search.query.request import SearchRequest
from search.results import Hit, Page, Snippet, Span
from web.addresses import Addresses
from web.hits import hits_html
from web.view import View

# What a parser takes for something else wherever it stands; no text of an article has it.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def shown(article: Article, snippet=None, layout="list", *, pictures=True):
    """Return the tree of the article as the third hit of a search."""
    hit = Hit(article, 1.0, snippet or Snippet(""), (Span(0, 1),))
    asked = SearchRequest(text="a b", offset=2, limit=2)
    view = View(asked, Addresses(), Page(query="a b", total=3, hits=(hit,)))
    return LexborHTMLParser(hits_html([hit], view, layout, pictures=pictures))


@given(texts, texts, st.lists(texts, min_size=1, max_size=3), texts)
def test_a_hit_says_just_what_the_article_says(title, author, path, passage):
    article = Article(
        id="x/y", path="a", title=title, authors=(author,), categories=(tuple(path),)
    )  # fmt: skip
    tree = shown(article, Snippet(passage, (Span(0, 1),)))
    assert tree.css_first("h2").text() == title
    assert tree.css_first("h2 mark").text() == title[0]
    assert tree.css_first(".author").text() == author
    assert [node.text() for node in tree.css(".crumbs a")] == path
    assert tree.css_first(".snippet").text() == passage
    assert tree.css_first(".snippet mark").text() == passage[0]
    assert len(tree.css("li")) == len(tree.css(".words")) == 1


def test_a_hit_leads_to_its_article_and_its_facts_into_the_search():
    article = Article(
        id="x/y", path="a", title="题", authors=("甲",), categories=(("新媒体", "36kr"),)
    )  # fmt: skip
    tree = shown(article)
    assert tree.css_first("li").id == "a-3"
    assert [link.attributes["href"] for link in tree.css("a")] == [
        "/articles/x%2Fy?q=a+b&size=2&page=2&at=3",
        "/?author=%E7%94%B2",
        "/?category=%E6%96%B0%E5%AA%92%E4%BD%93",
        "/?category=%E6%96%B0%E5%AA%92%E4%BD%93%2F36kr",
    ]


def test_a_hit_names_twenty_authors_and_categories_and_says_how_many_more_there_are():
    names = [f"n{number}" for number in range(25)]
    article = Article(
        id="x", path="a", title="题", authors=(*names,), categories=tuple((name,) for name in names)
    )
    tree = shown(article)
    assert [node.text() for node in tree.css(".author")] == names[:20]
    assert [node.text() for node in tree.css(".crumbs")] == names[:20]
    assert [node.text() for node in tree.css(".facts > span:not([class])")] == [
        "另外 5 项", "日期不详", "另外 5 项",
    ]  # fmt: skip


def test_the_way_to_a_category_ends_where_no_deeper_one_is_indexed():
    path = tuple(f"d{number}" for number in range(1200))
    tree = shown(Article(id="x", path="a", title="题", categories=(path,)))
    assert [node.text() for node in tree.css(".crumbs a")] == list(path[:16])


@pytest.mark.parametrize(
    ("day", "text"), [(date(2021, 6, 1), "2021 年 6 月 1 日"), (None, "日期不详")]
)
def test_a_hit_says_when_it_was_written(day, text):
    facts = shown(Article(id="x", path="a", title="题", day=day)).css_first(".facts")
    assert facts.text().strip().startswith(text)


@pytest.mark.parametrize(
    ("thumbnail", "layout", "pictures", "count"),
    [
        ("https://a.example/b.png?c&d", "list", True, 1),
        ("https://a.example/b.png?c&d", "cards", True, 1),
        ("https://a.example/b.png?c=\"d'<e>", "list", True, 1),
        ("https://a.example/b.png?c&d", "compact", True, 0),
        ("https://a.example/b.png?c&d", "list", False, 0),
        ("javascript:alert(1)", "list", True, 0),
        (None, "list", True, 0),
    ],
)
def test_a_picture_is_shown_where_there_is_one_to_show(thumbnail, layout, pictures, count):
    article = Article(id="x", path="a", title="题", thumbnail=thumbnail)
    found = shown(article, layout=layout, pictures=pictures).css("img")
    assert [image.attributes["src"] for image in found] == [thumbnail] * count
    assert all(image.attributes["referrerpolicy"] == "no-referrer" for image in found)


@pytest.mark.parametrize(
    ("layout", "order"), [("list", ["words", "thumbnail"]), ("cards", ["thumbnail", "words"])]
)
def test_what_a_hit_shows_stands_in_the_order_it_is_shown_in(layout, order):
    article = Article(id="x", path="a", title="题", thumbnail="https://a.example/b.png")
    found = shown(article, layout=layout).css(".hit > div")
    assert [part.attributes["class"] for part in found] == order


def test_a_compact_list_has_no_passages():
    article = Article(id="x", path="a", title="题")
    assert shown(article, Snippet("文"), layout="compact").css_first(".snippet") is None
