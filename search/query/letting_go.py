"""When no article has all words: which of them to let go, so that some have the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log2
from typing import NamedTuple

from search.query.model import And, Query, Word
from search.query.relaxing import Cut, all_of

MAX_WORDS = 8
"""Of a query that is tried without some of its words: a search for each, and for those left."""

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

    What no article has goes first, all of it. Of the others as few as possible: at each step the
    one that tells least of those whose loss is enough, or else the one that tells least. All but
    words stays; None where nothing is found without all of them, where there are not two, or more
    than `MAX_WORDS`.
    """
    words, rest = _words(query, cut)
    if not 2 <= len(words) <= MAX_WORDS:
        return None
    alone = {word: count(all_of([word, *rest])) for word in words}
    told = {word: weigh(word.text) / log2(2 + found) for word, found in alone.items()}
    kept = [word for word in words if alone[word]]
    while kept:
        found = all_of([*kept, *rest])
        if len(kept) < len(words) and count(found):
            return Loosened(found, tuple(word.text for word in words if word not in kept))
        kept = _without_one(kept, rest, told, count)
    return None


def _without_one(
    kept: list[Word], rest: Sequence[Query], told: dict[Word, float], count: Count
) -> list[Word]:
    """Return ``kept`` without the word that is to go next."""
    by_telling = sorted(kept, key=told.__getitem__)
    for word in by_telling[: len(kept) if len(kept) > 1 else 0]:
        others = [each for each in kept if each != word]
        if count(all_of([*others, *rest])):
            return others
    return [each for each in kept if each != by_telling[0]]


def _words(query: Query, cut: Cut) -> tuple[list[Word], list[Query]]:
    """Return the words that are asked for, each once, and all else that is."""
    parts = query.parts if isinstance(query, And) else (query,)
    words = [
        Word(word, part.part) for part in parts if isinstance(part, Word) for word in cut(part.text)
    ]
    return list(dict.fromkeys(words)), [part for part in parts if not isinstance(part, Word)]
