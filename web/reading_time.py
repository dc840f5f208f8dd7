"""How long an article takes to read."""

from __future__ import annotations

from collections.abc import Sequence

from search.analysis import characters_and_words

CHARACTERS_A_MINUTE = 400
"""Of Chinese, read quietly (Brysbaert 2019 finds about 260 words a minute in Chinese, which are
some 390 characters)."""

WORDS_A_MINUTE = 220
"""Of scripts with spaces; 238 for English in the same survey, less for what is technical."""

MEASURED_CHARS = 20_000
"""Of a longer text the beginning stands for all of it: a page of hits takes bounded time."""


def reading_minutes(texts: Sequence[str]) -> list[int]:
    """Return about how many minutes each text takes, from 1; 0 where there is nothing to read.

    >>> reading_minutes(["字" * 1100, "a word " * 330, "……"])
    [3, 3, 0]
    """
    measured = [text[:MEASURED_CHARS] for text in texts]
    return list(map(_minutes, texts, characters_and_words(measured)))


def _minutes(text: str, counted: tuple[int, int]) -> int:
    characters, words = counted
    if not characters and not words:
        return 0
    minutes = characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE
    return max(1, round(minutes * len(text) / min(len(text), MEASURED_CHARS)))
