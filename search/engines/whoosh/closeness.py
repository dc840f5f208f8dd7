"""Words that stand close together, in the order typed, rank an article higher.

Asked of the best few articles only, as it takes positions: whole arrays of them, no loop over
documents. For every two words that follow each other in the query, what the weaker of them tells
counts in full where they stand side by side, and less the farther they stand apart: the proximity
of "Term proximity scoring for keyword-based retrieval systems", Rasolofo and Savoy, 2003, with the
gap in place of its square. Measured: docs/decisions.md, "Weights".

A title that is just what was asked for comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from search.analysis import QueryTerms, query_string
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import NO_PLACES, DocSet
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.places import DOC_BITS
from search.engines.whoosh.positions import starts_in
from search.engines.whoosh.queries import Run
from search.engines.whoosh.taking_apart import scoring_of
from search.engines.whoosh.translating import Translation
from search.query import model

CLOSEST = 30
"""Articles, the best by their words alone, among which closeness decides."""

EXACT_TITLE = 1_000.0
"""What a title adds that is just what was asked for: above all that words score, below `Prefer`."""

_SIDE_BY_SIDE = 0.6
"""What two words score with nothing between them, as a share of the most that the weaker scores."""

_BACKWARDS = 0.5
"""The same for words in the other order, as a share of that."""

_TELLING = 0.25
"""Weight of a word from which on it matters where it stands; words that only ask have less."""

_MOST_WORDS = 12
"""Words whose places are looked at; of a longer query, those at its beginning."""


class Order(NamedTuple):
    """What is asked for in an order.

    Attributes:
        parts: of each part of an article the words that are looked for there, two or more.
        texts: of these words, the same in every part.
        title: all that is asked for, as one in the title; None where it is not words alone.
    """

    parts: tuple[tuple[Run, ...], ...]
    title: Run | None
    texts: tuple[str, ...] = ()

    def titles_first(
        self, evaluator: SegmentEvaluator, tree: Any, passed: DocSet, best: tuple[Array, Array]
    ) -> tuple[Array, Array]:
        """Return the ``best`` documents and their scores, and with them all of such a title.

        Args:
            evaluator: of a segment.
            tree: what scores.
            passed: all documents that are found.
            best: some of them, ascending, and their scores.
        """
        titled = self.titled(evaluator, passed)
        if not len(titled):
            return best
        docs = np.union1d(best[0], titled)
        scores = best[1] if len(docs) == len(best[0]) else evaluator.score(tree, docs)
        scores[docs.searchsorted(titled)] += EXACT_TITLE
        return docs, scores

    def titled(self, evaluator: SegmentEvaluator, passed: DocSet) -> Array:
        """Return those of ``passed``, ascending, whose whole title is what was asked for."""
        if self.title is None or not len(passed):
            return NO_PLACES
        lengths = evaluator.field(self.title.fieldname).lengths
        if lengths is None:
            return NO_PLACES
        as_long = passed.where(lengths == self.title.length)
        return (evaluator.match(self.title, as_long) & as_long).docs if len(as_long) else NO_PLACES

    def closeness(self, evaluator: SegmentEvaluator, docs: Array) -> Array:
        """Return what the words' order adds to the score of each of ``docs``, ascending."""
        scores = np.zeros(len(docs))
        for pair in self.pairs(evaluator, docs):
            scores += pair.scores
        return scores

    def pairs(self, evaluator: SegmentEvaluator, docs: Array) -> Iterator[Pair]:
        """Yield what every two words that follow each other add, by parts; nothing for no docs."""
        for runs in self.parts if len(docs) else ():
            words = [_Word.of(evaluator, run, docs) for run in runs]
            for texts, (left, right) in zip(pairwise(self.texts), pairwise(words), strict=True):
                scores = min(left.most, right.most) * _nearness(left, right, docs)
                yield Pair(runs[0].fieldname, texts, scores)


class Near(NamedTuple):
    """What the words' order adds to the scores of some documents of a segment, which ascend."""

    docs: Array
    scores: Array

    @classmethod
    def among(cls, order: Order, evaluator: SegmentEvaluator, docs: Array) -> Near:
        """Find it out of ``docs``."""
        return cls(docs, order.closeness(evaluator, docs))

    def of(self, docs: Array) -> Array:
        """Return what it adds to each of ``docs``, which are among those that it is known of."""
        return self.scores.take(self.docs.searchsorted(docs))

    @property
    def nbytes(self) -> int:
        """Bytes of memory of the arrays."""
        return self.docs.nbytes + self.scores.nbytes


class Pair(NamedTuple):
    """Two words in the grams of a part, and what their closeness adds in each document."""

    fieldname: str
    texts: tuple[str, str]
    scores: Array


class _Word(NamedTuple):
    """A word: where it starts in the texts (see `places`), its positions, the most it scores."""

    starts: Array
    length: int
    most: float

    @classmethod
    def of(cls, evaluator: SegmentEvaluator, run: Run, docs: Array) -> _Word:
        starts = starts_in(evaluator.field(run.fieldname), run.places, docs)
        terms, _ = scoring_of(run)
        return cls(starts, run.length, max(map(evaluator.terms.bound, terms), default=0.0))


NO_ORDER = Order((), None)


def order_of(parsed: model.Query, translation: Translation) -> Order:
    """Return the order in which ``parsed`` asks for words."""
    texts = list(_texts(parsed))
    if not texts:
        return NO_ORDER
    words = [each for text in texts for each in translation.words_of(text)]
    words = [(word, runs) for word, runs in words if _is_looked_for(word)][:_MOST_WORDS]
    parts = []
    for part in translation.parts_of(None):
        if len(words) > 1 and part != "tags":
            parts.append(tuple(runs[part] for _, runs in words))
    whole = query_string(" ".join(texts)) if _is_words(parsed) else None
    title = translation.run(whole, "title") if whole else None
    return Order(tuple(parts), title, tuple(word.text for word, _ in words))


def _is_looked_for(word: QueryTerms) -> bool:
    """Return whether it matters where a word stands, and its grams tell where that is.

    A single character stands in any pair that begins with it: there are too many of these.
    """
    return word.weight >= _TELLING and not any(slot.prefix or slot.joined for slot in word.slots)


def _texts(parsed: model.Query) -> Iterator[str]:
    """Yield what is asked for anywhere in an article, from left to right."""
    match parsed:
        case model.Word(text, None):
            yield text
        case model.Some(texts, None):
            yield from texts
        case model.And(parts) | model.Or(parts):
            for part in parts:
                yield from _texts(part)
        case model.Prefer(_, some):
            yield from _texts(some)
        case model.Also(_, more):
            yield from _texts(more)


def _is_words(parsed: model.Query) -> bool:
    """Return whether nothing but words is asked for."""
    match parsed:
        case model.Word(_, None) | model.Some(_, None):
            return True
        case model.And(parts):
            return all(map(_is_words, parts))
        case model.Prefer(_, some):
            return _is_words(some)
        case model.Also(_, more):
            return _is_words(more)
    return False


def _nearness(left: _Word, right: _Word, docs: Array) -> Array:
    """Return for each of ``docs`` how near the two stand where they are nearest, 0.0 to 1.0."""
    nearness = np.zeros(len(docs))
    if not len(left.starts) or not len(right.starts):  # as of most words in titles
        return nearness
    _note(nearness, docs, left.starts + left.length, right.starts, 1.0)
    _note(nearness, docs, right.starts + right.length, left.starts, _BACKWARDS)
    return nearness * _SIDE_BY_SIDE


def _note(nearness: Array, docs: Array, ends: Array, starts: Array, share: float) -> None:
    """Raise ``nearness`` to what the nearest of ``starts`` behind each of ``ends`` makes it."""
    gaps = starts.take(starts.searchsorted(ends), mode="clip") - ends
    # Else the next start is in another document, or there is none: as no sign is seen, far away.
    near = (gaps.view(np.uint64) < 1 << (DOC_BITS - 1)).nonzero()[0]
    at = docs.searchsorted(ends.take(near) >> DOC_BITS)
    np.maximum.at(nearness, at, share / (1.0 + gaps.take(near)))
