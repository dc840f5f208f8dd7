"""How long an article takes to read."""

from __future__ import annotations

from search.analysis import characters_and_words

CHARACTERS_A_MINUTE = 400
"""Of Chinese, read quietly (Brysbaert 2019 finds about 260 words a minute in Chinese, which are
some 390 characters)."""

WORDS_A_MINUTE = 220
"""Of scripts with spaces; 238 for English in the same survey, less for what is technical."""

MEASURED_CHARS = 20_000
"""Of a longer text the beginning stands for all of it: a page of hits takes bounded time."""


def reading_minutes(text: str) -> int:
    """Return about how many minutes ``text`` takes, from 1; 0 where there is nothing to read.

    >>> reading_minutes("字" * 1000), reading_minutes("a word " * 330), reading_minutes("……")
    (3, 3, 0)
    """
    measured = text[:MEASURED_CHARS]
    characters, words = characters_and_words(measured)
    if not characters and not words:
        return 0
    minutes = characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE
    return max(1, round(minutes * len(text) / len(measured)))
