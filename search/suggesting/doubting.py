"""Whether a query is written as it was meant, told without a vocabulary: every search asks."""

from __future__ import annotations

import re

from search.analysis import cut_words, dictionary_in_force, frequency
from search.query import Parsed
from search.query.model import And, Or, Phrase, Query, Word

_HAN = re.compile("[\u4e00-\u9fff]+")


def is_doubtful(parsed: Parsed) -> bool:
    """Return whether a word is cut into what is hardly meant: single characters, no words."""
    return any(
        len(each) == 1 or _is_unheard_of(each)
        for word in parsed.words
        for each in cut_words(word.text)
    )


def _is_unheard_of(word: str) -> bool:
    is_known = word in dictionary_in_force().texts or frequency(word)
    return _HAN.fullmatch(word) is not None and not is_known


def as_strings(query: Query) -> Query:
    """Return ``query`` with words that are cut into single characters as strings.

    A slip of the pen leaves characters that stand in thousands of articles, one here, one there:
    解文 is no word, but 解 and 文 are everywhere. One character alone stays: it is its own string.
    """
    match query:
        case Word(text, part) if _has_single(cut_words(text)):
            return Phrase(text, part)
        case And(parts):
            return And(tuple(map(as_strings, parts)))
        case Or(parts):
            return Or(tuple(map(as_strings, parts)))
    return query


def _has_single(words: tuple[str, ...]) -> bool:
    return len(words) > 1 and any(len(each) == 1 for each in words)
