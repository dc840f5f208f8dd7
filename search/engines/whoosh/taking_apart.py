"""A query taken apart into what scores: the score of a tree is the sum of its parts'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import query

from search.engines.whoosh.queries import PREFIX_SCORE, Place, Run
from search.engines.whoosh.scoring import Weighed
from search.engines.whoosh.terms import to_bytes

_MANY = 60
"""Parts; of fewer it is not looked whether some are the same: to tell takes as long as most do."""


def parts_of(tree: Any, boost: float) -> Iterator[tuple[Any, float]]:
    """Yield parts of ``tree`` whose scores, each times its boost, sum to the tree's.

    Each scores where it matches, and nothing elsewhere.
    """
    return ((part, times) for part, times, _ in sure_parts_of(tree, boost))


def sure_parts_of(tree: Any, boost: float = 1.0) -> list[tuple[Any, float, bool]]:
    """Return `parts_of` a tree, and of each whether it matches all that is scored.

    Of many, those that are the same are one, so that a word typed a thousand times is scored once.
    """
    found: list[tuple[Any, float, bool]] = []
    _take_apart(tree, boost, True, found)
    if len(found) <= _MANY:
        return found
    times = Counter(found)
    return [(part, boost * times[part, boost, sure], sure) for part, boost, sure in times]


def distinct(trees: Iterable[Any]) -> list[Any]:
    """Return ``trees``, of many each once: what they match is the same."""
    every = list(trees)
    return every if len(every) <= _MANY else list(dict.fromkeys(every))


def _take_apart(
    tree: Any,
    boost: float,
    is_sure: bool,
    found: list[tuple[Any, float, bool]],
) -> None:
    """Add the parts of ``tree`` to ``found``.

    What all documents match (``is_sure``) scores as its parts do; else a conjunction scores only
    where it matches as a whole.
    """
    if isinstance(tree, query.Term | Run):  # as most are
        found.append((tree, boost, is_sure))
        return
    match tree:
        case query.Or():
            boost *= boost_of(tree)
            for each in tree.subqueries:
                _take_apart(each, boost, False, found)
        case query.And() if is_sure:
            boost *= boost_of(tree)
            for each in tree.subqueries:
                _take_apart(each, boost, True, found)
        case query.AndMaybe() if is_sure:
            _take_apart(tree.a, boost, True, found)
            _take_apart(tree.b, boost, False, found)
        case query.Require() | query.AndNot() if is_sure:
            _take_apart(tree.a, boost, True, found)
        case _:
            found.append((tree, boost, is_sure))


def scoring_of(run: Run, boost: float = 1.0) -> tuple[list[Weighed], float]:
    """Return the terms of a run that score, and what the others score together."""
    boost *= run.boost
    terms = [
        Weighed(run.fieldname, place.term, boost * place.weight)
        for place in run.places
        if isinstance(place, Place) and place.is_exact
    ]
    return terms, 0.0 if len(terms) == len(run.places) else PREFIX_SCORE * boost


def weighed(term: Any, boost: float = 1.0) -> Weighed:
    """Return a ``Term`` as the scorer takes it."""
    return Weighed(term.fieldname, to_bytes(term.text), float(term.boost) * boost)


def boost_of(tree: Any) -> float:
    """Return the boost of a query of several; Whoosh drops that of one with a single query."""
    return float(tree.boost) if len(tree.subqueries) > 1 else 1.0
