"""Where a search finds nothing, searches are offered that find something."""

from __future__ import annotations

import pytest

from search.query.request import SearchRequest
from web.ways_out import unquoted, ways_out

ARTICLES = [
    {"id": "1", "title": "物流上市", "body": "快递与仓储。", "author": "36kr"},
    {"id": "2", "title": "机器人", "body": "机器人搬快递。", "author": "虎嗅"},
    {"id": "3", "title": "读书", "body": "一本关于快递员的书。", "author": "豆瓣"},
]


@pytest.fixture
def index(index_of):
    return index_of(*ARTICLES)


def found(index, **asked):
    return [(way.key, way.total) for way in ways_out(index, SearchRequest(**asked))]


@pytest.mark.parametrize(
    ("asked", "ways"),
    [
        ({"text": "快递", "authors": ["无名"]}, [("web.way_unfiltered", 3)]),
        ({"text": "快递", "companies": ["京东"]}, [("web.way_unfiltered", 3)]),
        ({"text": '"快递 机器人"'}, [("web.way_unquoted", 3)]),
        ({"text": "快递 读书 上市", "match": "all"}, [("web.way_any", 3)]),
        ({"text": '"快递 机器人"', "tags": ["无"]}, [("web.way_loose", 3)]),
        ({"text": "不存在的东西"}, []),
        ({"text": '"不存在"', "authors": ["无名"]}, []),
    ],
)
def test_only_steps_that_find_something_are_offered(index, asked, ways):
    assert found(index, **asked) == ways


def test_a_way_out_changes_nothing_else(index):
    asked = SearchRequest(text="快递", authors=["无名"], sort="oldest", limit=5, offset=5)
    (way,) = ways_out(index, asked)
    assert way.asked == SearchRequest(text="快递", sort="oldest", limit=5)


@pytest.mark.parametrize(
    ("text", "bare"), [('"a b"', "a b"), ("“京东”", "京东"), ("＂a＂", "a"), ("it's", "it's")]
)
def test_quotation_marks_are_taken_off(text, bare):
    assert unquoted(text) == bare
