"""Where a query matches in a text: the characters, as written, of all that it looks for.

Matches are found in the folded text (`search.patterns`), and those that are asked for are carried
back to the text as written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import accumulate, islice
from typing import NamedTuple

from search.analysis import (
    UNSEEN,
    QueryTerms,
    Searched,
    normalise,
    pieces,
    query_fuzzy,
    query_phrase,
    query_prefix,
    query_wildcard,
    query_words,
    searched,
    searched_alone,
    text_of,
)
from search.patterns import AnyWord, Match, Place, Words, is_costly, pattern_of
from search.query.model import Fuzzy, Leaf, Near, Part, Phrase, Prefix, Query, Some, Wildcard, Word
from search.query.relaxing import leaves

MAX_PATTERNS = 64
"""Of several pieces or with wildcards, and `Near`s, that are looked for, the longest first.

Each may cost more than all words of one piece together: of 200,000 characters, 600 such words take
0.2 s at most, and as many patterns as these 1.7 s (measured).
"""

_TOGETHER_CHARS = 2**16
"""Of texts that are searched as one: as many as nearly any ten articles have, and few enough that
what is made of them, a megabyte, stays in the processor's cache."""

_UNSEEN = re.compile(f"[{UNSEEN}]")


class Found:
    """What matches in a text, in order.

    Args:
        searched: the text, among others.
        begin: where it begins in them as they are written.
        matches: those in it; ascending.
        starts: where each of these starts in them as they are written.

    Attributes:
        begin, starts: the same.
    """

    __slots__ = ("_matches", "_searched", "begin", "starts")

    def __init__(
        self, searched: Searched, begin: int, matches: Sequence[Match], starts: Sequence[int]
    ) -> None:
        self._searched = searched
        self._matches = matches
        self.begin = begin
        self.starts = starts

    def words(self) -> list[str]:
        """Return what each match folds to; equal where they are of the same word."""
        return [word for _, _, word in self._matches]

    def places(self, first: int = 0, behind: int | None = None) -> list[Place]:
        """Return where matches stand in the text as written: `first` up to before `behind`."""
        matches, begin = self._matches[first:behind], self.begin
        if self._searched.origins is None:
            return [(start - begin, end - begin) for start, end, _ in matches]
        offsets = self._searched.origins.data
        return [self._written(offsets, start, end) for start, end, _ in matches]

    def _written(self, offsets: Sequence[int], start: int, end: int) -> Place:
        """Return the characters as written of which a match is the folded form."""
        first, last = offsets[start], offsets[end]
        if last == offsets[end - 1]:  # it ends inside a unit, such as the k of ㎏
            last = offsets[bisect_right(offsets, last)]
        # What has no width is no part of the word before it.
        while _UNSEEN.match(self._searched.written, last - 1):
            last -= 1
        return first - self.begin, last - self.begin


class Spotter:
    """Finds what one query looks for.

    Args:
        query: as parsed; what stands under a minus is never found.
    """

    def __init__(self, query: Query) -> None:
        every = ((leaf.part, terms) for leaf in leaves(query) for terms in _terms(leaf))
        asked = sorted(dict.fromkeys(every), key=lambda each: -len(each[1].text))
        costly = [each for each in asked if is_costly(each[1])]
        self._asked = [each for each in asked if each not in costly[MAX_PATTERNS:]]
        near = [leaf for leaf in leaves(query) if isinstance(leaf, Near)]
        self._near = [(leaf.part, _Near(leaf)) for leaf in near[:MAX_PATTERNS]]
        # Mostly nothing is asked for in one part alone, and all parts are searched for the same.
        self._has_parts = any(part for part, _ in [*self._asked, *self._near])
        self._sought: dict[Part | None, _Sought] = {}

    def found(
        self, texts: Sequence[str], parts: Sequence[Part | None], most: Sequence[int]
    ) -> list[Found]:
        """Return what matches in each text, by where it starts; no word reaches into the next.

        Args:
            texts: as written, one or more.
            parts: what each is of an article; what is asked for in another part is left out. None
                for whatever is asked for anywhere.
            most: matches that are wanted of each, the first ones. There may be more where they come
                at no cost.
        """
        sought, *others = {part if self._has_parts else None: None for part in parts}
        if len(texts) == 1:
            return [_found_alone(texts[0], self._sought_in(sought), most[0])]
        if not others and (found := _found_together(texts, self._sought_in(sought))):
            return found
        half = len(texts) // 2
        first = self.found(texts[:half], parts[:half], most[:half])
        return first + self.found(texts[half:], parts[half:], most[half:])

    def _sought_in(self, part: Part | None) -> _Sought:
        if part not in self._sought:
            words = [t for asked, t in self._asked if asked is None or part in (None, asked)]
            self._sought[part] = _Sought(
                Words(words) if Words.can_hold(words) else AnyWord(words),
                [each for asked, each in self._near if asked is None or part in (None, asked)],
            )
        return self._sought[part]


class _Sought(NamedTuple):
    """What is looked for in one part."""

    words: Words | AnyWord
    near: Sequence[_Near]


def _found_alone(text: str, sought: _Sought, most: int) -> Found:
    found = searched_alone(text)
    matches = sought.words.found(found.codes, most)
    if sought.near:
        folded, pieces_at = text_of(found.codes), _places(f"\n{normalise(text)}\n")
        near = (each.found(folded, pieces_at) for each in sought.near)
        matches = list(islice(merge(matches, *near), most))
    return Found(found, 1, matches, _starts(found, matches))


def _found_together(texts: Sequence[str], sought: _Sought) -> list[Found] | None:
    """Return what matches in each text; None where it takes to search them in smaller groups."""
    starts = list(accumulate((len(text) + 1 for text in texts), initial=1))
    if sought.near or starts[-1] > _TOGETHER_CHARS:
        return None
    found = searched(texts, for_literals=isinstance(sought.words, Words))
    if not found:
        return None
    matches = sought.words.found(found.codes)
    begins = _starts(found, matches)
    bounds = [bisect_left(begins, start) for start in starts]
    return [
        Found(found, start, matches[first:behind], begins[first:behind])
        for start, first, behind in zip(starts, bounds, bounds[1:], strict=False)
    ]


def _starts(found: Searched, matches: Sequence[Match]) -> list[int]:
    """Return where each match starts in the texts as written; ascending as they are."""
    if found.origins is None:
        return [start for start, _, _ in matches]
    offsets = found.origins.data
    return [offsets[start] for start, _, _ in matches]


def _terms(leaf: Leaf) -> Sequence[QueryTerms]:
    match leaf:
        case Word(text):
            return query_words(text)
        case Some(texts):
            words = [terms for text in texts for terms in query_words(text)]
            return [*words, *(found for terms in words for found in _inner(terms))]
        case Phrase(text):
            found = query_phrase(text)
        case Prefix(text):
            found = query_prefix(text)
        case Wildcard(text):
            found = query_wildcard(text)
        case Fuzzy(text, edits):
            found = query_fuzzy(text, edits)
        case Near():  # found by `_Near`: its words alone are no match
            found = None
    return (found,) if found else ()


def _inner(terms: QueryTerms) -> Iterator[QueryTerms]:
    """Yield the words of two characters and more that stand in a longer one."""
    inner = [*terms.words, *(slot.term for slot in terms.slots if slot.is_word)]
    for word in inner:
        if 1 < len(word) < len(terms.text) and (found := query_phrase(word)):
            yield found


class _Near:
    """Texts in their order with few positions between, in folded text."""

    def __init__(self, leaf: Near) -> None:
        units = [terms for terms in map(query_phrase, leaf.texts) if terms is not None]
        self._units = [(re.compile(pattern_of(terms)), terms.length) for terms in units]
        self._slop = leaf.slop

    def found(self, folded: str, pieces_at: Sequence[int]) -> list[Match]:
        """Return where each of the texts stands, if others stand as they must; ascending.

        Args:
            folded: as it is searched.
            pieces_at: see `_places`.
        """
        found = [_all_places(pattern, folded) for pattern, _ in self._units]
        starts = [[bisect_left(pieces_at, start) for start, _ in places] for places in found]
        lengths = [length for _, length in self._units]
        behind = self._reached(starts, lengths)
        # Backwards the same, so that what leads nowhere is left out.
        turned = [
            [-at - length for at in each] for each, length in zip(starts, lengths, strict=True)
        ]
        before = self._reached([each[::-1] for each in turned[::-1]], lengths[::-1])[::-1]
        kept = {
            place
            for places, all_starts, ats, ends, length in zip(
                found, starts, behind, before, lengths, strict=True
            )
            for place, at in zip(places, all_starts, strict=True)
            if at in ats and -at - length in ends
        }
        return [(start, end, folded[start:end]) for start, end in sorted(kept)]

    def _reached(self, starts: Sequence[Sequence[int]], lengths: Sequence[int]) -> list[set[int]]:
        """Return of each text's ``starts`` (ascending) those that the texts before it lead to."""
        reached: list[set[int]] = []
        ends: list[int] | None = None
        for ats, length in zip(starts, lengths, strict=True):
            kept = [at for at in ats if ends is None or self._follows(at, ends)]
            reached.append(set(kept))
            ends = [at + length for at in kept]
        return reached

    def _follows(self, at: int, ends: Sequence[int]) -> bool:
        nearest = bisect_right(ends, at) - 1
        return nearest >= 0 and at - ends[nearest] <= self._slop


def _places(folded: str) -> list[int]:
    """Return the character that each position of a text is at (see `search.analysis.terms`)."""
    places: list[int] = []
    for piece in pieces(folded):
        places.extend(range(piece.start, piece.start + piece.positions))
    return places


def _all_places(pattern: re.Pattern[str], folded: str) -> list[Place]:
    """Return every place where a text stands, also those that reach into the next."""
    places: list[Place] = []
    at = 0
    while found := pattern.search(folded, at):
        places.append(found.span())
        at = found.start() + 1
    return places
