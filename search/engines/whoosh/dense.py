"""Terms that very many documents hold: maps, instead of lists.

The record of a dense term (see `packing.is_dense`), in whole words but for what ends it:

    map           a bit a document: it holds the term
    twice         a bit a document: the term stands in it twice or more often
    thrice        three times or more often
    rest          how many bytes follow for it, in four; then of each document of ``thrice`` how
                  often the term stands there beyond twice, in unary
    positions     as in other records

So how often a term stands in a document is known from three bits, wherever the document is, and
what a term may score in all documents from three maps: nothing has to be unpacked for either. In a
field of values, and for heads, there is the map alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import NO_PLACES, DocSet
from search.engines.whoosh.packing import (
    WORD_BITS,
    bits_set,
    low_masks,
    map_bytes,
    pack,
    read_map,
    set_bits,
    smallest,
    starts_of,
    steps_of,
)
from search.engines.whoosh.places import every_place, places_from

_REST = np.dtype("<u4")
_WORD = np.dtype("<u8")
_PLANES = 3
_OFTEN_BYTES = 6  # of a document of the third map: its number, and how often the term stands there
_STRETCH = 2_048  # words of the maps at a time, that what is made of them stays small
_OF_BITS = 1 << np.arange(6, dtype=np.uint16)  # 64 documents, three times 32 bits at most
_LARGE_SHARE = 5  # of n/5 documents of n, or more, the maps are unpacked as a whole


def encode_dense(
    docs: Array,
    freqs: Array | None,
    positions: Array | None,
    universe: int,
    position_bits: Array | None,
) -> Array:
    """Return the record of one dense term.

    Args:
        docs: that hold it, ascending.
        freqs: how often it stands in each; None for values.
        positions: of each occurrence; None where there are none.
        universe: documents of the segment.
        position_bits: of each document, the width of its positions.
    """
    return np.concatenate(list(_parts(docs, freqs, positions, universe, position_bits)))


def _parts(
    docs: Array,
    freqs: Array | None,
    positions: Array | None,
    universe: int,
    position_bits: Array | None,
) -> Iterator[Array]:
    size = map_bytes(universe)
    yield set_bits(docs, size)
    if freqs is None:
        return
    yield set_bits(docs[freqs > 1], size)
    is_often = freqs > 2
    yield set_bits(docs[is_often], size)
    beyond = starts_of(freqs[is_often] - 2)
    rest = set_bits(beyond[1:] - 1, (int(beyond[-1]) + 7) >> 3)
    yield np.array([len(rest)], _REST).view(np.uint8)
    yield rest
    if positions is not None and position_bits is not None:
        widths = np.repeat(position_bits[docs], freqs).astype(np.int64)
        offsets = starts_of(widths)
        some = np.flatnonzero(widths)
        values = positions[some].astype(np.uint64)
        yield pack(values, offsets[some], widths[some], (int(offsets[-1]) + 7) >> 3)


@dataclass(frozen=True)
class DensePostings:
    """The postings of one dense term of a field of text.

    Attributes:
        record: see the module.
        count: documents that hold the term.
        universe: documents of the segment.
        position_bits: of each document of the segment; None in a field without positions.
    """

    record: Array
    count: int
    universe: int
    position_bits: Array | None

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it may come to take."""
        often = int(np.bitwise_count(self.planes[-1]).sum())
        return _OFTEN_BYTES * often + 2_000

    @cached_property
    def planes(self) -> list[Array]:
        """The three maps, packed: documents where it stands, stands twice, three times."""
        size = map_bytes(self.universe)
        return [self.record[size * n : size * (n + 1)] for n in range(_PLANES)]

    @cached_property
    def _maps(self) -> Array:
        """The three maps, a row each."""
        return self.record[: _PLANES * map_bytes(self.universe)].reshape(_PLANES, -1)

    @property
    def _words(self) -> Array:
        """The three maps, a row each, by words; a copy, as the record may begin anywhere."""
        data = self.record[: _PLANES * map_bytes(self.universe)].tobytes()
        return np.frombuffer(data, _WORD).reshape(_PLANES, -1)

    def _words_at(self, at: Array) -> Array:
        """Return some of the words of each map."""
        data = self._maps.reshape(_PLANES, -1, _WORD.itemsize).take(at, axis=1)
        return data.view(_WORD).reshape(_PLANES, len(at))

    @cached_property
    def _behind(self) -> tuple[Array, Array]:
        """What `rest` holds, and the positions, packed."""
        at = _PLANES * map_bytes(self.universe)
        rest = at + _REST.itemsize
        end = rest + int.from_bytes(self.record[at:rest].tobytes(), "little")
        return self.record[rest:end], self.record[end:]

    @property
    def docs(self) -> Array:
        """Those that hold the term, ascending."""
        return read_map(self.planes[0], self.universe).nonzero()[0]

    @property
    def freqs(self) -> Array:
        """How often the term stands in each of `docs`."""
        return self.by_doc().take(self.docs)

    def by_doc(self) -> Array:
        """Return how often the term stands in each document of the segment."""
        found, *others = [read_map(plane, self.universe).view(np.uint8) for plane in self.planes]
        for plane in others:
            found += plane
        found = found.astype(self._often.dtype, copy=False)
        found[others[-1].view(bool).nonzero()[0]] = self._often
        return found

    @cached_property
    def _often(self) -> Array:
        """How often the term stands in each document of the third map."""
        return smallest(steps_of(bits_set(self._behind[0])) + 2)

    @cached_property
    def _often_docs(self) -> Array:
        """The documents (int32) of the third map, ascending."""
        return bits_set(self.planes[-1]).astype(np.int32)

    def doc_set(self) -> DocSet:
        """Return the documents as a set."""
        return DocSet(self.universe, mask=read_map(self.planes[0], self.universe))

    def holds(self, docs: Array) -> Array:
        """Return for each of ``docs`` whether it holds the term."""
        return bits_at(self.planes[0], docs).view(bool)

    def meet(self, docs: Array) -> tuple[Array, Array]:
        """Return which of ``docs``, by their places, hold the term, and how often each does."""
        if len(docs) * _LARGE_SHARE > self.universe:
            freqs = self.by_doc().take(docs)
            inside = freqs.nonzero()[0]
            return inside, freqs.take(inside)
        freqs, twice, thrice = bits_at(self._maps, docs)
        freqs += twice
        freqs += thrice
        inside = freqs.nonzero()[0]
        freqs = freqs.take(inside)
        often = (freqs == _PLANES).nonzero()[0]
        if len(often):
            freqs = freqs.astype(self._often.dtype, copy=False)
            freqs[often] = self._often.take(self._ranks(docs.take(inside.take(often))))
        return inside, freqs

    def _ranks(self, docs: Array) -> Array:
        """Return how many documents of the third map are before each of ``docs``."""
        ranks: Array = self._often_docs.searchsorted(docs.astype(np.int32, copy=False))
        return ranks

    def places(self) -> Array:
        """Return every occurrence, ascending (see `places`)."""
        docs, bits = self.docs, self.position_bits
        if bits is None:
            return NO_PLACES
        return every_place(self._behind[1], docs, self.by_doc().take(docs), bits.take(docs))

    def places_in(self, candidates: Array, starts: PositionStarts, widths: Array) -> Array:
        """Return the occurrences in those of ``candidates`` that hold it; both ascend.

        Args:
            candidates: documents.
            starts: what `position_starts` returns.
            widths: of positions, as `width_maps` returns them.
        """
        if self.position_bits is None:
            return NO_PLACES
        inside, freqs = self.meet(candidates)
        docs = candidates.take(inside)
        at = docs >> 6
        before = self._words_at(at) & low_masks(docs & (WORD_BITS - 1))
        begin = starts.of_words.take(at) + starts.beyond.take(self._ranks(docs))
        begin += _position_bits(before, widths.take(at, axis=1))
        return places_from(self._behind[1], docs, begin, freqs, self.position_bits.take(docs))

    def position_starts(self, widths: Array) -> PositionStarts:
        """Return what tells where the positions of each document begin.

        Args:
            widths: of positions, as `width_maps` returns them.
        """
        words, stretch = self._words, range(0, widths.shape[1], _STRETCH)
        each = [
            _position_bits(words[:, n : n + _STRETCH], widths[:, n : n + _STRETCH]) for n in stretch
        ]
        of_words = starts_of(np.concatenate(each))[:-1]
        if self.position_bits is None:
            return PositionStarts(of_words, NO_PLACES)
        of_often = self.position_bits.take(self._often_docs)
        beyond = starts_of((self._often.astype(np.int64) - _PLANES) * of_often)
        return PositionStarts(of_words, smallest(beyond))


class PositionStarts(NamedTuple):
    """How many bits the positions of a dense term take before a document.

    Attributes:
        of_words: before each word of the maps, if of no document more than three were counted.
        beyond: those of the other positions, before each document of the third map.
    """

    of_words: Array
    beyond: Array

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes."""
        return self.of_words.nbytes + self.beyond.nbytes


def width_maps(widths: Array) -> Array:
    """Return of each bit of some numbers, the least first, a map by words of those that have it."""
    size = map_bytes(len(widths))
    bits = range(int(widths.max(initial=1)).bit_length())
    return np.array([set_bits((widths >> bit & 1).nonzero()[0], size).view(_WORD) for bit in bits])


def _position_bits(planes: Array, widths: Array) -> Array:
    """Return how many bits positions take in each word of the maps, up to three a document."""
    held = np.bitwise_count(planes & widths[:, None])
    found: Array = _OF_BITS[: len(widths)] @ (held[:, 0] + held[:, 1] + held[:, 2])
    return found


def bits_at(maps: Array, docs: Array) -> Array:
    """Return the bit of each of ``docs``, as a byte 0 or 1, in a map or in each row of several."""
    found: Array = maps.take(docs >> 3, axis=-1)
    found >>= (docs & 7).astype(np.uint8)
    found &= 1
    return found
