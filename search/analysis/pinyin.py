"""Pinyin without tones: how Chinese characters sound, and what typed letters may stand for.

Characters' readings, the usual one first, and those of some 47,000 phrases are pypinyin's, read
from its two files: its import keeps all phrases, tones included, as 200,000 lists. Here only those
are kept, 3,400, whose reading is not that of their characters one by one (银行).
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import chain, islice, product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Sounds = npt.NDArray[np.int16]
"""Numbers of syllables; `SILENT` for a character that has none."""

SILENT = 0

MAX_SPLITS = 16
"""Ways to split letters, or to read characters, that are given back."""

_UNICODE = 0x110000
_LONGEST_PHRASE = 8  # characters; those that differ from their characters' readings are short
_PHRASE = re.compile(r'"([^"]+)":\s*\[((?:\s*\[\s*"[^"]+"\s*\],?)+)\s*\]')
_TONE = re.compile('"([^"]+)"')
_ALIASES = {"lue": "lve", "nue": "nve"}  # as input methods take them, too
_ROUGH_BEGINNINGS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l"}
_ROUGH_ENDS = {"ang": "an", "eng": "en", "ing": "in"}


class Pinyin:
    """The tables; one for the process, see `pinyin`.

    Args:
        chars: by the code of a character, in decimal, its readings with tones, parted by commas.
        phrases: the text of a JSON object: a phrase, and a list a character with its reading.

    Attributes:
        syllables: by number, in order; the first is "".
        of_code: of each character's code its usual reading.
        phrases: readings that are not those of the characters one by one.
    """

    def __init__(self, chars: dict[str, str], phrases: str) -> None:
        tones_of = {chr(int(code)): tones.split(",") for code, tones in chars.items()}
        plain = {tone: _toneless(tone) for tone in set(chain.from_iterable(tones_of.values()))}
        self.syllables = ["", *sorted(set(plain.values()))]
        self._numbers = {syllable: at for at, syllable in enumerate(self.syllables) if at}
        numbers = {tone: self._numbers[syllable] for tone, syllable in plain.items()}
        self._readings = {
            char: tuple(dict.fromkeys(map(numbers.__getitem__, tones)))
            for char, tones in tones_of.items()
        }
        self.of_code = np.zeros(_UNICODE, np.int16)
        for char, readings in self._readings.items():
            self.of_code[ord(char)] = readings[0]
        self.phrases = dict(self._exceptions(phrases, numbers))

    def _exceptions(
        self, phrases: str, numbers: dict[str, int]
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        several = {char for char, readings in self._readings.items() if len(readings) > 1}
        for found in _PHRASE.finditer(phrases):
            phrase, lists = found.groups()
            if several.isdisjoint(phrase) or len(phrase) > _LONGEST_PHRASE:
                continue
            read = tuple(numbers.get(tone, SILENT) for tone in _TONE.findall(lists))
            is_whole = len(read) == len(phrase) and SILENT not in read
            if is_whole and read != tuple(map(self._usual, phrase)):
                yield phrase, read

    def _usual(self, char: str) -> int:
        return self._readings.get(char, (SILENT,))[0]

    def sounds_of(self, codes: npt.NDArray[Any]) -> Sounds:
        """Return the usual reading of each character, given by its code."""
        sounds: Sounds = self.of_code[codes]
        return sounds

    @cached_property
    def is_doubtful(self) -> npt.NDArray[np.bool_]:
        """Whether a phrase reads a character in another way than usual, by its code."""
        doubtful = np.zeros(_UNICODE, bool)
        for phrase, read in self.phrases.items():
            for char, sound in zip(phrase, read, strict=True):
                doubtful[ord(char)] |= sound != self._usual(char)
        return doubtful

    def read(self, word: str) -> list[int]:
        """Return how a word sounds, a syllable a character; a phrase in it as a whole.

        >>> [pinyin().syllables[each] for each in pinyin().read("人民银行A")]
        ['ren', 'min', 'yin', 'hang', '']
        """
        sounds = [self._usual(char) for char in word]
        at = 0
        while at < len(word):
            ends = range(min(len(word), at + _LONGEST_PHRASE), at + 1, -1)
            end = next((end for end in ends if word[at:end] in self.phrases), at + 1)
            if end > at + 1:
                sounds[at:end] = self.phrases[word[at:end]]
            at = end
        return sounds

    def spelled(self, text: str) -> tuple[str, ...]:
        """Return the syllable of each character, or what has none as it is.

        >>> pinyin().spelled("A人民")
        ('A', 'ren', 'min')
        """
        return tuple(
            self.syllables[at] or char for at, char in zip(self.read(text), text, strict=True)
        )

    def readings(self, word: str) -> list[tuple[int, ...]]:
        """Return ways to read a word, `read` first, at most `MAX_SPLITS`; [] for other than Han."""
        each = [self._readings.get(char, ()) for char in word]
        found = [tuple(self.read(word)), *islice(product(*each), MAX_SPLITS - 1)]
        return list(dict.fromkeys(found)) if all(each) and word else []

    def number(self, syllable: str) -> int:
        """Return the number of a whole syllable; `SILENT` where it is none."""
        return self._numbers.get(_ALIASES.get(syllable, syllable), SILENT)

    def beginning(self, letters: str) -> range:
        """Return the syllables that begin with ``letters``: neighbours, as they are in order."""
        first = bisect_left(self.syllables, letters, 1)
        return range(first, bisect_left(self.syllables, letters + "~", 1))  # ~ is behind z

    def split(self, letters: str) -> list[tuple[int, ...]]:
        """Return ways to read ``letters`` as whole syllables, those of fewest first.

        An apostrophe parts syllables; at most `MAX_SPLITS` ways are given.

        >>> [[pinyin().syllables[each] for each in way] for way in pinyin().split("xian")]
        [['xian'], ['xi', 'an']]
        """
        ways: list[list[tuple[int, ...]]] = [[()]]
        for end in range(1, len(letters) + 1):
            ends_here = list(ways[end - 1]) if letters[end - 1] == "'" else []
            for start in range(max(0, end - 6), end):  # no syllable is longer than zhuang
                if number := self._speakable(letters[start:end]):
                    ends_here += [(*way, number) for way in ways[start]]
            ways.append(sorted(ends_here, key=len)[:MAX_SPLITS])
        return [way for way in ways[-1] if way]

    def _speakable(self, letters: str) -> int:
        """Return the syllable's number, but for those without a vowel (hm, ng)."""
        return self.number(letters) if any(each in "aeiouv" for each in letters) else SILENT

    @cached_property
    def rough(self) -> Sounds:
        """For each syllable the number of the one that all its neighbours are taken for.

        What people mix up by their region: n, l and r; zh and z, ch and c, sh and s; an and ang,
        en and eng, in and ing; ü and u.
        """
        forms = [_rough(each) for each in self.syllables]
        numbers = {form: at for at, form in enumerate(dict.fromkeys(forms))}
        return np.array([numbers[form] for form in forms], np.int16)


def _toneless(syllable: str) -> str:
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("ê", "e")
    return "".join(char for char in apart if not unicodedata.combining(char))


def _rough(syllable: str) -> str:
    for beginning, other in _ROUGH_BEGINNINGS.items():
        if syllable.startswith(beginning):
            syllable = other + syllable.removeprefix(beginning)
            break
    for end, other in _ROUGH_ENDS.items():
        syllable = syllable.removesuffix(end) + other if syllable.endswith(end) else syllable
    return syllable.replace("v", "u")


@cache
def pinyin() -> Pinyin:
    """Return the tables; the first time they are read, a third of a second."""
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin")
    folder = Path(package.origin).parent
    chars, phrases = (
        (folder / name).read_text(encoding="utf-8")
        for name in ("pinyin_dict.json", "phrases_dict.json")
    )
    return Pinyin(json.loads(chars), phrases)
