"""Which segments are merged, and when.

Few segments make searches fast; each merge rewrites articles. New articles take along the segments
that are no more than some times as large as what is being merged already, from the smallest up, so
sizes grow geometrically and an article is rewritten a logarithmic number of times. A commit
rewrites only so many articles for each that it brings: a small update of a large index does not
wait for a large merge, which is left to a larger update.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.whoosh.codec import ArraySegment

_GROWTH = 3
_MOST_SEGMENTS = 12  # with more, the smallest are merged whatever it takes
_MOST_DELETED = 0.3  # a segment with a larger share of deleted articles is written anew
_SHARE = 10  # articles rewritten at most for each that is new
_ALWAYS = 5_000  # but so many in any case: they take less than a second


def to_merge(segments: Sequence[ArraySegment], new: int) -> list[ArraySegment]:
    """Return the old segments that are merged with the new articles; [] for none.

    Args:
        segments: none of them empty; deletions of this commit included.
        new: articles that the commit adds.
    """
    most = max(_ALWAYS, _SHARE * new)
    chosen: list[ArraySegment] = []
    size = new
    for each in sorted(segments, key=lambda each: int(each.doc_count())):
        docs = int(each.doc_count())
        too_many = len(segments) - len(chosen) > _MOST_SEGMENTS
        if not too_many and (docs > _GROWTH * size or size + docs > most):
            break
        chosen.append(each)
        size += docs
    return chosen + [each for each in segments if each not in chosen and _is_holed(each, most)]


def _is_holed(segment: ArraySegment, most: int) -> bool:
    """Return whether so much of a segment is deleted that it is worth writing anew."""
    deleted, docs = int(segment.deleted_count()), int(segment.doc_count())
    return deleted > _MOST_DELETED * (deleted + docs) and docs <= most
