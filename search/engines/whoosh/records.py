"""Records of terms read: one, or consecutive ones together, as far as is asked for.

See `postings` for what a record holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet, marked, places_of
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
    unpack,
)
from search.engines.whoosh.postings import Layout, Postings

DOC_BITS = 32
"""A place in the texts is one number, (document << DOC_BITS) + position: both halves stay far
below 2**31."""

_PART_POSTINGS = 2**18
"""So many are unpacked at once: 1.6 million take 70 ms so, and 170 ms in arrays of them all."""

_FEW = 16  # times as many: a few documents are looked up, of more a map is made
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
        has_positions = self.freqs is not None and self.position_bits is not None
        positions = self.positions_in(np.arange(len(self.docs)))[0] if has_positions else None
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
        """Yield the same in parts so small that what is made of one stays in the cache."""
        sums = starts_of(self.counts)
        edges = np.searchsorted(sums, np.arange(_PART_POSTINGS, sums[-1], _PART_POSTINGS))
        for low, high in pairwise([0, *np.unique(edges).tolist(), len(self.counts)]):
            yield self if high - low == len(self.counts) else self._between(low, high)

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
        layout, records, counts = self._layout, self.bounds[:-1], self.counts
        found = _bits_of(self.data, records + layout.low_bytes, layout.high_bytes, counts)
        found -= layout.steps(counts)
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
        at = self.bounds[:-1] + self._layout.low_bytes + self._layout.high_bytes
        last = _bits_of(self.data, at, self._freq_bytes, self.counts)
        freqs = steps_of(last)
        first = starts_of(self.counts)[:-1]
        freqs[first] = last[first] + 1
        return smallest(freqs)

    def places_of(self, candidates: Array) -> Array:
        """Return where in `docs` those of ``candidates`` stand, ascending."""
        return _marked_places(candidates, self.docs, self.universe)

    def positions_in(self, chosen: Array) -> tuple[Array, Array]:
        """Return the positions in some documents, and how many there are in each.

        Args:
            chosen: places in `docs`, ascending.
        """
        if self.freqs is None or self.position_bits is None:
            return np.empty(0, np.int64), np.zeros(len(chosen), np.int64)
        counts = self.freqs[chosen].astype(np.int64)
        widths = self.position_bits[self.docs[chosen]].astype(np.int64)
        return _positions(self.data, self._starts[chosen], counts, widths)

    @cached_property
    def _starts(self) -> Array:
        """At which bit the positions in each of `docs` begin."""
        freqs, bits = self.freqs, self.position_bits
        if freqs is None or bits is None:
            return np.empty(0, np.int64)
        layout = self._layout
        at = self.bounds[:-1] + layout.low_bytes + layout.high_bytes + self._freq_bytes
        starts = starts_of(bits.take(self.docs) * freqs.astype(np.int64))
        shift = at * 8 - starts[starts_of(self.counts)[:-1]]
        found: Array = starts[:-1] + shift.repeat(self.counts)
        return found

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it may come to take."""
        return 13 * int(self.counts.sum()) + 100 * len(self.counts)


def _marked_places(candidates: Array, docs: Array, universe: int) -> Array:
    """Return where in ``docs`` one of ``candidates`` stands; all are below ``universe``."""
    found: Array = marked(candidates, universe).take(docs).nonzero()[0]
    return found


def _positions(data: Array, starts: Array, counts: Array, widths: Array) -> tuple[Array, Array]:
    """Return the positions of some documents, and how many there are in each.

    Args:
        data: that holds them.
        starts: at which bit those of each document begin.
        counts: positions of each document.
        widths: bits of each of them.
    """
    if counts.sum() == len(counts):  # one in each
        return unpack(data, starts, widths), counts
    each = widths.repeat(counts)
    offsets = starts.repeat(counts) + ranges(np.zeros_like(counts), counts) * each
    return unpack(data, offsets, each), counts


def _bits_of(data: Array, starts: Array, lengths: Array, counts: Array) -> Array:
    """Return which bits of each stretch of bytes are set, ``counts`` in each, from its start."""
    ones = bits_set(data[ranges(starts, lengths)])
    ones -= (starts_of(lengths)[:-1] * 8).repeat(counts)
    return ones


@dataclass(frozen=True)
class TermPostings:
    """The postings of one term, unpacked as far as they are asked for.

    Attributes:
        count: documents that hold the term.
        occurrences: in all of them.
        packed_docs: a map of a dense term's documents, or these in Elias-Fano's code.
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
        return 14 * self.count + self.is_dense * 2 * self.universe

    @property
    def is_dense(self) -> bool:
        """Whether so many documents hold the term that they are in a map."""
        return bool(is_dense(self.count, self.universe))

    @cached_property
    def docs(self) -> Array:
        """Those that hold the term (int32), ascending."""
        return decode_docs(self.packed_docs, self.count, self.universe)

    def doc_set(self) -> DocSet:
        """Return the same as a set: of a dense term one that is dense."""
        return decode_set(self.packed_docs, self.count, self.universe, lambda: self.docs)

    @cached_property
    def freqs(self) -> Array:
        """How often the term stands in each of `docs`."""
        if self.occurrences == self.count:  # as most terms do: once in each
            return np.ones(self.occurrences, np.uint8)
        return smallest(steps_of(bits_set(self.packed_freqs)))

    def freqs_at(self, places: Array) -> Array:
        """Return how often the term stands in those of `docs` at ``places``, which ascend."""
        is_worth_it = self.count > max(_MANY, len(places) * _VERY_FEW)
        if is_worth_it and "freqs" not in self.__dict__ and self.occurrences > self.count:
            return steps_at(self.packed_freqs, places)
        return self.freqs.take(places)

    def by_doc(self) -> Array:
        """Return how often the term stands in each document of the segment: 0 in most."""
        return self._by_doc if self.is_dense else self._scattered()

    @cached_property
    def _by_doc(self) -> Array:
        return self._scattered()

    def _scattered(self) -> Array:
        found = np.zeros(self.universe, self.freqs.dtype)
        found[self.docs] = self.freqs
        return found

    def places_of(self, candidates: Array) -> Array:
        """Return where in `docs` those of ``candidates`` stand that hold it; both ascend."""
        if len(candidates) * _FEW > self.count:
            return _marked_places(candidates, self.docs, self.universe)
        return places_of(candidates, self.docs)[1]

    @cached_property
    def _widths(self) -> Array:
        bits = self.position_bits
        return np.zeros(0, np.uint8) if bits is None else bits.take(self.docs)

    @cached_property
    def _starts(self) -> Array:
        """At which bit the positions in each document begin."""
        return starts_of(self._widths * self.freqs.astype(np.int64))

    def positions_in(self, chosen: Array) -> tuple[Array, Array]:
        """Return the positions in some documents, and how many there are in each.

        Args:
            chosen: places in `docs`.
        """
        if self.position_bits is None:
            return np.empty(0, np.int64), np.zeros(len(chosen), np.int64)
        counts, widths = self.freqs[chosen].astype(np.int64), self._widths[chosen].astype(np.int64)
        return _positions(self.packed_positions, self._starts[chosen], counts, widths)

    def places(self) -> Array:
        """Return every occurrence, ascending: (document << `DOC_BITS`) + position."""
        found, widths = self.docs.astype(np.int64), self._widths
        found <<= DOC_BITS
        if self.occurrences > self.count:
            last = np.unpackbits(self.packed_freqs, count=self.occurrences, bitorder="little")
            of_docs = last.cumsum(dtype=np.intp)  # of each occurrence, which document it is in
            of_docs -= last
            found, widths = found.take(of_docs), widths.take(of_docs)
        found += unpack(self.packed_positions, starts_of(widths)[:-1], widths)
        return found


def decode_docs(record: Array, count: int, universe: int) -> Array:
    """Return the documents (int32) of one record, ascending."""
    return read_ascending(record, count, universe).astype(np.int32)


def decode_set(
    record: Array, count: int, universe: int, docs: Callable[[], Array] | None = None
) -> DocSet:
    """Return the documents of one record as a set.

    Args:
        record: begins with them.
        count: of them.
        universe: documents of the segment.
        docs: knows them, or finds them out.
    """
    if is_dense(count, universe):
        return DocSet(universe, mask=read_map(record, universe))
    return DocSet(universe, docs() if docs else decode_docs(record, count, universe))


def decode_term(
    record: Array, count: int, occurrences: int, universe: int, position_bits: Array | None
) -> TermPostings:
    """Return the postings of one record of a field of text."""
    at = ascending_bytes(count, universe)
    end = at + ((occurrences + 7) >> 3)
    docs, freqs, positions = record[:at], record[at:end], record[end:]
    return TermPostings(count, occurrences, docs, freqs, positions, position_bits, universe)
