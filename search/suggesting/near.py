"""Words near a word: that sound like it, or are written with one character or letter of another.

Words of two to seven characters of Han stand in a table for each length: their characters, and
their sounds, neighbouring ones taken for the same (see `Pinyin.rough`), as one number to look up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.analysis.characters import codes_of
from search.analysis.pinyin import SILENT, pinyin
from search.suggesting.lexicon import Lexicon, Numbers

LONGEST_WORD = 7
"""Characters of a word that is looked up by its sound: so many syllables fit into 64 bits."""

MIN_LETTERS = 3
"""Of a Latin word that may be misspelled; a shorter one would become any word."""

SAME_SOUND, NEAR_SOUND, OTHER_CHARACTER = 0, 1, 2
"""How far a word is from what was typed; a slip in a Latin word is as near as a sound."""

_SYLLABLE_BITS = 9
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Candidate(NamedTuple):
    """A word that may be meant, folded; how far it is; and in how many articles it stands."""

    text: str
    distance: int
    count: int  # type: ignore[assignment] # not what a tuple's own method is for


class _Words(NamedTuple):
    """All words of one length: a row each.

    Attributes:
        numbers: of the entries.
        codes, sounds: of their characters.
        by_sound: the rows in the order of ``keys``.
        keys: the rough sounds of each of these rows, ascending.
    """

    numbers: Numbers
    codes: Numbers
    sounds: Numbers
    by_sound: Numbers
    keys: Numbers


class Neighbours:
    """Finds the entries of a lexicon that are near a word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._number_of: dict[str, int] = {}
        for number in reversed(range(len(lexicon))):  # of equal ones the first, which comes last
            self._number_of[lexicon.folded[number]] = number
        self._words = {n: _words_of(lexicon, n) for n in range(2, LONGEST_WORD + 1)}

    def count(self, word: str) -> int:
        """Return in how many articles a folded word stands; 0 where the lexicon lacks it."""
        number = self._number_of.get(word)
        return 0 if number is None else int(self._lexicon.counts[number])

    def sounding(self, readings: Iterable[Sequence[int]], most: int) -> list[Candidate]:
        """Return words that sound as the first of ``readings``, or nearly so, the best first.

        To sound as another reading is to sound nearly so.
        """
        found: dict[str, Candidate] = {}
        for number, reading in enumerate(readings):
            words = self._words.get(len(reading))
            if words is None or SILENT in reading:
                continue
            key = _keys(np.array([reading]))[0]
            first, last = np.searchsorted(words.keys, [key, key + 1]).tolist()
            for row in words.by_sound[first:last].tolist():
                same = not number and words.sounds[row].tolist() == list(reading)
                self._add(found, int(words.numbers[row]), SAME_SOUND if same else NEAR_SOUND)
        return _best(found, most)

    def written_nearly(self, word: str, most: int) -> list[Candidate]:
        """Return words with one character of another, or two neighbours changed about."""
        found: dict[str, Candidate] = {}
        words = self._words.get(len(word))
        if words is not None:
            same = (words.codes == codes_of(word)).sum(axis=1)
            near = words.numbers[same == len(word) - 1]
            near = near[np.argsort(-self._lexicon.counts[near], kind="stable")[:most]]
            swapped = (self._number_of.get(each) for each in _swapped(word) if each != word)
            for number in [*near.tolist(), *(each for each in swapped if each is not None)]:
                self._add(found, number, OTHER_CHARACTER)
        return _best(found, most)

    def spelled_nearly(self, word: str, most: int) -> list[Candidate]:
        """Return Latin words with one letter more, less or other, or two changed about."""
        found: dict[str, Candidate] = {}
        for each in _misspelled(word) if len(word) >= MIN_LETTERS else ():
            number = self._number_of.get(each)
            if number is not None and each != word:
                self._add(found, number, NEAR_SOUND)
        return _best(found, most)

    def _add(self, found: dict[str, Candidate], number: int, distance: int) -> None:
        text = self._lexicon.folded[number]
        candidate = Candidate(text, distance, int(self._lexicon.counts[number]))
        found[text] = min(found.get(text, candidate), candidate, key=_rank)


def _rank(candidate: Candidate) -> tuple[int, int, str]:
    return candidate.distance, -candidate.count, candidate.text


def _best(found: dict[str, Candidate], most: int) -> list[Candidate]:
    return nsmallest(most, found.values(), key=_rank)


def _words_of(lexicon: Lexicon, length: int) -> _Words:
    numbers = np.flatnonzero(lexicon.lengths == length)
    places = lexicon.starts[numbers][:, None] + np.arange(length)
    spoken = (lexicon.sounds[places] != SILENT).all(axis=1)
    numbers, places = numbers[spoken], places[spoken]
    sounds = lexicon.sounds[places]
    keys = _keys(sounds)
    order = np.argsort(keys, kind="stable")
    return _Words(numbers, lexicon.codes[places], sounds, order, keys[order])


def _keys(sounds: Numbers) -> Numbers:
    """Return the rough sounds of each row as one number."""
    keys = np.zeros(len(sounds), np.int64)
    for column in pinyin().rough[sounds].T:
        keys = (keys << _SYLLABLE_BITS) | column
    return keys


def _swapped(word: str) -> Iterator[str]:
    for at, (one, other) in enumerate(pairwise(word)):
        yield word[:at] + other + one + word[at + 2 :]


def _misspelled(word: str) -> Iterator[str]:
    """Yield every word that one slip makes of ``word``: some sixty a letter."""
    yield from _swapped(word)
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]
