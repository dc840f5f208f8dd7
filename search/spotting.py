"""Where a query matches in a text: the characters, as written, of all that it looks for.

Matches are found in the folded text, its letters moved (`search.analysis.moving`), and those asked
for are carried back to the text as written. What is found is what the engines match
(`search.analysis.terms`): the characters of a word, a phrase over punctuation, letters and digits
only as whole pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from search.analysis import (
    EMOJI,
    MOVED,
    MOVED_A_TO_Z,
    UNSEEN,
    UNSPACED,
    Piece,
    QueryTerms,
    moved,
    moved_back,
    normalise,
    pieces,
    query_fuzzy,
    query_phrase,
    query_prefix,
    query_wildcard,
    query_words,
    searched,
)
from search.query.model import Fuzzy, Leaf, Near, Part, Phrase, Prefix, Query, Some, Wildcard, Word
from search.query.relaxing import leaves
from search.results import Span

MAX_PATTERNS = 64
"""Of several pieces or with wildcards, and `Near`s, that are looked for, the longest first.

Each may cost more than all words of one piece together: of 200,000 characters, 600 such words take
0.2 s at most, and as many patterns as these 1.7 s (measured).
"""

_LETTER = f"[{MOVED}]"
_INSIDE = {"letters": _LETTER, "digits": r"\d", "run": f"[{UNSPACED}]"}
_SIGN = rf"(?:\+\+|\#)(?![{MOVED_A_TO_Z}])"  # makes a term of one letter another one: c++, c#
_UNSEEN = re.compile(f"[{UNSEEN}]")
_BETWEEN = rf"(?:[^\S\n]|[^\w\s{EMOJI}{MOVED}]|_)*"

Place = tuple[int, int]
"""Where something starts in a folded text, and the character behind its last."""


class Found:
    """What was found in a text: matches by where they start, numbered from 0.

    Args:
        text: as written.
        folded: the same, as it was searched.
        offsets: where its characters come from (see `search.analysis.normalise_with_offsets`).
        places: of the matches, in ``folded``; ascending.
    """

    def __init__(
        self, text: str, folded: str, offsets: Sequence[int], places: Sequence[Place]
    ) -> None:
        self._text = text
        self._folded = folded
        self._offsets = offsets
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def starts(self) -> list[int]:
        """Return where each match starts in the text as written; ascending."""
        return [self._offsets[start] for start, _ in self._places]

    def words(self) -> list[str]:
        """Return what each match folds to; equal where they are of the same word."""
        return [self._folded[start:end] for start, end in self._places]

    def spans(self, first: int = 0, behind: int | None = None) -> list[Span]:
        """Return where matches stand in the text as written: `first` up to before `behind`."""
        places = self._places[first:behind]
        if isinstance(self._offsets, range):  # each character is where it was, none is unseen
            return [Span(start, end) for start, end in places]
        return [self._written(start, end) for start, end in places]

    def _written(self, start: int, end: int) -> Span:
        """Return the characters as written of which a match is the folded form."""
        first, last = self._offsets[start], self._offsets[end]
        if last == self._offsets[end - 1]:  # it ends inside a unit, such as the k of ㎏
            last = self._offsets[bisect_right(self._offsets, last)]
        # What has no width is no part of the word before it.
        while _UNSEEN.match(self._text, last - 1):
            last -= 1
        return Span(first, last)


class Spotter:
    """Finds what one query looks for.

    Args:
        query: as parsed; what stands under a minus is never found.
    """

    def __init__(self, query: Query) -> None:
        every = ((leaf.part, terms) for leaf in leaves(query) for terms in _terms(leaf))
        asked = sorted(dict.fromkeys(every), key=lambda each: -len(each[1].text))
        costly = [each for each in asked if _is_costly(each[1])]
        self._asked = [each for each in asked if each not in costly[MAX_PATTERNS:]]
        near = [leaf for leaf in leaves(query) if isinstance(leaf, Near)]
        self._near = [(leaf.part, _Near(leaf)) for leaf in near[:MAX_PATTERNS]]
        self._compiled: dict[tuple[QueryTerms, ...], _Pattern] = {}

    def found(self, text: str, part: Part | None, most: int | None = None) -> Found | None:
        """Return what matches in ``text``; of words, none reaches into the next. None for nothing.

        Args:
            text: as written.
            part: what it is of an article; what is asked for in another part is left out. None for
                whatever is asked for anywhere.
            most: matches, the first ones; None for all.
        """
        chosen = tuple(t for asked, t in self._asked if asked is None or part in (None, asked))
        near = [each for asked, each in self._near if asked is None or part in (None, asked)]
        if not text or not (chosen or near):
            return None
        folded, offsets = searched(text)
        places = list(islice(self._pattern(chosen).places(folded), most)) if chosen else []
        if near:
            pieces_at = _places(normalise(text))
            places = sorted(
                [*places, *(p for each in near for p in each.places(folded, pieces_at))]
            )
        return Found(text, folded, offsets, places[:most]) if places else None

    def _pattern(self, chosen: tuple[QueryTerms, ...]) -> _Pattern:
        if chosen not in self._compiled:  # for all parts alike, mostly
            self._compiled[chosen] = _Pattern(chosen)
        return self._compiled[chosen]


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


def _is_costly(terms: QueryTerms) -> bool:
    return len(terms.pieces) > 1 or any(slot.wild for slot in terms.slots)


class _Pattern:
    """Any of several words, in folded text."""

    def __init__(self, several: Sequence[QueryTerms]) -> None:
        self._fuzzy = {(t.slots[0].term, t.slots[0].edits) for t in several if t.slots[0].edits}
        exact = [terms for terms in several if not terms.slots[0].edits]
        patterns = dict.fromkeys(map(_pattern_of, exact))
        if self._fuzzy:  # the last: where it fails, no other could have held
            patterns[_candidates(self._fuzzy)] = None
        self._pattern = re.compile("|".join(patterns))

    def places(self, folded: str) -> Iterator[Place]:
        """Yield where a word starts and ends; the next is looked for behind it."""
        if self._fuzzy:
            return self._meant(folded)
        return (found.span() for found in self._pattern.finditer(folded))

    def _meant(self, folded: str) -> Iterator[Place]:
        at = 0
        while found := self._pattern.search(folded, at):
            if self._is_meant(found):
                yield found.span()
                at = found.end()
            else:
                at = found.start() + 1

    def _is_meant(self, found: re.Match[str]) -> bool:
        return found.lastgroup is None or any(
            edits_between(word, moved_back(found[0])) <= most for word, most in self._fuzzy
        )


def _candidates(fuzzy: set[tuple[str, int]]) -> str:
    """Return the pattern, a named group, of words that some other spelling may be meant by."""
    firsts = "".join(sorted({re.escape(moved(word[0])) for word, _ in fuzzy}))
    least = max(1, min(len(word) - most for word, most in fuzzy))
    longest = max(len(word) + most for word, most in fuzzy)
    letters = rf"{_LETTER}{{{least},{longest}}}(?!{_LETTER})"
    signed = rf"[{MOVED_A_TO_Z}](?:\+\+|\#)(?![{MOVED_A_TO_Z}])"
    return rf"(?P<fuzzy>(?=[{firsts}])(?<!{_LETTER})(?:{signed}|{letters}))"


@lru_cache(10_000)
def edits_between(word: str, other: str) -> int:
    """Return how many letters must be put in, left out, replaced or swapped with their neighbour.

    >>> edits_between("kubernets", "kubernetes"), edits_between("form", "from")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word):
        new = [at + 1]
        for column, char in enumerate(other):
            best = min(row[column] + (letter != char), row[column + 1] + 1, new[column] + 1)
            if at and column and word[at - 1] == char and letter == other[column - 1]:
                best = min(best, before[column - 1] + 1)
            new.append(best)
        before, row = row, new
    return row[-1]


class _Near:
    """Texts in their order with few positions between, in folded text."""

    def __init__(self, leaf: Near) -> None:
        units = [terms for terms in map(query_phrase, leaf.texts) if terms is not None]
        self._units = [(re.compile(_pattern_of(terms)), terms.length) for terms in units]
        self._slop = leaf.slop

    def places(self, folded: str, pieces_at: Sequence[int]) -> list[Place]:
        """Return where each of the texts starts and ends, if others stand as they must, in order.

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
        return sorted(kept)

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


def _pattern_of(terms: QueryTerms) -> str:
    """Return the pattern of the terms in folded text.

    Without wildcards it begins with a character of its own, so that the search can leap to it.
    """
    first, last = terms.pieces[0], terms.pieces[-1]
    patterns = [_piece_pattern(piece) + _after(piece) for piece in terms.pieces]
    if first.kind in ("letters", "digits") and first.text[0] not in "*?":
        char = re.escape(moved(first.text[0]))
        patterns[0] = f"{char}(?<!{_INSIDE[first.kind]}{char}){patterns[0].removeprefix(char)}"
    pattern = _BETWEEN.join(patterns)
    if terms.slots[-1].prefix and last.kind in ("letters", "digits"):
        pattern = pattern.removesuffix(_after(last)) + f"{_INSIDE[last.kind]}*"
    return pattern


def _piece_pattern(piece: Piece) -> str:
    """Return the pattern of a piece; a part between two stars is found where it first stands."""
    inside = _INSIDE.get(piece.kind, "")
    first, *others = [
        "".join(inside if char == "?" else re.escape(char) for char in moved(part))
        for part in re.split(r"\*+", piece.text)
    ]
    middle = "".join(f"(?>{inside}*?{part})" for part in others[:-1])
    # In the middle of a word nothing is tried, or a long one would be gone through again and again.
    edge = f"(?<!{inside})" if piece.text[0] in "*?" and piece.kind != "run" else ""
    return edge + first + middle + (f"{inside}*{others[-1]}" if others else "")


def _after(piece: Piece) -> str:
    """Return what must not follow a piece: more of its kind, or a sign that makes it another."""
    if piece.kind not in ("letters", "digits"):
        return ""
    if piece.text[-1] in "+#":
        return f"(?![{MOVED_A_TO_Z}])"
    more = f"(?!{_INSIDE[piece.kind]})"
    return f"{more}(?!{_SIGN})" if re.fullmatch("[a-z]", piece.text) else more
