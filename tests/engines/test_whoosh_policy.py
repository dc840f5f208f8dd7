"""Segments stay few, and a small update never rewrites a large index."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engines.whoosh.codec import ArraySegment
from search.engines.whoosh.policy import to_merge


def segment(docs: int, deleted: int = 0) -> ArraySegment:
    return ArraySegment("MAIN", docs).without(set(range(deleted)))


def sizes(segments: list[ArraySegment]) -> list[int]:
    return [int(each.doc_count()) for each in segments]


@pytest.mark.parametrize(
    ("docs", "new", "merged"),
    [
        ([100_000], 100, []),
        ([100_000, 100], 100, [100]),
        ([100_000, 100, 250], 100, [100, 250]),
        ([100_000, 4_000, 300], 100, [300]),
        ([100_000, 60_000], 90_000, [60_000, 100_000]),
        ([1], 0, []),
        ([100_000] + [5_000] * 13, 1, [5_000, 5_000]),
    ],
)
def test_what_is_merged_with_new_articles(docs: list[int], new: int, merged: list[int]) -> None:
    assert sizes(to_merge([segment(each) for each in docs], new)) == merged


def test_a_segment_full_of_holes_is_written_anew_where_that_is_quick() -> None:
    assert sizes(to_merge([segment(1_000, deleted=400)], 0)) == [600]
    assert to_merge([segment(1_000, deleted=200)], 0) == []
    assert to_merge([segment(100_000, deleted=40_000)], 1) == []


def updates(count: int, size: int) -> Iterator[tuple[list[int], int]]:
    """Yield the segments after each of some updates, and how many articles were rewritten."""
    segments: list[ArraySegment] = []
    for _ in range(count):
        merged = to_merge(segments, size)
        rest = [each for each in segments if each not in merged]
        segments = [*rest, segment(size + sum(sizes(merged)))]
        yield sizes(segments), sum(sizes(merged))


@pytest.mark.parametrize("size", [1, 100, 3_000])
def test_many_updates_leave_few_segments_and_rewrite_little(size: int) -> None:
    seen = list(updates(400, size))
    assert max(len(segments) for segments, _ in seen) <= 13
    assert sum(rewritten for _, rewritten in seen) <= 16 * 400 * size
