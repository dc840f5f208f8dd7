"""Sets of documents: of one segment's, as ascending numbers or as a map.

`DocSet` is sparse (ascending numbers, without repeats) or dense (a bool for every document); what
is done with two sets depends on what they are. The functions are for what else ascends.

`take` and `compress` do what an index in brackets does, in half the time. Here and where postings
are unpacked methods of arrays are called, not NumPy's functions of the same names: a function adds
two microseconds, as much as the work on a few hundred numbers, and a query takes hundreds of calls.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from search.engines.whoosh.arrays import Array

NO_DOCS: Array = np.empty(0, np.int32)
NO_PLACES: Array = np.empty(0, np.int64)

_FAR_SMALLER = 32  # times: a few numbers are rather looked up than a map made of the many
FEW = 300  # numbers to look up: for fewer it never pays to make a map of all documents
_NUMBER_BITS = 32  # of a document; a map has a bit for each
_DENSE = 16  # of n/16 documents of n, or more, a map is made; fewer stay numbers


class DocSet:
    """A set of documents of one segment. It never changes.

    Args:
        below: how many documents the segment has.
        docs: ascending, without repeats; or
        mask: of each document, whether it is in the set.
    """

    __slots__ = ("_docs", "_mask", "_others", "below", "is_dense")

    def __init__(self, below: int, docs: Array | None = None, mask: Array | None = None) -> None:
        self.below = below
        self.is_dense = mask is not None
        self._docs = NO_DOCS if docs is None and mask is None else docs
        self._mask = mask
        self._others: Array | None = None

    @classmethod
    def of_mask(cls, mask: Array) -> DocSet:
        """Return the set of those that ``mask`` is true of: dense only if they are many."""
        if np.count_nonzero(mask) * _DENSE < len(mask):
            return cls(len(mask), mask.nonzero()[0].astype(np.int32))
        return cls(len(mask), mask=mask)

    @classmethod
    def of_any(cls, docs: Array, below: int) -> DocSet:
        """Return the set of ``docs``, in any order and as often as may be."""
        if len(docs) * _DENSE < below:
            ordered = np.sort(docs)
            return cls(below, ordered.compress(is_new(ordered)))
        return cls.of_mask(marked(docs, below))

    @classmethod
    def of_packed(cls, packed: Array, below: int) -> DocSet:
        """Return the set that `packed` was made of."""
        if packed.dtype == np.uint8:
            return cls.of_mask(np.unpackbits(packed, count=below, bitorder="little").view(bool))
        return cls(below, packed)

    def packed(self) -> Array:
        """Return the set as small as it gets, to be kept: numbers (int32), or bits (uint8)."""
        if len(self) * _NUMBER_BITS > self.below:
            packed = np.packbits(self.mask, bitorder="little")
        else:
            packed = self.docs.astype(np.int32)  # a copy: it may be part of something large
        packed.setflags(write=False)
        return packed

    @classmethod
    def all(cls, below: int) -> DocSet:
        """Return the set of all documents."""
        return cls(below, mask=np.ones(below, bool))

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask)) if self._docs is None else len(self._docs)

    @property
    def docs(self) -> Array:
        """The documents, ascending."""
        if self._docs is None:
            self._docs = self.mask.nonzero()[0]
        return self._docs

    @property
    def mask(self) -> Array:
        """Of each document, whether it is in the set."""
        if self._mask is None:
            self._mask = marked(self.docs, self.below)
        return self._mask

    @property
    def others(self) -> Array:
        """The documents that are not in the set, ascending."""
        if self._others is None:
            self._others = (~self.mask).nonzero()[0]
        return self._others

    def holds(self, docs: Array) -> Array:
        """Return for each of ``docs``, ascending, whether it is in the set."""
        return self.mask.take(docs) if self.is_dense else among(docs, self.docs, self.below)

    def where(self, mask: Array) -> DocSet:
        """Return those of which ``mask`` (a bool for every document) is true."""
        if self.is_dense:
            return DocSet.of_mask(self.mask & mask)
        return DocSet(self.below, self.docs.compress(mask.take(self.docs)))

    def where_value(self, passes: Array, values: Array) -> DocSet:
        """Return those whose value is one that ``passes`` (a bool for every value).

        Args:
            passes: of each value.
            values: of every document, by number.
        """
        if self.is_dense:
            return self.where(passes.take(values))
        return DocSet(self.below, self.docs.compress(passes.take(values.take(self.docs))))

    def __and__(self, other: DocSet) -> DocSet:
        if other.is_dense:
            return self.where(other.mask)
        if self.is_dense:
            return other.where(self.mask)
        few, many = sorted((self.docs, other.docs), key=len)
        return DocSet(self.below, few.compress(among(few, many, self.below)))

    def __sub__(self, other: DocSet) -> DocSet:
        if self.is_dense:
            return self.where(~other.mask)
        return DocSet(self.below, self.docs.compress(~other.holds(self.docs)))

    def is_within(self, other: DocSet) -> bool:
        """Return whether all of the set are in the other."""
        if self is other:
            return True
        if self.is_dense:
            return not (self.mask & ~other.mask).any()
        return bool(other.holds(self.docs).all())


def union(sets: Iterable[DocSet], below: int) -> DocSet:
    """Return what is in any of ``sets``."""
    found = [each for each in sets if each.is_dense or len(each)]
    if len(found) <= 1:
        return found[0] if found else DocSet(below)
    sparse = [each.docs for each in found if not each.is_dense]
    if len(sparse) == len(found):
        return DocSet.of_any(np.concatenate(sparse), below)
    mask, *others = [each.mask for each in found if each.is_dense]
    mask = mask.copy()
    for other in others:
        mask |= other
    for docs in sparse:
        mask[docs] = True
    return DocSet(below, mask=mask)


def contained(values: Array, in_sorted: Array) -> Array:
    """Return for each of ``values`` whether it is among ``in_sorted``, which ascends."""
    if not len(in_sorted) or not len(values):
        return np.zeros(len(values), bool)
    # What is above them all is compared with the last, which is not the same.
    found: Array = in_sorted.take(_searched(in_sorted, values), mode="clip") == values
    return found


def _searched(in_sorted: Array, values: Array) -> Array:
    # Of two types NumPy would copy the array that is searched, often a hundred times the longer.
    found: Array = in_sorted.searchsorted(values.astype(in_sorted.dtype, copy=False))
    return found


def places_of(wanted: Array, among: Array) -> tuple[Array, Array]:
    """Return where the ones of ``wanted`` that are ``among`` others stand in both; both ascend.

    Returns:
        Their places in ``wanted``, and in ``among``.
    """
    if not len(among) or not len(wanted):
        return NO_PLACES, NO_PLACES
    at = _searched(among, wanted)
    inside = (among.take(at, mode="clip") == wanted).nonzero()[0]
    return inside, at.take(inside)


def among(docs: Array, others: Array, below: int) -> Array:
    """Return for each of ``docs`` whether it is among ``others``; both ascend, below ``below``."""
    if len(docs) < max(FEW, len(others) // _FAR_SMALLER):
        return contained(docs, others)
    found: Array = marked(others, below).take(docs)
    return found


def marked(docs: Array, below: int) -> Array:
    """Return for each number below ``below`` whether it is one of ``docs``, in any order."""
    present = np.zeros(below, bool)
    present[docs.astype(np.intp, copy=False)] = True
    return present


def common(values: Array, others: Array) -> Array:
    """Return what is in both; both ascend without repeats."""
    few, many = sorted((values, others), key=len)
    if len(few) * _FAR_SMALLER < len(many):
        found: Array = few.compress(contained(few, many))
        return found
    both = np.concatenate([few, many])
    both.sort(kind="stable")  # which merges what is in order already, in half of a look-up's time
    after = both[1:]
    again: Array = after.compress(after == both[:-1])
    return again


def is_new(ordered: Array) -> Array:
    """Return for each of ascending numbers whether it is not the one before."""
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new
