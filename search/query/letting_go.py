"""When no article has all words: which of them to let go, so that some have the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import log2
from typing import NamedTuple

from search.query.model import And, Query, Word
from search.query.relaxing import Cut, all_of

MAX_WORDS = 8
"""Of a query that is tried without some of its words: a search for each, and for those left."""

MOST_TRIED = 2
"""Words that are let go together, in any combination: at most 28 searches."""

Count = Callable[[Query], int]
"""Tells how many articles match."""

Weigh = Callable[[str], float]
"""Tells what a word weighs, whatever the archive holds; `search.analysis.weight_of`."""


class Loosened(NamedTuple):
    """A query that finds something, without the words ``let_go`` (one or more, as typed)."""

    query: Query
    let_go: tuple[str, ...]


def loosened(query: Query, cut: Cut, weigh: Weigh, count: Count) -> Loosened | None:
    """Return ``query``, which finds nothing, without the words that keep it from finding something.

    What no article has goes first, all of it; of the others as few as possible, and those that tell
    least. Where more than `MOST_TRIED` would have to go, the one that tells least goes untried.
    All but words stays; None where nothing is found without all of them, where there are not two,
    or more than `MAX_WORDS`.
    """
    words, rest = _words(query, cut)
    if not 2 <= len(words) <= MAX_WORDS:
        return None
    alone = {word: count(all_of([word, *rest])) for word in words}
    told = {word: weigh(word.text) / log2(2 + found) for word, found in alone.items()}
    kept = [word for word in words if alone[word]]
    while kept:
        for tried in _choices(kept, told, least=len(kept) == len(words)):
            left = all_of([*(word for word in kept if word not in tried), *rest])
            if count(left):
                return Loosened(left, tuple(w.text for w in words if w not in kept or w in tried))
        kept.remove(min(kept, key=told.__getitem__))
    return None


def _choices(
    kept: Sequence[Word], told: Mapping[Word, float], *, least: bool
) -> Iterator[tuple[Word, ...]]:
    """Yield which words may go, few before many, those that tell least before those that tell more.

    With ``least`` at least one goes; one stays.
    """
    for size in range(least, min(MOST_TRIED + 1, len(kept))):
        yield from sorted(
            combinations(kept, size), key=lambda chosen: sum(told[word] for word in chosen)
        )


def _words(query: Query, cut: Cut) -> tuple[list[Word], list[Query]]:
    """Return the words that are asked for, each once, and all else that is."""
    parts = query.parts if isinstance(query, And) else (query,)
    words = [
        Word(word, part.part) for part in parts if isinstance(part, Word) for word in cut(part.text)
    ]
    return list(dict.fromkeys(words)), [part for part in parts if not isinstance(part, Word)]
