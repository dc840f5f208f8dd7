"""Did you mean: what is offered where little was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.request import SearchRequest
from tests.thoroughness import examples


def meant(index, text, **rest):
    return index.search(SearchRequest(text=text, **rest)).suggestion


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        # The same sound, however the slip is cut.
        ("字节跳东", "字节跳动"),
        ("数剧库 索引", "数据库 索引"),
        ("南京 锁引", "南京 索引"),
        # A neighbouring sound.
        ("lanjing", "南京"),
        ("zongguo", "中国"),
        ("fenxian", "风险"),
        ("蓝京 索引", "南京 索引"),
        # Pinyin.
        ("renmin yinhang", "人民 银行"),
        ("zijietiaodong", "字节跳动"),
        ("rengongzhineng", "人工智能"),
        ("shujukusuoyin", "数据库索引"),
        ("xin'pian", "芯片"),
        # Another character.
        ("数椅库", "数据库"),
        ("南京 数椅库", "南京 数据库"),
        ("引索", "索引"),
        ("险风", "风险"),
        # Of words that no title has together.
        ("fengxian jiqun", "风险 集群"),
        ("集群 锌片", "集群 芯片"),
        # Latin words: swapped, missing, one more, another letter.
        ("kubernetse", "kubernetes"),
        ("kubernets", "kubernetes"),
        ("kubernettes", "kubernetes"),
        ("kubarnetes 集群", "kubernetes 集群"),
        ("kubarnetse", None),
        # A word as it stands, and others not far commoner.
        ("kubernetxs 管理", None),
    ],
)
def test_what_was_meant_is_offered(index, typed, suggestion):
    assert meant(index, typed) == suggestion


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("  数剧库\t索引 ", "  数据库\t索引 "),
        ("author:36kr 数剧库 -快递", "author:36kr 数据库 -快递"),
        ('"南京" 数剧库', '"南京" 数据库'),
        ("标题:数剧库", "标题:数据库"),
        ("數劇庫", "数据库"),
        ('"数剧库"', None),
        ("数据库 -锁引", None),
        ("author:数剧库", None),
        ("数剧*", None),
    ],
)
def test_the_rest_stays_as_typed_and_what_is_quoted_named_or_refused_does(index, typed, suggestion):
    assert meant(index, typed) == suggestion


@pytest.mark.parametrize("typed", ["快艇", "南阳 索引", "字画 人工智能"])
def test_who_writes_a_word_of_the_language_means_it(index, typed):
    """Though one that stands in the archive differs in one character, or sounds nearly so."""
    assert meant(index, typed) is None


@pytest.mark.parametrize(
    "typed", ["", "数据库", "京东物流", "银行", "36kr", "，", "😀", "x" * 1500]
)
def test_nothing_is_offered_where_enough_is_found_or_nothing_is_near(index, typed):
    assert meant(index, typed) is None


def test_what_is_rare_but_there_is_taken_for_a_slip_only_by_what_is_ten_times_as_frequent(index):
    assert meant(index, "锁引") is None
    assert meant(index, "锁引 南京") == "索引 南京"


def test_where_only_the_total_is_asked_for_nothing_is_looked_for(index):
    assert meant(index, "字节跳东", limit=0) is None


def test_what_the_filters_leave_nothing_of_is_not_offered(index):
    assert meant(index, "字节跳东", authors=("机器之心",)) == "字节跳动"
    assert meant(index, "字节跳东", authors=("36kr",)) is None


TYPED = st.lists(
    st.sampled_from(
        ["数据库", "数剧库", "索引", "锁引", "南京", "蓝京", "yinhang", "zijie", "kubernets",
         "集群", "字节跳东", "人工", "快第", "xinpian", '"数剧库"', "-快递", "author:36kr",
         "OR", "(", "a"]
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@given(words=TYPED)
@examples(150)
def test_whatever_is_offered_finds_more(index, words):
    text = " ".join(words)
    offered = meant(index, text)
    if offered is not None:
        found = [
            index.search(SearchRequest(text=each, match="all", limit=0)).total
            for each in (text, offered)
        ]
        assert found[1] > found[0]
