"""What searches have in common is kept: no answer differs from that of a commit just opened."""

from __future__ import annotations

import random
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import EngineRequest
from search.engines.whoosh import ranking, searching
from search.engines.whoosh.contending import Contenders
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.finding import Found, Kept
from search.engines.whoosh.snapshot import open_snapshot
from search.query.model import And, Everything, Not, Phrase, Query, Word
from search.query.request import FACETS, NO_FILTERS, SORTS, Filters

QUERIES: tuple[Query, ...] = (
    Everything(),
    Word("苹果"),
    And((Word("苹果"), Word("手机"))),
    And((Word("手机"), Not(Phrase("苹果手机")))),
    Word("没有"),
)
FILTERS = (NO_FILTERS, Filters(authors=("子",)), Filters(date_from=date(2021, 3, 1)))


@pytest.fixture
def folder(two_segments: Path) -> Path:
    return two_segments


def test_pages_and_orders_after_one_another_are_those_of_a_commit_just_opened(
    folder: Path,
) -> None:
    requests = [
        EngineRequest(
            query=query, filters=filters, sort=sort, offset=offset, limit=limit,
            facets=facets, half_life_days=half_life, buckets=3,
        )
        for query, filters, sort, (offset, limit), facets, half_life in product(
            QUERIES, FILTERS, SORTS, ((0, 10), (10, 10), (0, 0), (25, 10), (3, 40)),
            ((), FACETS), (30, 365),
        )
    ]  # fmt: skip
    random.Random(5).shuffle(requests)
    used = open_snapshot(folder)
    seen = [used.search(each) for each in requests]
    for request, answer in zip(requests[:300], seen, strict=False):
        assert open_snapshot(folder).search(request) == answer
    # Nothing that was handed out can change what is kept.
    for answer in seen:
        answer.facets.clear()
    assert used.search(requests[0]) == open_snapshot(folder).search(requests[0])


def test_the_newest_are_the_same_chosen_first_and_put_in_order_with_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = [
        EngineRequest(query=query, filters=filters, sort="newest", offset=offset, limit=7)
        for query, filters, offset in product(QUERIES, FILTERS, (0, 7, 30, 80))
    ]
    seen = [open_snapshot(folder).search(each) for each in requests]
    monkeypatch.setattr(ranking, "_FEW", 1)
    assert [open_snapshot(folder).search(each) for each in requests] == seen


def test_who_may_come_first_in_any_order_is_chosen_once_with_the_same_answers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = [
        EngineRequest(query=query, sort=sort, offset=offset, limit=5, half_life_days=half_life)
        for query, sort, offset, half_life in product(QUERIES, SORTS, (0, 10), (5, 365))
    ]
    random.Random(7).shuffle(requests)
    monkeypatch.setattr(searching, "CLOSEST", 15)
    monkeypatch.setattr(searching, "_FEW_SCORED", 20)
    used = open_snapshot(folder)
    seen = [used.search(each) for each in requests]
    monkeypatch.setattr(searching.Searcher, "_contenders", lambda *_, **__: None)
    assert [open_snapshot(folder).search(each) for each in requests] == seen


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.5, 1.0, 1.5, 2.0]),
            st.sampled_from([0.1, 0.25, 0.5, 1.0]),
            st.booleans(),
        ),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 30),
)
def test_contenders_are_all_that_no_more_than_so_many_are_ahead_of_in_either_order(
    rows: list[tuple[float, float, bool]], wanted: int
) -> None:
    docs = np.arange(len(rows)) * 2 + 1
    scores, factors, titled = map(np.array, zip(*rows, strict=True))
    every = Contenders.of(docs, scores, docs[titled])
    ranks = scores + 1_000 * titled
    freshness = np.ones(2 * len(rows) + 1)
    freshness[docs] = factors
    best = every.best(wanted, freshness)
    expected = [
        n
        for n in range(len(rows))
        if min((ranks > ranks[n]).sum(), (ranks * factors > (ranks * factors)[n]).sum()) < wanted
    ]
    assert best.docs.tolist() == docs[expected].tolist()
    assert best.scores.tolist() == scores[expected].tolist()
    assert best.ranked().tolist() == ranks[expected].tolist()


@given(
    st.lists(st.tuples(st.integers(1, 300), st.randoms(), st.floats(0, 1)), max_size=3),
    st.dictionaries(st.sampled_from(FACETS), st.dictionaries(st.text(), st.integers(1, 10**6))),
)
def test_what_is_packed_comes_back(
    segments: list[tuple[int, random.Random, float]], counts: dict[str, dict[str, int]]
) -> None:
    masks = [
        np.array([dealer.random() < share for _ in range(size)], bool)
        for size, dealer, share in segments
    ]
    found = Found.of(tuple(map(DocSet.of_mask, masks)), counts)  # type: ignore[arg-type]
    back = Kept.of(found).found()
    assert back.counts == found.counts
    assert {name: dict(carried) for name, carried in back.counts.items()} == counts
    assert [each.mask.tolist() for each in back.docs] == [mask.tolist() for mask in masks]
    assert back.total == sum(int(mask.sum()) for mask in masks)


def test_what_is_kept_has_a_bound_though_queries_are_long(folder: Path) -> None:
    used = open_snapshot(folder)
    long = And(tuple(Word(f"苹果{number}") for number in range(100)))
    for query, is_kept in ((long, False), (Word("苹果"), True)):
        request = EngineRequest(query=query, facets=FACETS)
        used.search(request)
        remembered = used.searcher.remembered
        caches = (
            remembered._questions,
            *(getattr(remembered, name)._own for name in ("found", "contenders", "chosen")),
        )
        assert [bool(each._values) for each in caches] == [is_kept] * 4
