"""A merge of segments is the segment that their articles would have made, put one after another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.article import Article
from search.engines.whoosh import merging
from search.engines.whoosh.arrays import write_arrays
from search.engines.whoosh.building import SegmentBuilder
from search.engines.whoosh.merging import Source, merge
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


def build(articles: list[Article]) -> dict[str, np.ndarray]:
    builder = SegmentBuilder()
    for each in articles:
        builder.add(each)
    return builder.arrays()


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
    for number, group in enumerate(groups):
        path = tmp_path / f"{number}.arrays"
        write_arrays(path, build(group))
        deleted = [data.draw(st.booleans()) for _ in group]
        sources.append(Source(SegmentArrays(path), np.array(deleted)))
        kept += [each for each, gone in zip(group, deleted, strict=True) if not gone]
    merged, wanted = merge(sources), build(kept)
    assert merged.keys() == wanted.keys()
    for name in wanted:
        assert merged[name].tolist() == wanted[name].tolist(), name
