"""What one term is worth in each document: BM25, over whole arrays."""

from __future__ import annotations

from math import log
from typing import Protocol

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import NO_DOCS, places_of
from search.engines.whoosh.segment import Field, SegmentArrays

# Of BM25: how fast repeats of a term stop counting, and how much a long text is held against it.
# The least error over the question sets (docs/decisions.md, "Weights").
K1 = 0.9
B = 0.4

_FAR_SMALLER = 16  # times: looking a few numbers up in many beats looking at all of the many


class Collection(Protocol):
    """What scoring must know of all segments together."""

    def doc_count(self) -> int:
        """Return the documents of all segments, deleted ones included."""

    def doc_frequency(self, field: str, term: bytes) -> int:
        """Return how many of them hold the term."""

    def average_length(self, field: str) -> float:
        """Return how many terms a document has in the field; 1.0 where none has any."""


class TermScorer:
    """Scores the terms of one query in one segment."""

    def __init__(self, segment: SegmentArrays, collection: Collection) -> None:
        self._segment = segment
        self._collection = collection
        self._mapped: Array | None = None
        self._map = NO_DOCS

    def scores(self, name: str, term: bytes, docs: Array) -> Array:
        """Return BM25 of the term for each of ``docs``; the formula is `whoosh.scoring.bm25`'s."""
        scores = np.zeros(len(docs))
        field = self._segment.field(name)
        number = field.find(term)
        if number < 0 or not len(docs):
            return scores
        if field.lengths is None:  # a value, which an article has or has not
            scores[self._places(docs, field.docs_of(number))[0]] = 1.0
            return scores
        postings = field.term(number)
        inside, at = self._places(docs, postings.docs)
        freqs = postings.freqs.take(at).astype(float)
        norms = self._norms(field).take(docs.take(inside))
        scores[inside] = self._idf(name, term) * freqs * (K1 + 1) / (freqs + norms)
        return scores

    def bound(self, name: str, term: bytes) -> float:
        """Return what no document scores more than for the term."""
        if self._segment.field(name).lengths is None:
            return 1.0
        return self._idf(name, term) * (K1 + 1)

    def _places(self, docs: Array, holding: Array) -> tuple[Array, Array]:
        """Return `places_of` ``docs`` among ``holding``: by a map, where neither is far smaller."""
        if len(docs) * _FAR_SMALLER < len(holding):
            return places_of(docs, holding)
        if self._mapped is not docs:  # the same documents are scored by one term after another
            self._mapped = docs
            self._map = np.full(self._segment.doc_count, -1, np.int32)
            self._map[docs] = np.arange(len(docs))
        inside = self._map.take(holding)
        at = np.flatnonzero(inside >= 0)
        return inside.take(at), at

    def _norms(self, field: Field) -> Array:
        """Return of every document what its length in the field makes of a term's frequency."""
        key = field.name, self._collection.average_length(field.name)
        if key not in self._segment.columns:
            relative = field.lengths / key[1] if field.lengths is not None else np.ones(1)
            self._segment.columns[key] = K1 * ((1 - B) + B * relative)
        norms: Array = self._segment.columns[key]
        return norms

    def _idf(self, name: str, term: bytes) -> float:
        frequency = self._collection.doc_frequency(name, term)
        return log(self._collection.doc_count() / (frequency + 1)) + 1
