"""What words of a query weigh, whatever the archive holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import asked, weight_of
from search.analysis.weighing import ASKING


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("供应链", "公司"),
        ("公司", "的"),
        ("区块链", "什么"),
        ("地方", "哪个"),
        ("kubernetes", "我们"),
        ("2021", "中国"),
    ],
)
def test_a_word_of_every_text_tells_less(more: str, less: str) -> None:
    assert weight_of(more) > weight_of(less) > 0


@pytest.mark.parametrize("word", ["什么", "为什么", "哪里", "哪些", "多少", "谁", "如何", "怎么办"])
def test_words_that_only_ask_decide_little_and_are_not_lost(word: str) -> None:
    assert 0 < weight_of(word) <= ASKING


@pytest.mark.parametrize("word", ["哪吒", "吗啡", "呢绒", "任何", "几何", "多少钱庄"])
def test_words_that_hold_an_asking_one_do_not_ask(word: str) -> None:
    assert weight_of(word) > ASKING


@given(st.text(max_size=30))
def test_every_text_has_a_weight(text: str) -> None:
    assert 0 < weight_of(text) <= 1


def test_a_line_of_the_dictionary_is_no_word() -> None:
    """Its lines are a word, its frequency and what it is."""
    assert weight_of("一 217830") == 1.0


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("京东物流中心", ["东物", "流中"]),
        ("京东 物流", []),
        ("京东App物流", []),
        ("京東物流", ["东物"]),
        ("京东，物流", []),
        ("东京タワー", ["京タ"]),
    ],
)
def test_where_a_run_was_cut_two_characters_link_the_words(text: str, links: list[str]) -> None:
    assert [link.term for link in asked(text).links] == links
