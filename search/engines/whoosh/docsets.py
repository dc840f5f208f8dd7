"""Sets of documents as arrays: ascending, without repeats.

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
_DENSE = 16  # of more than n/16 numbers below n, a map of n is marked; fewer are sorted


def contained(values: Array, in_sorted: Array) -> Array:
    """Return for each of ``values`` whether it is among ``in_sorted``, which ascends."""
    if not len(in_sorted) or not len(values):
        return np.zeros(len(values), bool)
    at = _searched(in_sorted, values)
    at[at == len(in_sorted)] = 0
    found: Array = in_sorted.take(at) == values
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
    at[at == len(among)] = 0
    inside = (among.take(at) == wanted).nonzero()[0]
    return inside, at.take(inside)


def among(docs: Array, others: Array, below: int) -> Array:
    """Return for each of ``docs`` whether it is among ``others``; both ascend, below ``below``."""
    if len(docs) * _FAR_SMALLER < len(others):
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


def limited(docs: Array, wanted: Array) -> Array:
    """Return ``docs``, or those of them that are ``wanted`` where these are far fewer."""
    if len(wanted) * _FAR_SMALLER >= len(docs):
        return docs
    found: Array = wanted.compress(contained(wanted, docs))
    return found


def difference(docs: Array, others: Array, below: int) -> Array:
    """Return those of ``docs`` that are not among ``others``; both ascend, below ``below``."""
    rest: Array = docs.compress(~among(docs, others, below))
    return rest


def intersection(sets: Iterable[Array], below: int) -> Array:
    """Return what is in all of ``sets``, each ascending below ``below``; at least one set."""
    first, *others = sorted(sets, key=len)
    for other in others:
        first = first.compress(among(first, other, below))
    return first


def union(sets: Iterable[Array], below: int) -> Array:
    """Return what is in any of ``sets``, each ascending without repeats and below ``below``."""
    found = [docs for docs in sets if len(docs)]
    if len(found) <= 1:
        return found[0] if found else NO_DOCS
    return distinct(np.concatenate(found), below)


def is_new(ordered: Array) -> Array:
    """Return for each of ascending numbers whether it is not the one before."""
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def distinct(docs: Array, below: int) -> Array:
    """Return ``docs`` ascending, each once; all are below ``below``."""
    if len(docs) * _DENSE < below:
        ordered = np.sort(docs)
        found: Array = ordered.compress(is_new(ordered))
        return found
    places: Array = marked(docs, below).nonzero()[0]
    return places
