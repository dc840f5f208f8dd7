"""In which documents terms stand at given distances: strings of characters, words near each other.

A place in the texts of a segment is one number, (document << 32) + position. All that is asked of
an order becomes sorted arrays of such numbers, met with each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple, TypeAlias

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import NO_PLACES, DocSet, common, is_new, union
from search.engines.whoosh.field import Field
from search.engines.whoosh.places import DOC_BITS
from search.engines.whoosh.queries import AnyOf, Place

_FEW_DOCS = 500  # with a term: to choose among them takes as long as to unpack all positions
_FAR_FEWER = 8  # times: of a small share of a term's documents only those positions are unpacked
_MOST_OFFSET = 1 << 20  # far above the characters of a query, far below the positions' 32 bits


class Unit(NamedTuple):
    """Terms at fixed distances: ``places`` (one or more), and how many positions they take up."""

    places: Sequence[Place | AnyOf]
    length: int


_Read: TypeAlias = "Callable[[Place | AnyOf], _Place]"


def docs_with(
    field: Field, units: Sequence[Unit], slop: int, among: DocSet | None, known: DocSet | None
) -> DocSet:
    """Return the documents in which ``units`` stand one after another.

    Args:
        field: with positions.
        units: one or more, in this order.
        slop: most positions between the end of a unit and the start of the next.
        among: the only documents that matter; None for all.
        known: some in which they are known to stand.
    """
    read = _reader(field, units)
    by_count = cache(partial(_most, field))
    units = [unit._replace(places=sorted(unit.places, key=by_count)) for unit in units]
    rarest = sorted((place for unit in units for place in unit.places), key=by_count)
    # Of one unit, no more terms are read than it takes to find that it stands nowhere.
    for place in rarest[:2] if len(units) == 1 else rarest:
        among = read(place).docs_among(among)
        if len(rarest) == 1 or not len(among):
            return among
    if among is None:
        return DocSet(field.doc_count)
    if not known:
        return DocSet(field.doc_count, _docs_in_order(units, read, slop, among.docs))
    others = among - known
    if not len(others):
        return among
    found = DocSet(field.doc_count, _docs_in_order(units, read, slop, others.docs))
    return union([among & known, found], field.doc_count)


def starts_in(field: Field, places: Sequence[Place | AnyOf], docs: Array) -> Array:
    """Return where in ``docs``, ascending, all of ``places`` hold, by their start, ascending."""
    rarest = sorted(places, key=partial(_most, field))
    starts = _starts(rarest, partial(_Place.of, field), docs) - _MOST_OFFSET
    found_in = starts >> DOC_BITS
    at = docs.searchsorted(found_in)
    inside: Array = starts.compress(docs.take(at, mode="clip") == found_in)
    return inside


def _reader(field: Field, units: Sequence[Unit]) -> _Read:
    """Return what reads places; of those that several units have, what is read is kept."""
    times = Counter(_anywhere(place) for unit in units for place in unit.places)
    kept: dict[Place | AnyOf, _Known] = {}

    @cache
    def read(place: Place | AnyOf) -> _Place:
        found = _Place.of(field, place)
        term = _anywhere(place)
        if len(units) > 1 and times[term] > 1:
            found.known = kept.setdefault(term, _Known())
        return found

    return read


def _anywhere(place: Place | AnyOf) -> Place | AnyOf:
    """Return a place as it is wherever in its unit it stands."""
    place = place._replace(offset=0)
    return place._replace(weight=1.0) if isinstance(place, Place) else place


def _most(field: Field, place: Place | AnyOf) -> int:
    """Return in how many documents a place holds, at most; nothing is read for it but counts."""
    if isinstance(place, Place) and place.prefix:
        return field.doc_count
    terms = place.terms if isinstance(place, AnyOf) else (place.term,)
    return sum(field.doc_frequency(number) for number in map(field.find, terms) if number >= 0)


def _docs_in_order(units: Sequence[Unit], read: _Read, slop: int, candidates: Array) -> Array:
    """Return those of ``candidates`` in which the units stand."""
    ends: Array | None = None
    for unit in units:
        starts = _starts(unit.places, read, candidates)
        if ends is not None:
            starts = starts[_follow(starts, ends, slop)]
        ends = starts + unit.length
        candidates = _docs_of(ends)
    return candidates


def _starts(places: Sequence[Place | AnyOf], read: _Read, candidates: Array) -> Array:
    """Return where in ``candidates`` all of ``places`` hold, by their start, ascending.

    The first is looked at first. Starts are moved up by a constant, so that none before a text's
    start reaches into the document before.
    """
    first, *others = map(read, places)
    starts = first.holding_in(candidates) + (_MOST_OFFSET - first.offset)
    for place in others:
        if not len(starts):
            break
        moved = place.offset - _MOST_OFFSET
        starts = common(starts + moved, place.holding_in(_docs_of(starts))) - moved
    return starts


def _docs_of(places: Array) -> Array:
    """Return the documents of places in the texts, which ascend."""
    docs = (places >> DOC_BITS).astype(np.int32)
    found: Array = docs.compress(is_new(docs))
    return found


def _follow(starts: Array, ends: Array, slop: int) -> Array:
    """Return for each of ``starts`` whether one of ``ends`` is 0 to ``slop`` positions before it.

    Both ascend. Documents lie too far apart for an end in one to be near a start in the next.
    """
    if not len(ends):
        return np.zeros(len(starts), bool)
    before = ends.searchsorted(starts, side="right") - 1  # -1 for none: the last, which is behind
    gaps = starts - ends.take(before, mode="wrap")
    # As no sign is seen, what is behind is far away.
    near: Array = gaps.view(np.uint64) <= np.uint64(slop)
    return near


@dataclass
class _Known:
    """What was read of a place that is read again: candidates grow fewer from unit to unit."""

    found: Array | None = None


@dataclass
class _Place:
    """A place of a unit.

    Attributes:
        field: in which it is looked for.
        terms: any of which may stand there, by number.
        prefix: instead, those that begin so; None for none.
        offset: from the start of the unit.
        known: what is kept of it for the units that follow; None where none has it.
    """

    field: Field
    terms: Sequence[int]
    prefix: bytes | None
    offset: int
    known: _Known | None = None

    @classmethod
    def of(cls, field: Field, place: Place | AnyOf) -> _Place:
        if isinstance(place, Place) and place.prefix:
            return cls(field, (), place.term, place.offset)
        names = place.terms if isinstance(place, AnyOf) else (place.term,)
        terms = [number for number in map(field.find, names) if number >= 0]
        return cls(field, terms, None, place.offset)

    @property
    def docs(self) -> DocSet:
        """Those in which it holds."""
        if self.prefix is not None:
            return self.field.set_with_prefix(self.prefix)
        return union(map(self.field.set_of, self.terms), self.field.doc_count)

    def docs_among(self, docs: DocSet | None) -> DocSet:
        """Return those of ``docs`` (None for all) in which it holds."""
        if docs is None or docs.is_dense or (self.prefix is None and len(self.terms) != 1):
            return self.docs if docs is None else docs & self.docs
        if self.prefix is not None:
            held = self.field.holds_beginning(self.prefix, docs.docs)
        else:
            held = self.field.holds(self.terms[0], docs.docs)
        return DocSet(docs.below, docs.docs.compress(held))

    def holding_in(self, candidates: Array) -> Array:
        """Return where it holds in ``candidates`` (which ascend), and maybe elsewhere: ascending.

        Documents of ``candidates`` need not hold it.
        """
        if self.known is None:
            return self._read_in(candidates)
        if self.known.found is None:
            self.known.found = self._read_in(candidates)
        return self.known.found

    def _read_in(self, candidates: Array) -> Array:
        if self.prefix is not None:
            found = self.field.with_prefix(self.prefix).places_in(candidates)
            found.sort()
            return found
        each = [self._of_term(number, candidates) for number in self.terms]
        if len(each) == 1:
            return each[0]
        found = np.concatenate(each) if each else NO_PLACES
        found.sort()
        return found

    def _of_term(self, number: int, candidates: Array) -> Array:
        if self.field.doc_frequency(number) < max(_FEW_DOCS, _FAR_FEWER * len(candidates)):
            return self.field.places(number)
        return self.field.places_in(number, candidates)
