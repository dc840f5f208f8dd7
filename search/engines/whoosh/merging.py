"""Several segments into one, by whole arrays; articles that were deleted are left out.

Documents of the new segment are those of the first, then of the second and so on. A term's postings
are therefore the postings it has in each, one after another: terms are matched by their bytes, and
everything else is arithmetic on whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.building import smallest, starts_of
from search.engines.whoosh.schema import TEXT_FIELDS, VALUE_FIELDS
from search.engines.whoosh.segment import ByteStrings, Field, SegmentArrays


class Source(NamedTuple):
    """A segment to merge, and which of its documents are to be left out (a bool for each)."""

    segment: SegmentArrays
    deleted: Array


class _Postings(NamedTuple):
    """Postings of a field in any order: the term of each by its new number, and its document."""

    terms: Array
    docs: Array
    freqs: Array
    positions: Array  # of all postings, one after another, ``freqs`` of them each


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
        strings = [
            getattr(source.segment, name)[int(doc)]
            for source, kept in zip(sources, keep, strict=True)
            for doc in np.flatnonzero(kept)
        ]
        starts = "row_starts" if name == "rows" else "known_starts"
        merged[name], merged[starts] = ByteStrings.pack(strings)
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
    parts = []
    for field, kept, new_docs in zip(fields, keep, numbers, strict=True):
        new_terms = np.array([number_of[term] for term in field.terms], np.int64)
        parts.append(_renumbered(field, kept, new_terms, new_docs))
    terms = np.concatenate([part.terms for part in parts])
    # Stable: within a term, the first segment's postings stay before the second's.
    order = np.argsort(terms, kind="stable")
    freqs = np.concatenate([part.freqs for part in parts])
    counts = np.bincount(terms, minlength=len(vocabulary))
    used = np.flatnonzero(counts)  # a term may have lost its last document
    data, term_starts = ByteStrings.pack([vocabulary[number] for number in used])
    merged = {
        "terms": data,
        "term_starts": term_starts,
        "starts": starts_of(counts[used]),
        "docs": np.concatenate([part.docs for part in parts])[order].astype(np.int32),
    }
    if fields[0].lengths is not None:
        merged["freqs"] = smallest(freqs[order])
        merged["lengths"] = np.concatenate(
            [f.lengths[k] for f, k in zip(fields, keep, strict=True) if f.lengths is not None]
        )
    if fields[0].positions is not None:
        positions = np.concatenate([part.positions for part in parts])
        merged["positions"] = smallest(
            positions[ranges(starts_of(freqs)[:-1][order], freqs[order])]
        )
        occurrences = np.bincount(terms, weights=freqs, minlength=len(vocabulary))
        merged["pos_starts"] = starts_of(occurrences[used].astype(np.int64))
    return merged


def _renumbered(field: Field, kept: Array, new_terms: Array, new_docs: Array) -> _Postings:
    """Return the postings of a field that stay, by their new numbers."""
    stays = kept[field.docs]
    terms = np.repeat(new_terms, np.diff(field.starts))
    freqs = field.freqs if field.freqs is not None else np.ones(len(field.docs), np.uint8)
    positions = np.empty(0, np.uint32)
    if field.positions is not None:
        positions = field.positions[np.repeat(stays, freqs)]
    return _Postings(
        terms[stays], new_docs[field.docs[stays]], freqs[stays].astype(np.int64), positions
    )


def ranges(starts: Array, lengths: Array) -> Array:
    """Return the numbers of consecutive ranges, one after another.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    found: Array = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return found
