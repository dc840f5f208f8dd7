"""In which documents terms stand at given distances: strings of characters, words near each other.

A place in the texts of a segment is one number, (document << 32) + position. All that is asked of
an order becomes sorted arrays of such numbers, looked up in each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import NO_DOCS, contained, intersection, union
from search.engines.whoosh.postings import Records, TermPostings
from search.engines.whoosh.queries import AnyOf, Place
from search.engines.whoosh.segment import Field

_DOC_BITS = 32  # both halves of a place stay far below 2**31
_MOST_OFFSET = 1 << 20  # far above the characters of a query, far below the positions' 32 bits


class Unit(NamedTuple):
    """Terms at fixed distances: ``places`` (one or more), and how many positions they take up."""

    places: Sequence[Place | AnyOf]
    length: int


def docs_with(field: Field, units: Sequence[Unit], slop: int) -> Array:
    """Return the documents in which ``units`` stand one after another, ascending.

    Args:
        field: with positions.
        units: one or more, in this order.
        slop: most positions between the end of a unit and the start of the next.
    """
    postings = [[_Place.of(field, place) for place in unit.places] for unit in units]
    every = [each for of_unit in postings for each in of_unit]
    candidates = intersection([each.docs for each in every], field.doc_count)
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


class _Place(NamedTuple):
    """A place of a unit.

    Attributes:
        docs: in which it holds, ascending.
        postings: of its terms, which are consecutive, or known by name.
        offset: from the start of the unit.
    """

    docs: Array
    postings: Sequence[TermPostings | Records]
    offset: int

    @classmethod
    def of(cls, field: Field, place: Place | AnyOf) -> _Place:
        if isinstance(place, Place) and place.prefix:
            numbers = field.prefix_range(place.term)
            records = field.records(numbers.start, numbers.stop)
            return cls(field.docs_with_prefix(place.term), [records], place.offset)
        terms = place.terms if isinstance(place, AnyOf) else (place.term,)
        found = [field.term(number) for number in map(field.find, terms) if number >= 0]
        return cls(union([term.docs for term in found], field.doc_count), found, place.offset)

    def __len__(self) -> int:
        return len(self.docs)

    def starts_in(self, candidates: Array) -> Array:
        """Return where a unit may start, for the place to hold: places in the texts, sorted.

        Every document of ``candidates`` (ascending) holds the place. Positions are moved up by a
        constant, so that none before the text's start reaches into the document before.
        """
        each = [_occurrences_in(candidates, term) for term in self.postings]
        found = np.concatenate(each) + (_MOST_OFFSET - self.offset)
        if len(self.postings) > 1 or isinstance(self.postings[0], Records):
            found.sort()
        return found


def _occurrences_in(candidates: Array, postings: TermPostings | Records) -> Array:
    """Return every occurrence in ``candidates``, as a place in the texts; by term."""
    chosen = postings.places_of(candidates)
    positions, counts = postings.positions_in(chosen)
    docs: Array = np.repeat(postings.docs[chosen].astype(np.int64) << _DOC_BITS, counts)
    docs += positions
    return docs
