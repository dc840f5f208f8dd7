"""When too few articles have all words: the same query, content with some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.query.model import And, Leaf, Not, Or, Prefer, Query, Word

Cut = Callable[[str], tuple[str, ...]]
"""Cuts the text of a `Word` into words; `search.analysis.cut_words` (which stands above us)."""


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield what the query looks for in texts, from left to right; nothing under a minus."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Prefer(_, some):
            yield from leaves(some)
        case _ if isinstance(query, Leaf):
            yield query


def relaxed(query: Query, cut: Cut) -> Query | None:
    """Return ``query`` with any of its words enough; None where there are not two to choose from.

    All but words is kept whole; what is refused and what narrows stays. Single characters
    are let go where there are longer words: nearly every article has a 的.
    """
    parts = query.parts if isinstance(query, And) else (query,)
    asked: list[Query] = []
    kept: list[Query] = []
    for part in parts:
        if any(True for _ in leaves(part)):
            asked.extend(_choices(part, cut))
        else:
            kept.append(part)
    if len(asked) < 2:
        return None
    some = Or(tuple(dict.fromkeys(_telling(asked))))
    return And((some, *kept)) if kept else some


def _choices(part: Query, cut: Cut) -> Iterator[Query]:
    match part:
        case Word(text):
            yield from (replace(part, text=word) for word in cut(text))
        case And(parts) if not any(isinstance(each, Not) for each in parts):
            for each in parts:
                yield from _choices(each, cut)
        case Or(parts):
            for each in parts:
                yield from _choices(each, cut)
        case _:
            yield part


def _telling(asked: list[Query]) -> list[Query]:
    longer = [each for each in asked if not (isinstance(each, Word) and len(each.text) == 1)]
    return longer or asked
