"""Where in a query something else may have been meant, and what.

A word as typed is cut into pieces, as for a search. A place is some neighbouring pieces of one
word, for a slip of the pen also changes how it is cut: 跳动 is a word, 跳东 are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import islice, pairwise, product
from typing import NamedTuple

from search.analysis import cut_words, frequency, normalise_with_offsets
from search.analysis.pinyin import MAX_SPLITS, pinyin
from search.query import Typed
from search.suggesting.near import LONGEST_WORD, SAME_SOUND, Candidate, Neighbours

MAX_PIECES = 16
"""Of a query that is looked at; a longer one is no search for a few words."""

_MAX_LETTERS = 40  # of a word in pinyin: ten syllables and more
_SOUNDING, _WRITTEN = 32, 48  # candidates of a place, by sound and by writing
_BEAM, _BRANCHES = 8, 4  # beginnings kept of a word in pinyin that is several, words tried next
_FAR_MORE = 50  # times as many articles that a word stands in must have one near to it
_LETTERS = re.compile(r"[a-z']+")


class Piece(NamedTuple):
    """A word of a query, folded, and where in the text it was typed, ``text[start:end]``."""

    text: str
    start: int
    end: int


class Place(NamedTuple):
    """Some neighbouring pieces, as one; what may be meant instead, best first.

    Attributes:
        is_known: whether the vocabulary has it as it stands.
        is_letters: whether it is written in Latin letters.
    """

    text: str
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    is_known: bool
    is_letters: bool

    def within(self, distance: int) -> Place:
        """Return the same, with those candidates alone that are no further than ``distance``."""
        near = tuple(each for each in self.candidates if each.distance <= distance)
        return self._replace(candidates=near)


def pieces(word: Typed) -> list[Piece]:
    """Cut a word as typed into the words that are looked for."""
    folded, offsets = normalise_with_offsets(word.text)
    found: list[Piece] = []
    at = 0
    for text in cut_words(word.text):
        at = folded.index(text, at)
        start, end = (word.start + offsets[each] for each in (at, at + len(text)))
        found.append(Piece(text, start, end))
        at += len(text)
    return found


def places(words: Iterable[Sequence[Piece]], near: Neighbours) -> Iterator[Place]:
    """Yield the places in words (each in its pieces) for which something else may be meant."""
    for word in words:
        for first in range(len(word)):
            for last in range(first, len(word)):
                stretch = word[first : last + 1]
                if sum(len(each.text) for each in stretch) > _MAX_LETTERS or _gap(stretch):
                    break
                place = _place(stretch, near)
                if place.candidates:
                    yield place


def _gap(stretch: Sequence[Piece]) -> bool:
    return any(one.end != other.start for one, other in pairwise(stretch))


def _place(stretch: Sequence[Piece], near: Neighbours) -> Place:
    text = "".join(each.text for each in stretch)
    is_letters = _LETTERS.fullmatch(text) is not None
    count = near.count(text)
    found = _sounding(stretch, near)
    if len(text) > 1 and not is_letters and (usual := frequency(text)):
        found = [each for each in found if _is_far_commoner(each, count, usual)]
    else:
        # Of a word as it stands only what sounds so is meant, or what is far commoner.
        found += [
            each for each in _written(text, near, is_letters) if each.count > count * _FAR_MORE
        ]
    once = {each.text: each for each in reversed(found) if each.text != text}
    candidates = tuple(each for each in found if once.get(each.text) is each)
    return Place(text, stretch[0].start, stretch[-1].end, candidates, count > 0, is_letters)


def _is_far_commoner(candidate: Candidate, count: int, usual: int) -> bool:
    """Return whether who writes a word of the language may have meant one that sounds the same.

    Args:
        candidate: that one.
        count: of the articles with the word as written.
        usual: its frequency in everyday Chinese.
    """
    return (
        candidate.distance == SAME_SOUND
        and candidate.count > count * _FAR_MORE
        and frequency(candidate.text) > usual
    )


def _sounding(stretch: Sequence[Piece], near: Neighbours) -> list[Candidate]:
    each = [_readings(piece.text) for piece in stretch]
    readings = [sum(way, ()) for way in islice(product(*each), MAX_SPLITS)]
    found = near.sounding([way for way in readings if len(way) <= LONGEST_WORD], _SOUNDING)
    if len(stretch) == 1 and _LETTERS.fullmatch(stretch[0].text):
        found += _composed(readings, near)
    return found


def _readings(text: str) -> list[tuple[int, ...]]:
    return pinyin().split(text) if _LETTERS.fullmatch(text) else pinyin().readings(text)


def _written(text: str, near: Neighbours, is_letters: bool) -> list[Candidate]:
    if not is_letters:
        return near.written_nearly(text, _WRITTEN)
    return [] if pinyin().split(text) else near.spelled_nearly(text, _WRITTEN)


def _composed(readings: Iterable[tuple[int, ...]], near: Neighbours) -> list[Candidate]:
    """Return what syllables may be as two words or more (zijietiaodong), fewest words first."""
    found: list[Candidate] = []
    for reading in readings:
        begun: list[list[tuple[int, Candidate]]] = [[(0, Candidate("", 0, 2**31))]]
        for end in range(1, len(reading) + 1):
            longer = [
                (words + 1, _joined(before, word))
                for start in range(max(0, end - LONGEST_WORD), end - 1)
                if begun[start]
                for word in near.sounding([reading[start:end]], _BRANCHES)
                for words, before in begun[start]
            ]
            begun.append(nsmallest(_BEAM, longer, key=_fewest_words))
        found += [whole for words, whole in begun[-1] if words > 1]
    return found


def _joined(before: Candidate, word: Candidate) -> Candidate:
    return Candidate(
        before.text + word.text,
        max(before.distance, word.distance),
        min(before.count, word.count),
    )


def _fewest_words(each: tuple[int, Candidate]) -> tuple[int, int, int, str]:
    words, candidate = each
    return words, candidate.distance, -candidate.count, candidate.text
