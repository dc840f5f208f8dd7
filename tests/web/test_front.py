"""What stands on the front page, and which searches it answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from search.indexer import index_paths
from search.service import open_index
from tests.web.test_pages import page, texts
from web.figures import Figures

Make = Callable[..., FlaskClient]


def test_the_front_page_tells_what_the_archive_holds(client_of: Make) -> None:
    client = client_of(
        a="---\ntitle: 旧\nauthor: 甲\ndate: 2019-05-03\ncategories: [科技, 甲]\n---\n文",
        b="---\ntitle: 新\nauthor: 乙\ndate: 2021-06-16\ncategories: [科技, 乙]\n---\n文",
    )
    tree = page(client, "/")
    assert texts(tree, ".figures dd") == ["2", "2", "3", "2019 年 5 月 – 2021 年 6 月"]
    assert texts(tree, ".figures dt") == ["篇文章", "个来源", "个分类", "收录时段"]
    assert texts(tree, ".hit h2") == ["新", "旧"]
    assert texts(tree, ".shelves a") == ["科技 2 篇"]
    links = [unquote(str(each.attributes["href"])) for each in tree.css(".halves a")]
    assert "/?category=科技" in links
    assert "/?sort=newest" in links
    assert not tree.css(".filters")


@pytest.mark.parametrize(
    ("address", "is_front"),
    [
        ("/", True),
        ("/?q=&from=&lang=en&view=cards", True),
        ("/?sort=newest", False),
        ("/?page=2", False),
        ("/?q=快递", False),
        ("/?author=36kr", False),
        ("/?sort=best", False),
    ],
)
def test_whoever_asks_for_nothing_sees_the_front_page(
    client: FlaskClient, address: str, is_front: bool
) -> None:
    tree = page(client, address)
    assert bool(tree.css(".front")) is is_front
    assert bool(tree.css(".filters")) is not is_front
    assert tree.css("form#search > main#main")


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A folder with one post, of which there is an index."""
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "a.md").write_text("甲", encoding="utf-8")
    index_paths([posts], tmp_path / "index")
    return posts


def test_the_archive_is_counted_once_a_commit(tmp_path: Path, posts: Path) -> None:
    with open_index(tmp_path / "index") as index:
        figures = Figures(index)
        first = figures.now()
        assert (first.articles, figures.now() is first) == (1, True)
        (posts / "b.md").write_text("乙", encoding="utf-8")
        index_paths([posts], tmp_path / "index")
        index.refresh()
        assert figures.now().articles == 2


def test_an_archive_in_the_place_of_another_is_counted(tmp_path: Path, posts: Path) -> None:
    with open_index(tmp_path / "index") as index:
        figures = Figures(index)
        assert (figures.now().articles, index.generation) == (1, 0)
        rmtree(tmp_path / "index")
        (posts / "b.md").write_text("乙", encoding="utf-8")
        index_paths([posts], tmp_path / "index")
        index.refresh()
        assert (figures.now().articles, index.generation) == (2, 0)


def test_an_archive_without_days_or_names_shows_no_empty_figures(client_of: Make) -> None:
    tree = page(client_of(a="文"), "/")
    assert texts(tree, ".figures dt") == ["篇文章"]
    assert texts(tree, ".halves h2")[0] == "最新文章"
    assert not tree.css(".shelves, .histogram")


def test_the_list_of_all_articles_does_not_order_what_is_typed_next(
    client: FlaskClient,
) -> None:
    assert not page(client, "/?sort=newest").css('input[name="sort"]')
    [kept] = page(client, "/?sort=oldest").css('input[name="sort"]')
    assert kept.attributes["value"] == "oldest"


def test_orders_by_relevance_are_for_searches_with_words(client: FlaskClient) -> None:
    assert texts(page(client, "/?author=36kr"), ".sorts a") == ["最新", "最早"]
    assert texts(page(client, "/?author=36kr"), ".sorts [aria-current]") == ["最新"]
    assert texts(page(client, "/?q=快递"), ".sorts a") == ["相关", "近期相关", "最新", "最早"]


@pytest.mark.parametrize(
    ("layout", "snippets", "pictures"),
    [("list", True, True), ("compact", False, False), ("cards", True, True), ("x", True, True)],
)
def test_a_layout_stays_chosen(
    client: FlaskClient, layout: str, snippets: bool, pictures: bool
) -> None:
    tree = page(client, f"/?q=快递&view={layout}")
    shown = "list" if layout == "x" else layout
    assert tree.css_first("ol.hits").attributes["class"] == f"hits {shown}"
    assert bool(tree.css(".snippet")) is snippets
    assert bool(tree.css(".thumbnail")) is pictures
    is_kept = shown != "list"
    for selector in (".hit h2 a", ".sorts a", ".author", ".wordmark", ".languages a"):
        href = str(tree.css_first(selector).attributes["href"])
        assert (f"view={layout}" in href) is is_kept
    assert bool(tree.css(f'input[name="view"][value="{layout}"]')) is is_kept
    [current] = tree.css(".layouts [aria-current]")
    assert current.css(f".icon-{shown}")


def test_a_hit_says_how_old_and_how_long_it_is(client: FlaskClient) -> None:
    hit = page(client, "/?q=快递", language="en").css_first(".hit")
    assert hit.css_first(".age").text().endswith("years ago")
    assert hit.css_first(".length").text() == "about 1 min"


def test_the_title_says_which_page_it_is(client: FlaskClient) -> None:
    tree = page(client, "/?q=的&page=2")
    assert texts(tree, "head title") == ["的 · 第 2 页 · 文搜"]
    names = [each.attributes.get("aria-label") for each in tree.css(".page-item:not(.step) a")]
    assert names[:3] == ["第 1 页，首页", "第 2 页", "第 3 页"]
    assert str(names[-1]).endswith(" 页，末页")


@pytest.mark.parametrize(
    ("address", "language", "title"),
    [
        ("/?sort=newest", "zh", "全部文章，最新在前 · 文搜"),
        ("/?sort=hot&page=2", "zh", "全部文章，最新在前 · 第 2 页 · 文搜"),
        ("/?sort=oldest", "zh", "全部文章，最早在前 · 文搜"),
        ("/?sort=newest", "en", "All articles, newest first · wensou"),
        ("/?sort=oldest&match=all", "en", "All articles, oldest first · wensou"),
    ],
)
def test_the_title_of_all_articles_names_their_order(
    client: FlaskClient, address: str, language: str, title: str
) -> None:
    assert texts(page(client, address, language=language), "head title") == [title]


def test_the_archive_can_be_added_to_a_browser_below_a_folder(client: FlaskClient) -> None:
    answer = client.get("/", base_url="http://a.example/archive").get_data(as_text=True)
    assert '<link rel="search" href="/archive/opensearch.xml"' in answer
