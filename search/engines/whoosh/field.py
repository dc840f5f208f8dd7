"""One field of a segment: its terms and their postings. See `segment` for what its arrays are."""

from __future__ import annotations

from functools import cached_property
from itertools import count

import numpy as np

from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.caching import (
    remembered_places,
    remembered_ranges,
    remembered_sets,
    remembered_starts,
    remembered_terms,
)
from search.engines.whoosh.dense import DensePostings, bits_at, width_maps
from search.engines.whoosh.docsets import NO_PLACES, DocSet, among
from search.engines.whoosh.packing import is_dense, starts_of, widened
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.records import (
    Records,
    TermPostings,
    decode_docs,
    decode_set,
    decode_term,
)
from search.engines.whoosh.terms import Terms

_serial = count()


class Field:
    """One field of a segment: its terms and their postings."""

    def __init__(self, arrays: ArrayFile, name: str, doc_count: int) -> None:
        self.name = name
        self.serial = next(_serial)
        self._arrays = arrays
        self.doc_count = doc_count
        self.has_freqs = f"{name}.occurrences" in arrays
        self.has_positions = f"{name}.position_bits" in arrays

    @cached_property
    def terms(self) -> Terms:
        """The terms, ascending."""
        data, starts = self._arrays[f"{self.name}.terms"], self._arrays[f"{self.name}.term_starts"]
        return Terms(data, starts, len(self.counts))

    @cached_property
    def counts(self) -> Array:
        """In how many documents each term stands, deleted ones included."""
        return self._widened("counts")

    @cached_property
    def occurrences(self) -> Array:
        """How often each term stands in all of them; `counts` in a field of values."""
        return self._widened("occurrences") if self.has_freqs else self.counts

    @cached_property
    def _bounds(self) -> Array:
        """Where each record starts, and where the last ends."""
        return starts_of(self._widened("records"))

    def _widened(self, name: str) -> Array:
        parts = (self._arrays[f"{self.name}.{name}{part}"] for part in ("", "_wide", "_wides"))
        return widened(*parts)

    @cached_property
    def lengths(self) -> Array | None:
        """Terms of each document in the field, repeats counted; None in a field of values."""
        return self._arrays[f"{self.name}.lengths"] if self.has_freqs else None

    @cached_property
    def position_bits(self) -> Array | None:
        """The width of each document's positions; None in a field without."""
        return self._arrays[f"{self.name}.position_bits"] if self.has_positions else None

    @cached_property
    def total_length(self) -> int:
        """Terms in the field, over all documents, repeats counted."""
        return int(self.lengths.sum()) if self.lengths is not None else 0

    @cached_property
    def values(self) -> list[str]:
        """The terms as text, by their numbers; for fields of whole values, which have few."""
        return [term.decode(errors="surrogatepass") for term in self.terms]

    def find(self, term: bytes) -> int:
        """Return the number of ``term``; -1 where the field does not have it."""
        return self.terms.find(term)

    def prefix_range(self, prefix: bytes) -> range:
        """Return the numbers of the terms that begin with ``prefix``."""
        # No UTF-8 text holds 0xFF, so this sorts after every term with the prefix.
        return range(self.terms.lower_bound(prefix), self.terms.lower_bound(prefix + b"\xff"))

    def between(self, low: bytes | None, high: bytes | None) -> range:
        """Return the numbers of the terms from ``low`` to ``high``, both taken in; None is open."""
        first = self.terms.lower_bound(low) if low is not None else 0
        last = self.terms.lower_bound(high + b"\0") if high is not None else len(self.terms)
        return range(first, max(first, last))

    def doc_frequency(self, term: int) -> int:
        """Return in how many documents the term stands, deleted ones included."""
        return int(self.counts[term])

    def term(self, number: int) -> TermPostings | DensePostings:
        """Return the postings of one term of a field of text."""
        return remembered_terms.get((self.serial, number), lambda: self._read(number))

    def places(self, number: int) -> Array:
        """Return every occurrence of a term, ascending (see `places`)."""
        return remembered_places.get((self.serial, number), self.term(number).places)

    def places_in(self, number: int, candidates: Array) -> Array:
        """Return the occurrences of a term in ``candidates``; both ascend."""
        term = self.term(number)
        if isinstance(term, TermPostings):
            return term.places_in(candidates)
        starts = remembered_starts.get(
            (self.serial, number), lambda: term.position_starts(self._width_maps)
        )
        return term.places_in(candidates, starts, self._width_maps)

    @cached_property
    def _width_maps(self) -> Array:
        return NO_PLACES if self.position_bits is None else width_maps(self.position_bits)

    def docs_of(self, number: int) -> Array:
        """Return the documents of the term, ascending."""
        if self.has_freqs:
            return self.term(number).docs
        return decode_docs(self._record(number), int(self.counts[number]), self.doc_count)

    def set_of(self, number: int) -> DocSet:
        """Return `docs_of` as a set."""
        if self.has_freqs:
            return self.term(number).doc_set()
        return decode_set(self._record(number), int(self.counts[number]), self.doc_count)

    def holds(self, number: int, docs: Array) -> Array:
        """Return for each of ``docs``, ascending, whether it holds a term."""
        return self.term(number).holds(docs) if self.has_freqs else self.set_of(number).holds(docs)

    def holds_beginning(self, prefix: bytes, docs: Array) -> Array:
        """Return for each of ``docs``, ascending, whether it holds a term that begins so."""
        head = self._head(prefix)
        if head is None:
            return self.set_with_prefix(prefix).holds(docs)
        record, count = head
        if is_dense(count, self.doc_count):
            return bits_at(record, docs).view(bool)
        return among(docs, decode_docs(record, count, self.doc_count), self.doc_count)

    def freqs_of(self, number: int) -> Array:
        """Return the term's occurrences in each of `docs_of`."""
        if self.has_freqs:
            return self.term(number).freqs
        return np.ones(int(self.counts[number]), np.int64)

    def records(self, first: int, last: int) -> Records:
        """Return the postings of the terms from ``first`` up to, not with, ``last``, packed."""
        bounds = self._bounds[first : last + 1]
        start, stop = (int(bounds[0]), int(bounds[-1])) if first < last else (0, 0)
        return Records(
            self._arrays.part(f"{self.name}.postings", start, stop),
            bounds - start,
            self.counts[first:last],
            self.occurrences[first:last] if self.has_freqs else None,
            self.doc_count,
            self.position_bits,
        )

    def postings(self, first: int, last: int) -> Postings:
        """Return the postings of the terms from ``first`` up to, not with, ``last``."""
        return self.records(first, last).postings()

    def with_prefix(self, prefix: bytes) -> Records:
        """Return the postings of the terms that begin so, packed."""
        numbers = self.prefix_range(prefix)
        key = self.serial, numbers
        return remembered_ranges.get(key, lambda: self.records(numbers.start, numbers.stop))

    def set_with_prefix(self, prefix: bytes) -> DocSet:
        """Return the documents with a term that begins so."""
        if head := self._head(prefix):
            return decode_set(*head, self.doc_count)
        packed = remembered_sets.get(
            (self.serial, prefix),
            lambda: DocSet.of_any(self.with_prefix(prefix).docs, self.doc_count).packed(),
        )
        return DocSet.of_packed(packed, self.doc_count)

    def _head(self, prefix: bytes) -> tuple[Array, int] | None:
        """Return the record of a head, and how many documents it has; None if there is none."""
        if not self.has_positions or (head := self._heads.find(prefix)) < 0:
            return None
        starts = self._arrays[f"{self.name}.head_records"]
        record = self._arrays.part(
            f"{self.name}.head_postings", starts.item(head), starts.item(head + 1)
        )
        return record, self._arrays[f"{self.name}.head_counts"].item(head)

    @cached_property
    def _heads(self) -> Terms:
        names = ("heads", "head_starts", "head_counts")
        data, starts, counts = (self._arrays[f"{self.name}.{name}"] for name in names)
        return Terms(data, starts, len(counts))

    def facet_array(self, name: str) -> Array:
        """Return one of the arrays of the sets of values: "sets", "set_starts", "set_terms"."""
        return self._arrays[f"{self.name}.{name}"]

    def _record(self, number: int) -> Array:
        start, stop = self._bounds[number : number + 2].tolist()
        return self._arrays.part(f"{self.name}.postings", start, stop)

    def _read(self, number: int) -> TermPostings | DensePostings:
        return decode_term(
            self._record(number),
            int(self.counts[number]),
            int(self.occurrences[number]),
            self.doc_count,
            self.position_bits,
        )
