"""What processes remember of searches together: no answer differs, and nothing is found twice."""

from __future__ import annotations

import random
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import EngineRequest
from search.engines.locating import open_engine, open_writer
from search.engines.whoosh import searching
from search.engines.whoosh.common import Common
from search.engines.whoosh.finding import Kept
from search.engines.whoosh.snapshot import open_snapshot
from search.query.model import And, Everything, Not, Or, Phrase, Prefix, Query, Word
from search.query.request import FACETS, NO_FILTERS, SORTS, Filters
from tests.articles import article

MEBIBYTE = 2**20

QUERIES: tuple[Query, ...] = (
    Everything(),
    Word("苹果"),
    And((Word("苹果"), Word("手机"))),
    Or((Phrase("苹果手机"), Prefix("快"))),
    And((Word("手机"), Not(Word("电脑")))),
    Word("没有"),
)
FILTERS = (NO_FILTERS, Filters(authors=("子",)), Filters(date_from=date(2021, 3, 1)))


@pytest.fixture
def folder(two_segments: Path) -> Path:
    return two_segments


def requests(seed: int) -> list[EngineRequest]:
    made = [
        EngineRequest(query=query, filters=filters, sort=sort, offset=offset, facets=facets)
        for query, filters, sort, offset, facets in product(
            QUERIES, FILTERS, SORTS, (0, 10), ((), FACETS)
        )
    ]
    random.Random(seed).shuffle(made)
    return made


def test_each_of_two_answers_as_one_that_is_alone(folder: Path) -> None:
    memory = memoryview(bytearray(MEBIBYTE))
    several = [open_snapshot(folder, memory) for _ in range(2)]
    dealer = random.Random(13)
    for request in requests(12):
        alone = open_snapshot(folder).search(request)
        assert dealer.choice(several).search(request) == alone


@pytest.mark.parametrize("facets", [(), FACETS])
@pytest.mark.parametrize("sort", SORTS)
def test_what_one_has_found_another_does_not_look_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, sort, facets
) -> None:
    memory = memoryview(bytearray(MEBIBYTE))
    one, other = (open_snapshot(folder, memory) for _ in range(2))
    request = EngineRequest(query=QUERIES[2], sort=sort, facets=facets)
    answer = one.search(request)

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("it was found already")

    monkeypatch.setattr(searching, "find", refused)
    monkeypatch.setattr(searching.Searcher, "ranked", refused)
    assert other.search(request) == answer
    with pytest.raises(AssertionError, match="found already"):
        open_snapshot(folder).search(request)


def test_another_order_is_made_of_what_was_scored_for_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = memoryview(bytearray(MEBIBYTE))
    one, other = (open_snapshot(folder, memory) for _ in range(2))
    hot = EngineRequest(query=QUERIES[2], sort="hot")
    scored: list[object] = []
    score = searching.Searcher._scored

    def noted(searcher: searching.Searcher, *args: object):
        scored.append(searcher)
        return score(searcher, *args)

    monkeypatch.setattr(searching.Searcher, "_scored", noted)
    alone = open_snapshot(folder).search(hot)
    one.search(EngineRequest(query=QUERIES[2]))
    assert other.search(hot) == alone
    assert (len(scored), other.searcher in scored) == (2, False)


def test_a_commit_takes_nothing_from_the_one_before(tmp_path: Path) -> None:
    folder, memory = tmp_path / "index", memoryview(bytearray(MEBIBYTE))
    request = EngineRequest(query=Word("快递"))
    for count in (1, 2, 3):
        with open_writer(folder) as writer:
            writer.put(article(str(count), title="快递", text="快递"))
            writer.commit()
        engine = open_engine(folder, memory)
        assert engine.search(request).total == count
        engine.close()


def test_an_engine_that_moves_on_to_a_commit_remembers_in_the_same_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, memory = tmp_path / "index", memoryview(bytearray(MEBIBYTE))
    request = EngineRequest(query=Word("快递"))

    def commit(name: str) -> None:
        with open_writer(folder) as writer:
            writer.put(article(name, title="快递", text="快递"))
            writer.commit()

    commit("a")
    one, other = (open_engine(folder, memory) for _ in range(2))
    one.search(request)
    commit("b")
    assert (one.refresh(), other.refresh()) == (True, True)
    answer = one.search(request)
    assert answer.total == 2
    monkeypatch.setattr(searching, "find", None)
    assert other.search(request) == answer


@given(st.integers(0, MEBIBYTE - 1), st.integers(1, 255), st.integers(0, 5))
def test_what_was_altered_is_found_anew(folder: Path, at: int, change: int, which: int) -> None:
    memory = bytearray(MEBIBYTE)
    request = EngineRequest(query=QUERIES[which], facets=FACETS)
    answer = open_snapshot(folder, memoryview(memory)).search(request)
    written = [place for place in range(0, MEBIBYTE, 4096) if any(memory[place : place + 4096])]
    place = written[at % len(written)] + at % 4096
    memory[place] ^= change
    assert open_snapshot(folder, memoryview(memory)).search(request) == answer


def test_values_of_all_sizes_are_remembered_or_left_out() -> None:
    common = Common(bytearray(MEBIBYTE), "edition", 1_000)
    for size, is_kept in ((100, True), (5_000, True), (100_000, False)):
        value = Kept(1, (size,), (), (("tag", ("字" * (size // 3),), ()),))  # type: ignore[arg-type]
        common.keep("found", size, value)
        assert common.find("found", size) == (value if is_kept else None)
        assert common.find("contenders", size) is None
    common.keep("near", 1, ())
    assert (common.find("near", 1), common.find("chosen", 1)) == ((), None)
    assert Common(bytearray(MEBIBYTE), "other", 1_000).find("found", 100) is None
