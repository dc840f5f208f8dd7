"""When too few articles have all words: the same query, content with some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from search.query.model import Also, And, Leaf, Not, Or, Prefer, Query, Some, Word

PAIR = 2
"""Characters that are enough of a longer word (see `search.query.model.Some`)."""

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
        case Also(asked, more):
            yield from leaves(asked)
            yield from leaves(more)
        case _ if isinstance(query, Leaf):
            yield query


def relaxed(query: Query, cut: Cut) -> Query | None:
    """Return ``query`` with any of its words enough; None where there are not two to choose from.

    All but words is kept whole; what is refused and what narrows stays. A long word counts as
    several: articles with parts of it are among what is found.
    """
    parts = query.parts if isinstance(query, And) else (query,)
    asked: list[Query] = []
    kept: list[Query] = []
    for part in parts:
        if any(True for _ in leaves(part)):
            asked.extend(_choices(part))
        else:
            kept.append(part)
    if sum(_count(each, cut) for each in asked) < 2:
        return None
    some = any_of(list(_together(asked)))
    return And((some, *kept)) if kept else some


def _choices(part: Query) -> Iterator[Query]:
    match part:
        case And(parts) if not any(isinstance(each, Not) for each in parts):
            for each in parts:
                yield from _choices(each)
        case Or(parts):
            for each in parts:
                yield from _choices(each)
        case _:
            yield part


def _count(choice: Query, cut: Cut) -> int:
    if not isinstance(choice, Word):
        return 1
    words = cut(choice.text)
    return len(words) + any(len(word) > PAIR and not word.isascii() for word in words)


def _together(asked: list[Query]) -> Iterator[Query]:
    """Yield all else than words, but first the words that are looked for in one part together."""
    words = [each for each in asked if isinstance(each, Word)]
    for part in dict.fromkeys(word.part for word in words):
        yield Some(tuple(dict.fromkeys(w.text for w in words if w.part == part)), part)
    yield from dict.fromkeys(each for each in asked if not isinstance(each, Word))


def all_of(parts: list[Query]) -> Query:
    """Return the query for all of ``parts``, one or more."""
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def any_of(parts: list[Query]) -> Query:
    """Return the query for any of ``parts``, one or more."""
    return parts[0] if len(parts) == 1 else Or(tuple(parts))
