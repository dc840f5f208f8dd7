"""Runs and segments into one new segment; articles that were deleted are left out.

Documents of the new segment are those of the first source, then of the second and so on. A term's
postings are therefore the postings it has in each, one after another: terms are matched by their
bytes, and everything else is arithmetic on arrays, of some terms at a time, so that memory stays
bounded however large the sources are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise, starmap
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.documents import write_documents
from search.engines.whoosh.heads import Heads
from search.engines.whoosh.packing import narrowed, ranges, smallest, starts_of
from search.engines.whoosh.postings import Postings, encode
from search.engines.whoosh.schema import FACET_FIELDS, FIELDS_OF, VALUE_FIELDS
from search.engines.whoosh.sets import write_sets
from search.engines.whoosh.sources import Content, FieldSource
from search.engines.whoosh.terms import Terms

CHUNK_OCCURRENCES = 1_000_000
"""Occurrences merged at a time, unless one term alone has more: some 60 MB while they are."""


class Source(NamedTuple):
    """What is merged, and which of its documents are to be left out (a bool for each)."""

    content: Content
    deleted: Array


class _Numbered(NamedTuple):
    """A field of one source, and the new numbers of its documents and terms.

    Attributes:
        field: of the source.
        kept: of each document, whether it stays.
        new_docs: of each document that stays, its new number.
        new_terms: of each term, its new number; ascending.
    """

    field: FieldSource
    kept: Array
    new_docs: Array
    new_terms: Array

    def among(self, first: int, last: int) -> tuple[Array, Postings]:
        """Return the postings that stay of the new terms ``first`` to ``last``, and their terms."""
        low, high = np.searchsorted(self.new_terms, (first, last)).tolist()
        found = _kept(self.field.postings(low, high), self.kept)
        stays = found.counts > 0
        terms = self.new_terms[low:high][stays]
        return terms, found._replace(counts=found.counts[stays], docs=self.new_docs[found.docs])


def _kept(postings: Postings, kept: Array) -> Postings:
    """Leave out the postings of documents that do not stay; counts may become 0."""
    counts, docs, freqs, positions = postings
    stays = kept[docs]
    if stays.all():
        return postings
    if positions is not None and freqs is not None:
        positions = positions[np.repeat(stays, freqs)]
    terms = np.repeat(np.arange(len(counts)), counts)
    counts = np.bincount(terms[stays], minlength=len(counts))
    return Postings(counts, docs[stays], None if freqs is None else freqs[stays], positions)


class Merge:
    """The making of one segment out of several sources.

    Args:
        sources: at least one.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._keep = [~source.deleted for source in sources]
        bases = starts_of(np.array([kept.sum() for kept in self._keep]))
        self.doc_count = int(bases[-1])
        # Of every old document its new number; those left out point nowhere.
        self._numbers = [
            (np.cumsum(kept) - 1 + base).astype(np.int32)
            for kept, base in zip(self._keep, bases[:-1], strict=True)
        ]

    def write(self, group: str, out: ArrayWriter) -> None:
        """Write one of a segment's files: its documents, or some of its fields."""
        if group == "documents":
            contents = [source.content for source in self._sources]
            write_documents(list(zip(contents, self._keep, strict=True)), out)
        for name in FIELDS_OF.get(group, ()):
            self._write_field(name, out)

    def _write_field(self, name: str, out: ArrayWriter) -> None:
        fields = [source.content.source(name) for source in self._sources]
        vocabulary, sources = self._numbered(fields)
        position_bits = _together([field.position_bits for field in fields], self._keep)
        written = _WrittenField(name, out, self.doc_count, position_bits)
        heads = None if position_bits is None else Heads(vocabulary, self.doc_count)
        for first, last in _chunks(sources, len(vocabulary)):
            parts = [source.among(first, last) for source in sources]
            terms, postings = _merged(first, [part for part in parts if len(part[0])])
            if len(terms):
                written.take(terms, postings)
                if heads:
                    heads.take(terms, postings)
        written.finish(vocabulary)
        if heads:
            heads.write(name, out)
        lengths = _together([field.lengths for field in fields], self._keep)
        if lengths is not None:
            out.write(f"{name}.lengths", smallest(lengths))
        if name in FACET_FIELDS:
            write_sets(name, out, self.doc_count, written.values())
        elif name == "id":
            docs, numbers = written.values()
            of_docs = np.empty(self.doc_count, np.int64)
            of_docs[docs] = numbers
            out.write("id.of_docs", smallest(of_docs))

    def _numbered(
        self, fields: Sequence[FieldSource]
    ) -> tuple[Sequence[bytes], Sequence[_Numbered]]:
        """Return all terms, and the sources with their terms numbered among these."""
        if len(fields) == 1:
            vocabulary = fields[0].terms()
            numbers: list[Array] = [np.arange(len(vocabulary))]
        else:
            as_met: defaultdict[bytes, int] = defaultdict(count().__next__)
            each_met = [_looked_up(as_met, field.terms()) for field in fields]
            vocabulary = sorted(as_met)
            number_of = np.empty(len(vocabulary), np.int32)
            number_of[_looked_up(as_met, vocabulary)] = np.arange(len(vocabulary))
            numbers = [number_of[met] for met in each_met]
        each = zip(fields, self._keep, self._numbers, numbers, strict=True)
        return vocabulary, list(starmap(_Numbered, each))


def _looked_up(numbers: Mapping[bytes, int], terms: Sequence[bytes]) -> Array:
    return np.fromiter(map(numbers.__getitem__, terms), np.int32, len(terms))


def _together(arrays: Sequence[Array | None], keep: Sequence[Array]) -> Array | None:
    found = [each[kept] for each, kept in zip(arrays, keep, strict=True) if each is not None]
    return np.concatenate(found) if found else None


def _chunks(sources: Sequence[_Numbered], terms: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms (first, last + 1) whose postings are merged at a time."""
    sizes = np.zeros(terms, np.int64)
    for source in sources:
        sizes[source.new_terms] += source.field.sizes
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if terms else 0
    edges = np.searchsorted(ends, np.arange(0, total, CHUNK_OCCURRENCES), side="right")
    yield from pairwise(np.unique(np.concatenate([[0], edges, [terms]])).tolist())


class _WrittenField:
    """A field that is being written, from its first term to its last."""

    def __init__(
        self, name: str, out: ArrayWriter, doc_count: int, position_bits: Array | None
    ) -> None:
        self._name = name
        self._is_value = name in VALUE_FIELDS
        self._out = out
        self._doc_count = doc_count
        self._position_bits = position_bits
        self._numbers: list[Array] = []
        self._counts: list[Array] = []
        self._occurrences: list[Array] = []
        self._sizes: list[Array] = []
        self._docs: list[Array] = []  # of a field of values
        out.append(f"{name}.postings", b"")

    def take(self, terms: Array, postings: Postings) -> None:
        """Add the postings of the next terms."""
        data, sizes = encode(postings, self._doc_count, self._position_bits)
        self._out.append(f"{self._name}.postings", data.data)
        self._numbers.append(terms)
        self._counts.append(postings.counts)
        self._occurrences.append(postings.occurrences())
        self._sizes.append(sizes)
        if self._is_value:
            self._docs.append(postings.docs)

    def finish(self, vocabulary: Sequence[bytes]) -> None:
        """Write what stands beside the postings."""
        # A term may have lost its last document.
        numbers = _joined(self._numbers).tolist()
        data, starts = Terms.pack([vocabulary[number] for number in numbers])
        arrays = {
            "terms": data,
            "term_starts": starts,
        }
        sizes = {"counts": self._counts, "records": self._sizes, "occurrences": self._occurrences}
        for name, each in sizes.items():
            if name != "occurrences" or not self._is_value:
                parts = narrowed(_joined(each)).items()
                arrays |= {f"{name}{part}": array for part, array in parts}
        if self._position_bits is not None:
            arrays["position_bits"] = self._position_bits
        for name, array in arrays.items():
            self._out.write(f"{self._name}.{name}", array)

    def values(self) -> tuple[Array, Array]:
        """Return of every posting of a field of values its document, and its term."""
        counts = _joined(self._counts)
        return _joined(self._docs), np.repeat(np.arange(len(counts)), counts)


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)


def _merged(first: int, parts: Sequence[tuple[Array, Postings]]) -> tuple[Array, Postings]:
    """Return the postings of all parts by term, and within a term by part; and their terms."""
    if not parts:
        nothing = np.empty(0, np.int64)
        return nothing, Postings(nothing, nothing, None, None)
    if len(parts) == 1:
        return parts[0]
    last = max(int(terms[-1]) for terms, _ in parts) + 1
    counts = np.zeros((len(parts), last - first), np.int64)
    occurrences = np.zeros_like(counts)
    for number, (terms, postings) in enumerate(parts):
        counts[number, terms - first] = postings.counts
        occurrences[number, terms - first] = postings.occurrences()
    has_freqs, has_positions = (parts[0][1][field] is not None for field in (2, 3))
    postings = Postings(
        counts.sum(axis=0),
        _interleaved([p.docs for _, p in parts], counts),
        _interleaved([p.freqs for _, p in parts], counts) if has_freqs else None,
        _interleaved([p.positions for _, p in parts], occurrences) if has_positions else None,
    )
    used = np.flatnonzero(postings.counts)
    return used + first, postings._replace(counts=postings.counts[used])


def _interleaved(arrays: Sequence[Array | None], counts: Array) -> Array:
    """Return arrays of stretches as one: the first stretch of each, then the second and so on.

    ``counts`` are the lengths of the stretches: a row an array.
    """
    found = [each for each in arrays if each is not None]
    starts = starts_of(counts.T.ravel())[:-1].reshape(counts.T.shape)
    joined = np.empty(int(counts.sum()), np.result_type(*found))
    for number, each in enumerate(found):
        joined[ranges(starts[:, number], counts[number])] = each
    return joined
