"""In which documents terms stand at given distances: strings of characters, words near each other.

A place in the texts of a segment is one number, (document << 32) + position. All that is asked of
an order becomes sorted arrays of such numbers, looked up in each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.merging import ranges
from search.engines.whoosh.queries import AnyOf, Place
from search.engines.whoosh.segment import Field
from search.engines.whoosh.docsets import NO_DOCS, contained, distinct, intersection

_DOC_BITS = 32  # both halves of a place stay far below 2**31
_MOST_OFFSET = 1 << 20  # far above the characters of a query, far below the positions' 32 bits


class Unit(NamedTuple):
    """Terms at fixed distances: ``places`` (one or more), and how many positions they take up."""

    places: Sequence[Place | AnyOf]
    length: int


def docs_with(field: Field, units: Sequence[Unit], slop: int, doc_count: int) -> Array:
    """Return the documents in which ``units`` stand one after another, ascending.

    Args:
        field: with positions.
        units: one or more, in this order.
        slop: most positions between the end of a unit and the start of the next.
        doc_count: documents in the segment.
    """
    postings = [[_Postings.of(field, place) for place in unit.places] for unit in units]
    every = [each for of_unit in postings for each in of_unit]
    candidates = intersection([distinct(each.docs, doc_count) for each in every])
    if len(every) == 1 or not len(candidates):
        return candidates
    ends: Array | None = None
    for unit, places in zip(units, postings, strict=True):
        starts = _starts(places, candidates)
        if ends is not None:
            starts = starts[_follow(starts, ends, slop)]
        ends = starts + unit.length
    return NO_DOCS if ends is None else np.unique(ends >> _DOC_BITS).astype(np.int32)


def _starts(places: Sequence[_Postings], candidates: Array) -> Array:
    """Return where all of ``places`` hold, by their start; the rarest is looked at first."""
    first, *others = sorted(places, key=len)
    starts = first.starts_in(candidates)
    for place in others:
        starts = starts[contained(starts, place.starts_in(candidates))]
    return starts


def _follow(starts: Array, ends: Array, slop: int) -> Array:
    """Return for each of ``starts`` whether one of ``ends`` is 0 to ``slop`` positions before it.

    Both ascend. Documents lie too far apart for an end in one to be near a start in the next.
    """
    until = np.searchsorted(ends, starts, side="right")
    since = np.searchsorted(ends, starts - slop, side="left")
    near: Array = until > since
    return near


class _Postings(NamedTuple):
    """The postings of one place: of its term, or of all the terms that it stands for."""

    docs: Array  # by term, ascending within each
    freqs: Array
    positions: Array
    offset: int

    @classmethod
    def of(cls, field: Field, place: Place | AnyOf) -> _Postings:
        if isinstance(place, AnyOf):
            known = (field.find(term) for term in place.terms)
            return cls._joined([cls._between(field, at, at + 1, place) for at in known if at >= 0])
        if place.prefix:
            numbers = field.prefix_range(place.term)
            return cls._between(field, numbers.start, numbers.stop, place)
        number = field.find(place.term)
        return cls._between(field, number, number + 1, place) if number >= 0 else _NONE

    @classmethod
    def _between(cls, field: Field, first: int, last: int, place: Place | AnyOf) -> _Postings:
        """Return those of the terms from ``first`` up to, not with, ``last``."""
        if field.freqs is None or first == last:
            return _NONE
        span = slice(field.starts[first], field.starts[last])
        positions = field.positions_between(first, last)
        return cls(field.docs[span], field.freqs[span], positions, place.offset)

    @classmethod
    def _joined(cls, several: Sequence[_Postings]) -> _Postings:
        if not several:
            return _NONE
        return cls(
            np.concatenate([each.docs for each in several]),
            np.concatenate([each.freqs for each in several]),
            np.concatenate([each.positions for each in several]),
            several[0].offset,
        )

    def __len__(self) -> int:
        return len(self.docs)

    def starts_in(self, candidates: Array) -> Array:
        """Return where a unit may start, for the place to hold: places in the texts, sorted.

        Every document of ``candidates`` (ascending) holds the place. Positions are moved up by a
        constant, so that none before the text's start reaches into the document before.
        """
        chosen = np.flatnonzero(contained(self.docs, candidates))
        freqs = self.freqs[chosen].astype(np.int64)
        before = np.cumsum(self.freqs, dtype=np.int64) - self.freqs
        positions = self.positions[ranges(before[chosen], freqs)].astype(np.int64)
        docs = np.repeat(self.docs[chosen].astype(np.int64), freqs)
        starts = (docs << _DOC_BITS) + positions + (_MOST_OFFSET - self.offset)
        return np.sort(starts)


_NONE = _Postings(NO_DOCS, NO_DOCS, NO_DOCS, 0)
