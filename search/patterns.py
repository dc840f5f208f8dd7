"""Words as they stand in folded text: what the engines match (`search.analysis.terms`).

The characters of a word, a phrase over punctuation, letters and digits only as whole pieces. The
text is as `search.analysis.searched` makes it, its letters moved.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, permutations

from search.analysis import (
    EMOJI,
    MOVED,
    MOVED_A_TO_Z,
    UNSPACED,
    Codes,
    Literal,
    Piece,
    QueryTerms,
    can_overlap,
    moved,
    moved_back,
    text_of,
)

_FEW_WORDS = 8
"""So many are looked for one by one; more, all at once."""

_LETTER = f"[{MOVED}]"
_INSIDE = {"letters": _LETTER, "digits": r"\d", "run": f"[{UNSPACED}]"}
_SIGN = rf"(?:\+\+|\#)(?![{MOVED_A_TO_Z}])"  # makes a term of one letter another one: c++, c#
_BETWEEN = rf"(?:[^\S\n]|[^\w\s{EMOJI}{MOVED}]|_)*"

_SIGNED = re.compile(r"[a-z]|.*[+#]")
"""Letters that a sign behind them makes another word of, or has made."""

Place = tuple[int, int]
"""Where something starts in a text, and the character behind its last."""

Match = tuple[int, int, str]
"""The same of a word, and the word as it was folded and moved."""


def is_costly(terms: QueryTerms) -> bool:
    """Return whether they are of several pieces or have wildcards."""
    return len(terms.pieces) > 1 or any(slot.wild for slot in terms.slots)


class Words:
    """A few words of one piece each, looked for one by one.

    Texts are gone through quicker so, and no expressions need be made.
    """

    def __init__(self, several: Sequence[QueryTerms]) -> None:
        pieces = (terms.pieces[0] for terms in several)
        self._words = [Literal(*each) for each in {(piece.text, piece.kind) for piece in pieces}]

    @staticmethod
    def can_hold(several: Sequence[QueryTerms]) -> bool:
        """Return whether no word can stand where another does, so that each may be sought alone."""
        words = {terms.pieces[0].text for terms in several}
        return (
            len(words) <= _FEW_WORDS
            and all(map(_is_literal, several))
            and not any(_touch(*two) for two in permutations(words, 2))
        )

    def found(self, codes: Codes, most: int = sys.maxsize) -> list[Match]:
        """Return where words stand in lines, ascending, the first ``most``."""
        found = [
            (at, at + word.length, word.text)
            for word in self._words
            for at in word.starts(codes)[:most]
        ]
        if len(self._words) > 1:
            found.sort()
        return found[:most]


def _is_literal(terms: QueryTerms) -> bool:
    """Return whether all that they look for is characters, and what must not stand beside them."""
    if is_costly(terms) or terms.slots[0].edits:
        return False
    piece = terms.pieces[0]
    if piece.kind not in ("letters", "digits"):
        return True
    return not terms.slots[-1].prefix and not _SIGNED.fullmatch(piece.text)


def _touch(word: str, other: str) -> bool:
    """Return whether ``other`` may begin inside ``word``, where both stand in a text."""
    return other in word or can_overlap(word, other)


class AnyWord:
    """Any of several words."""

    def __init__(self, several: Sequence[QueryTerms]) -> None:
        self._fuzzy = {(t.slots[0].term, t.slots[0].edits) for t in several if t.slots[0].edits}
        exact = [terms for terms in several if not terms.slots[0].edits]
        patterns = dict.fromkeys(map(pattern_of, exact))
        if self._fuzzy:  # the last: where it fails, no other could have held
            patterns[_candidates(self._fuzzy)] = None
        self._pattern = re.compile("|".join(patterns))

    def found(self, codes: Codes, most: int = sys.maxsize) -> list[Match]:
        """Return where words stand in lines, the first ``most``; each is behind the one before."""
        folded = text_of(codes)
        found = self._meant(folded) if self._fuzzy else self._pattern.finditer(folded)
        return [(*each.span(), each[0]) for each in islice(found, most)]

    def _meant(self, folded: str) -> Iterator[re.Match[str]]:
        at = 0
        while found := self._pattern.search(folded, at):
            if self._is_meant(found):
                yield found
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
