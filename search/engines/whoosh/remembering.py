"""What is remembered of the searches of one commit: who turns the page asks for the same again.

18 MB at most in all, so that a thousand searches have room.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from search.analysis import dictionary_in_force
from search.engines.base import EngineRequest
from search.engines.whoosh.caching import BoundedCache
from search.engines.whoosh.closeness import Near, Order, order_of
from search.engines.whoosh.contending import Contenders
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.finding import Kept
from search.engines.whoosh.ranking import Chosen
from search.engines.whoosh.translating import Translation
from search.query.model import Query

_QUESTIONS_BYTES = 7 * 2**19
_FOUND_BYTES = 9 * 2**20
_CONTENDERS_BYTES = 5 * 2**19
_NEAR_BYTES = 2**19
_CHOSEN_BYTES = 2 * 2**20

_QUESTION_BYTES = 3_000
"""Of a query of some words and its tree, half of which `Translation` remembers, too; measured."""

_ENTRY_BYTES = 650
"""Of scores in arrays, the objects; measured."""

_LONGEST = 600  # characters of a query and its filters, written out: a dozen words


@dataclass(frozen=True)
class Question:
    """A query and its filters; what the query becomes is found out when it is first needed.

    Attributes:
        number: what is found is kept by it; None where nothing is.
    """

    number: int | None
    query: Query
    translation: Translation

    @cached_property
    def tree(self) -> Any:
        """The query as Whoosh has it."""
        return self.translation.whole(self.query)

    @cached_property
    def order(self) -> Order:
        """The order in which it asks for words."""
        return order_of(self.query, self.translation)


class Asked(NamedTuple):
    """A question, and what evaluates it in each segment."""

    question: Question
    evaluators: tuple[SegmentEvaluator, ...]


class Remembered:
    """Of the searches used last, what they have in common with others.

    Args:
        translation: of their queries.

    Attributes:
        found: what they found, by the number of the question and the facets.
        contenders: those that may come first by words, by the number and how fast scores fade.
        near: what closeness adds to the first of these, by the same.
        chosen: the first matches of an order.
    """

    def __init__(self, translation: Translation) -> None:
        self._translation = translation
        self._numbers = count()
        self._questions: BoundedCache[Question] = BoundedCache(
            _QUESTIONS_BYTES, lambda _: _QUESTION_BYTES
        )
        self.found: BoundedCache[Kept] = BoundedCache(_FOUND_BYTES, lambda kept: kept.nbytes)
        self.contenders: BoundedCache[tuple[Contenders, ...]] = BoundedCache(
            _CONTENDERS_BYTES, lambda made: _ENTRY_BYTES + sum(each.nbytes for each in made)
        )
        self.near: BoundedCache[tuple[Near, ...]] = BoundedCache(
            _NEAR_BYTES, lambda near: _ENTRY_BYTES + sum(each.nbytes for each in near)
        )
        self.chosen: BoundedCache[Chosen] = BoundedCache(
            _CHOSEN_BYTES, lambda chosen: chosen.nbytes
        )

    def question(self, request: EngineRequest) -> Question:
        """Return what decides which documents match ``request``, and what they score.

        A long one takes more than what is found, and comes once: it is not kept.
        """
        key: Hashable = request.query, request.filters, dictionary_in_force()
        known = self._questions.find(key)
        if known is not None:
            return known
        is_short = len(repr((request.query, request.filters))) <= _LONGEST
        number = next(self._numbers) if is_short else None
        made = Question(number, request.query, self._translation)
        if is_short:
            self._questions.keep(key, made)
        return made
