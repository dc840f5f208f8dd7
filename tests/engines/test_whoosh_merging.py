"""A merge of segments is the segment that their articles would have made, put one after another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.article import Article
from search.engines.whoosh import merging
from search.engines.whoosh.gathering import RunGatherer
from search.engines.whoosh.making import SourceFiles, make_segment
from search.engines.whoosh.runs import _Sums
from search.engines.whoosh.segment import SegmentArrays
from tests.articles import article

ARTICLES = st.builds(
    article,
    st.uuids().map(str),
    st.text(alphabet="京东a1 ，", max_size=6),
    st.text(alphabet="京东物流a1 ，\n", max_size=20),
    st.sampled_from([None, "2021-06-16", "2020-01-01"]),
    tags=st.lists(st.sampled_from(["甲", "乙"]), unique=True).map(tuple),
)


def gathered(folder: Path, articles: list[Article]) -> list[SourceFiles]:
    gatherer = RunGatherer(folder, folder / "none", 10_000)
    for each in articles:
        gatherer.put(each)
    runs = gatherer.finish()
    return [SourceFiles({"run": run.path}, np.zeros(run.doc_count, bool)) for run in runs]


def segment(folder: Path, sources: list[SourceFiles]) -> dict[str, Path]:
    return make_segment(folder, "MAIN", sources).paths_in(folder)


def content(paths: dict[str, Path]) -> dict[str, list[object]]:
    files = SegmentArrays(paths).files
    return {name: file[name].tolist() for file in files.values() for name in file}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    groups=st.lists(st.lists(ARTICLES, min_size=1, max_size=4), min_size=1, max_size=3),
    chunk=st.sampled_from([1, 5, 8_000_000]),
    data=st.data(),
)
def test_merging_equals_building_at_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    groups: list[list[Article]],
    chunk: int,
    data: st.DataObject,
) -> None:
    monkeypatch.setattr(merging, "CHUNK_OCCURRENCES", chunk)
    sources, kept = [], []
    for group in groups:
        deleted = [data.draw(st.booleans()) for _ in group]
        paths = segment(tmp_path, gathered(tmp_path, group))
        sources.append(SourceFiles(paths, np.array(deleted)))
        kept += [each for each, gone in zip(group, deleted, strict=True) if not gone]
    if not kept:
        return
    merged = content(segment(tmp_path, sources))
    wanted = content(segment(tmp_path, gathered(tmp_path, kept)))
    assert merged.keys() == wanted.keys()
    for name, values in wanted.items():
        assert merged[name] == values, name


def test_stretches_of_a_run_lie_where_they_do_in_any_order_of_asking() -> None:
    sums = _Sums(np.array([3, 0, 200, 5], np.uint8))
    asked = [(0, 2), (2, 3), (1, 4), (4, 4), (0, 0)]
    assert [sums.span(*each) for each in asked] == [(0, 3), (3, 203), (3, 208), (208, 208), (0, 0)]
