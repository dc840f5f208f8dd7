"""The baselines do what their names say, so that to beat them means something."""

from __future__ import annotations

import doctest
from contextlib import closing

import pytest

from tests.relevance import tokens
from tests.relevance.bm25 import Bm25
from tests.relevance.sets import Document
from tests.relevance.stock_whoosh import StockWhoosh

TWO = (Document("x", "a", "b"), Document("y", "a c", "c"))
SEVERAL = (
    Document("tea", "", "一杯红茶"),
    Document("express", "快递", "京东物流的快递到了"),
    Document("train", "", "京沪高铁。物流不快，高铁快。"),
)


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(tokens) == (0, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Of two documents one has it, twice: ln(1 + 1.5/1.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.9)).
        ("c", [0.0, 0.9023218]),
        ("c c", [0.0, 1.8046435]),
        # Both have it, once: ln(1 + 0.5/2.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2/2.5)), and 3/2.5.
        ("a", [0.1985682, 0.1685326]),
        ("absent", [0.0, 0.0]),
    ],
)
def test_bm25_is_as_by_hand(text, expected):
    index = Bm25(TWO, [text, "b"], str.split)
    assert index.scores(text).tolist() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "expected"), [("a", ["x", "y"]), ("b c", ["y", "x"]), ("absent", []), ("", [])]
)
def test_what_scores_more_comes_first_and_what_scores_nothing_not_at_all(text, expected):
    assert Bm25(TWO, [text], str.split).rank(text) == expected


def test_equals_stand_in_the_order_of_the_documents_and_a_hundred_are_enough():
    documents = [Document(str(number), "", "a") for number in range(150)]
    assert Bm25(documents, ["a"], str.split).rank("a") == [str(number) for number in range(100)]


@pytest.mark.parametrize("cut", [tokens.words, tokens.bigrams, tokens.words_and_bigrams])
@pytest.mark.parametrize(
    ("text", "expected"), [("快递", ["express"]), ("高铁", ["train"]), ("红茶", ["tea"])]
)
def test_each_way_to_cut_finds_the_word_it_is_asked(cut, text, expected):
    assert Bm25(SEVERAL, [text], cut).rank(text) == expected


def test_stock_whoosh_finds_any_word_in_title_or_body(tmp_path):
    with closing(StockWhoosh(SEVERAL, tmp_path / "stock")) as stock:
        assert stock.rank("快递") == ["express"]
        assert sorted(stock.rank("红茶 物流")) == ["express", "tea", "train"]
        assert stock.rank("没有") == []
