"""The pieces that a folded text falls into.

    run      characters of scripts written without spaces: Han, kana, Hangul, Thai and the like
    letters  of any other script
    digits
    symbol   an emoji; ``c++`` and ``c#`` are letters
    break    the end of a paragraph

All else (punctuation, spaces, ``_``) only parts pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The inside of a character class: Chinese characters."""

_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"
_SOUTHEAST = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf\u1000-\u104f\u1780-\u17d3"
UNSPACED = HAN + _KANA + _HANGUL + _SOUTHEAST
"""The inside of a character class: characters of scripts written without spaces."""

EMOJI = "\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
"""The inside of a character class: symbols that are searched like words."""

_PIECE = re.compile(
    rf"(?P<run>[{UNSPACED}]+)"
    rf"|(?P<letters>[a-z](?:\+\+|\#)(?![a-z])|[^\W\d_{UNSPACED}]+)"
    r"|(?P<digits>\d+)"
    rf"|(?P<symbol>[{EMOJI}])"
    r"|(?P<paragraph>\n)"
)
_SCRIPTS = {"han": HAN, "hangul": _HANGUL}

_CHARS_REMEMBERED = 2**14

MAX_WORD_CHARS = 40
"""A word longer than this is noise (base64, a line of dashes in kana); it scores as grams alone."""

PAIR = 2
"""Characters of a gram of a run, but for the run's last."""

Kind = Literal["run", "letters", "digits", "symbol", "paragraph"]


class Piece(NamedTuple):
    """A piece of a folded text: ``text``, its ``kind``, and the character it starts at."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The character after its last one."""
        return self.start + len(self.text)

    @property
    def positions(self) -> int:
        """How many it takes up."""
        return len(self.text) if self.kind == "run" else 1


def pieces(folded: str) -> Iterator[Piece]:
    """Yield the pieces of a folded text."""
    for found in _PIECE.finditer(folded):
        yield Piece(found.lastgroup, found[0], found.start())  # type: ignore[arg-type]


@lru_cache(_CHARS_REMEMBERED)
def script_of_run(char: str) -> str:
    """Return the script of a run's character: ``han``, ``hangul`` or ``other``."""
    for script, ranges in _SCRIPTS.items():
        if any(
            first <= char <= last for first, last in zip(ranges[::3], ranges[2::3], strict=True)
        ):
            return script
    return "other"


def by_script(run: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a run, each of one script, with their scripts."""
    for script, chars in groupby(run, script_of_run):
        yield script, "".join(chars)
