"""What no ranking goes past, worked out by hand for a few titles."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.relevance.ceiling import Titles, _expected

WANTED = "京东物流如何使用设备"  # 京东 物流 如何 使用 设备
SHORTER = "如何使用设备"


def test_a_title_alone_comes_first() -> None:
    assert Titles({WANTED: 3, "别的新闻故事": 1}).ceiling(WANTED, ["京东", "如何"]) == (1, 1)


def test_a_shorter_title_with_the_words_comes_before() -> None:
    titles = Titles({WANTED: 2, SHORTER: 3})
    words = ["如何", "使用", "设备"]

    assert titles.ceiling(WANTED, words) == (1 / 4, 1 / 2)
    assert titles.ceiling(SHORTER, words) == (1, 1)


def test_titles_as_likely_come_in_any_order() -> None:
    other = "阿里物流如何使用设备"

    alike, apart = Titles({WANTED: 1, other: 1}).ceiling(WANTED, ["如何", "使用", "设备"])

    assert (alike, apart) == pytest.approx(((1 + 1 / 2) / 2, (1 + 1 / 2) / 2))


@pytest.mark.parametrize(("above", "level", "right"), [(0, 1, 1), (2, 5, 2), (1, 6, 3), (0, 4, 4)])
def test_the_rank_expected_is_that_of_all_orders(above: int, level: int, right: int) -> None:
    articles = [True] * right + [False] * (level - right)
    ranks = [above + 1 + order.index(True) for order in permutations(articles)]

    assert _expected(above, level, right) == pytest.approx(sum(1 / r for r in ranks) / len(ranks))
