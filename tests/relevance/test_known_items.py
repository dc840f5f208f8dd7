"""Known items: what is asked, and which articles are right."""

from __future__ import annotations

import doctest
import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from search.article import article_id
from search.relevance import read_judgements, read_queries
from tests.relevance import typed
from tests.relevance.known_items import known_item_sets
from tests.relevance.typed import Misspelling, is_han, some_words, title_words

TITLES = (
    "京东物流的智能仓储系统上线",
    "人工智能与大模型的未来发展",
    "搜索引擎如何理解中文问题",
    "OpenAI 发布语言模型 API 服务",
)
WORDS = ["京东", "物流", "AI", "智能", "仓储"]


@pytest.fixture
def manifest(tmp_path):
    posts = [
        *({"path": f"a/{n}.md", "title": title} for n, title in enumerate(TITLES)),
        {"path": "b/again.md", "title": TITLES[0]},
        {"path": "b/broken.md", "title": None, "indexed": False},
        {"path": "b/none.md", "title": None},
        {"path": "b/short.md", "title": "快递"},
        {"path": "b/latin.md", "title": "One Two Three Four"},
    ]
    lines = [json.dumps({"indexed": True, **post}, ensure_ascii=False) for post in posts]
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "manifest.jsonl"


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(typed) == (0, 3)


def test_every_article_with_the_title_is_right(manifest):
    right = {
        frozenset(grades)
        for asked in known_item_sets(manifest, 500, seed=1)
        for grades in asked.judgements.values()
    }
    paths = (["a/0.md", "b/again.md"], ["a/1.md"], ["a/2.md"], ["a/3.md"])
    assert right == {frozenset(map(article_id, each)) for each in paths}


def test_each_kind_asks_the_words_of_one_title_in_its_way(manifest):
    sets = {asked.name: asked for asked in known_item_sets(manifest, 500, seed=1)}
    assert {name: asked.how for name, asked in sets.items()} == {
        "title words": "auto", "three words": "auto", "one wrong": "help",
        "Traditional": "auto", "pinyin": "help",
    }  # fmt: skip
    for query, text in sets["title words"].queries.items():
        words = text.split()
        assert 2 <= len(words) <= 4
        assert any(set(words) <= set(title_words(title)) for title in TITLES)
        wrong = sets["one wrong"].queries[query]
        assert len(wrong) == len(text)
        assert sum(a != b for a, b in zip(wrong, text, strict=True)) == 1
        assert not re.search("[一-鿿]", sets["pinyin"].queries[query])
    assert {len(text.split()) for text in sets["three words"].queries.values()} == {3}


def test_sets_are_the_same_for_the_same_seed(manifest):
    assert known_item_sets(manifest, 2, seed=1) == known_item_sets(manifest, 2, seed=1)
    assert known_item_sets(manifest, 2, seed=1) != known_item_sets(manifest, 2, seed=2)


def test_the_files_of_a_set_are_those_that_the_command_reads(manifest, tmp_path):
    asked = known_item_sets(manifest, 3, seed=1)[0]
    asked.write(tmp_path / "set")
    queries = read_queries(tmp_path / "set" / "queries.jsonl")
    assert queries == asked.queries
    assert read_judgements(tmp_path / "set" / "qrels.tsv", queries) == asked.judgements


@given(st.integers(0, 10**6), st.integers(1, 5))
def test_words_stay_in_their_order_with_a_chinese_one_among_them(seed, count):
    some = some_words(WORDS, count, random.Random(seed))
    assert len(some) == count
    assert some == [word for word in WORDS if word in some]
    assert any(map(is_han, some))


@given(st.integers(0, 10**6), st.booleans())
def test_one_chinese_character_is_wrong_and_by_sound_it_sounds_alike(seed, by_sound):
    wrong = Misspelling(["经济", "静静", "悟空", "无误", "只能", "治能"], random.Random(seed))
    words = wrong(WORDS, by_sound=by_sound)
    right, seen = "".join(WORDS), "".join(words)
    ((was, now),) = [pair for pair in zip(right, seen, strict=True) if pair[0] != pair[1]]
    assert re.fullmatch("[一-鿿]{2}", was + now)
    if by_sound:
        assert lazy_pinyin(was) == lazy_pinyin(now)


def test_without_a_character_of_the_same_sound_any_will_do():
    wrong = Misspelling(["好"], random.Random(1))
    assert wrong(["京东"], by_sound=True) in (["好东"], ["京好"])
