"""The JSON of the public interface, key for key."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from search.article import Article, Entity
from search.corpus import Problem
from search.indexer import Summary
from search.results import Bucket, Hit, Page, Snippet, Span
from search.service import IndexStats
from search.wire import (
    article_json,
    dumps,
    hit_json,
    page_json,
    stats_json,
    summary_json,
    whole_article_json,
)

ARTICLE = Article(
    id="1cbb87ec4faf9d09",
    path="新媒体/a.md",
    title="一单快递",
    text="一\n二",
    html="<p>一<p>二",
    categories=(("新媒体", "36kr"), ("前沿", "今日推荐 / 精选")),
    authors=("甲", "乙"),
    tags=("物流",),
    date=datetime(2021, 6, 16, 8, 36, 9, tzinfo=UTC),
    day=date(2021, 6, 16),
    url="https://example.org/a",
    thumbnail="https://example.org/a.jpg",
    entities=(Entity("京东", "27570"),),
    source="/srv/posts",
)
PEKING = timezone(timedelta(hours=8))
BARE = Article(id="2", path="b.md", title="无")

IDENTITY = {
    "id": "1cbb87ec4faf9d09",
    "path": "新媒体/a.md",
    "title": "一单快递",
    "categories": [["新媒体", "36kr"], ["前沿", "今日推荐 / 精选"]],
    "author": "甲, 乙",
    "authors": ["甲", "乙"],
    "tags": ["物流"],
    "date": "2021-06-16T08:36:09+00:00",
    "url": "https://example.org/a",
}


def test_an_exported_article_has_its_text_and_no_path_of_the_machine():
    assert article_json(ARTICLE) == {**IDENTITY, "text": "一\n二"}


def test_what_an_article_does_not_have_is_null_or_empty():
    assert article_json(BARE) == {
        "id": "2",
        "path": "b.md",
        "title": "无",
        "categories": [],
        "author": None,
        "authors": [],
        "tags": [],
        "date": None,
        "url": None,
        "text": "",
    }


def test_a_whole_article_adds_what_a_page_shows_of_it():
    assert whole_article_json(ARTICLE) == {
        **IDENTITY,
        "text": "一\n二",
        "html": "<p>一<p>二",
        "thumbnail": "https://example.org/a.jpg",
        "entities": [{"name": "京东", "ref": "27570"}],
    }


def test_a_hit_is_an_article_with_score_marks_and_snippet():
    hit = Hit(ARTICLE, 12.345678, Snippet("一单快递到", (Span(2, 4),)), (Span(0, 1), Span(2, 4)))
    assert hit_json(hit) == {
        **IDENTITY,
        "thumbnail": "https://example.org/a.jpg",
        "score": 12.3457,
        "title_spans": [[0, 1], [2, 4]],
        "snippet": {"text": "一单快递到", "spans": [[2, 4]]},
    }


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2021, 6, 16, 16, 36, 9, tzinfo=PEKING), "2021-06-16T08:36:09+00:00"),
        (datetime(800, 1, 2, 3, 4, 5, tzinfo=UTC), "0800-01-02T03:04:05+00:00"),
    ],
)
def test_moments_are_written_in_utc_with_four_digits_of_the_year(moment, written):
    article = Article(id="1", path="a", title="a", date=moment)
    assert article_json(article)["date"] == written


def test_a_page_holds_the_answer_and_its_facets_in_their_own_shapes():
    page = Page(
        query="京东",
        total=3,
        hits=(),
        facets={
            "category": (
                Bucket("新媒体", 3, (Bucket("36kr", 2, (), ("新媒体", "36kr")),), ("新媒体",)),
            ),
            "author": (Bucket("甲", 2),),
            "tag": (Bucket("物流", 1),),
            "company": (Bucket("京东", 2),),
            "date": (Bucket("2021", 3, (Bucket("2021-06", 2), Bucket("2021-05", 1))),),
        },
        relaxed=True,
        let_go=("茶",),
        notes=("有一个引号没有配对。",),
        suggestion="京东 物流",
        took_ms=1.23456,
    )
    assert page_json(page) == {
        "query": "京东",
        "total": 3,
        "relaxed": True,
        "let_go": ["茶"],
        "took_ms": 1.23,
        "notes": ["有一个引号没有配对。"],
        "suggestion": "京东 物流",
        "hits": [],
        "facets": {
            "category": [
                {
                    "value": "新媒体",
                    "path": ["新媒体"],
                    "count": 3,
                    "children": [
                        {"value": "36kr", "path": ["新媒体", "36kr"], "count": 2, "children": []}
                    ],
                }
            ],
            "author": [{"value": "甲", "count": 2}],
            "tag": [{"value": "物流", "count": 1}],
            "company": [{"value": "京东", "count": 2}],
            "date": [
                {
                    "value": "2021",
                    "count": 3,
                    "children": [
                        {"value": "2021-06", "count": 2},
                        {"value": "2021-05", "count": 1},
                    ],
                }
            ],
        },
    }


def test_a_run_of_the_indexer_names_every_failed_file():
    summary = Summary(
        added=1, updated=2, removed=3, unchanged=4, failed=1, drafts=5, seconds=1.23456,
        errors=(Problem("a.md", 3, "坏了"),), warnings=(Problem("b.md", None, "没有日期"),),
    )  # fmt: skip
    assert summary_json(summary) == {
        "added": 1,
        "updated": 2,
        "removed": 3,
        "unchanged": 4,
        "failed": 1,
        "drafts": 5,
        "seconds": 1.235,
        "other_dictionary": False,
        "errors": [{"path": "a.md", "line": 3, "message": "坏了"}],
        "warnings": [{"path": "b.md", "line": None, "message": "没有日期"}],
    }


@pytest.mark.parametrize(("day", "written"), [(date(2021, 6, 16), "2021-06-16"), (None, None)])
def test_numbers_of_an_index_are_written_with_days_as_text(day, written):
    stats = IndexStats(
        location="var/index", articles=9, authors=1, categories=2, tags=3, companies=11, undated=4,
        first_day=day, last_day=day, segments=5, deleted=6, bytes=7, terms=8, generation=10,
        dictionaries=("", "5eed"), other_dictionary=True,
    )  # fmt: skip
    assert json.loads(dumps(stats_json(stats))) == {
        "location": "var/index",
        "articles": 9,
        "authors": 1,
        "categories": 2,
        "tags": 3,
        "companies": 11,
        "undated": 4,
        "first_day": written,
        "last_day": written,
        "segments": 5,
        "deleted": 6,
        "bytes": 7,
        "terms": 8,
        "generation": 10,
        "dictionaries": ["", "5eed"],
        "other_dictionary": True,
    }


def test_chinese_stands_as_it_is_on_one_line():
    assert dumps({"title": "京东\n物流"}) == '{"title": "京东\\n物流"}'
