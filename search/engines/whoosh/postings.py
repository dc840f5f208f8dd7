"""The postings of terms, as arrays and as bytes.

On the disk each term has a *record*, its parts one after another, whole bytes each (see `packing`
for the codes):

    documents    Elias-Fano: the low bits in words, then the high bits
    frequencies  of each document, unary                           in fields of text
    positions    of every occurrence, as wide as its document's    in fields with positions
                 last position needs

The sizes of the parts follow from two numbers that stand elsewhere: how many documents hold the
term, and how many occurrences it has in them. Terms that very many documents hold have another
record (`dense`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.dense import encode_dense
from search.engines.whoosh.packing import (
    WORD_BITS,
    is_dense,
    low_widths,
    pack,
    ranges,
    set_bits,
    starts_of,
)

_PART_OCCURRENCES = 2**16
"""So many are packed at once, that what is made of them stays in the processor's cache."""


class Postings(NamedTuple):
    """The postings of consecutive terms, term by term.

    Attributes:
        counts: documents that hold each term, at least one.
        docs: their numbers, ascending within a term.
        freqs: how often the term stands in each; None for values.
        positions: of each occurrence, ascending within a document; None where there are none.
    """

    counts: Array
    docs: Array
    freqs: Array | None
    positions: Array | None

    def occurrences(self) -> Array:
        """Return how often each term stands in all its documents."""
        if self.freqs is None:
            return self.counts
        if not len(self.counts):
            return np.zeros(0, np.int64)
        found: Array = np.add.reduceat(self.freqs, starts_of(self.counts)[:-1], dtype=np.int64)
        return found

    def parts(self, most: int, universe: int) -> Iterator[Postings]:
        """Yield the same in parts of some terms each, of ``most`` occurrences or of one term.

        A dense term is a part of its own.
        """
        postings, occurrences = starts_of(self.counts), starts_of(self.occurrences())
        edges = np.searchsorted(occurrences, np.arange(most, occurrences[-1], most))
        dense = np.flatnonzero(is_dense(self.counts, universe))
        every = np.unique(np.concatenate([[0, len(self.counts)], edges, dense, dense + 1]))
        for low, high in pairwise(every.tolist()):
            of_part = slice(postings[low], postings[high])
            yield Postings(
                self.counts[low:high],
                self.docs[of_part],
                None if self.freqs is None else self.freqs[of_part],
                None
                if self.positions is None
                else self.positions[occurrences[low] : occurrences[high]],
            )


class Layout:
    """Where the parts of consecutive records stand, in bytes from where the first begins."""

    def __init__(self, counts: Array, universe: int) -> None:
        self.widths = low_widths(counts, universe)
        self.per_word = WORD_BITS // np.maximum(self.widths, 1)
        words = np.where(self.widths, -(-counts // self.per_word), 0)
        self.low_bytes = np.where(words > 1, words * 8, (counts * self.widths + 7) >> 3)
        self.high_bytes = (counts + (universe >> self.widths) + 7) >> 3

    def low_offsets(self, records: Array, counts: Array, order: Array) -> Array:
        """Return at which bit the low bits of each posting stand; ``order`` is its place."""
        per_word = np.repeat(self.per_word, counts)
        word, place = np.divmod(order, per_word)
        found: Array = (
            np.repeat(records * 8, counts)
            + word * WORD_BITS
            + place * np.repeat(self.widths, counts)
        )
        return found

    def lows(self, data: Array, records: Array, counts: Array) -> Array:
        """Return the low bits of each posting: words, each as often as it has some, shifted."""
        words = -(-counts // self.per_word)
        padded = np.concatenate([data, np.zeros(WORD_BITS // 8, np.uint8)])
        found = padded[ranges(records, words * 8)].view("<u8")
        in_word = np.repeat(self.per_word, words)
        in_word[np.cumsum(words) - 1] = counts - (words - 1) * self.per_word
        found = np.repeat(found, in_word)
        shifts = ranges(np.zeros_like(in_word), in_word) * np.repeat(self.widths, counts)
        found >>= shifts.view(np.uint64)
        found &= np.repeat((np.uint64(1) << self.widths.astype(np.uint64)) - np.uint64(1), counts)
        lows: Array = found.view(np.int64)
        return lows


def encode(postings: Postings, universe: int, position_bits: Array | None) -> tuple[Array, Array]:
    """Return the records of ``postings``, one after another, and how many bytes each has.

    Args:
        postings: of at least one term.
        universe: documents of the segment.
        position_bits: of each document, the width of its positions.
    """
    parts = []
    for each in postings.parts(_PART_OCCURRENCES, universe):
        if is_dense(each.counts[0], universe):
            record = encode_dense(*each[1:], universe, position_bits)
            parts.append((record, np.array([len(record)])))
        else:
            parts.append(_encode(each, universe, position_bits))
    data, sizes = zip(*parts, strict=True)
    return np.concatenate(data), np.concatenate(sizes)


def _encode(postings: Postings, universe: int, position_bits: Array | None) -> tuple[Array, Array]:
    counts, docs, freqs, positions = postings
    layout = Layout(counts, universe)
    occurrences = postings.occurrences()
    freq_bytes = (occurrences + 7) >> 3 if freqs is not None else np.zeros_like(counts)
    widths = np.empty(0, np.int64)
    position_bytes = np.zeros_like(counts)
    bit_starts = np.zeros(1, np.int64)
    if positions is not None and position_bits is not None and freqs is not None:
        widths = np.repeat(position_bits[docs], freqs).astype(np.int64)
        bit_starts = starts_of(widths)
        position_bytes = (np.diff(bit_starts[starts_of(occurrences)]) + 7) >> 3
    sizes = layout.low_bytes + layout.high_bytes + freq_bytes + position_bytes
    bounds = starts_of(sizes)
    records, total = bounds[:-1], int(bounds[-1])

    order = ranges(np.zeros_like(counts), counts)
    low = np.repeat(layout.widths, counts)
    highs = np.repeat((records + layout.low_bytes) * 8, counts) + (docs >> low) + order
    ones = [highs]
    if freqs is not None:
        at = (records + layout.low_bytes + layout.high_bytes) * 8
        ends = starts_of(freqs)[1:] - 1
        before = starts_of(occurrences)[:-1]
        ones.append(np.repeat(at - before, counts) + ends)
    data = set_bits(np.concatenate(ones), total)
    lows = (docs & ((1 << low) - 1)).astype(np.uint64)
    some = np.flatnonzero(low)
    data |= pack(lows[some], layout.low_offsets(records, counts, order)[some], low[some], total)
    if positions is not None and len(widths):
        at = (bounds[1:] - position_bytes) * 8
        shift = at - bit_starts[starts_of(occurrences)[:-1]]
        offsets = bit_starts[:-1] + np.repeat(shift, occurrences)
        some = np.flatnonzero(widths)
        data |= pack(positions[some].astype(np.uint64), offsets[some], widths[some], total)
    return data, sizes
