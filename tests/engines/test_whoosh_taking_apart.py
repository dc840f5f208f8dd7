"""A word typed a thousand times is looked for and scored once, and counts as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import query

from search.engines.base import EngineRequest
from search.engines.locating import open_engine, open_writer
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.positions import _Place
from search.engines.whoosh.queries import Place, Run
from search.engines.whoosh.snapshot import Snapshot, open_snapshot
from search.engines.whoosh.taking_apart import sure_parts_of
from search.query import parse
from search.query.request import Filters
from tests.articles import article

OFTEN = 200
BOTH = query.Or([query.Term("body_grams", "京东"), Run("body_grams", (Place(0, b"\xe4", True),))])


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    with open_writer(str(tmp_path / "index")) as writer:
        for number in range(30):
            writer.put(article(f"{number:02}", "题", "京东" * (1 + number % 3)))
        writer.commit()
    return open_snapshot(tmp_path / "index")


def test_parts_that_are_the_same_are_one_that_counts_as_often() -> None:
    term = query.Term("body_grams", "京东")
    assert sure_parts_of(query.And([term] * OFTEN)) == [(term, float(OFTEN), True)]


@pytest.mark.parametrize("join", [query.And, query.Or])
def test_what_is_asked_for_often_is_evaluated_once(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, join: Any
) -> None:
    asked = []
    holds = SegmentEvaluator.holds
    monkeypatch.setattr(
        SegmentEvaluator, "holds", lambda *given: asked.append(given[1]) or holds(*given)
    )
    evaluator = SegmentEvaluator(snapshot.segments[0].arrays, snapshot)
    many = join([BOTH] * OFTEN)
    docs = evaluator.match(many).docs
    assert docs.tolist() == list(range(30))
    np.testing.assert_allclose(
        evaluator.score(many, docs), OFTEN * evaluator.score(BOTH, docs), rtol=1e-9
    )
    assert len(asked) < OFTEN


def test_a_word_that_a_text_repeats_scores_as_often(snapshot: Snapshot) -> None:
    def tree(times: int) -> Any:
        return snapshot.translation.whole(parse("京东，" * times).query)

    evaluator = SegmentEvaluator(snapshot.segments[0].arrays, snapshot)
    docs = np.arange(30)
    once, more, many = (evaluator.score(tree(times), docs) for times in (11, 12, 311))
    np.testing.assert_allclose(many, once + 300 * (more - once), rtol=1e-9)


def test_places_of_a_word_that_a_quotation_repeats_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    read_in = _Place._read_in
    monkeypatch.setattr(
        _Place, "_read_in", lambda *given: read.append(given[0].field.name) or read_in(*given)
    )
    with open_writer(str(tmp_path / "index")) as writer:
        writer.put(article("four", "题", "的甲的乙丙的丁的"))
        writer.put(article("three", "题", "的甲的乙丙的"))
        writer.put(article("far", "题", "的甲的乙丙的丁戊己的"))
        writer.commit()
    engine = open_engine(str(tmp_path / "index"))
    found = engine.search(EngineRequest(query=parse('"的 的 的 的"~2').query))
    assert [hit.article.id for hit in found.hits] == ["four"]
    assert read == ["body_grams"]
    narrowed = Filters(authors=("nobody",))
    assert not engine.search(
        EngineRequest(query=parse('"的 的 的 的"~2').query, filters=narrowed)
    ).total
    assert read == ["body_grams"]  # nor for the same with a filter
