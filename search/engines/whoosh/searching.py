"""A search: what is found, what of it comes first, and what is known of both from searches before.

Who turns the page or wants another order has the same question, which is translated, matched and
scored once as far as it can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from search.engines.base import EngineRequest
from search.engines.whoosh.closeness import CLOSEST, NO_ORDER, Near
from search.engines.whoosh.codec import OpenSegment
from search.engines.whoosh.contending import Contenders
from search.engines.whoosh.docsets import NO_PLACES
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.finding import Found, Kept, find
from search.engines.whoosh.freshness import Freshness, faded
from search.engines.whoosh.pruning import best, is_worth_it
from search.engines.whoosh.ranking import (
    NONE_CHOSEN,
    Chosen,
    Matches,
    Ranked,
    first_by_date,
    joined,
    page,
)
from search.engines.whoosh.remembering import Asked, Remembered
from search.engines.whoosh.schema import NO_DATE
from search.engines.whoosh.scoring import Collection
from search.engines.whoosh.translating import has_words
from search.query.request import BY_WORDS

_FEW_SCORED = 1_000  # documents; the scores of as many are remembered


class Searcher:
    """Searches the segments of one commit. Safe for many threads.

    Args:
        segments: of the commit.
        collection: what is known of them all together.
        remembered: what they have in common with searches before, of the same commit.
    """

    def __init__(
        self, segments: Sequence[OpenSegment], collection: Collection, remembered: Remembered
    ) -> None:
        self._segments = segments
        self._collection = collection
        self.remembered = remembered

    def page(self, request: EngineRequest) -> tuple[Found, Chosen]:
        """Return what ``request`` finds, and its page; the first pages are ordered together."""
        asked = self._asked(request)
        if not request.limit:  # nothing is put in an order
            return self._found(request, asked), NONE_CHOSEN
        first, last = request.offset, request.offset + request.limit
        if last > CLOSEST:
            ranked = self.ranked(request, asked)
            return ranked.found, ranked.chosen(first, request.limit)
        key = asked.question.key, request.sort, request.half_life_days
        chosen = self.remembered.chosen.find(key)
        if chosen is not None:
            return self._found(request, asked), chosen.part(first, last)
        ranked = self.ranked(replace(request, offset=0, limit=CLOSEST), asked)
        chosen = ranked.chosen(0, CLOSEST)
        self.remembered.chosen.keep(key, chosen)
        return ranked.found, chosen.part(first, last)

    def ranked(self, request: EngineRequest, asked: Asked | None = None) -> Ranked:
        """Return what ``request`` finds, with scores as far as its page needs them."""
        asked = asked or self._asked(request)
        question, evaluators = asked
        words = has_words(request.query)
        sort = request.sort if words or request.sort not in BY_WORDS else "newest"
        by_words = sort in BY_WORDS
        order = question.order if by_words else NO_ORDER
        freshness = self._freshness(request) if sort == "hot" else None
        found = self._found(request, asked)
        known = self._contenders(request, asked, found, by_words=by_words) if words else None
        is_close_up = bool(order.parts) and request.offset < CLOSEST
        last = request.offset + request.limit
        wanted = max(last, CLOSEST) if is_close_up else last
        parts = []
        for number, evaluator in enumerate(evaluators if known is None else ()):
            segment = evaluator.segment
            factors = freshness.factors(segment) if freshness else None
            if by_words:
                every = found.docs[number]
                some = best(evaluator, question.tree, every, wanted, factors)
                docs, scores = order.titles_first(evaluator, question.tree, every, some)
            else:
                docs = first_by_date(segment, found.docs[number].docs, sort, last)
                scores = np.zeros(len(docs))
            if factors is not None:
                scores = faded(scores, factors.take(docs))
            parts.append(Matches.of(number, segment, docs, scores))
        matches = joined(parts) if known is None else self._matches(known, freshness, by_words)
        is_scored = by_words or known is not None or not words
        id_of = partial(self._id_of, matches)
        ranked = Ranked(
            question.tree, is_scored, sort, order, freshness, evaluators, found, matches, id_of
        )
        if is_close_up:
            near = None if known is None else self._near(request, asked, known)
            ranked.add_closeness(CLOSEST, near)
        return ranked

    def _matches(
        self, known: Sequence[Contenders], freshness: Freshness | None, by_words: bool = True
    ) -> Matches:
        """Return contenders with the scores that put them in order, but for closeness."""
        parts = []
        for number, (segment, each) in enumerate(zip(self._segments, known, strict=True)):
            scores = each.ranked() if by_words else each.scores
            if freshness:
                scores = faded(scores, freshness.factors(segment.arrays).take(each.docs))
            parts.append(Matches.of(number, segment.arrays, each.docs, scores))
        return joined(parts)

    def _id_of(self, matches: Matches, place: int) -> str:
        segment = self._segments[int(matches.segments[place])].arrays
        return segment.id_of(int(matches.docs[place]))

    def _near(
        self, request: EngineRequest, asked: Asked, known: Sequence[Contenders]
    ) -> tuple[Near, ...]:
        """Return what closeness adds to the first of both orders by words, by segments.

        That takes a quarter more than of the one order, and saves all of it for the other.
        """
        question, evaluators = asked
        key = question.key, request.half_life_days
        near = self.remembered.near.find(key)
        if near is None:
            both = []
            for freshness in (None, self._freshness(request)):
                matches = self._matches(known, freshness)
                id_of = partial(self._id_of, matches)
                first = page(matches, "relevance", 0, CLOSEST, id_of)
                both.append((matches.segments.take(first), matches.docs.take(first)))
            segments, docs = map(np.concatenate, zip(*both, strict=True))
            near = tuple(
                Near.among(question.order, each, np.unique(docs[segments == number]))
                for number, each in enumerate(evaluators)
            )
            self.remembered.near.keep(key, near)
        return near

    def _asked(self, request: EngineRequest) -> Asked:
        evaluators = (SegmentEvaluator(each.arrays, self._collection) for each in self._segments)
        return Asked(self.remembered.question(request), tuple(evaluators))

    def _found(self, request: EngineRequest, asked: Asked) -> Found:
        """Return what ``request`` finds, as it is remembered or found now."""
        question, evaluators = asked
        key = question.key, request.facets
        kept = self.remembered.found.find(key)
        if kept is not None:
            return kept.found()
        deleted = [each.deleted if each.entry.has_deletions() else None for each in self._segments]
        found = find(evaluators, deleted, question.tree, request.filters, request.facets)
        self.remembered.found.keep(key, Kept.of(found))
        return found

    def _contenders(
        self, request: EngineRequest, asked: Asked, found: Found, *, by_words: bool
    ) -> tuple[Contenders, ...] | None:
        """Return by segments all that was found, with scores, or those that may come first.

        None where the page needs others, or where to score all is too much; by date also where
        that was not done before.
        """
        is_few = found.total <= _FEW_SCORED
        if not is_few and (not by_words or request.offset + request.limit > CLOSEST):
            return None
        key = asked.question.key, None if is_few else request.half_life_days
        known = self.remembered.contenders.find(key)
        if known is not None or not by_words or any(is_worth_it(d, CLOSEST) for d in found.docs):
            return known
        made = self._scored(asked, found)
        if not is_few:
            freshness = self._freshness(request)
            segments = (each.segment for each in asked.evaluators)
            factors = map(freshness.factors, segments)
            made = tuple(e.best(CLOSEST, each) for e, each in zip(made, factors, strict=True))
        self.remembered.contenders.keep(key, made)
        return made

    def _scored(self, asked: Asked, found: Found) -> tuple[Contenders, ...]:
        """Return by segments all that was found, with scores."""
        tree, order = asked.question.tree, asked.question.order
        return tuple(
            Contenders.of(docs.docs, each.score(tree, docs.docs), order.titled(each, docs))
            for each, docs in zip(asked.evaluators, found.docs, strict=True)
        )

    def _freshness(self, request: EngineRequest) -> Freshness:
        return Freshness(*self._dates, request.half_life_days)

    @cached_property
    def _dates(self) -> tuple[int, int]:
        """The dates of the oldest and the newest article; (0, 0) where none has one."""
        dates = np.concatenate(
            [each.arrays.date[~each.deleted] for each in self._segments] or [NO_PLACES]
        )
        dates = dates[dates != NO_DATE]
        return (int(dates.min()), int(dates.max())) if len(dates) else (0, 0)
