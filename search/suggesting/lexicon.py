"""A vocabulary as arrays: what each entry is, its characters, and how they sound.

Characters of all entries stand one after another, a zero behind each entry, so that a step through
thousands of entries at once is a look at one array. 200,000 words take about 25 MB, most of it
their texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis import normalise
from search.analysis.characters import codes_of
from search.analysis.pinyin import pinyin
from search.article import CategoryPath
from search.engines.base import VocabularyEntry, VocabularyKind

Numbers = npt.NDArray[Any]
"""An array of integers."""

KINDS: tuple[VocabularyKind, ...] = ("word", "company", "author", "category", "tag")

_END = "\0"


class Lexicon:
    """Entries, numbered from 0 in the order given.

    Attributes:
        texts: of each entry, as it is to be shown.
        folded: the same, folded.
        counts: in how many articles each stands.
        kinds: of each, as a number in `KINDS`.
        codes: folded characters of all entries, zero behind each.
        sounds: of each character its syllable's number, `pinyin.SILENT` for none.
        starts: where each entry begins in ``codes``, and where the last ends.
    """

    def __init__(self, entries: Iterable[VocabularyEntry]) -> None:
        self.texts: list[str] = []
        self._paths: dict[int, CategoryPath] = {}
        counts, kinds = [], []
        for number, entry in enumerate(entry for entry in entries if _END not in entry.text):
            self.texts.append(entry.text)
            counts.append(entry.count)
            kinds.append(KINDS.index(entry.kind))
            if entry.path:
                self._paths[number] = entry.path
        self.counts = np.array(counts, np.int32)
        self.kinds = np.array(kinds, np.int8)
        is_word = (self.kinds == KINDS.index("word")).tolist()
        self.folded = [
            text if known else normalise(text)
            for text, known in zip(self.texts, is_word, strict=True)
        ]
        whole = "".join(f"{text}{_END}" for text in self.folded)
        self.codes = codes_of(whole)
        self.starts = np.append(0, np.flatnonzero(self.codes == 0) + 1).astype(np.int32)
        self.sounds = pinyin().sounds_of(self.codes)
        self._read_phrases()

    def __len__(self) -> int:
        return len(self.texts)

    def _read_phrases(self) -> None:
        """Read whole those entries that hold a character which phrases read in another way."""
        places = np.flatnonzero(pinyin().is_doubtful[self.codes])
        for number in np.unique(self.owners(places)).tolist():
            start = int(self.starts[number])
            sounds = pinyin().read(self.folded[number])
            self.sounds[start : start + len(sounds)] = sounds

    def owners(self, places: Numbers) -> Numbers:
        """Return the entries that characters, given by their places in ``codes``, are of."""
        return np.searchsorted(self.starts, places, side="right") - 1

    @property
    def lengths(self) -> Numbers:
        """Characters of each entry, folded."""
        return np.diff(self.starts) - 1

    def entry(self, number: int) -> VocabularyEntry:
        """Return an entry as it was given."""
        return VocabularyEntry(
            KINDS[self.kinds[number]],
            self.texts[number],
            int(self.counts[number]),
            self._paths.get(number, ()),
        )
