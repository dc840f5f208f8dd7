"""What one term is worth in each document: BM25, over whole arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple, Protocol

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.dense import DensePostings
from search.engines.whoosh.docsets import NO_PLACES
from search.engines.whoosh.field import Field
from search.engines.whoosh.packing import read_map
from search.engines.whoosh.segment import SegmentArrays

# Of BM25: how fast repeats of a term stop counting, and how much a long text is held against it.
# The least error over the question sets (docs/decisions.md, "Weights").
K1 = 0.9
B = 0.4

_SHARES = 255  # of what a term may score: as fine as a byte tells
_BLOCK = 2**15  # documents at a time, that what is made of them stays in the processor's cache


class Collection(Protocol):
    """What scoring must know of all segments together."""

    def doc_count(self) -> int:
        """Return the documents of all segments, deleted ones included."""

    def doc_frequency(self, field: str, term: bytes) -> int:
        """Return how many of them hold the term."""

    def average_length(self, field: str) -> float:
        """Return how many terms a document has in the field; 1.0 where none has any."""


class Weighed(NamedTuple):
    """A term, and what its score counts."""

    field: str
    term: bytes
    weight: float


class TermScorer:
    """Scores the terms of one query in one segment."""

    def __init__(self, segment: SegmentArrays, collection: Collection) -> None:
        self._segment = segment
        self._collection = collection

    def scores(
        self,
        terms: Iterable[Weighed],
        docs: Array,
        within: Sequence[tuple[Iterable[Weighed], Array]] = (),
    ) -> Array:
        """Return of each of ``docs`` the sum of what the terms score there.

        Of a term that is BM25 times its weight; the formula is `whoosh.scoring.bm25`'s. A value
        scores its weight.

        Args:
            terms: that score wherever they stand.
            docs: ascending.
            within: terms that score in some of ``docs`` only, and the places of these.
        """
        scores = np.zeros(len(docs))
        met: dict[str, list[_Met]] = {}
        if len(docs):
            self._meet(terms, docs, None, met)
        for some, at in within:
            self._meet(some, docs.take(at), at, met)
        texts: list[tuple[list[_Met], Array]] = []
        for name, each in met.items():
            field = self._segment.field(name)
            if field.lengths is None:
                for value in each:
                    scores[value.inside] += value.most
            else:
                texts.append((each, self._norms(field).take(docs)))
        for of_field in _summed(texts) if texts else ():
            scores += of_field
        return scores

    def _meet(
        self, terms: Iterable[Weighed], docs: Array, at: Array | None, met: dict[str, list[_Met]]
    ) -> None:
        """Add to ``met``, by field, where the terms stand in ``docs``, which are ``at`` others."""
        for name, term, weight in terms:
            field = self._segment.field(name)
            number = field.find(term)
            if number < 0:
                continue
            if field.lengths is None:
                inside, freqs = field.set_of(number).holds(docs).nonzero()[0], NO_PLACES
            else:
                inside, freqs = field.term(number).meet(docs)
            if at is not None:
                inside = at.take(inside)
            most = 1.0 if field.lengths is None else self._most(name, term)
            met.setdefault(name, []).append(_Met(inside, freqs, weight * most))

    def add_bounds(self, terms: Iterable[Weighed], bounds: Array) -> None:
        """Add to ``bounds``, one for each document, what none scores more than for the terms."""
        dense = []
        for name, text, weight in terms:
            field = self._segment.field(name)
            number = field.find(text)
            if number < 0:
                continue
            if field.lengths is None:
                bounds[field.docs_of(number)] += weight
                continue
            postings, most = field.term(number), weight * self._most(name, text)
            if isinstance(postings, DensePostings):
                dense.append((postings.planes, self._steps(field), np.float32(most / _SHARES)))
            else:
                freqs = postings.freqs.astype(np.float32)
                norms = self._norms(field).take(postings.docs)
                bounds[postings.docs] += most * freqs / (freqs + norms)
        for first in range(0, len(bounds), _BLOCK):
            block = slice(first, first + _BLOCK)
            for planes, steps, factor in dense:
                shares = _shares(planes, steps, block, len(bounds)).astype(np.float32)
                shares *= factor
                bounds[block] += shares

    def _steps(self, field: Field) -> tuple[Array, ...]:
        """Return by how much shares grow when a term stands in a document once, twice, thrice.

        More often is taken for any number of times.
        """
        key = "steps", field.name, self._collection.average_length(field.name)
        if key not in self._segment.columns:
            norms = self._norms(field)
            once, twice = (np.ceil(_SHARES * n / (n + norms)).astype(np.uint8) for n in (1, 2))
            self._segment.columns[key] = once, twice - once, _SHARES - twice
        steps: tuple[Array, ...] = self._segment.columns[key]
        return steps

    def bound(self, term: Weighed) -> float:
        """Return what no document scores more than for the term."""
        name, text, weight = term
        field = self._segment.field(name)
        if field.find(text) < 0:
            return 0.0
        return weight * (1.0 if field.lengths is None else self._most(name, text))

    def _norms(self, field: Field) -> Array:
        """Return of every document what its length in the field makes of a term's frequency."""
        key = field.name, self._collection.average_length(field.name)
        if key not in self._segment.columns:
            relative = field.lengths / key[1] if field.lengths is not None else np.ones(1)
            self._segment.columns[key] = K1 * ((1 - B) + B * relative)
        norms: Array = self._segment.columns[key]
        return norms

    def _most(self, name: str, term: bytes) -> float:
        """Return what BM25 of a term in text comes near to, the more often it stands there."""
        frequency = self._collection.doc_frequency(name, term)
        idf = log(self._collection.doc_count() / (frequency + 1)) + 1
        return idf * (K1 + 1)


class _Met(NamedTuple):
    """A term, where it stands in the documents that are scored.

    Attributes:
        inside: which of the documents hold it, by their places, ascending.
        freqs: how often each.
        most: see `TermScorer._most`, of a value 1; times the term's weight.
    """

    inside: Array
    freqs: Array
    most: float


def _shares(planes: Sequence[Array], steps: Sequence[Array], block: slice, below: int) -> Array:
    """Return how much of its most a dense term may score in some documents, in 255ths, rounded up.

    Args:
        planes: of the term.
        steps: see `TermScorer._steps`.
        block: which documents; they begin with a byte of the planes.
        below: how many documents there are.
    """
    size = min(block.stop, below) - block.start
    shares = np.zeros(size, np.uint8)
    for plane, step in zip(planes, steps, strict=True):
        held = read_map(plane[block.start >> 3 : block.stop >> 3], size).view(np.uint8)
        held *= step[block]
        shares += held
    return shares


def _summed(fields: Sequence[tuple[Sequence[_Met], Array]]) -> Array:
    """Return what the terms of each field together score in each document, a row a field.

    All fields are summed at once: of few documents the calls take longer than the work.

    Args:
        fields: of each its terms, and what the documents' lengths make of a frequency.
    """
    terms = [each for met, _ in fields for each in met]
    inside = np.concatenate([each.inside for each in terms])
    sizes = [len(each.inside) for each in terms]
    values = np.array([each.most for each in terms]).repeat(sizes)
    norms = fields[0][1]
    count = len(norms)
    if len(fields) > 1:
        norms = np.concatenate([each for _, each in fields])
        firsts = [count * row for row, (met, _) in enumerate(fields) for _ in met]
        inside += np.array(firsts).repeat(sizes)
    freqs = np.concatenate([each.freqs for each in terms]).astype(float)
    values *= freqs
    values /= freqs + norms.take(inside)
    return np.bincount(inside, values, minlength=len(norms)).reshape(len(fields), count)
