"""Cutting a query's few words without loading jieba's dictionary, which takes a tenth of a second.

A text can only be cut into words that stand in it. These are looked up in the dictionary's file and
given to an empty segmenter, which then cuts the text as the whole one does. That pays for a program
that answers one query, so after `MOST_CHARS` characters the dictionary is loaded after all; at once
where a user dictionary has words to add to it.
"""

from __future__ import annotations

import mmap
import re
from functools import cache, lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Literal

from search.analysis.segmenting import (
    Segmenter,
    dictionary_in_force,
    knowing_zhu,
    rust_jieba,
    segmenter,
)

MOST_CHARS = 200
"""Of all texts together; to look their words up takes some 20 ms."""

LONGEST_WORD = 16
"""Characters, of the words of the dictionary."""

ALL_FREQUENCIES = 60_101_967
"""Of all words of the dictionary together: what the frequency of a word is compared with."""

_FIRST_HAN = "\n一 ".encode()  # Latin words stand before it, in an order of their own
_MARGIN_BYTES = 1024  # a few words stand some lines from their place in the order
_NO_WORD = "\0"  # stands in no query, and has the frequencies of all words not looked up

_FREQUENCIES_REMEMBERED = 4_096  # a megabyte at most

_Way = Literal["cut", "cut_for_search"]


@cache
def query_segmenter() -> Segmenter:
    """Return what cuts as `segmenter` does, sooner the first few times. Safe for many threads."""
    asked = _QuerySegmenter()
    return Segmenter(
        lambda text: asked.ask("cut", text), lambda text: asked.ask("cut_for_search", text)
    )


class _QuerySegmenter:
    def __init__(self) -> None:
        self._lock = Lock()
        self._chars_left = MOST_CHARS
        self._few: _FewWords | None = None

    def ask(self, way: _Way, text: str) -> list[str]:
        if self._chars_left and not segmenter.cache_info().currsize:
            with self._lock:
                if self._may_look_up(text):
                    self._few = self._few or _FewWords()
                    return self._few.ask(way, text)
        words: list[str] = getattr(segmenter(), way)(text)
        return words

    def _may_look_up(self, text: str) -> bool:
        may = (
            len(text) <= self._chars_left
            and rust_jieba() is not None
            and not dictionary_in_force().words
        )
        self._chars_left = self._chars_left - len(text) if may else 0
        return may


class _FewWords:
    """A segmenter in Rust that knows the words that can stand in the texts it was asked for."""

    def __init__(self) -> None:
        self._jieba = rust_jieba().empty()
        self._known: set[str] = set()
        self._rest = ALL_FREQUENCIES

    def ask(self, way: _Way, text: str) -> list[str]:
        return knowing_zhu(partial(self._ask, way))(text)

    def _ask(self, way: _Way, text: str) -> list[str]:
        for run in text.split("\n"):
            for start in range(len(run)):
                for end in range(start + 1, min(len(run), start + LONGEST_WORD) + 1):
                    self._learn(run[start:end])
        self._jieba.add_word(_NO_WORD, self._rest, "")
        words: list[str] = getattr(self._jieba, way)(text)
        return words

    def _learn(self, word: str) -> None:
        if word in self._known:
            return
        self._known.add(word)
        found = frequency(word)
        if found:
            self._jieba.add_word(word, found, "")
            self._rest -= found


@lru_cache(_FREQUENCIES_REMEMBERED)  # one search asks for those of its words several times
def frequency(word: str) -> int:
    """Return the frequency that the dictionary gives a word of Han; 0 where it does not have it."""
    lines = _lines()
    wanted = word.encode()
    first, last = lines.find(_FIRST_HAN), len(lines)
    while last - first > _MARGIN_BYTES:
        middle = lines.find(b"\n", (first + last) // 2)
        if lines[middle + 1 : lines.find(b" ", middle)] < wanted:
            first = middle
        else:
            last = middle
    near = lines[max(0, first - _MARGIN_BYTES) : last + _MARGIN_BYTES]
    _, is_there, rest = near.partition(b"\n%b " % wanted)
    return int(rest.split(b" ", 1)[0]) if is_there else 0


def pairs() -> list[str]:
    """Return the words of two Han characters that the dictionary has, in order."""
    found: list[bytes] = re.findall(
        rb"^((?:[\xe3-\xe9][\x80-\xbf]{2}){2}) ", _lines(), re.MULTILINE
    )
    return sorted(each.decode() for each in found)


@cache
def _lines() -> mmap.mmap:
    """The dictionary's file: a line a word, ``<word> <frequency> <part of speech>``."""
    package = find_spec("jieba")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("jieba")
    with Path(package.origin).with_name("dict.txt").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
