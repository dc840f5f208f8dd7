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
from typing import Any

import numpy as np
from whoosh import query

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.merging import ranges
from search.engines.whoosh.segment import Field

MAX_EXPANSIONS = 1_000
"""Terms that one word of a query may stand for: those in the most documents."""

_SET = re.compile(r"\[!?\]?[^\]]*\]")  # of fnmatch: one character of some
_WILD = re.compile("[*?]")
_CHAR = rb"(?:[\x00-\x7f]|[\xc0-\xf7][\x80-\xbf]+)"
_END = 0xFF  # in no UTF-8 text, so it can part terms


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
        for number in meant(field):
            counts[field.terms[number]] += field.doc_frequency(number)
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
    if known[-1]:
        chosen = _ending(field, np.arange(numbers.start, numbers.stop), known[-1])
    else:
        chosen = _holding(field, numbers, max(known, key=len))
    found: list[int] = chosen[_matched(field, chosen, loose)].tolist()
    if loose == pattern:
        return found
    exact = re.compile(fnmatch.translate(pattern))
    return [number for number in found if exact.match(_text(field.terms[number]))]


def _ending(field: Field, numbers: Array, end: bytes) -> Array:
    """Return those of ``numbers`` whose terms end so."""
    data, starts = field.terms.arrays
    numbers = numbers[starts[numbers + 1] - starts[numbers] >= len(end)]
    for before, byte in enumerate(reversed(end), start=1):
        numbers = numbers[data[starts[numbers + 1] - before] == byte]
    return numbers


def _holding(field: Field, numbers: range, part: bytes) -> Array:
    """Return those of ``numbers`` whose terms hold every byte of ``part``, in any order."""
    data, starts = field.terms.arrays
    starts = starts[numbers.start : numbers.stop + 1]
    data = data[starts[0] : starts[-1]]
    held = np.ones(len(numbers), bool)
    for byte in set(part):
        has = np.zeros(len(numbers), bool)
        has[np.searchsorted(starts - starts[0], np.flatnonzero(data == byte), side="right") - 1] = 1
        held &= has
    return np.flatnonzero(held) + numbers.start


def _matched(field: Field, numbers: Array, pattern: str) -> Array:
    """Return the places, among ``numbers``, of those whose terms ``pattern`` matches."""
    data, starts = field.terms.arrays
    lengths = starts[numbers + 1] - starts[numbers]
    ends = np.cumsum(lengths + 1)
    text = np.full(int(lengths.sum()) + len(numbers), _END, np.uint8)
    text[ranges(ends - lengths - 1, lengths)] = data[ranges(starts[numbers], lengths)]
    found = [match.start() for match in _expression(pattern).finditer(text.tobytes())]
    return np.searchsorted(ends, np.array(found, np.int64), side="right")


def _expression(pattern: str) -> re.Pattern[bytes]:
    """Return what matches the same between two `_END`.

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
    data, starts = field.terms.arrays
    first = starts[numbers.start]
    begins = _begins_char(data[first : starts[numbers.stop]])
    chars_before = np.zeros(len(begins) + 1, np.int64)
    np.cumsum(begins, out=chars_before[1:])
    lengths = np.diff(chars_before[starts[numbers.start : numbers.stop + 1] - first])
    near = np.flatnonzero(np.abs(lengths - len(word)) <= edits)
    if not len(near):
        return []
    chosen = near + numbers.start
    lengths = lengths[near]
    letters = _characters(data[ranges(starts[chosen], starts[chosen + 1] - starts[chosen])])
    table = np.zeros((len(chosen), int(lengths.max())), letters.dtype)
    table[np.repeat(np.arange(len(chosen)), lengths), ranges(0 * lengths, lengths)] = letters
    wanted = _characters(np.frombuffer(to_bytes(word), np.uint8))
    distances = _distances(wanted[fixed:], table[:, fixed:], lengths - fixed, swaps=swaps)
    found: list[int] = chosen[distances <= edits].tolist()
    return found


def _begins_char(data: Array) -> Array:
    """Return for each byte of UTF-8 whether a character begins there."""
    begins: Array = (data & 0xC0) != 0x80
    return begins


def _characters(data: Array) -> Array:
    """Return the characters of UTF-8 as numbers."""
    return np.frombuffer(_text(data.tobytes()).encode("utf-32-le", "surrogatepass"), np.uint32)


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


def to_bytes(text: str | bytes) -> bytes:
    """Return a term as it is stored."""
    return text if isinstance(text, bytes) else text.encode(errors="surrogatepass")


def _text(data: bytes) -> str:
    return data.decode(errors="surrogatepass")
