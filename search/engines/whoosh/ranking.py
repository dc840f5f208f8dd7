"""Putting matches in order and cutting out a page: by partition, so only the page is sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.closeness import Near, Order
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.finding import Found
from search.engines.whoosh.freshness import Freshness
from search.engines.whoosh.schema import NO_DATE
from search.engines.whoosh.segment import SegmentArrays
from search.query.request import BY_WORDS, Sort

_FEW = 100  # times as many as are wanted; of fewer all are put in order as soon

_CHOSEN_BYTES = 600
"""Of matches that are kept, the objects; measured."""


class Matches(NamedTuple):
    """Everything that matched, in arrays of one length.

    Attributes:
        segments: the number of the segment each is in.
        docs: its document number there.
        scores: its relevance.
        dates: seconds since 1970, or `NO_DATE`.
        id_keys: the beginning of its id as a number (see `SegmentArrays.id_key`).
    """

    segments: Array
    docs: Array
    scores: Array
    dates: Array
    id_keys: Array

    @classmethod
    def of(cls, number: int, segment: SegmentArrays, docs: Array, scores: Array) -> Matches:
        """Return those in one segment, which has that number."""
        of_segment = np.full(len(docs), number)
        return cls(of_segment, docs, scores, segment.date.take(docs), segment.id_key.take(docs))


def joined(several: Sequence[Matches]) -> Matches:
    """Return the matches of several segments, in this order; of one those themselves."""
    if len(several) == 1:
        return several[0]
    if not several:
        return Matches(*(np.empty(0) for _ in Matches._fields))
    return Matches(*map(np.concatenate, zip(*several, strict=True)))


class Chosen(NamedTuple):
    """Matches of a page, in its order, in arrays of one length; see `Matches`."""

    segments: Array
    docs: Array
    scores: Array

    def part(self, first: int, last: int) -> Chosen:
        """Return those from place ``first`` up to, not with, ``last``."""
        return Chosen(*(each[first:last] for each in self))

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes, and what it is kept by."""
        return _CHOSEN_BYTES + sum(each.nbytes for each in self)


NONE_CHOSEN = Chosen(*(np.empty(0, np.int32) for _ in Chosen._fields))


class Ranked(NamedTuple):
    """What a request found, before its page is cut out.

    Attributes:
        tree: the query as Whoosh has it.
        is_scored: whether the scores of ``matches`` are those of the query, or it has none; else
            they are 0.0, as an order by date does not go by them.
        sort: the order in force: without words, relevance is newest first.
        order: of the words; `NO_ORDER` where it adds nothing.
        freshness: what scores are multiplied by; None but in the order "hot".
        evaluators: of the tree, by segment.
        found: all that matches.
        matches: the same, or as many as the page needs.
        id_of: gives the id of a match.
    """

    tree: Any
    is_scored: bool
    sort: Sort
    order: Order
    freshness: Freshness | None
    evaluators: tuple[SegmentEvaluator, ...]
    found: Found
    matches: Matches
    id_of: Callable[[int], str]

    def chosen(self, first: int, count: int) -> Chosen:
        """Return the matches at places ``first`` to ``first + count`` of the order, scored."""
        places = np.array(page(self.matches, self.sort, first, count, self.id_of), np.int64)
        if not self.is_scored:
            self._add_scores(places, lambda at, docs: self.evaluators[at].score(self.tree, docs))
        matches = self.matches
        return Chosen(
            matches.segments.take(places).astype(np.int32),
            matches.docs.take(places).astype(np.int32),
            matches.scores.take(places),
        )

    def add_closeness(self, count: int, near: Sequence[Near] | None) -> None:
        """Add what the words' order adds to the first ``count`` matches.

        Args:
            count: of matches.
            near: what is known of it, by segment, of these matches and maybe others; None for
                nothing.
        """
        first = page(self.matches, self.sort, 0, count, self.id_of)

        def closeness(number: int, docs: Array) -> Array:
            evaluator = self.evaluators[number]
            if near is not None:
                scores = near[number].of(docs)
            else:
                scores = self.order.closeness(evaluator, docs)
            if self.freshness is None:
                return scores
            return scores * self.freshness.factors(evaluator.segment).take(docs)

        self._add_scores(np.array(first, np.int64), closeness)

    def _add_scores(self, places: Array, score: Callable[[int, Array], Array]) -> None:
        """Add to the scores of the matches at ``places`` what ``score`` gives their documents.

        It is called for each segment with its number and documents, which ascend.
        """
        matches = self.matches
        for number in range(len(self.evaluators)):
            here = places[matches.segments[places] == number]
            here = here[np.argsort(matches.docs[here])]
            matches.scores[here] += score(number, matches.docs[here])


def first_by_date(segment: SegmentArrays, docs: Array, sort: Sort, wanted: int) -> Array:
    """Return those of ``docs``, ascending, that may be among the ``wanted`` first by date.

    Of an order that begins with the newest; of another one all.
    """
    if sort != "newest" or len(docs) <= _FEW * wanted:
        return docs
    dates = segment.date.take(docs)  # without one is before all
    last = np.partition(dates, -wanted)[-wanted]
    found: Array = docs.compress(dates >= last)
    return found


def page(
    matches: Matches, sort: Sort, first: int, count: int, id_of: Callable[[int], str]
) -> list[int]:
    """Return which matches stand at places ``first`` to ``first + count`` of the order.

    Ties fall to the id. ``id_of`` gives that of a match; it is asked only where the beginnings of
    two ids are equal.
    """
    keys = _keys(matches, sort)
    wanted = min(first + count, len(keys))
    if first >= wanted:
        return []
    id_keys = matches.id_keys
    if wanted == len(keys):
        order = np.lexsort((id_keys, keys))
    else:
        last = np.partition(keys, wanted - 1)[wanted - 1]
        chosen = (keys <= last).nonzero()[0]
        order = chosen.take(np.lexsort((id_keys.take(chosen), keys.take(chosen))))
    if (_like_next(keys.take(order)) & _like_next(id_keys.take(order))).any():
        order = np.array(sorted(order.tolist(), key=lambda each: (keys[each], id_of(each))))
    found: list[int] = order[first:wanted].tolist()
    return found


def rank(matches: Matches, sort: Sort, place: int, id_of: Callable[[int], str]) -> int:
    """Return where in the order, from 1, the match at ``place`` stands; see `page`."""
    keys, id_keys = _keys(matches, sort), matches.id_keys
    ties = keys == keys[place]
    ahead = (keys < keys[place]) | (ties & (id_keys < id_keys[place]))
    alike = np.flatnonzero(ties & (id_keys == id_keys[place])).tolist()
    own = id_of(place)
    return 1 + int(ahead.sum()) + sum(id_of(each) < own for each in alike)


def _like_next(values: Array) -> Array:
    same: Array = values[1:] == values[:-1]
    return same


def _keys(matches: Matches, sort: Sort) -> Array:
    """Return numbers whose ascending order is the order wanted, but for ties."""
    if sort in BY_WORDS:
        return -matches.scores
    dates = matches.dates.astype(float)  # exact: seconds stay far below 2**53
    sign = -1.0 if sort == "newest" else 1.0
    return np.where(matches.dates == NO_DATE, np.inf, sign * dates)
