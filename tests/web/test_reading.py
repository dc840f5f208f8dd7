"""An article made ready for reading, and the ways on from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from search.article import Article
from search.query import parse
from search.service import Index
from search.settings import IMAGES, Images
from search.snippets import Highlighter
from web import create_app, reading
from web.reading import read

IndexOf = Callable[..., Index]


def shown(html: str, images: Images = "on", url: str | None = None, query: str = "") -> str:
    article = Article(id="1", path="a", title="题", html=html, url=url)
    return str(read(article, Highlighter(parse(query).query), images).html)


def page(index: Index, address: str, images: Images = "on") -> LexborHTMLParser:
    response = create_app(index, images).test_client().get(address)
    assert response.status_code == 200
    return LexborHTMLParser(response.get_data(as_text=True))


def hrefs(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [unquote(str(node.attributes["href"])) for node in tree.css(selector)]


def titles(count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"n{each}", "title": f"题{each}", "date": f"2024-01-{30 - each:02}"}
        for each in range(1, count + 1)
    ]


def test_headings_get_ids_and_matches_their_numbers() -> None:
    assert shown('<h2 lang="ja">京东</h2><p>京<b>东</b>京东</p>', query="京东") == (
        '<h2 id="s-京东" lang="ja"><mark id="hit-1">京东</mark></h2>'
        '<p><mark id="hit-2">京</mark><b><mark data-of="hit-2">东</mark></b>'
        '<mark data-of="hit-2">京东</mark></p>'
    )


def test_html_that_is_too_long_is_shown_as_it_was_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_READ_CHARS", 10)
    assert shown("<h2>京东</h2>", query="京东") == "<h2>京东</h2>"


HTTPS = '<img src="https://a.example/b.png" alt="图&quot;&gt;" width="3" height="2">'
HTTP = '<img src="http://a.example/b.png">'
SHOWN = {
    HTTPS: '<img src="https://a.example/b.png" alt="图&#34;&gt;" width="3" height="2"'
    ' referrerpolicy="no-referrer" loading="lazy" decoding="async">',
    HTTP: '<img src="http://a.example/b.png" alt=""'
    ' referrerpolicy="no-referrer" loading="lazy" decoding="async">',
}
LINKED = {
    HTTPS: '<a class="picture" href="https://a.example/b.png" rel="noopener noreferrer"'
    ' referrerpolicy="no-referrer">图片：图&#34;&gt;</a>',
    HTTP: '<a class="picture" href="http://a.example/b.png" rel="noopener noreferrer"'
    ' referrerpolicy="no-referrer">图片</a>',
}


@pytest.mark.parametrize(
    ("images", "html", "expected"),
    [
        ("on", HTTPS, SHOWN),
        ("on", HTTP, SHOWN),
        ("proxy-free", HTTPS, SHOWN),
        ("proxy-free", HTTP, LINKED),
        ("off", HTTPS, LINKED),
        ("off", HTTP, LINKED),
    ],
)
def test_pictures_are_shown_or_linked_as_the_setting_says(
    images: Images, html: str, expected: dict[str, str]
) -> None:
    assert shown(html, images) == expected[html]


def test_within_a_link_a_picture_that_is_not_shown_is_no_link() -> None:
    html = f'<a href="https://b.example/">{HTTP}</a>{HTTP}'
    label = '<span class="picture">图片</span>'
    assert shown(html, "off") == f'<a href="https://b.example/">{label}</a>{LINKED[HTTP]}'


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/2024/post/", "https://a.example/2024/post/b.png"),
        ("javascript:alert(1)", None),
        ("https://[", None),
        (None, None),
    ],
)
def test_a_relative_picture_is_of_the_site_where_the_article_first_stood(
    url: str | None, address: str | None
) -> None:
    found = LexborHTMLParser(shown('<img src="b.png">', url=url)).css_first("img")
    assert (found.attributes["src"] if found else None) == address


@pytest.mark.parametrize(
    ("images", "sources"),
    [
        ("on", "img-src 'self' http: https: data:"),
        ("proxy-free", "img-src 'self' https: data:"),
        ("off", "img-src 'self' data:"),
    ],
)
def test_the_browser_is_held_to_the_setting(index: Index, images: Images, sources: str) -> None:
    headers = create_app(index, images).test_client().get("/").headers
    assert sources in headers["Content-Security-Policy"].split("; ")


@pytest.mark.parametrize(
    ("fragment", "target"),
    [
        ("#京东-物流", "#s-京东-物流"),
        ("#%E4%BA%AC%E4%B8%9C-%E7%89%A9%E6%B5%81", "#s-京东-物流"),
        ("#&quot;&gt;%22%3E", "#s-"),
        ("#" + "%22x" * 1000, "#s-x" + "-x" * 39),
        ("https://a.example/#x", "https://a.example/#x"),
    ],
)
def test_links_within_an_article_lead_to_its_headings(fragment: str, target: str) -> None:
    assert shown(f'<a href="{fragment}">甲</a>') == f'<a href="{target}">甲</a>'


def test_what_may_scroll_can_be_scrolled_by_keyboard() -> None:
    assert shown("<pre>a</pre><table><tbody></tbody></table>") == (
        '<pre tabindex="0">a</pre><table tabindex="0"><tbody></tbody></table>'
    )


@pytest.mark.parametrize("images", IMAGES)
def test_lists_have_pictures_only_where_all_are_shown(index: Index, images: Images) -> None:
    tree = page(index, "/?size=100", images)
    assert bool(tree.css(".hits img")) == (images == "on")


@pytest.mark.parametrize(
    ("title", "lang"), [("快遞員送進村裡", "zh-Hant"), ("快递员送进村里", "zh-Hans"), ("Ño", "")]
)
def test_the_language_of_an_article_is_said(index_of: IndexOf, title: str, lang: str) -> None:
    tree = page(index_of({"id": "a", "title": title, "body": "<p>1</p>"}), "/articles/a")
    assert [tree.css_first(each).attributes["lang"] or "" for each in ("h1", ".body")] == [lang] * 2


def test_the_outline_leads_to_the_headings(index_of: IndexOf) -> None:
    index = index_of({"id": "a", "title": "题", "body": "<h2>一</h2><h3>二</h3>"})
    tree = page(index, "/articles/a")
    assert hrefs(tree, ".outline a") == ["#s-一", "#s-二"]
    assert [node.id for node in tree.css(".body h2, .body h3")] == ["s-一", "s-二"]


def test_one_heading_makes_no_outline(index_of: IndexOf) -> None:
    tree = page(index_of({"id": "a", "title": "题", "body": "<h2>一</h2>"}), "/articles/a")
    assert not tree.css(".outline")


def test_hits_of_a_list_carry_their_places(index_of: IndexOf) -> None:
    tree = page(index_of(*titles(5)), "/?size=2&page=2")
    assert [node.id for node in tree.css(".hit")] == ["a-3", "a-4"]
    assert hrefs(tree, ".hit h2 a") == [
        "/articles/n3?size=2&page=2&at=3", "/articles/n4?size=2&page=2&at=4"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("/articles/n1?at=1", [], ["/articles/n2?at=2"]),
        ("/articles/n2?size=2&at=2", ["/articles/n1?size=2&at=1"],
         ["/articles/n3?size=2&page=2&at=3"]),
        ("/articles/n5?at=5", ["/articles/n4?at=4"], []),
        ("/articles/n5?lang=en&at=5", ["/articles/n4?at=4&lang=en"], []),
        ("/articles/n2?at=3", [], []),
        ("/articles/n2?at=99", [], []),
        ("/articles/n2", [], []),
        ("/articles/n2?at=0", [], []),
        ("/articles/n2?at=-1", [], []),
        ("/articles/n2?at=two", [], []),
        (f"/articles/n2?at={'9' * 30}", [], []),
        ("/articles/n2?at=10000", [], []),
        ("/articles/n2?size=30&at=10000", [], []),
    ],
)  # fmt: skip
def test_the_hits_beside_an_article_are_linked(
    index_of: IndexOf, address: str, before: list[str], after: list[str]
) -> None:
    tree = page(index_of(*titles(5)), address)
    assert hrefs(tree, ".beside [rel=prev]") == before
    assert hrefs(tree, ".beside [rel=next]") == after


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/articles/n3?size=2&page=2&at=3", "/?size=2&page=2#a-3"),
        ("/articles/n3?size=2&page=1&at=3", "/?size=2&page=2#a-3"),
        ("/articles/n3?size=2&page=2", "/?size=2&page=2"),
        ("/articles/n3?q=题3", "/?q=题3"),
    ],
)
def test_the_way_back_leads_to_the_hit_in_its_page(
    index_of: IndexOf, address: str, back: str
) -> None:
    assert hrefs(page(index_of(*titles(5)), address), ".back a") == [back]


def test_facts_lead_into_the_search(index_of: IndexOf) -> None:
    link = '<a data-name="{}" data-id="{}">甲</a>'
    html = "".join(link.format(*each) for each in (("京东", 1), ("京东", 2), ("A: B", 3)))
    index = index_of(
        {"id": "a", "title": "题", "date": "2024-02-05", "body": html, "url": "https://a.example/b"}
    )
    assert hrefs(page(index, "/articles/a"), ".about a") == [
        "/?from=2024-02-05&to=2024-02-05",
        "/?from=2024-02-01&to=2024-02-29",
        "/?company=京东",
        "/?company=A:+B",
        "https://a.example/b",
    ]
    assert page(index, "/?company=A: B").css(".hit")
