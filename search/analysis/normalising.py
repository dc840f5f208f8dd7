"""Folding: one form for all that readers take to be the same character.

In this order, a unit at a time: compatibility forms (``ＴＩＫＴＯＫ``, ``㎏``, ``ｶﾞ``; NFKC), case,
Traditional to Simplified (OpenCC's characters; its phrases would make the form of a character
depend on its neighbours, and a highlight could not find its way back) and what `variants` adds,
accents on Latin and Greek letters, strokes through Latin ones (``đ``, ``ø``, ``ł``), ligatures.
Characters that cannot be seen (soft hyphens, zero-width spaces) and what only changes the look of
the one before (variation selectors, skin tones, the frame of a keycap) fall away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from opencc import OpenCC

from search.analysis.variants import VARIANTS

# Soft hyphen, joiners, zero-width spaces, marks of direction.
UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""The inside of a character class: characters without width, that change nothing before them."""

_LOOKS = "\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_DROPPED = re.compile(f"[{UNSEEN}{_LOOKS}]")
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f"
# Hangul taken apart, as macOS writes file names: a syllable's first consonants, vowels, last ones.
_FIRST, _VOWEL, _LAST = (
    "\u1100-\u115f\ua960-\ua97f",
    "\u1160-\u11a7\ud7b0-\ud7c6",
    "\u11a8-\u11ff\ud7cb-\ud7ff",
)
_SYLLABLE = rf"[{_FIRST}]+[{_VOWEL}]*[{_LAST}]*|[{_VOWEL}]+[{_LAST}]*|[\uac00-\ud7a3]?[{_LAST}]+"

_SEVERAL = re.compile(f"[^{_COMBINING}]?[{_COMBINING}]+|{_SYLLABLE}")
"""Characters that must be folded together, where none is left to drop; all others are units."""

_TOGETHER = re.compile(f"[{_COMBINING}{_FIRST}{_VOWEL}{_LAST}]")
_UNPLAIN = re.compile(f"[{UNSEEN}{_LOOKS}{_COMBINING}{_FIRST}{_VOWEL}{_LAST}]")
"""What only stands in texts that have something to drop, or to fold together."""

_STRETCH = 64
"""Characters that are folded at a time, where some in a text fold to several."""

_ACCENTED = re.compile("[a-zα-ω]")
_STRESS = re.compile("(?<=.)[\u0300-\u036f]+", re.DOTALL)
_STROKES = str.maketrans(
    {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t",
     "æ": "ae", "œ": "oe", "þ": "th"}
)  # fmt: skip
"""Letters that Unicode does not take apart, as Lucene's ASCIIFoldingFilter writes them."""

_AS_THEY_ARE = re.compile("[™℠\u3131-\u318e]")
"""What NFKC would make part of the word before, or of a syllable: ``iPhone™``, ``ㅋㅋ``."""

_HALF_WIDTH_HANGUL = re.compile(
    "[\uffa1-\uffbe\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc]"
)
"""The codes between them are no characters."""


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
    if _UNPLAIN.search(text):
        text = _SEVERAL.sub(lambda unit: _fold(unit[0]), _DROPPED.sub("", text))
    return text.translate(_FOLDED)


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
    if not _UNPLAIN.search(text):
        folded = text.translate(_FOLDED)
        if len(folded) == len(text):
            return folded, range(len(text) + 1)  # no unit folds to nothing, so each folds to one
    seen = _DROPPED.sub("", text)
    parts: list[str] = []
    offsets: list[int] = []
    for start, folded_units, is_unit in _folded_stretches(seen):
        parts.append(folded_units)
        end = start + len(folded_units)
        offsets += [start] * len(folded_units) if is_unit else range(start, end)
    if len(seen) < len(text):
        places = _places_kept(text)
        offsets = [places[at] for at in offsets]
    offsets.append(len(text))
    return "".join(parts), offsets


def _folded_stretches(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield where a stretch starts, what it folds to, and whether it is one unit.

    Of another each character folds to one. Long texts have few units of several characters.
    """
    end = 0
    for several in _SEVERAL.finditer(text):
        yield from _folded_alone(text, end, several.start())
        yield several.start(), _fold(several[0]), True
        end = several.end()
    yield from _folded_alone(text, end, len(text))


def _folded_alone(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    for at in range(start, end, _STRETCH):
        stretch = text[at : min(at + _STRETCH, end)]
        folded = stretch.translate(_FOLDED)
        if len(folded) == len(stretch):
            yield at, folded, False
        else:
            yield from ((at + i, _FOLDED[ord(char)], True) for i, char in enumerate(stretch))


def _places_kept(text: str) -> list[int]:
    """Return where each character stands that is not dropped."""
    places: list[int] = []
    end = 0
    for dropped in _DROPPED.finditer(text):
        places += range(end, dropped.start())
        end = dropped.end()
    places += range(end, len(text))
    return places


def _fold(unit: str) -> str:
    """Return the folded form of one unit, never empty."""
    if _HALF_WIDTH_HANGUL.fullmatch(unit):
        return chr(int(unicodedata.decomposition(unit).split()[1], 16))
    if _AS_THEY_ARE.match(unit):
        return unit[0]
    folded = unicodedata.normalize("NFKC", unit).casefold()
    folded = unicodedata.normalize("NFKC", folded).casefold()  # some capitals decompose only now
    if folded.isascii():
        return folded
    if "\ud800" <= folded <= "\udfff":  # half a character, which has no UTF-8
        return "\ufffd"
    # Twice, for the simple form of a few (薴) is the full form of others (苧).
    folded = simplifier().convert(simplifier().convert(folded)).translate(VARIANTS)
    return unicodedata.normalize("NFC", _without_accents(folded)) or unit


def _without_accents(text: str) -> str:
    """Drop the marks on Latin and Greek letters; elsewhere they make another letter (й, が).

    Those that make none, such as the stress of ``за́мок``, are dropped where letters have case.
    """
    apart = unicodedata.normalize("NFD", text).translate(_STROKES)
    if not _ACCENTED.search(apart):
        whole = unicodedata.normalize("NFC", text)
        return _STRESS.sub("", whole) if whole[0].lower() != whole[0].upper() else whole
    return "".join(c for c in apart if not unicodedata.combining(c))


@cache
def simplifier() -> Any:
    """Return OpenCC's converter of Traditional to Simplified; it reads its tables once."""
    return OpenCC("t2s")
