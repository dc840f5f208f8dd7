"""Several segments into one, by whole arrays; articles that were deleted are left out.

Documents of the new segment are those of the first, then of the second and so on. A term's postings
are therefore the postings it has in each, one after another: terms are matched by their bytes, and
everything else is arithmetic on arrays, of some terms at a time so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.building import starts_of
from search.engines.whoosh.schema import TEXT_FIELDS, VALUE_FIELDS
from search.engines.whoosh.segment import ByteStrings, Field, SegmentArrays

CHUNK_OCCURRENCES = 8_000_000
"""Occurrences merged at a time, unless one term alone has more: half a gigabyte while they are."""


class Source(NamedTuple):
    """A segment to merge, and which of its documents are to be left out (a bool for each)."""

    segment: SegmentArrays
    deleted: Array


def merge(sources: Sequence[Source]) -> dict[str, Array]:
    """Return the arrays of one segment with the documents of all ``sources``, in their order."""
    keep = [~source.deleted for source in sources]
    bases = starts_of(np.array([kept.sum() for kept in keep]))
    # For every old document its new number; those left out point nowhere and are never looked up.
    numbers = [np.cumsum(kept) - 1 + base for kept, base in zip(keep, bases[:-1], strict=True)]
    merged = {
        name: np.concatenate(
            [s.segment.arrays[name][k] for s, k in zip(sources, keep, strict=True)]
        )
        for name in ("date", "id_key")
    }
    for name in ("rows", "known"):
        strings = [getattr(source.segment, name) for source in sources]
        starts = "row_starts" if name == "rows" else "known_starts"
        merged[name], merged[starts] = ByteStrings.chosen(strings, keep)
    for name in (*TEXT_FIELDS, *VALUE_FIELDS):
        fields = [source.segment.field(name) for source in sources]
        arrays = _merge_field(fields, keep, numbers)
        merged |= {f"{name}.{array_name}": each for array_name, each in arrays.items()}
    return merged


def _merge_field(
    fields: Sequence[Field], keep: Sequence[Array], numbers: Sequence[Array]
) -> dict[str, Array]:
    vocabulary = sorted({term for field in fields for term in field.terms})
    number_of = {term: number for number, term in enumerate(vocabulary)}
    sources = [
        _FieldSource(field, kept, new_docs, np.array([number_of[t] for t in field.terms], np.int64))
        for field, kept, new_docs in zip(fields, keep, numbers, strict=True)
    ]
    merged = _MergedField(fields, len(vocabulary))
    for first, last in _chunks(sources, len(vocabulary)):
        merged.take([source.postings(first, last) for source in sources])
    arrays = merged.arrays(vocabulary)
    if fields[0].lengths is not None:
        arrays["lengths"] = np.concatenate(
            [f.lengths[k] for f, k in zip(fields, keep, strict=True) if f.lengths is not None]
        )
    return arrays


class _Postings(NamedTuple):
    """Postings of a field in any order: the term of each by its new number, and its document."""

    terms: Array
    docs: Array
    freqs: Array
    positions: Array  # of all postings, one after another, ``freqs`` of them each


class _FieldSource(NamedTuple):
    """A field of one source, and the new numbers of its documents and terms."""

    field: Field
    kept: Array
    new_docs: Array
    new_terms: Array  # ascending, as both vocabularies are sorted

    def sizes(self) -> Array:
        """Return how much memory each term takes, in occurrences or, without them, postings."""
        starts = self.field.pos_starts
        return np.diff(self.field.starts if starts is None else starts)

    def postings(self, first: int, last: int) -> _Postings:
        """Return the postings that stay of the terms ``first`` to ``last``, by new numbers."""
        field = self.field
        low, high = np.searchsorted(self.new_terms, (first, last)).tolist()
        span = slice(field.starts[low], field.starts[high])
        docs = field.docs[span]
        stays = self.kept[docs]
        terms = np.repeat(self.new_terms[low:high], np.diff(field.starts[low : high + 1]))
        freqs = np.ones(len(docs), np.uint8) if field.freqs is None else field.freqs[span]
        positions = field.positions_between(low, high)
        if len(positions):
            positions = positions[np.repeat(stays, freqs)]
        return _Postings(
            terms[stays], self.new_docs[docs[stays]], freqs[stays].astype(np.int64), positions
        )


def _chunks(sources: Sequence[_FieldSource], terms: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms (first, last + 1) whose postings are merged at a time."""
    sizes = np.zeros(terms, np.int64)
    for source in sources:
        sizes[source.new_terms] += source.sizes()
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if terms else 0
    edges = np.searchsorted(ends, np.arange(0, total, CHUNK_OCCURRENCES), side="right")
    bounds = np.unique(np.concatenate([[0], edges, [terms]])).tolist()
    yield from pairwise(bounds)


class _MergedField:
    """The postings of a merged field, filled from the first term to the last."""

    def __init__(self, fields: Sequence[Field], terms: int) -> None:
        postings = sum(len(field.docs) for field in fields)
        self._counts = np.zeros(terms, np.int64)  # postings of each term
        self._occurrences = np.zeros(terms, np.int64)
        self._docs = np.empty(postings, np.int32)
        self._freqs = _room(postings, [field.freqs for field in fields])
        self._positions = _room(
            sum(len(f.positions) for f in fields if f.positions is not None),
            [field.positions for field in fields],
        )
        self._filled = 0
        self._positions_filled = 0

    def take(self, parts: Sequence[_Postings]) -> None:
        """Add the postings of the next terms, as they are in each source."""
        terms = np.concatenate([part.terms for part in parts])
        freqs = np.concatenate([part.freqs for part in parts])
        # Stable: within a term, the first segment's postings stay before the second's.
        order = np.argsort(terms, kind="stable")
        span = slice(self._filled, self._filled + len(terms))
        self._filled = span.stop
        self._counts += np.bincount(terms, minlength=len(self._counts))
        self._docs[span] = np.concatenate([part.docs for part in parts])[order]
        if self._freqs is not None:
            self._freqs[span] = freqs[order]
        if self._positions is not None:
            positions = np.concatenate([part.positions for part in parts])
            chosen = ranges(starts_of(freqs)[:-1][order], freqs[order])
            span = slice(self._positions_filled, self._positions_filled + len(positions))
            self._positions_filled = span.stop
            self._positions[span] = positions[chosen]
            found = np.bincount(terms, weights=freqs, minlength=len(self._occurrences))
            self._occurrences += found.astype(np.int64)

    def arrays(self, vocabulary: Sequence[bytes]) -> dict[str, Array]:
        """Return the arrays of the field (see `segment`), but for its lengths."""
        used = np.flatnonzero(self._counts)  # a term may have lost its last document
        data, term_starts = ByteStrings.pack([vocabulary[number] for number in used.tolist()])
        found = {
            "terms": data,
            "term_starts": term_starts,
            "starts": starts_of(self._counts[used]),
            "docs": self._docs[: self._filled],
        }
        if self._freqs is not None:
            found["freqs"] = self._freqs[: self._filled]
        if self._positions is not None:
            found["positions"] = self._positions[: self._positions_filled]
            found["pos_starts"] = starts_of(self._occurrences[used])
        return found


def _room(size: int, arrays: Sequence[Array | None]) -> Array | None:
    """Return an array of ``size`` for what all of ``arrays`` hold; None where they are not."""
    types = [each.dtype for each in arrays if each is not None]
    return np.empty(size, np.result_type(*types)) if types else None


def ranges(starts: Array, lengths: Array) -> Array:
    """Return the numbers of consecutive ranges, one after another.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    found: Array = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return found
