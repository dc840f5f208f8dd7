"""What is remembered of the searches of one commit: who turns the page asks for the same again.

18 MB at most in all, so that a thousand searches have room. Several processes may have memory for
more in common (see `search.engines.whoosh.common`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from search.analysis import dictionary_in_force
from search.engines.base import EngineRequest
from search.engines.whoosh.caching import BoundedCache
from search.engines.whoosh.closeness import Near, Order, order_of
from search.engines.whoosh.common import Common, CommonCache
from search.engines.whoosh.contending import Contenders
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.finding import Kept
from search.engines.whoosh.ranking import Chosen
from search.engines.whoosh.translating import Translation
from search.query.model import Query
from search.slots import key_of

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
        key: what is found is kept by it, in every process; None where nothing is.
    """

    key: bytes | None
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
        common: what other processes remember as well; None where there are none.

    Attributes:
        found: what they found, by the key of the question and the facets.
        contenders: those that may come first by words, by the key and how fast scores fade.
        near: what closeness adds to the first of these, by the same.
        chosen: the first matches of an order.
    """

    def __init__(self, translation: Translation, common: Common | None = None) -> None:
        self._translation = translation
        self._questions: BoundedCache[Question] = BoundedCache(
            _QUESTIONS_BYTES, lambda _: _QUESTION_BYTES
        )
        found: BoundedCache[Kept] = BoundedCache(_FOUND_BYTES, lambda kept: kept.nbytes)
        contenders: BoundedCache[tuple[Contenders, ...]] = BoundedCache(
            _CONTENDERS_BYTES, lambda made: _ENTRY_BYTES + sum(each.nbytes for each in made)
        )
        near: BoundedCache[tuple[Near, ...]] = BoundedCache(
            _NEAR_BYTES, lambda near: _ENTRY_BYTES + sum(each.nbytes for each in near)
        )
        chosen: BoundedCache[Chosen] = BoundedCache(_CHOSEN_BYTES, lambda chosen: chosen.nbytes)
        self.found = CommonCache(found, "found", common)
        self.contenders = CommonCache(contenders, "contenders", common)
        self.near = CommonCache(near, "near", common)
        self.chosen = CommonCache(chosen, "chosen", common)

    def question(self, request: EngineRequest) -> Question:
        """Return what decides which documents match ``request``, and what they score.

        A long one takes more than what is found, and comes once: it is not kept.
        """
        dictionary = dictionary_in_force()
        facts: Hashable = request.query, request.filters, dictionary
        known = self._questions.find(facts)
        if known is not None:
            return known
        written = repr((request.query, request.filters))
        is_short = len(written) <= _LONGEST
        key = key_of(written, dictionary.fingerprint) if is_short else None
        made = Question(key, request.query, self._translation)
        if is_short:
            self._questions.keep(facts, made)
        return made
