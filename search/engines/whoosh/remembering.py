"""What is remembered of the searches of one commit: who turns the page asks for the same again.

11 MB at most in all, so that a thousand searches have room.
"""

from __future__ import annotations

from collections.abc import Hashable

from search.analysis import dictionary_in_force
from search.engines.base import EngineRequest
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.caching import BoundedCache
from search.engines.whoosh.finding import Kept
from search.engines.whoosh.ranking import Chosen

_FOUND_BYTES = 7 * 2**20
_SCORES_BYTES = 3 * 2**19
_CHOSEN_BYTES = 5 * 2**19

_ENTRY_BYTES = 900
"""Of scores, the objects and a query of some words; measured."""

_LONGEST = 600  # characters of a query and its filters, written out: a dozen words


class Remembered:
    """Of the searches used last, what they have in common with others.

    Attributes:
        found: what they found, by what decides that and the facets.
        scores: of all that was found, by segments, where that is little.
        chosen: the first matches of an order.
    """

    def __init__(self) -> None:
        self.found: BoundedCache[Kept] = BoundedCache(_FOUND_BYTES, lambda kept: kept.nbytes)
        self.scores: BoundedCache[tuple[Array, ...]] = BoundedCache(
            _SCORES_BYTES, lambda scores: _ENTRY_BYTES + sum(each.nbytes for each in scores)
        )
        self.chosen: BoundedCache[Chosen] = BoundedCache(
            _CHOSEN_BYTES, lambda chosen: chosen.nbytes
        )


def matched_by(request: EngineRequest) -> tuple[Hashable, ...]:
    """Return what decides which documents match ``request``, and what they score."""
    return request.query, request.filters, dictionary_in_force()


def is_short(request: EngineRequest) -> bool:
    """Return whether a request is kept: long ones take more than what is found, and come once."""
    return len(repr((request.query, request.filters))) <= _LONGEST
