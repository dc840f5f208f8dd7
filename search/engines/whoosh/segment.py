"""An open segment: names for the arrays of its files.

A segment is four files: ``grams``, ``words`` and ``values``, each with some of the fields, and
``documents``. In every field terms are numbered from 0 in the order of their UTF-8 bytes, and
articles of a segment (documents, in Whoosh's word) from 0 in the order they were put:

    <field>.terms          uint8   all terms in blocks (see `terms`)
    <field>.term_starts    uint    where each block starts
    <field>.counts         uint    documents that hold each term
    <field>.occurrences    uint    of each term in them (fields of text)
    <field>.records        uint    bytes of each term's record
    <field>.…_wide, …_wides        of these three, the terms and values that need more bits
    <field>.postings       uint8   the records (see `postings`)
    <field>.lengths        uint    terms of each document in the field (fields of text)
    <field>.position_bits  uint8   of each document: the width of its positions (gram fields)
    <field>.heads          uint8   characters that so many terms begin with that the documents of
                                   all together are kept, too: terms, in blocks (gram fields)
    <field>.head_starts, head_counts, head_records, head_postings   of these, as of terms
    <field>.sets           uint    which set of values each document has (facets)
    <field>.set_starts     int64   the terms of set s are set_terms[set_starts[s]:set_starts[s + 1]]
    <field>.set_terms      uint    ascending within a set

    id.of_docs             uint    of each document: the number of its id

and of the documents: ``date`` (seconds after ``date_base``, which is in seconds since 1970; 0 for
none), ``source`` (a number among ``source_names``, which a byte 0 parts), ``stamps`` (8 bytes each;
0 where the stamp, if any, stands in ``known``), ``rows`` and ``known`` with where each starts, and
the ``dictionary`` of the rows (see `rows`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import compress, count
from pathlib import Path
from typing import Any

import numpy as np

from search.engines.base import Known
from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.caching import (
    remembered_places,
    remembered_ranges,
    remembered_sets,
    remembered_terms,
)
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.packing import starts_of, widened
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.records import (
    Records,
    TermPostings,
    decode_docs,
    decode_set,
    decode_term,
)
from search.engines.whoosh.rows import KNOWN_BLOCK, RowPacker, unpack_known, unpack_one_known
from search.engines.whoosh.schema import FIELDS_OF, NO_DATE
from search.engines.whoosh.sources import FieldSource
from search.engines.whoosh.terms import END, Terms

NO_STAMP = "0" * 16

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

    @property
    def lengths(self) -> Array | None:
        """Terms of each document in the field, repeats counted; None in a field of values."""
        return self._arrays[f"{self.name}.lengths"] if self.has_freqs else None

    @property
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

    def term(self, number: int) -> TermPostings:
        """Return the postings of one term of a field of text."""
        return remembered_terms.get((self.serial, number), lambda: self._read(number))

    def places(self, number: int) -> Array:
        """Return every occurrence of a term, ascending (see `TermPostings.places`)."""
        return remembered_places.get((self.serial, number), self.term(number).places)

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
        if self.has_positions and (head := self._heads.find(prefix)) >= 0:
            starts = self._arrays[f"{self.name}.head_records"]
            record = self._arrays.part(
                f"{self.name}.head_postings", int(starts[head]), int(starts[head + 1])
            )
            count = int(self._arrays[f"{self.name}.head_counts"][head])
            return decode_set(record, count, self.doc_count)
        return remembered_sets.get(
            (self.serial, prefix),
            lambda: DocSet.of_any(self.with_prefix(prefix).docs, self.doc_count),
        )

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

    def _read(self, number: int) -> TermPostings:
        return decode_term(
            self._record(number),
            int(self.counts[number]),
            int(self.occurrences[number]),
            self.doc_count,
            self.position_bits,
        )


class SegmentArrays:
    """The arrays of a segment, by what they mean.

    Args:
        paths: of its files, by group (see `schema.FILES`).
    """

    def __init__(self, paths: dict[str, Path]) -> None:
        self.files = {group: ArrayFile(path) for group, path in paths.items()}
        self.columns: dict[Any, Any] = {}  # what is made of the arrays once, when first asked for
        self._documents = self.files["documents"]
        self.doc_count = self._documents.size_of("date")
        self._fields = {
            name: Field(self.files[group], name, self.doc_count)
            for group, names in FIELDS_OF.items()
            for name in names
        }

    @cached_property
    def date(self) -> Array:
        """Of each document, in seconds since 1970; `NO_DATE` for none."""
        after = self._documents["date"]
        base = int(self._documents["date_base"][0])
        return np.where(after > 0, after.astype(np.int64) + base, NO_DATE)

    @cached_property
    def id_key(self) -> Array:
        """Of each document, a number that orders ids nearly as their bytes do: the first eight."""
        terms = self.field("id").terms
        data = terms.bytes_between(0, len(terms))
        ends = np.flatnonzero(data == END[0])[:, None]
        starts = np.concatenate([np.zeros((min(1, len(ends)), 1), np.int64), ends[:-1] + 1])
        places = starts + np.arange(8)
        padded = np.concatenate([data, np.zeros(8, np.uint8)])
        first = np.where(places < ends, padded[places], 0).astype(np.uint8)
        return first.view(">u8").ravel().astype(np.uint64)[self.files["values"]["id.of_docs"]]

    @property
    def nbytes(self) -> int:
        """The size of its files in bytes."""
        return sum(file.nbytes for file in self.files.values())

    @cached_property
    def rows(self) -> RowPacker:
        """What packs and unpacks its rows."""
        return RowPacker(self._documents["dictionary"].tobytes())

    def row(self, doc: int) -> bytes:
        """Return the row of ``doc``, compressed."""
        return self._part("rows", doc)

    def known(self, doc: int) -> Known:
        """Return what the indexer must know of ``doc``."""
        block, place = divmod(doc, KNOWN_BLOCK)
        found = unpack_one_known(self._part("known", block), place)
        return _stamped(found, self._documents.read("stamps", 8 * doc, 8 * doc + 8).hex())

    def all_known(self) -> Iterator[Known]:
        """Yield what the indexer must know of every document."""
        return self.known_of(np.ones(self.doc_count, bool))

    def known_of(self, wanted: Array) -> Iterator[Known]:
        """Yield what the indexer must know of the documents that are ``wanted``: a bool for each.

        Nothing else is unpacked but what is in one block with these.
        """
        blocks = dict.fromkeys((np.flatnonzero(wanted) // KNOWN_BLOCK).tolist())
        for block in blocks:
            first, last = block * KNOWN_BLOCK, (block + 1) * KNOWN_BLOCK
            found = map(
                _stamped, unpack_known(self._part("known", block)), self._stamps(first, last)
            )
            yield from compress(found, wanted[first:last].tolist())

    def is_from(self, sources: Collection[str]) -> Array:
        """Return for each document whether `Article.source` is one of ``sources``."""
        names = self._documents["source_names"].tobytes().decode(errors="surrogatepass")
        is_wanted = np.array([name in sources for name in names.split("\0")])
        found: Array = is_wanted[self._documents["source"]]
        return found

    def stamps(self) -> list[str]:
        """Return `Article.stamp` of each document; `NO_STAMP` for none, and for drafts."""
        return self._stamps(0, self.doc_count)

    def _stamps(self, first: int, last: int) -> list[str]:
        digits = self._documents["stamps"][8 * first : 8 * last].tobytes().hex()
        return [digits[at : at + 16] for at in range(0, len(digits), 16)]

    def field(self, name: str) -> Field:
        """Return the field of that name, one of `TEXT_FIELDS` and `VALUE_FIELDS`."""
        return self._fields[name]

    def source(self, name: str) -> FieldSource:
        """Return a field as a source to merge."""
        field = self._fields[name]
        return FieldSource(
            lambda: list(field.terms),
            field.occurrences,
            field.postings,
            field.lengths,
            field.position_bits,
        )

    def fields(self) -> Iterator[Field]:
        """Yield every field."""
        yield from self._fields.values()

    def id_of(self, doc: int) -> str:
        """Return the id of the article that is ``doc``."""
        number = int(self.files["values"]["id.of_docs"][doc])
        return self.field("id").terms[number].decode(errors="surrogatepass")

    def _part(self, name: str, number: int) -> bytes:
        start, stop = self._documents[f"{name}_starts"][number : number + 2].tolist()
        return self._documents.read(name, start, stop)


def _stamped(known: Known, stamp: str) -> Known:
    return known if stamp == NO_STAMP else Known(*known[:-1], stamp)
