"""What an index can suggest: its values, and those of its terms that are words.

A term of a field of words is one. Of the grams, letters are, and those pairs of characters that
the dictionary has. Terms are told apart and counted over whole arrays, by segments; of each
segment's field only as many as may be suggested at all are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from heapq import nsmallest
from itertools import pairwise

import numpy as np

from search.analysis.looking_up import pairs
from search.engines.base import MAX_NAMES, MAX_WORDS, VocabularyEntry, VocabularyKind
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.expanding import terms_at
from search.engines.whoosh.field import Field
from search.engines.whoosh.schema import LEVEL, grams_field, words_field
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.terms import END, to_text
from search.query.model import PARTS

MIN_DOCS = 2
"""Articles that a word stands in; what stands in one may be a slip."""

MAX_WORD_BYTES = 60
"""A longer term is no word that people type: twenty characters, sixty letters."""

_NAMES: tuple[VocabularyKind, ...] = ("author", "category", "company", "tag")

_PAIR_BYTES = 6  # two Han characters in UTF-8, but for the rarest
_FIRST_LETTER, _BEHIND_LETTERS = b"a", b"\xe0"  # behind are the scripts without spaces, and emoji
_FIRST_HAN, _LAST_HAN = b"\xe3", b"\xe9\xff"
_TERMS_AT_ONCE = 2**18  # as Python objects


def entries(snapshot: Snapshot) -> Iterator[VocabularyEntry]:
    """Yield the vocabulary of one commit (see `search.engines.base`)."""
    counts = snapshot.count_values()
    for kind in _NAMES:
        for value, count in _most(counts[kind], MAX_NAMES):
            path = tuple(value.split(LEVEL)) if kind == "category" else ()
            yield VocabularyEntry(kind, path[-1] if path else value, count, path)
    for word, count in _most(_words(snapshot), MAX_WORDS):
        yield VocabularyEntry("word", word, count)


def _most(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    ranked = nsmallest(most, counts.items(), key=lambda each: (-each[1], each[0]))
    return [(text, count) for text, count in ranked if text]


def _words(snapshot: Snapshot) -> dict[str, int]:
    """Return in how many articles each word stands, in the part that has it most often."""
    found: dict[bytes, int] = {}
    # What stands once in each of two segments stands in two articles.
    fewest = MIN_DOCS if len(snapshot.segments) == 1 else 1
    for part in PARTS:
        counts: Counter[bytes] = Counter()
        for segment in snapshot.segments:
            field = segment.arrays.field(words_field(part))
            _count(field, np.flatnonzero(field.counts >= fewest), counts)
            field = segment.arrays.field(grams_field(part))
            letters = field.between(_FIRST_LETTER, _BEHIND_LETTERS)
            numbers = np.array(letters, np.int64)
            _count(field, numbers[field.counts[numbers] >= fewest], counts)
            _count(field, _words_among_pairs(field), counts)
        for term, count in counts.items():
            if count >= MIN_DOCS:
                found[term] = max(count, found.get(term, 0))
    return {to_text(term): count for term, count in found.items()}


def _count(field: Field, numbers: Array, counts: Counter[bytes]) -> None:
    """Add those of the terms with these ``numbers`` that stand in most documents."""
    if len(numbers) > MAX_WORDS:
        most = np.argpartition(field.counts[numbers], -MAX_WORDS)[-MAX_WORDS:]
        numbers = np.sort(numbers[most])
    edges = np.searchsorted(numbers, np.arange(0, len(field.terms), _TERMS_AT_ONCE)).tolist()
    for first, last in pairwise([*edges, len(numbers)]):
        some = numbers[first:last]
        found = zip(terms_at(field, some.tolist()), field.counts[some].tolist(), strict=True)
        counts.update(
            {term: n for term, n in found if len(term) <= MAX_WORD_BYTES and not _is_single(term)}
        )


def _is_single(term: bytes) -> bool:
    """Return whether a term is one character, which has four bytes at most."""
    return len(term) <= 4 and len(to_text(term)) == 1


def _words_among_pairs(field: Field) -> Array:
    """Return the numbers of the terms that are words of two Han characters."""
    numbers = field.between(_FIRST_HAN, _LAST_HAN)
    found = [np.empty(0, np.int64)]
    for first in numbers[::_TERMS_AT_ONCE]:
        last = min(first + _TERMS_AT_ONCE, numbers.stop)
        found.append(first + _known_pairs(field.terms.bytes_between(first, last)))
    return np.concatenate(found)


def _known_pairs(data: Array) -> Array:
    """Return which of some terms, each with its end, the dictionary has; counted from the first."""
    ends = np.flatnonzero(data == END[0])
    starts = np.append(0, ends[:-1] + 1)
    whole = np.flatnonzero(ends - starts == _PAIR_BYTES)
    terms = data[starts[whole][:, None] + np.arange(_PAIR_BYTES)].reshape(-1)
    return whole[np.isin(terms.view(f"S{_PAIR_BYTES}"), _dictionary())]


@cache
def _dictionary() -> Array:
    """The words of two characters as bytes: 600 KB."""
    return np.array([word.encode() for word in pairs()], f"S{_PAIR_BYTES}")
