"""The sample articles are what docs/seeds.md says; demo and tests read from them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

import search
from search.article import Article
from search.corpus import ReadOptions
from search.indexer import Summary, index_paths


@pytest.fixture(scope="module")
def summary(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    return index_paths([root / "seeds"], tmp_path_factory.mktemp("seeds") / "index")


@pytest.fixture(scope="module")
def articles(seed_index: Path) -> dict[str, Article]:
    """By the number at the end of the file's name."""
    with search.open_index(seed_index) as index:
        return {number(article.path): article for article in index.articles()}


def number(path: str) -> str:
    found = re.search(r"-(\d+)\.\w+$", path)
    assert found, path
    return found[1]


def test_two_files_fail_and_two_are_drafts(summary: Summary) -> None:
    assert (summary.added, summary.drafts) == (93, 2)
    assert {number(error.path) for error in summary.errors} == {"94", "95"}
    assert {number(warning.path) for warning in summary.warnings} == {"10", "41", "68"}


def test_they_are_short_articles_of_many_sources_over_two_years(
    articles: dict[str, Article],
) -> None:
    good = [each for each in articles.values() if 200 <= len(each.text) <= 800]
    days = sorted(each.day for each in articles.values() if each.day)
    assert len(good) >= 90
    assert len({name for each in articles.values() for name in each.authors}) >= 20
    assert days[-1] - days[0] > timedelta(days=700)


def test_most_have_the_generators_habits(root: Path) -> None:
    counts: Counter[str] = Counter()
    for path in root.glob("seeds/**/*.md"):
        text = path.read_bytes()
        counts["opens with an empty line"] += text.startswith(b"\n---")
        counts["ends with twelve spaces"] += text.endswith(b" " * 12)
        counts["a space before each dash"] += b"\n - " in text
    assert all(count > 70 for count in counts.values()), counts


@pytest.mark.parametrize(("one", "other"), [("63", "74"), ("0", "7"), ("28", "29"), ("1", "12")])
def test_near_copies(articles: dict[str, Article], one: str, other: str) -> None:
    first, second = (set(re.split("[，。；：]", articles[n].text)) for n in (one, other))
    assert articles[one].categories != articles[other].categories
    assert len(first & second) / len(first | second) > 0.4


@pytest.mark.parametrize(
    ("chosen", "encoding"), [("76", "big5"), ("91", "gb18030"), ("21", "gb18030"), ("49", "utf-8")]
)
def test_encodings_are_told(articles: dict[str, Article], chosen: str, encoding: str) -> None:
    assert articles[chosen].encoding.replace("-sig", "") == encoding


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ("47", "2023"),
        ("72", "豆腐的三种嫩"),
        ("23", "Go 的调度器：G、M、P 各管什么"),
        ("22", "分布式 ID：雪花算法与它的时钟"),
        ("82", "Why it's hard to sort names"),
        ("39", "What's inside_ {prompt} & 模板引擎"),
        ("93", "回南天: 墙壁为什么会'出汗'"),
    ],
)
def test_titles_come_out_right(articles: dict[str, Article], chosen: str, title: str) -> None:
    assert articles[chosen].title == title


def test_a_category_may_hold_a_slash(articles: dict[str, Article]) -> None:
    assert articles["73"].categories == (("美食", "下厨房", "今日推荐 / 精选"),)


@pytest.mark.parametrize(
    ("chosen", "date"),
    [
        ("26", "2023-12-27T23:03:22+00:00"),
        ("27", "2024-10-30T02:26:10+00:00"),
        ("63", "2023-11-11T00:30:00+00:00"),
        ("59", "2024-10-03T00:00:00+00:00"),
        ("10", None),
    ],
)
def test_dates_come_out_right(articles: dict[str, Article], chosen: str, date: str | None) -> None:
    found = articles[chosen].date
    assert (found.isoformat() if found else None) == date


def test_style_and_control_characters_are_gone(articles: dict[str, Article]) -> None:
    assert "{" not in articles["90"].text.split("排查")[0]
    assert "<style" not in articles["90"].html
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", articles["96"].title + articles["96"].text)


def test_companies_are_named(articles: dict[str, Article]) -> None:
    names = {entity.name for each in articles.values() for entity in each.entities}
    assert {"京东", "顺丰"} <= names


@pytest.mark.parametrize(
    ("text", "least"),
    [("京东", 3), ("快递", 5), ("供应链", 2), ("颱風", 1), ("台风", 1), ("한글", 1), ("東京", 1),
     ("B+ 树", 1)],
)  # fmt: skip
def test_the_demo_finds_something(seed_index: Path, text: str, least: int) -> None:
    with search.open_index(seed_index) as index:
        assert index.search(search.SearchRequest(text=text, match="all")).total >= least


def test_drafts_can_be_taken_in(root: Path, tmp_path: Path) -> None:
    options = ReadOptions(drafts=True)
    summary = index_paths([root / "seeds"], tmp_path / "index", options=options)
    assert (summary.added, summary.drafts) == (95, 0)
