"""Did you mean: another way to write a query that finds more.

Candidates for a place are many (dozens of words differ from 银衍 in one character); which is meant
tells the rest of the query. So an index is asked for articles with the other words and *any* of the
candidates in their titles, and what stands in the titles says which. Those with the newest date are
looked at, not the most relevant: a sample, in which each candidate is as frequent as it is with
these words, whereas relevance prefers the rare. What sounds the same is tried before what sounds
nearly so, and that before what only looks so. Nothing is offered that is not checked to find more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product

from search.analysis import normalise
from search.engines.base import EngineAnswer, EngineRequest
from search.query import Parsed, parse
from search.query.model import And, Or, Part, Phrase, Query, Word
from search.query.request import NO_FILTERS, Filters
from search.suggesting.near import NEAR_SOUND, OTHER_CHARACTER, SAME_SOUND, Candidate, Neighbours
from search.suggesting.places import MAX_PIECES, Piece, Place, pieces, places

Ask = Callable[[EngineRequest], EngineAnswer]
"""Answers a request: `Engine.search`."""

MAX_SEARCHES = 16
"""Questions to the index for one query, of a millisecond or less each; most take four."""

MUCH_MORE = {SAME_SOUND: 10, NEAR_SOUND: 10, OTHER_CHARACTER: 50}
"""How many times the articles found another text must find, by how far its words are."""

_TITLES = 20  # that say which candidates are meant
_CHECKS = 2  # rewritings of one plan that are checked
_TOGETHER = 4  # combinations of candidates that are counted where no title speaks for any


class Rewriter:
    """Finds a better way to write one query.

    Args:
        text: as typed.
        parsed: the same, understood.
        near: where candidates come from.
        ask: answers a request.
        filters: what narrows the search.
    """

    def __init__(
        self, text: str, parsed: Parsed, near: Neighbours, ask: Ask, filters: Filters
    ) -> None:
        self._text = text
        self._ask = ask
        self._filters = filters
        self._searches_left = MAX_SEARCHES
        words = [pieces(word) for word in parsed.words]
        self._pieces = [piece for word in words for piece in word]
        is_long = len(self._pieces) > MAX_PIECES
        self._places = [] if is_long else list(places(words, near))

    def best(self, least: int, found: int) -> str | None:
        """Return the best rewriting that finds enough articles; None for none.

        Args:
            least: articles that it must find, from 1.
            found: articles that the text finds (see `doubting.as_strings`): what is rare, but
                there, may well be meant, so another text must find `MUCH_MORE` times as many.
        """
        for distance, times in MUCH_MORE.items():
            for plan in self._plans(distance):
                for text in self._rewritings(plan)[:_CHECKS]:
                    if self._finds(text, max(least, found * times)):
                        return text
        return None

    def _plans(self, distance: int) -> Iterator[tuple[Place, ...]]:
        """Yield which places are rewritten together: all in pinyin, then each alone.

        Args:
            distance: of the furthest candidates; plans without any so far are left out.
        """
        near = [place.within(distance) for place in self._places]
        near = [place for place in near if place.candidates]
        spelled = tuple(place for place in near if place.is_letters and not place.is_known)
        alone = [(place,) for place in sorted(near, key=_suspicion) if (place,) != spelled]
        for plan in ([spelled] if spelled else []) + alone:
            if any(each.distance == distance for place in plan for each in place.candidates):
                yield plan

    def _rewritings(self, plan: Sequence[Place]) -> list[str]:
        """Return what the plan makes of the text, the best first."""
        others = [piece for piece in self._pieces if not _is_within(piece, plan)]
        if not others and len(plan) == 1:
            return [self._written(plan, [each]) for each in plan[0].candidates]
        for part in ("title", None) if others else ("title",):
            if found := self._spoken_for(plan, [Word(piece.text, part) for piece in others]):
                return found
        if any(each.distance > NEAR_SOUND for place in plan for each in place.candidates):
            return []
        return self._standing_together(plan, others)

    def _spoken_for(self, plan: Sequence[Place], others: Sequence[Query]) -> list[str]:
        """Return the rewritings that titles speak for, of articles that match ``others``."""
        asked = [*others, *(_any_of(place.candidates, "title") for place in plan)]
        query = asked[0] if len(asked) == 1 else And(tuple(asked))
        evidence: defaultdict[tuple[Candidate, ...], int] = defaultdict(int)
        for hit in self._search(EngineRequest(query=query, sort="newest", limit=_TITLES)).hits:
            title = normalise(hit.article.title)
            there = [[each for each in place.candidates if each.text in title] for place in plan]
            for chosen in product(*(each[:2] for each in there)):
                evidence[chosen] += 1
        ranked = sorted(evidence, key=lambda chosen: (-evidence[chosen], chosen))
        return [self._written(plan, chosen) for chosen in ranked]

    def _standing_together(self, plan: Sequence[Place], others: Sequence[Piece]) -> list[str]:
        """Return the rewriting with the commonest candidates that most articles have together."""
        words = [Word(piece.text) for piece in others]
        counts: dict[str, int] = {}
        for chosen in islice(product(*(place.candidates[:2] for place in plan)), _TOGETHER):
            query = And((*words, *(Word(each.text) for each in chosen)))
            counts[self._written(plan, chosen)] = self._total(query)
        best = max(counts, key=lambda text: counts[text])
        return [best] if counts[best] else []

    def _written(self, plan: Sequence[Place], chosen: Sequence[Candidate]) -> str:
        text = self._text
        both = sorted(zip(plan, chosen, strict=True), key=lambda each: each[0].start, reverse=True)
        for place, candidate in both:
            text = text[: place.start] + candidate.text + text[place.end :]
        return text

    def _finds(self, text: str, least: int) -> bool:
        return self._total(parse(text).query, self._filters) >= least

    def _total(self, query: Query, filters: Filters = NO_FILTERS) -> int:
        return self._search(EngineRequest(query=query, filters=filters, limit=0)).total

    def _search(self, request: EngineRequest) -> EngineAnswer:
        if not self._searches_left:
            return EngineAnswer(0, (), {})
        self._searches_left -= 1
        return self._ask(request)


def _suspicion(place: Place) -> tuple[bool, int]:
    """What is no word is looked at first; of such the longest."""
    return place.is_known, -len(place.text)


def _is_within(piece: Piece, plan: Sequence[Place]) -> bool:
    return any(place.start <= piece.start < place.end for place in plan)


def _any_of(candidates: Sequence[Candidate], part: Part) -> Query:
    queries = tuple(Phrase(each.text, part) for each in candidates)
    return queries[0] if len(queries) == 1 else Or(queries)
