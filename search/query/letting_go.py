"""When no article has all words: which of them to let go, so that some have the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import log2
from typing import NamedTuple

from search.query.model import And, Query, Word
from search.query.relaxing import all_of

MAX_WORDS = 8
"""Of a query that is tried without some of its words: a search for each, and for those left."""

MOST_TRIED = 2
"""Words that are let go together, in any combination: at most 28 searches."""

Count = Callable[[Query], int]
"""Tells how many articles match."""

Weigh = Callable[[str], float]
"""Tells what a text weighs, whatever the archive holds: above 0, at most 1."""


class Loosened(NamedTuple):
    """A query that finds something, without the words ``let_go`` (one or more, as typed)."""

    query: Query
    let_go: tuple[str, ...]


def loosened(query: Query, weigh: Weigh, count: Count) -> Loosened | None:
    """Return ``query``, which finds nothing, without the words that keep it from finding something.

    Words are those between spaces, as typed; of a sentence none is let go. What no article has goes
    first, all of it; of the others as few as possible, those that tell least, and none that tells
    more than all that stay. All but words stays. None where no such words are enough to go, where
    there are not two, or more than `MAX_WORDS`.
    """
    parts = query.parts if isinstance(query, And) else (query,)
    words = list(dict.fromkeys(part for part in parts if isinstance(part, Word)))
    rest = [part for part in parts if not isinstance(part, Word)]
    if not 2 <= len(words) <= MAX_WORDS:
        return None
    alone = {word: count(all_of([word, *rest])) for word in words}
    told = {word: weigh(word.text) / log2(2 + found) for word, found in alone.items()}
    there = [word for word in words if alone[word]]
    for gone in _choices(there, told, least=len(there) == len(words)):
        kept = [word for word in there if word not in gone]
        left = all_of([*kept, *rest])
        if count(left):
            return Loosened(left, tuple(word.text for word in words if word not in kept))
    return None


def _choices(
    there: Sequence[Word], told: Mapping[Word, float], *, least: bool
) -> Iterator[list[Word]]:
    """Yield which words may go, few before many, those that tell least before those that tell more.

    At least one with ``least``, else none at first. One stays that tells as much as any that goes.
    """
    by_telling = sorted(there, key=told.__getitem__)
    for size in range(least, min(MOST_TRIED + 1, len(there))):
        # The one that tells most is last, and stays.
        chosen = combinations(by_telling[:-1], size)
        yield from map(list, sorted(chosen, key=lambda each: sum(told[word] for word in each)))
