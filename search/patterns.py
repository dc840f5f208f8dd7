"""Words as they stand in folded text: what the engines match (`search.analysis.terms`).

The characters of a word, a phrase over punctuation, letters and digits only as whole pieces. The
text is as `search.analysis.searched` makes it, its letters moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, permutations
from typing import NamedTuple

from search.analysis import (
    EMOJI,
    MOVED,
    MOVED_A_TO_Z,
    UNSPACED,
    Piece,
    QueryTerms,
    moved,
    moved_back,
)

_FEW_WORDS = 8
"""So many are looked for one by one; more, all at once."""

_LETTER = f"[{MOVED}]"
_FIRST_MOVED, _LAST_MOVED = MOVED.split("-")
_INSIDE = {"letters": _LETTER, "digits": r"\d", "run": f"[{UNSPACED}]"}
_SIGN = rf"(?:\+\+|\#)(?![{MOVED_A_TO_Z}])"  # makes a term of one letter another one: c++, c#
_BETWEEN = rf"(?:[^\S\n]|[^\w\s{EMOJI}{MOVED}]|_)*"

Place = tuple[int, int]
"""Where something starts in a text, and the character behind its last."""


def is_costly(terms: QueryTerms) -> bool:
    """Return whether they are of several pieces or have wildcards."""
    return len(terms.pieces) > 1 or any(slot.wild for slot in terms.slots)


class Words:
    """A few words of one piece each, in folded text, looked for one by one.

    A text is gone through quicker so, and most words need no expression made for them.
    """

    def __init__(self, several: Sequence[QueryTerms]) -> None:
        self._sought = list(dict.fromkeys(map(_sought, several)))

    @staticmethod
    def can_hold(several: Sequence[QueryTerms]) -> bool:
        """Return whether no word can stand where another does, so that each may be sought alone."""
        words = {terms.pieces[0].text for terms in several}
        return (
            len(words) <= _FEW_WORDS
            and not any(is_costly(terms) or terms.slots[0].edits for terms in several)
            and not any(_touch(*two) for two in permutations(words, 2))
        )

    def places(self, folded: str, most: int) -> list[Place]:
        """Return where the words start and end; ascending, the first ``most``."""
        several = [each(folded, most) for each in self._sought]
        if len(several) == 1:
            return several[0]
        return sorted(chain.from_iterable(several))[:most]


def _touch(word: str, other: str) -> bool:
    """Return whether ``other`` may begin inside ``word``, where both stand in a text."""
    return other in word or any(word.endswith(other[:end]) for end in range(1, len(other)))


class _Stretch(NamedTuple):
    """Characters, whatever stands beside them."""

    text: str

    def __call__(self, folded: str, most: int) -> list[Place]:
        """Return where they stand, the first ``most``."""
        word, find = self.text, folded.find
        length = len(word)
        places: list[Place] = []
        at = find(word)
        while at >= 0 and len(places) < most:
            end = at + length
            places.append((at, end))
            at = find(word, end)
        return places


class _Whole(NamedTuple):
    """Two letters and more, or digits, that stand only where no other one is beside them."""

    text: str
    is_inside: Callable[[str], bool]

    def __call__(self, folded: str, most: int) -> list[Place]:
        """Return where they stand, the first ``most``."""
        places: list[Place] = []
        at = folded.find(self.text)
        while at >= 0 and len(places) < most:
            end = at + len(self.text)
            if not (self.is_inside(folded[at - 1 : at]) or self.is_inside(folded[end : end + 1])):
                places.append((at, end))
            at = folded.find(self.text, end + 1)  # nothing whole begins beside its characters
        return places


class _Pattern(NamedTuple):
    """What takes an expression to find."""

    pattern: str

    def __call__(self, folded: str, most: int) -> list[Place]:
        """Return where it stands, the first ``most``."""
        found = re.compile(self.pattern).finditer(folded)
        return [each.span() for each in islice(found, most)]


def _sought(terms: QueryTerms) -> _Stretch | _Whole | _Pattern:
    """Return what finds a word of one piece."""
    piece = terms.pieces[0]
    if piece.kind not in _IS_INSIDE:
        return _Stretch(piece.text)
    if terms.slots[-1].prefix or len(piece.text) == 1 or piece.text[-1] in "+#":
        return _Pattern(pattern_of(terms))
    return _Whole(moved(piece.text), _IS_INSIDE[piece.kind])


def _is_letter(char: str) -> bool:
    return _FIRST_MOVED <= char <= _LAST_MOVED


_IS_INSIDE: dict[str, Callable[[str], bool]] = {"letters": _is_letter, "digits": str.isdecimal}


class AnyWord:
    """Any of several words, in folded text."""

    def __init__(self, several: Sequence[QueryTerms]) -> None:
        self._fuzzy = {(t.slots[0].term, t.slots[0].edits) for t in several if t.slots[0].edits}
        exact = [terms for terms in several if not terms.slots[0].edits]
        patterns = dict.fromkeys(map(pattern_of, exact))
        if self._fuzzy:  # the last: where it fails, no other could have held
            patterns[_candidates(self._fuzzy)] = None
        self._pattern = re.compile("|".join(patterns))

    def places(self, folded: str, most: int) -> list[Place]:
        """Return where words start and end, the first ``most``; each is behind the one before."""
        if self._fuzzy:
            return list(islice(self._meant(folded), most))
        return [found.span() for found in islice(self._pattern.finditer(folded), most)]

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


def pattern_of(terms: QueryTerms) -> str:
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
