"""How long an article takes to read."""

from __future__ import annotations

import re

CHARACTERS_A_MINUTE = 400
"""Of Chinese, read quietly (Brysbaert 2019 finds about 260 words a minute in Chinese, which are
some 390 characters)."""

WORDS_A_MINUTE = 220
"""Of scripts with spaces; 238 for English in the same survey, less for what is technical."""

MEASURED_CHARS = 20_000
"""Of a longer text the beginning stands for all of it: a page of hits takes bounded time."""

_CHARACTERS = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]+")


def reading_minutes(text: str) -> int:
    """Return about how many minutes ``text`` takes, from 1; 0 where there is nothing to read.

    >>> reading_minutes("字" * 1000), reading_minutes("a word " * 330), reading_minutes("……")
    (3, 3, 0)
    """
    measured = text[:MEASURED_CHARS]
    characters = sum(map(len, _CHARACTERS.findall(measured)))
    words = len(_WORD.findall(measured))
    if not characters and not words:
        return 0
    minutes = characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE
    return max(1, round(minutes * len(text) / len(measured)))
