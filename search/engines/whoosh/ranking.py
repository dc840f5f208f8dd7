"""Putting matches in order and cutting out a page: by partition, so only the page is sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.schema import NO_DATE
from search.engines.whoosh.segment import SegmentArrays
from search.query.request import BY_WORDS, Sort


class Matches(NamedTuple):
    """Everything that matched, in arrays of one length.

    Attributes:
        segments: the number of the segment each is in.
        docs: its document number there.
        scores: its relevance.
        dates: seconds since 1970, or `NO_DATE`.
        id_keys: the beginning of its id as a number (see `SegmentArrays.id_key`).
    """

    segments: Array
    docs: Array
    scores: Array
    dates: Array
    id_keys: Array

    @classmethod
    def of(cls, number: int, segment: SegmentArrays, docs: Array, scores: Array) -> Matches:
        """Return those in one segment, which has that number."""
        of_segment = np.full(len(docs), number)
        return cls(of_segment, docs, scores, segment.date.take(docs), segment.id_key.take(docs))


def joined(several: Sequence[Matches]) -> Matches:
    """Return the matches of several segments, in this order; of one those themselves."""
    if len(several) == 1:
        return several[0]
    if not several:
        return Matches(*(np.empty(0) for _ in Matches._fields))
    return Matches(*map(np.concatenate, zip(*several, strict=True)))


def page(
    matches: Matches, sort: Sort, first: int, count: int, id_of: Callable[[int], str]
) -> list[int]:
    """Return which matches stand at places ``first`` to ``first + count`` of the order.

    Ties fall to the id. ``id_of`` gives that of a match; it is asked only where the beginnings of
    two ids are equal.
    """
    keys = _keys(matches, sort)
    wanted = min(first + count, len(keys))
    if first >= wanted:
        return []
    id_keys = matches.id_keys
    if wanted == len(keys):
        order = np.lexsort((id_keys, keys))
    else:
        last = np.partition(keys, wanted - 1)[wanted - 1]
        chosen = (keys <= last).nonzero()[0]
        order = chosen.take(np.lexsort((id_keys.take(chosen), keys.take(chosen))))
    if (_like_next(keys.take(order)) & _like_next(id_keys.take(order))).any():
        order = np.array(sorted(order.tolist(), key=lambda each: (keys[each], id_of(each))))
    found: list[int] = order[first:wanted].tolist()
    return found


def rank(matches: Matches, sort: Sort, place: int, id_of: Callable[[int], str]) -> int:
    """Return where in the order, from 1, the match at ``place`` stands; see `page`."""
    keys, id_keys = _keys(matches, sort), matches.id_keys
    ties = keys == keys[place]
    ahead = (keys < keys[place]) | (ties & (id_keys < id_keys[place]))
    alike = np.flatnonzero(ties & (id_keys == id_keys[place])).tolist()
    own = id_of(place)
    return 1 + int(ahead.sum()) + sum(id_of(each) < own for each in alike)


def _like_next(values: Array) -> Array:
    same: Array = values[1:] == values[:-1]
    return same


def _keys(matches: Matches, sort: Sort) -> Array:
    """Return numbers whose ascending order is the order wanted, but for ties."""
    if sort in BY_WORDS:
        return -matches.scores
    dates = matches.dates.astype(float)  # exact: seconds stay far below 2**53
    sign = -1.0 if sort == "newest" else 1.0
    return np.where(matches.dates == NO_DATE, np.inf, sign * dates)
