"""In which documents terms stand at given distances: strings of characters, words near each other.

A place in the texts of a segment is one number, (document << 32) + position. All that is asked of
an order becomes sorted arrays of such numbers, looked up in each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import NO_DOCS, contained, distinct, intersection
from search.engines.whoosh.packing import ranges
from search.engines.whoosh.postings import Postings, TermPostings
from search.engines.whoosh.queries import AnyOf, Place
from search.engines.whoosh.segment import Field

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
    postings = [[_Place.of(field, place) for place in unit.places] for unit in units]
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


def _starts(places: Sequence[_Place], candidates: Array) -> Array:
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


class _Named(NamedTuple):
    """The postings of terms that are known by name."""

    terms: Sequence[TermPostings]

    @property
    def docs(self) -> Array:
        """Their documents, by term."""
        return np.concatenate([term.docs for term in self.terms]) if self.terms else NO_DOCS

    def occurrences_in(self, candidates: Array) -> tuple[Array, Array]:
        """Return of every occurrence in ``candidates`` its document and its position, by term."""
        docs, positions = [], []
        for term in self.terms:
            chosen = np.flatnonzero(contained(term.docs, candidates))
            found, counts = term.positions_in(chosen)
            docs.append(np.repeat(term.docs[chosen], counts))
            positions.append(found)
        return np.concatenate(docs), np.concatenate(positions)


class _Consecutive(NamedTuple):
    """The postings of all terms that begin alike."""

    postings: Postings

    @property
    def docs(self) -> Array:
        """Their documents, by term."""
        return self.postings.docs

    def occurrences_in(self, candidates: Array) -> tuple[Array, Array]:
        """Return of every occurrence in ``candidates`` its document and its position, by term."""
        _, docs, all_freqs, positions = self.postings
        if all_freqs is None or positions is None:
            return NO_DOCS, NO_DOCS
        chosen = np.flatnonzero(contained(docs, candidates))
        freqs = all_freqs[chosen]
        before = np.cumsum(all_freqs, dtype=np.int64) - all_freqs
        return np.repeat(docs[chosen], freqs), positions[ranges(before[chosen], freqs)]


class _Place(NamedTuple):
    """A place of a unit, its postings at hand."""

    postings: _Named | _Consecutive
    docs: Array
    offset: int

    @classmethod
    def of(cls, field: Field, place: Place | AnyOf) -> _Place:
        postings: _Named | _Consecutive
        if isinstance(place, Place) and place.prefix:
            numbers = field.prefix_range(place.term)
            postings = _Consecutive(field.postings(numbers.start, numbers.stop))
        else:
            terms = place.terms if isinstance(place, AnyOf) else (place.term,)
            found = map(field.find, terms)
            postings = _Named([field.term(number) for number in found if number >= 0])
        return cls(postings, postings.docs, place.offset)

    def __len__(self) -> int:
        return len(self.docs)

    def starts_in(self, candidates: Array) -> Array:
        """Return where a unit may start, for the place to hold: places in the texts, sorted.

        Every document of ``candidates`` (ascending) holds the place. Positions are moved up by a
        constant, so that none before the text's start reaches into the document before.
        """
        docs, positions = self.postings.occurrences_in(candidates)
        starts = (docs.astype(np.int64) << _DOC_BITS) + positions + (_MOST_OFFSET - self.offset)
        return np.sort(starts)
