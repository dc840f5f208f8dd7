"""The scores of rankings, worked out by hand."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.relevance import Scores, mean, metrics, score

FIRST = Scores(1.0, 1.0, 1.0, 1.0)
NOTHING = Scores(0.0, 0.0, 0.0, 0.0)
FILL = [f"x{number}" for number in range(200)]


@pytest.mark.parametrize(
    ("ranking", "grades", "expected"),
    [
        pytest.param("a", {"a": 1}, FIRST, id="first"),
        pytest.param("", {"a": 1}, NOTHING, id="nothing found"),
        pytest.param("bcd", {"a": 1}, NOTHING, id="others found"),
        # nDCG: the gain of rank 3 is 1 / log2(4), of rank 1 it would be 1
        pytest.param("xya", {"a": 1}, Scores(1 / 3, 0.5, 1.0, 1.0), id="third"),
        # nDCG: ranks 2 and 4, over ranks 1 to 3: (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3) + 1/2)
        pytest.param(
            "xayb", {"a": 1, "b": 1, "c": 1}, Scores(0.5, 0.49818925746641285, 2 / 3, 2 / 3),
            id="two of three",
        ),
        # nDCG: as found (1 + 3/log2(3)), at best (3 + 1/log2(3))
        pytest.param(
            "ab", {"a": 1, "b": 3}, Scores(1.0, 0.7967075809905066, 1.0, 1.0), id="grades are gains"
        ),
        pytest.param("ba", {"a": 1, "b": 0}, Scores(0.5, 0.6309297535714575, 1.0, 1.0), id="0"),
        pytest.param("ba", {"a": 1, "b": -2}, Scores(0.5, 0.6309297535714575, 1.0, 1.0), id="-2"),
    ],
)  # fmt: skip
def test_a_ranking_is_scored(ranking, grades, expected):
    found = score(list(ranking), grades)
    for name in ("mrr_at_10", "ndcg_at_10", "recall_at_10", "recall_at_100"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-12), name


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        # nDCG: the gain of rank 10 is 1 / log2(11)
        (10, Scores(0.1, 0.2890648263178879, 1.0, 1.0)),
        (11, Scores(0.0, 0.0, 0.0, 1.0)),
        (100, Scores(0.0, 0.0, 0.0, 1.0)),
        (101, NOTHING),
    ],
)
def test_what_stands_below_the_depth_does_not_count(rank, expected):
    assert score([*FILL[: rank - 1], "a"], {"a": 1}) == expected


def test_more_relevant_than_the_depth_holds_are_a_perfect_ten_but_half_the_recall():
    grades = dict.fromkeys(FILL[:20], 1.0)
    assert score(FILL, grades) == Scores(1.0, 1.0, 0.5, 1.0)


def test_every_query_weighs_the_same_in_the_mean():
    assert mean([FIRST, NOTHING, NOTHING, Scores(0.5, 0.25, 0.0, 1.0)]) == Scores(
        0.375, 0.3125, 0.25, 0.5
    )


@given(st.permutations(FILL[:15]), st.dictionaries(st.sampled_from(FILL[:15]), st.integers(0, 3)))
def test_no_ranking_is_better_than_that_by_grade(ranking, grades):
    grades = {**grades, "x0": 1}
    found = score(ranking, grades)
    best = score(sorted(ranking, key=lambda name: -grades.get(name, 0)), grades)
    assert best.ndcg_at_10 == pytest.approx(1)
    assert best.mrr_at_10 == 1
    for name in ("mrr_at_10", "ndcg_at_10", "recall_at_10", "recall_at_100"):
        assert 0 <= getattr(found, name) <= getattr(best, name) + 1e-9


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(metrics) == (0, 5)
