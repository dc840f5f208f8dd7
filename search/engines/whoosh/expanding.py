"""Which terms of a field are meant where none is named: by a pattern, a spelling or a range.

Candidates are told apart by their lengths and last bytes, over whole arrays; what is left is gone
through by one regular expression, or by one table of edit distances for all of them together.
"""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from typing import Any, NamedTuple

import numpy as np
from whoosh import query

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.field import Field
from search.engines.whoosh.packing import ranges
from search.engines.whoosh.terms import END, to_bytes, to_text

MAX_EXPANSIONS = 1_000
"""Terms that one word of a query may stand for: those in the most documents."""

_SET = re.compile(r"\[!?\]?[^\]]*\]")  # of fnmatch: one character of some
_WILD = re.compile("[*?]")
_CHAR = rb"(?:[\x00-\x7f]|[\xc0-\xf7][\x80-\xbf]+)"


def most_common(
    fields: Iterable[Field], meant: Callable[[Field], Sequence[int]]
) -> tuple[bytes, ...]:
    """Return the terms that a word stands for, sorted; of more than `MAX_EXPANSIONS`, those first.

    Args:
        fields: the same field of every segment: which terms are left must not depend on how
            articles fell into segments. Ties fall to the first by bytes.
        meant: gives the numbers of the terms in a segment's field.
    """
    counts: Counter[bytes] = Counter()
    for field in fields:
        numbers = meant(field)
        terms = terms_at(field, numbers)
        counts.update(dict(zip(terms, field.counts[np.array(numbers, int)].tolist(), strict=True)))
    ranked = nsmallest(MAX_EXPANSIONS, counts, key=lambda term: (-counts[term], term))
    return tuple(sorted(ranked))


def terms_of(field: Field, tree: Any) -> Sequence[int]:
    """Return the numbers of the terms that one of Whoosh's queries on many terms stands for.

    Args:
        field: the one that ``tree`` asks about.
        tree: a ``Prefix``, ``Wildcard``, ``FuzzyTerm`` or ``TermRange``; what each matches is as
            in whoosh-reloaded 2.7.5.

    Raises:
        TypeError: it is none of these.
    """
    match tree:
        case query.Prefix():
            return field.prefix_range(to_bytes(tree.text))
        case query.Wildcard():
            return like(field, tree.text)
        case query.FuzzyTerm():
            # On a segment Whoosh counts a swap as two edits, whatever its documentation says.
            return spelled_like(
                field, tree.text, int(tree.maxdist), fixed=tree.prefixlength, swaps=False
            )
        case query.TermRange():
            return _between(field, tree)
    raise TypeError(f"no evaluation for {type(tree).__name__}")


def _between(field: Field, tree: Any) -> range:
    low, high = (None if end is None else to_bytes(end) for end in (tree.start, tree.end))
    numbers = field.between(low, high)
    first, last = numbers.start, numbers.stop
    if tree.startexcl and numbers and field.terms[first] == low:
        first += 1
    if tree.endexcl and first < last and field.terms[last - 1] == high:
        last -= 1
    return range(first, last)


def like(field: Field, pattern: str) -> Sequence[int]:
    """Return the numbers of the terms that ``pattern`` matches from end to end, ascending.

    Args:
        field: any.
        pattern: ``*`` is any characters, ``?`` one, ``[…]`` and ``[!…]`` one of some, as in
            Python's `fnmatch`.
    """
    loose = _SET.sub("?", pattern)
    known = [to_bytes(part) for part in _WILD.split(loose)]  # te?t begins with te and ends with t
    numbers = field.prefix_range(known[0])
    text = _Text.of(field, numbers)
    chosen = text.ending(known[-1]) if known[-1] else text.holding(max(known, key=len))
    found: list[int] = (text.matched(chosen, loose) + numbers.start).tolist()
    if loose == pattern:
        return found
    exact = re.compile(fnmatch.translate(pattern))
    terms = terms_at(field, found)
    return [each for each, term in zip(found, terms, strict=True) if exact.match(to_text(term))]


def terms_at(field: Field, numbers: Sequence[int]) -> list[bytes]:
    """Return the terms of ascending ``numbers``."""
    if not numbers:
        return []
    every = field.terms.between(numbers[0], numbers[-1] + 1)
    return [every[number - numbers[0]] for number in numbers]


class _Text(NamedTuple):
    """Consecutive terms in one text, each with its `END`; counted from the first of them.

    Attributes:
        data: the bytes.
        starts, ends: of each term; an end is the place of its `END`.
    """

    data: Array
    starts: Array
    ends: Array

    @classmethod
    def of(cls, field: Field, numbers: range) -> _Text:
        data = field.terms.bytes_between(numbers.start, numbers.stop)
        ends = np.flatnonzero(data == END[0])
        return cls(data, np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends, ends)

    def ending(self, part: bytes) -> Array:
        """Return which terms end so."""
        chosen = np.flatnonzero(self.ends - self.starts >= len(part))
        for before, byte in enumerate(reversed(part), start=1):
            chosen = chosen[self.data[self.ends[chosen] - before] == byte]
        return chosen

    def holding(self, part: bytes) -> Array:
        """Return which terms hold every byte of ``part``, in any order."""
        held = np.ones(len(self.ends), bool)
        for byte in set(part):
            has = np.zeros(len(self.ends), bool)
            has[np.searchsorted(self.ends, np.flatnonzero(self.data == byte))] = True
            held &= has
        return np.flatnonzero(held)

    def matched(self, chosen: Array, pattern: str) -> Array:
        """Return which of the terms ``chosen`` the pattern matches."""
        lengths = self.ends[chosen] - self.starts[chosen] + 1
        text = self.data[ranges(self.starts[chosen], lengths)].tobytes()
        found = [match.start() for match in _expression(pattern).finditer(text)]
        place = np.searchsorted(np.cumsum(lengths), np.array(found, np.int64), side="right")
        some: Array = chosen[place]
        return some


def _expression(pattern: str) -> re.Pattern[bytes]:
    """Return what matches the same between two ends.

    A part between two stars is found where it first stands, and never again: later places could
    only leave less room for the parts that follow (so does `fnmatch`).
    """
    first, *others = [
        b"".join(_CHAR if char == "?" else re.escape(to_bytes(char)) for char in part)
        for part in re.split(r"\*+", pattern)
    ]
    middle = b"".join(rb"(?>[^\xff]*?" + part + rb")" for part in others[:-1])
    last = rb"[^\xff]*" + others[-1] if others else b""
    return re.compile(rb"(?<![^\xff])" + first + middle + last + rb"(?=\xff)")


def spelled_like(
    field: Field, word: str, edits: int, *, fixed: int = 1, swaps: bool = True
) -> Sequence[int]:
    """Return the numbers of the terms within some edits of ``word``, ascending.

    Args:
        field: any.
        word: folded.
        edits: most characters put in, left out or replaced.
        fixed: characters at the beginning that must be equal.
        swaps: whether two neighbours changed about are one edit; else they are two.
    """
    fixed = min(fixed, len(word))
    numbers = field.prefix_range(to_bytes(word[:fixed]))
    data, starts, ends = _Text.of(field, numbers)
    chars_before = np.cumsum((data & 0xC0) != 0x80)  # what begins no character goes on with one
    lengths = chars_before[ends] - chars_before[starts]
    near = np.flatnonzero(np.abs(lengths - len(word)) <= edits)
    if not len(near):
        return []
    lengths = lengths[near]
    letters = _characters(data[ranges(starts[near], ends[near] - starts[near])])
    table = np.zeros((len(near), int(lengths.max())), letters.dtype)
    table[np.repeat(np.arange(len(near)), lengths), ranges(0 * lengths, lengths)] = letters
    wanted = _characters(np.frombuffer(to_bytes(word), np.uint8))
    distances = _distances(wanted[fixed:], table[:, fixed:], lengths - fixed, swaps=swaps)
    found: list[int] = (near[distances <= edits] + numbers.start).tolist()
    return found


def _characters(data: Array) -> Array:
    """Return the characters of UTF-8 as numbers."""
    return np.frombuffer(to_text(data.tobytes()).encode("utf-32-le", "surrogatepass"), np.uint32)


def _distances(word: Array, others: Array, lengths: Array, *, swaps: bool) -> Array:
    """Return how many edits part ``word`` from each row of ``others``.

    Wagner and Fischer's table, a row of it for all words at once. Within a row, a cell is one more
    than the cell before it or less: a running minimum of the cells, each less its column.

    Args:
        word: characters as numbers.
        others: a word a row, filled up with zeros.
        lengths: how many of a row's characters are its word's.
        swaps: whether two neighbours changed about are one edit.
    """
    columns = np.arange(others.shape[1] + 1)
    row = np.tile(columns, (len(others), 1))
    before = row
    for at, letter in enumerate(word):
        new = np.empty_like(row)
        new[:, 0] = at + 1
        new[:, 1:] = np.minimum(row[:, :-1] + (others != letter), row[:, 1:] + 1)
        if swaps and at:
            swapped = (others[:, :-1] == letter) & (others[:, 1:] == word[at - 1])
            new[:, 2:] = np.where(swapped, np.minimum(new[:, 2:], before[:, :-2] + 1), new[:, 2:])
        before, row = row, np.minimum.accumulate(new - columns, axis=1) + columns
    found: Array = row[np.arange(len(others)), lengths]
    return found
