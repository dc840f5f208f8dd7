"""Whoosh's query trees answered over whole arrays: no Python loop over postings or documents.

Two walks over the tree. `SegmentEvaluator.match` gives the documents that match, ascending;
`SegmentEvaluator.score` gives what given documents score. Scores are worked out only for documents
that match, and equal those of Whoosh's searcher with the same weighting.

Sizes in the comments: ``n`` documents in the segment, ``p`` postings of the terms at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log
from typing import Any, NamedTuple, Protocol

import numpy as np
from whoosh import query

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import ranges
from search.engines.whoosh.queries import PREFIX_SCORE, Place, Run
from search.engines.whoosh.segment import Field, SegmentArrays

# Of BM25: how fast repeats of a term stop counting, and how much a long text is held against it.
# The least error over the question sets (docs/decisions.md, "Weights").
K1 = 0.9
B = 0.4

_DENSE = 16  # a union of more than n/16 postings marks a map of n; of fewer, it sorts
_DOC_BITS = 32  # a place in the text is (document << 32) + position: both stay far below 2**31

NO_DOCS: Array = np.empty(0, np.int32)


_Score = Callable[[Any, Array], Array]


class Collection(Protocol):
    """What scoring must know of all segments together."""

    def doc_count(self) -> int:
        """Return the documents of all segments, deleted ones included."""

    def doc_frequency(self, field: str, term: bytes) -> int:
        """Return how many of them hold the term."""

    def average_length(self, field: str) -> float:
        """Return how many terms a document has in the field; 1.0 where none has any."""


class SegmentEvaluator:
    """Answers one query on one segment, remembering what its runs matched; one a query."""

    def __init__(self, segment: SegmentArrays, collection: Collection) -> None:
        self._segment = segment
        self._collection = collection
        self._runs: dict[int, Array] = {}

    def match(self, tree: Any) -> Array:  # noqa: C901 -- a case a type of query
        """Return the documents that match, ascending, those deleted included."""
        match tree:
            case query.Term():
                field = self._segment.field(tree.fieldname)
                number = field.find(_bytes(tree.text))
                return field.docs_of(number) if number >= 0 else NO_DOCS
            case Run():
                return self._run(tree)
            case query.Or():
                return self._union([self.match(each) for each in tree.subqueries])
            case query.And():
                return intersection([self.match(each) for each in tree.subqueries])
            case query.Require():
                return intersection([self.match(tree.a), self.match(tree.b)])
            case query.AndMaybe():
                return self.match(tree.a)
            case query.AndNot():
                return difference(self.match(tree.a), self.match(tree.b))
            case query.ConstantScoreQuery():
                return self.match(tree.child)
            case query.TermRange():
                return self._term_range(tree)
            case query.Every():
                return np.arange(self._segment.doc_count, dtype=np.int32)
        if tree == query.NullQuery:
            return NO_DOCS
        raise TypeError(f"no evaluation for {type(tree).__name__}")

    def score(self, tree: Any, docs: Array) -> Array:
        """Return the score of each of ``docs``, ascending, all of which the tree matches."""
        match tree:
            case query.Term():
                scores = self._term_scores(tree.fieldname, _bytes(tree.text), docs)
                scores *= tree.boost
                return scores
            case Run():
                return self._run_scores(tree, docs)
            case query.And():
                return self._sum(self.score, tree.subqueries, docs)
            case query.Or():
                return self._sum(self._score_where, tree.subqueries, docs)
            case query.Require() | query.AndNot():
                return self.score(tree.a, docs)
            case query.AndMaybe():
                return self.score(tree.a, docs) + self._score_where(tree.b, docs)
            case query.ConstantScoreQuery():
                return np.full(len(docs), float(tree.score))
        return np.ones(len(docs))

    def _score_where(self, tree: Any, docs: Array) -> Array:
        """Return the score of each of ``docs``, ascending; 0.0 where the tree does not match."""
        if isinstance(tree, query.Term | query.Or):  # these look for themselves
            return self.score(tree, docs)
        matched = contained(docs, self.match(tree))
        scores = np.zeros(len(docs))
        scores[matched] = self.score(tree, docs[matched])
        return scores

    def _sum(self, score: _Score, trees: Iterable[Any], docs: Array) -> Array:
        scores = np.zeros(len(docs))
        for tree in trees:
            scores += score(tree, docs)
        return scores

    def _term_range(self, tree: Any) -> Array:
        field = self._segment.field(tree.fieldname)
        numbers = field.between(_bytes_or_none(tree.start), _bytes_or_none(tree.end))
        return self._distinct(field.postings(numbers.start, numbers.stop).docs)

    def _union(self, sets: list[Array]) -> Array:
        found = [docs for docs in sets if len(docs)]
        if len(found) <= 1:
            return found[0] if found else NO_DOCS
        return self._distinct(np.concatenate(found))

    def _distinct(self, docs: Array) -> Array:
        """Return ``docs`` ascending, each once."""
        if len(docs) * _DENSE < self._segment.doc_count:
            return np.unique(docs)
        present = np.zeros(self._segment.doc_count, bool)
        present[docs] = True
        return np.flatnonzero(present)

    def _term_scores(self, name: str, term: bytes, docs: Array) -> Array:
        """Return BM25 of the term for each of ``docs``; the formula is `whoosh.scoring.bm25`'s."""
        scores = np.zeros(len(docs))
        field = self._segment.field(name)
        number = field.find(term)
        if number < 0 or not len(docs):
            return scores
        holding = field.docs_of(number)
        at = np.searchsorted(holding, docs)
        at[at == len(holding)] = 0
        inside = np.flatnonzero(holding[at] == docs)
        if field.lengths is None:  # a value, which an article has or has not
            scores[inside] = 1.0
            return scores
        freqs = field.freqs_of(number)[at[inside]].astype(float)
        lengths = field.lengths[docs[inside]]
        norms = K1 * ((1 - B) + B * lengths / self._collection.average_length(name))
        scores[inside] = self._idf(name, term) * freqs * (K1 + 1) / (freqs + norms)
        return scores

    def _idf(self, name: str, term: bytes) -> float:
        frequency = self._collection.doc_frequency(name, term)
        return log(self._collection.doc_count() / (frequency + 1)) + 1

    def _run_scores(self, run: Run, docs: Array) -> Array:
        scores = np.zeros(len(docs))
        for place in run.places:
            if not place.prefix:
                scores += self._term_scores(run.fieldname, place.term, docs)
        if any(place.prefix for place in run.places):
            scores += PREFIX_SCORE
        return scores * run.boost

    def _run(self, run: Run) -> Array:
        if id(run) not in self._runs:
            self._runs[id(run)] = self._match_run(run)
        return self._runs[id(run)]

    def _match_run(self, run: Run) -> Array:
        field = self._segment.field(run.fieldname)
        places = sorted((_Postings.of(field, place) for place in run.places), key=len)
        candidates = intersection([self._distinct(place.docs) for place in places])
        if len(places) == 1 or not len(candidates):
            return candidates
        starts = places[0].starts_in(candidates)
        for place in places[1:]:
            starts = starts[contained(starts, place.starts_in(candidates))]
        return np.unique(starts >> _DOC_BITS).astype(np.int32)


class _Postings(NamedTuple):
    """The postings of one place of a run: of its term, or of all terms with its prefix."""

    docs: Array  # by term, ascending within each
    freqs: Array
    positions: Array
    offset: int

    @classmethod
    def of(cls, field: Field, place: Place) -> _Postings:
        number = field.find(place.term)
        numbers = range(number, number + 1) if number >= 0 else range(0)
        if place.prefix:
            numbers = field.prefix_range(place.term)
        if not numbers or not field.has_positions:
            return cls(NO_DOCS, NO_DOCS, NO_DOCS, place.offset)
        found = field.postings(numbers.start, numbers.stop)
        return cls(found.docs, found.freqs, found.positions, place.offset)

    def __len__(self) -> int:
        return len(self.docs)

    def starts_in(self, candidates: Array) -> Array:
        """Return where a run may start, for the place to hold: (document << 32) + position, sorted.

        Every document of ``candidates`` (ascending) holds the place. Positions are moved up by a
        constant, so that none before the text's start reaches into the document before.
        """
        chosen = np.flatnonzero(contained(self.docs, candidates))
        freqs = self.freqs[chosen].astype(np.int64)
        before = np.cumsum(self.freqs, dtype=np.int64) - self.freqs
        positions = self.positions[ranges(before[chosen], freqs)].astype(np.int64)
        docs = np.repeat(self.docs[chosen].astype(np.int64), freqs)
        starts = (docs << _DOC_BITS) + positions + (_MOST_OFFSET - self.offset)
        return np.sort(starts)


_MOST_OFFSET = 1 << 20  # far above the characters of a query, far below the positions' 32 bits


def contained(values: Array, in_sorted: Array) -> Array:
    """Return for each of ``values`` whether it is among ``in_sorted``, which ascends."""
    if not len(in_sorted) or not len(values):
        return np.zeros(len(values), bool)
    at = np.searchsorted(in_sorted, values)
    at[at == len(in_sorted)] = 0
    found: Array = in_sorted[at] == values
    return found


def difference(docs: Array, others: Array) -> Array:
    """Return those of ``docs`` that are not among ``others``; both ascending."""
    rest: Array = docs[~contained(docs, others)]
    return rest


def intersection(sets: Iterable[Array]) -> Array:
    """Return what is in all of ``sets``, each ascending without repeats; at least one set."""
    first, *others = sorted(sets, key=len)
    for other in others:
        first = first[contained(first, other)]
    return first


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode(errors="surrogatepass")


def _bytes_or_none(text: str | bytes | None) -> bytes | None:
    return None if text is None else _bytes(text)
