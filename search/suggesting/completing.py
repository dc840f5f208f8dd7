"""Completions: the entries that begin with what was typed, in characters, in pinyin, or in both.

What is typed is gone through from left to right. A character is itself. Letters are letters of
the entry, or a syllable of it: whole (``zijie``), its beginning letter alone (``zjtd``; of zh, ch
and sh both letters, too), or, at the end, any part of it (``zij``). All readings are followed at
once, each with the entries that it still fits; the second step finds few of them left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from search.analysis.pinyin import SILENT, pinyin
from search.suggesting.lexicon import KINDS, Lexicon, Numbers

MAX_COMPLETED_CHARS = 32
"""Of a word that is completed, folded; nothing begins with a longer one."""

_SYLLABLE = re.compile("[a-z]{1,6}")  # no syllable is longer than zhuang
_INITIAL = re.compile("[zcs]h|[a-z]")


class _Step(NamedTuple):
    """Letters taken as a syllable: how many, which syllables, and whether they only begin it."""

    letters: int
    sounds: range
    is_short: bool


class Completer:
    """Finds entries of a lexicon by their beginnings, or by those of the words in a name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._places = _word_starts(lexicon).astype(np.int32)
        self._by_code = np.argsort(lexicon.codes[self._places], kind="stable").astype(np.int32)
        self._by_sound = np.argsort(lexicon.sounds[self._places], kind="stable").astype(np.int32)
        self._first_codes = lexicon.codes[self._places[self._by_code]]
        self._first_sounds = lexicon.sounds[self._places[self._by_sound]]

    def complete(self, typed: str, most: int) -> dict[str, list[int]]:
        """Return by kind at most ``most`` entries, the best first: fully typed, in most articles.

        Args:
            typed: folded.
            most: of each kind.
        """
        whole, short = self._found(typed)
        rank = {0: np.unique(whole), 1: np.setdiff1d(short, whole)}
        found: dict[str, list[int]] = {}
        for number, kind in enumerate(KINDS):
            best: list[int] = []
            for entries in rank.values():
                of_kind = entries[self._lexicon.kinds[entries] == number]
                best += self._most(of_kind, most - len(best))
            found[kind] = best
        return found

    def _most(self, entries: Numbers, most: int) -> list[int]:
        """Return those in most articles, the first of equal ones."""
        order = np.argsort(-self._lexicon.counts[entries], kind="stable")[:most]
        best: list[int] = entries[order].tolist()
        return best

    def _found(self, typed: str) -> tuple[Numbers, Numbers]:
        """Return the entries found by whole syllables, and those by initials before the last."""
        found: dict[bool, list[Numbers]] = {False: [_NONE], True: [_NONE]}
        if 0 < len(typed) <= MAX_COMPLETED_CHARS:
            states = self._begun(typed)
            for at in range(1, len(typed)):
                for read, places in states.pop(at, {}).items():
                    self._go_on(typed, at, read, np.concatenate(places), states)
            for (_, is_short), places in states.pop(len(typed), {}).items():
                found[is_short].extend(map(self._lexicon.owners, places))
        return np.concatenate(found[False]), np.concatenate(found[True])

    def _begun(self, typed: str) -> _States:
        states: _States = defaultdict(lambda: defaultdict(list))
        code = ord(typed[0])
        first, last = np.searchsorted(self._first_codes, [code, code + 1]).tolist()
        states[1][1, False].append(self._places[self._by_code[first:last]])
        for step in _steps(typed, 0):
            edges = [step.sounds.start, step.sounds.stop]
            first, last = np.searchsorted(self._first_sounds, edges).tolist()
            places = self._places[self._by_sound[first:last]]
            states[step.letters][1, step.is_short].append(places)
        return states

    def _go_on(
        self, typed: str, at: int, read: tuple[int, bool], places: Numbers, states: _States
    ) -> None:
        """Follow ``places``, where entries begin that fit so far, by each step from ``at`` on.

        A place that is past an entry's end holds the zero behind it, which fits nothing.
        """
        depth, is_short = read
        here = places + depth
        if typed[at] == "'":
            states[at + 1][depth, is_short].append(places)
        fits = self._lexicon.codes[here] == ord(typed[at])
        if fits.any():
            states[at + 1][depth + 1, is_short].append(places[fits])
        sounds = self._lexicon.sounds[here]
        for step in _steps(typed, at):
            fits = (sounds >= step.sounds.start) & (sounds < step.sounds.stop)
            if fits.any():
                key = depth + 1, is_short or step.is_short
                states[at + step.letters][key].append(places[fits])


_States = defaultdict[int, defaultdict[tuple[int, bool], list[Numbers]]]
"""By how much of the typed is read: by how many characters of the entry that is, and whether
initials were read, where those entries begin."""

_NONE = np.empty(0, np.int64)


def _steps(typed: str, at: int) -> Iterator[_Step]:
    """Yield the ways to take letters from ``at`` on as one syllable."""
    found = _SYLLABLE.match(typed, at)
    for size in range(1, len(found[0]) + 1 if found else 0):
        letters = typed[at : at + size]
        is_last = at + size == len(typed)
        whole = pinyin().number(letters)
        if is_last:
            sounds = pinyin().beginning(letters)
        elif whole != SILENT:
            sounds = range(whole, whole + 1)
        else:
            sounds = range(0)
        if sounds:
            yield _Step(size, sounds, is_short=False)
        if not is_last and _INITIAL.fullmatch(letters) and (all_of := pinyin().beginning(letters)):
            yield _Step(size, all_of, is_short=True)


def _word_starts(lexicon: Lexicon) -> Numbers:
    """Return where words begin in the texts: behind what is no letter, digit or character."""
    distinct, which = np.unique(lexicon.codes, return_inverse=True)
    is_inside = np.array([chr(code).isalnum() for code in distinct.tolist()], bool)[which]
    before = np.append(False, is_inside[:-1])
    return np.flatnonzero(is_inside & ~before)
