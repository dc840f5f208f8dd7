"""A user dictionary: words that jieba does not know, or cuts otherwise, in jieba's own format.

    抖音
    云计算 5 n

A line a word, with its frequency and its part of speech where they are known (the second is passed
over). Without a frequency a word gets the least that keeps it in one piece. Only runs of Han are
given to jieba, so of a word with letters or digits no more than its weight comes from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from search.analysis.normalising import normalise
from search.errors import SettingsError

MAX_CHARS = 40
"""Of a word: longer ones do not score (`search.analysis.piecing.MAX_WORD_CHARS`)."""

MAX_FREQUENCY = 10**9
"""More than that of all words of jieba's dictionary together (60 million)."""

_LINE = re.compile(r"(?P<word>\S+)(?:\s+(?P<frequency>[0-9]{1,10}))?(?:\s+[A-Za-z]+)?")


class UserWord(NamedTuple):
    """A folded word, and its frequency; None for the least that keeps it in one piece."""

    text: str
    frequency: int | None


@dataclass(frozen=True, eq=False)
class UserDictionary:
    """Words in the order of their file, each once. Equal to itself only: caches are kept by it."""

    words: tuple[UserWord, ...] = ()

    @cached_property
    def texts(self) -> frozenset[str]:
        """The words alone."""
        return frozenset(word.text for word in self.words)

    @cached_property
    def fingerprint(self) -> str:
        """What tells dictionaries apart that may cut otherwise; "" where there is no word."""
        if not self.words:
            return ""
        return blake2b(repr(self.words).encode(), digest_size=8).hexdigest()


NO_DICTIONARY = UserDictionary()


def parse_dictionary(lines: Iterable[tuple[str, str]]) -> UserDictionary:
    """Return the words of a file; of a word given twice, what is said last.

    Args:
        lines: where each stands, and its text.

    Raises:
        SettingsError: a line is no word; the message says which, and what to write.
    """
    found: dict[str, UserWord] = {}
    for where, line in lines:
        word = _word(where, line)
        found[word.text] = word
    return UserDictionary(tuple(found.values()))


def _word(where: str, line: str) -> UserWord:
    read = _LINE.fullmatch(line)
    text = normalise(read["word"]) if read else ""
    if read is None or not text:
        raise SettingsError("settings.word", where=where, seen=line)
    if len(text) > MAX_CHARS:
        raise SettingsError("settings.word_long", where=where, seen=text, most=MAX_CHARS)
    frequency = int(read["frequency"]) if read["frequency"] else None
    if frequency is not None and not 1 <= frequency <= MAX_FREQUENCY:
        raise SettingsError(
            "settings.word_frequency", where=where, seen=frequency, most=MAX_FREQUENCY
        )
    return UserWord(text, frequency)
