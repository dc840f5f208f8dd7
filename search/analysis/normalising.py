"""Folding: one form for all that readers take to be the same character.

In this order, a unit at a time: compatibility forms (``ＴＩＫＴＯＫ``, ``㎏``, ``ｶﾞ``; NFKC), case,
Traditional to Simplified (OpenCC's characters; its phrases would make the form of a character
depend on its neighbours, and a highlight could not find its way back), accents on Latin letters.
Characters that cannot be seen (soft hyphens, zero-width spaces, variation selectors) fall away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from opencc import OpenCC

_INVISIBLE = "\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f"
_JAMO = "\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff"  # Hangul taken apart, as macOS writes file names

_SEVERAL = re.compile(f"[{_INVISIBLE}]+|[^{_INVISIBLE}{_COMBINING}]?[{_COMBINING}]+|[{_JAMO}]+")
"""Characters that must be folded together; every other character is a unit of its own."""

_TOGETHER = re.compile(f"[{_COMBINING}{_JAMO}]")
_LATIN = re.compile("[a-z]")


class _Folded(dict[int, str]):
    """Character code to folded form, worked out when a character is first met.

    For `str.translate`. At most an entry a character of Unicode; in practice some thousand.
    """

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


_FOLDED = _Folded()


def normalise(text: str) -> str:
    """Return ``text`` folded. Folding twice is folding once.

    >>> normalise("ＴｉｋＴｏｋ 《千と千尋》 Café 臺灣")
    'tiktok 《千と千寻》 cafe 台湾'
    """
    return _SEVERAL.sub(_fold_match, text).translate(_FOLDED)


def folds_alone(char: str) -> bool:
    """Return whether a character's folded form never depends on its neighbours."""
    return not _TOGETHER.match(char)


def normalise_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` folded, and where each character of that stands in ``text``.

    Returns:
        The folded text of n characters, and n + 1 offsets from 0: of each character's unit in
        ``text``, and the length of ``text``.

    >>> normalise_with_offsets("5㎏ 重")
    ('5kg 重', [0, 1, 1, 2, 3, 4])
    """
    folded = normalise(text)
    if len(folded) == len(text) and not _SEVERAL.search(text):
        return folded, range(len(text) + 1)  # no unit folds to nothing, so each folds to one
    offsets: list[int] = []
    for start, folded_unit in _folded_units(text):
        offsets += [start] * len(folded_unit)
    offsets.append(len(text))
    return folded, offsets


def _folded_units(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each unit starts, and its folded form; "" for what cannot be seen."""
    end = 0
    for several in _SEVERAL.finditer(text):
        for start, char in enumerate(text[end : several.start()], end):
            yield start, _FOLDED[ord(char)]
        yield several.start(), _fold_match(several)
        end = several.end()
    for start, char in enumerate(text[end:], end):
        yield start, _FOLDED[ord(char)]


def _fold_match(found: re.Match[str]) -> str:
    unit = found[0]
    return "" if re.match(f"[{_INVISIBLE}]", unit) else _fold(unit)


def _fold(unit: str) -> str:
    """Return the folded form of one unit: never longer than NFKC makes it, never empty."""
    folded = unicodedata.normalize("NFKC", unit).casefold()
    folded = unicodedata.normalize("NFKC", folded).casefold()  # some capitals decompose only now
    if folded.isascii():
        return folded
    if "\ud800" <= folded <= "\udfff":  # half a character, which has no UTF-8
        return "\ufffd"
    # Twice, for the simple form of a few (薴) is the full form of others (苧).
    folded = _simplifier().convert(_simplifier().convert(folded))
    return unicodedata.normalize("NFC", _without_accents(folded)) or unit


def _without_accents(text: str) -> str:
    """Drop the marks on Latin letters; elsewhere they make another letter (й, が)."""
    apart = unicodedata.normalize("NFD", text)
    if not _LATIN.search(apart):
        return text
    return "".join(c for c in apart if not unicodedata.combining(c))


@cache
def _simplifier() -> Any:
    return OpenCC("t2s")
