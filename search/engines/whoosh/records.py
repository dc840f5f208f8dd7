"""Records of terms read: one, or consecutive ones together, as far as is asked for.

See `postings` for what a record holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.dense import DensePostings
from search.engines.whoosh.docsets import FEW, NO_PLACES, DocSet, among, marked, places_of
from search.engines.whoosh.packing import (
    ascending_bytes,
    bits_set,
    is_dense,
    ranges,
    read_ascending,
    read_map,
    smallest,
    starts_of,
    steps_at,
    steps_of,
)
from search.engines.whoosh.places import DOC_BITS, every_place, places_from
from search.engines.whoosh.postings import Layout, Postings

_PART_POSTINGS = 2**18
"""So many are unpacked at once: 1.6 million take 70 ms so, and 170 ms in arrays of them all."""

_FAR_SMALLER = 16  # times: looking a few numbers up in many beats going through all of both
_VERY_FEW = 100  # times as many: a few frequencies are looked up, and the others stay packed
_MANY = 8_000  # postings; to look frequencies up among fewer takes longer than to unpack them all


@dataclass(frozen=True)
class Records:
    """Consecutive records, unpacked as far as they are asked for.

    Attributes:
        data: the records, one after another.
        bounds: where each begins in ``data``, and where the last ends.
        counts: documents of each term.
        occurrences: of each term; None for values.
        universe: documents of the segment.
        position_bits: of each document, the width of its positions; None where there are none.
    """

    data: Array
    bounds: Array
    counts: Array
    occurrences: Array | None
    universe: int
    position_bits: Array | None

    def postings(self) -> Postings:
        """Return everything."""
        positions = None
        if self.freqs is not None and self.position_bits is not None:
            places = self._places(np.arange(len(self.docs)))
            positions = places & ((1 << DOC_BITS) - 1)
        freqs = None if self.freqs is None else self.freqs.astype(np.int64)
        return Postings(self.counts, self.docs.astype(np.int64), freqs, positions)

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self.counts, self.universe)

    @property
    def _freq_bytes(self) -> Array:
        return self.counts * 0 if self.occurrences is None else (self.occurrences + 7) >> 3

    @cached_property
    def docs(self) -> Array:
        """The documents (int32) of each term, term by term."""
        return np.concatenate([part._read_docs() for part in self._parts()])

    def _parts(self) -> Iterator[Records]:
        """Yield the same in parts so small that what is made of one stays in the cache.

        A dense term is a part of its own.
        """
        if not len(self.counts):
            yield self
            return
        sums = starts_of(self.counts)
        edges = np.searchsorted(sums, np.arange(_PART_POSTINGS, sums[-1], _PART_POSTINGS))
        dense = np.flatnonzero(is_dense(self.counts, self.universe))
        every = np.unique(np.concatenate([[0, len(self.counts)], edges, dense, dense + 1]))
        for low, high in pairwise(every.tolist()):
            yield self if high - low == len(self.counts) else self._between(low, high)

    @property
    def _dense(self) -> DensePostings | None:
        """The term of a part, if it is a dense one."""
        if not len(self.counts) or not is_dense(self.counts[0], self.universe):
            return None
        return DensePostings(self.data, int(self.counts[0]), self.universe, self.position_bits)

    def _between(self, low: int, high: int) -> Records:
        start, stop = self.bounds[[low, high]].tolist()
        return replace(
            self,
            data=self.data[start:stop],
            bounds=self.bounds[low : high + 1] - start,
            counts=self.counts[low:high],
            occurrences=None if self.occurrences is None else self.occurrences[low:high],
        )

    def _read_docs(self) -> Array:
        if dense := self._dense:
            return dense.docs.astype(np.int32)
        layout, records, counts = self._layout, self.bounds[:-1], self.counts
        found = _bits_of(self.data, records + layout.low_bytes, layout.high_bytes, counts)
        found -= ranges(np.zeros_like(counts), counts)
        found <<= layout.widths.repeat(counts)
        found |= layout.lows(self.data, records, counts)
        docs: Array = found.astype(np.int32)
        return docs

    @cached_property
    def freqs(self) -> Array | None:
        """How often each term stands in each of `docs`; None for values."""
        if self.occurrences is None:
            return None
        return np.concatenate([part._read_freqs() for part in self._parts()])

    def _read_freqs(self) -> Array:
        if dense := self._dense:
            return dense.freqs
        at = self.bounds[:-1] + self._layout.low_bytes + self._layout.high_bytes
        last = _bits_of(self.data, at, self._freq_bytes, self.counts)
        freqs = steps_of(last)
        first = starts_of(self.counts)[:-1]
        freqs[first] = last[first] + 1
        return smallest(freqs)

    def places_in(self, candidates: Array) -> Array:
        """Return the occurrences in ``candidates``, which ascend, term by term (see `places`)."""
        return self._places(_marked_places(candidates, self.docs, self.universe))

    def _places(self, chosen: Array) -> Array:
        """Return the occurrences in some of `docs`, by their places there, which ascend."""
        if self.freqs is None or self.position_bits is None:
            return NO_PLACES
        docs = self.docs.take(chosen)
        widths = self.position_bits.take(docs)
        starts = self._starts.take(chosen)
        return places_from(self.data, docs, starts, self.freqs.take(chosen), widths)

    @cached_property
    def _starts(self) -> Array:
        """At which bit the positions in each of `docs` begin."""
        freqs, bits = self.freqs, self.position_bits
        if freqs is None or bits is None:
            return NO_PLACES
        starts = starts_of(bits.take(self.docs) * freqs.astype(np.int64))
        firsts = starts[starts_of(self.counts)]
        at = self.bounds[1:] - ((np.diff(firsts) + 7) >> 3)  # for they end the record
        found: Array = starts[:-1] + (at * 8 - firsts[:-1]).repeat(self.counts)
        return found

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it may come to take."""
        return 14 * int(self.counts.sum()) + 100 * len(self.counts)


def _marked_places(candidates: Array, docs: Array, universe: int) -> Array:
    """Return where in ``docs`` one of ``candidates`` stands; all are below ``universe``."""
    found: Array = marked(candidates, universe).take(docs).nonzero()[0]
    return found


def _bits_of(data: Array, starts: Array, lengths: Array, counts: Array) -> Array:
    """Return which bits of each stretch of bytes are set, ``counts`` in each, from its start."""
    ones = bits_set(data[ranges(starts, lengths)])
    ones -= (starts_of(lengths)[:-1] * 8).repeat(counts)
    return ones


@dataclass(frozen=True)
class TermPostings:
    """The postings of one term that is not dense, unpacked as far as they are asked for.

    Attributes:
        count: documents that hold the term.
        occurrences: in all of them.
        packed_docs: in Elias-Fano's code.
        packed_freqs: how often it stands in each, in unary.
        packed_positions: from bit 0 on.
        position_bits: of each document of the segment; None in a field without positions.
        universe: documents of the segment.
    """

    count: int
    occurrences: int
    packed_docs: Array
    packed_freqs: Array
    packed_positions: Array
    position_bits: Array | None
    universe: int

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it may come to take."""
        return 14 * self.count

    @cached_property
    def docs(self) -> Array:
        """Those that hold the term (int32), ascending."""
        return decode_docs(self.packed_docs, self.count, self.universe)

    def doc_set(self) -> DocSet:
        """Return the same as a set."""
        return DocSet(self.universe, self.docs)

    @cached_property
    def freqs(self) -> Array:
        """How often the term stands in each of `docs`."""
        if self.occurrences == self.count:  # as most terms do: once in each
            return np.ones(self.occurrences, np.uint8)
        return smallest(steps_of(bits_set(self.packed_freqs)))

    def holds(self, docs: Array) -> Array:
        """Return for each of ``docs``, ascending, whether it holds the term."""
        return among(docs, self.docs, self.universe)

    def meet(self, docs: Array) -> tuple[Array, Array]:
        """Return which of ``docs``, by their places, hold the term, and how often each does."""
        if len(docs) < max(FEW, self.count // _FAR_SMALLER):
            inside, at = places_of(docs, self.docs)
        elif self.count < max(FEW, len(docs) // _FAR_SMALLER):
            at, inside = places_of(self.docs, docs)
        else:
            freqs = self._by_doc().take(docs)
            inside = freqs.nonzero()[0]
            return inside, freqs.take(inside)
        return inside, self._freqs_at(at)

    def _freqs_at(self, places: Array) -> Array:
        """Return how often the term stands in those of `docs` at ``places``, which ascend."""
        is_worth_it = self.count > max(_MANY, len(places) * _VERY_FEW)
        if is_worth_it and "freqs" not in self.__dict__ and self.occurrences > self.count:
            return steps_at(self.packed_freqs, places)
        return self.freqs.take(places)

    def _by_doc(self) -> Array:
        """Return how often the term stands in each document of the segment: 0 in most."""
        found = np.zeros(self.universe, self.freqs.dtype)
        found[self.docs] = self.freqs
        return found

    @cached_property
    def _widths(self) -> Array:
        bits = self.position_bits
        return np.zeros(0, np.uint8) if bits is None else bits.take(self.docs)

    @cached_property
    def _starts(self) -> Array:
        """At which bit the positions in each document begin."""
        return starts_of(self._widths * self.freqs.astype(np.int64))

    def places(self) -> Array:
        """Return every occurrence, ascending (see `places`)."""
        if self.position_bits is None:
            return NO_PLACES
        return every_place(self.packed_positions, self.docs, self.freqs, self._widths)

    def places_in(self, candidates: Array) -> Array:
        """Return the occurrences in those of ``candidates`` that hold it; both ascend."""
        if self.position_bits is None:
            return NO_PLACES
        if len(candidates) < max(FEW, self.count // _FAR_SMALLER):
            chosen = places_of(candidates, self.docs)[1]
        else:
            chosen = _marked_places(candidates, self.docs, self.universe)
        docs, widths = self.docs.take(chosen), self._widths.take(chosen)
        freqs, starts = self.freqs.take(chosen), self._starts.take(chosen)
        return places_from(self.packed_positions, docs, starts, freqs, widths)


def decode_docs(record: Array, count: int, universe: int) -> Array:
    """Return the documents (int32) of one record, ascending."""
    return read_ascending(record, count, universe).astype(np.int32)


def decode_set(record: Array, count: int, universe: int) -> DocSet:
    """Return the documents of one record as a set."""
    if is_dense(count, universe):
        return DocSet(universe, mask=read_map(record, universe))
    return DocSet(universe, decode_docs(record, count, universe))


def decode_term(
    record: Array, count: int, occurrences: int, universe: int, position_bits: Array | None
) -> TermPostings | DensePostings:
    """Return the postings of one record of a field of text."""
    if is_dense(count, universe):
        return DensePostings(record, count, universe, position_bits)
    at = ascending_bytes(count, universe)
    end = at + ((occurrences + 7) >> 3)
    docs, freqs, positions = record[:at], record[at:end], record[end:]
    return TermPostings(count, occurrences, docs, freqs, positions, position_bits, universe)
