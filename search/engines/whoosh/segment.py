"""An open segment: names for the arrays of its file.

For every field, terms are numbered from 0 in the order of their UTF-8 bytes, and articles of a
segment (documents, in Whoosh's word) from 0 in the order they were put:

    <field>.terms        uint8   all terms, one after another
    <field>.term_starts  int64   term t is terms[term_starts[t]:term_starts[t + 1]]
    <field>.starts       int64   postings of t are docs[starts[t]:starts[t + 1]]
    <field>.docs         int32   document numbers, ascending within a term
    <field>.freqs        uint    occurrences in that document (text fields)
    <field>.pos_starts   int64   positions of t are positions[pos_starts[t]:...] (gram fields)
    <field>.positions    uint    of every occurrence, by document, ascending
    <field>.lengths      uint32  terms of each document in the field (text fields)

and for every document: ``date`` (seconds since 1970, `NO_DATE` for none), ``id_key`` (see
`building.id_key`), its ``rows`` entry, the article compressed, and its ``known`` entry, what the
indexer must know of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np

from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.schema import TEXT_FIELDS, VALUE_FIELDS

EXTENSION = ".arrays"
NO_DATE = int(np.iinfo(np.int64).min)


class ByteStrings(Sequence[bytes]):
    """Byte strings in two arrays: their bytes one after another, and where each starts."""

    def __init__(self, data: Array, starts: Array) -> None:
        self._data = data.data
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        return bytes(self._data[self._starts[index] : self._starts[index + 1]])

    @property
    def arrays(self) -> tuple[Array, Array]:
        """The bytes of all strings one after another, and where each starts (and the last ends)."""
        return np.frombuffer(self._data, np.uint8), self._starts

    @staticmethod
    def pack(strings: Sequence[bytes]) -> tuple[Array, Array]:
        """Return the two arrays that hold ``strings``."""
        starts = np.zeros(len(strings) + 1, np.int64)
        np.cumsum([len(string) for string in strings], out=starts[1:])
        return np.frombuffer(b"".join(strings), np.uint8), starts

    @staticmethod
    def chosen(several: Sequence[ByteStrings], keep: Sequence[Array]) -> tuple[Array, Array]:
        """Return the two arrays that hold the strings of ``several`` for which ``keep`` is true."""
        lengths = [np.diff(strings._starts) for strings in several]
        data = [
            np.frombuffer(strings._data, np.uint8)[np.repeat(kept, each)]
            for strings, kept, each in zip(several, keep, lengths, strict=True)
        ]
        kept_lengths = [each[kept] for each, kept in zip(lengths, keep, strict=True)]
        starts = np.zeros(sum(map(len, kept_lengths)) + 1, np.int64)
        np.cumsum(np.concatenate(kept_lengths), out=starts[1:])
        return np.concatenate(data), starts


class Field:
    """One field of a segment: its terms and their postings."""

    def __init__(self, arrays: ArrayFile, name: str) -> None:
        self.name = name
        self.terms = ByteStrings(arrays[f"{name}.terms"], arrays[f"{name}.term_starts"])
        self.starts = arrays[f"{name}.starts"]
        self.docs = arrays[f"{name}.docs"]
        self.freqs = arrays.get(f"{name}.freqs")
        self.pos_starts = arrays.get(f"{name}.pos_starts")
        self.positions = arrays.get(f"{name}.positions")
        self.lengths = arrays.get(f"{name}.lengths")

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
        at = bisect_left(self.terms, term)
        return at if at < len(self.terms) and self.terms[at] == term else -1

    def prefix_range(self, prefix: bytes) -> range:
        """Return the numbers of the terms that begin with ``prefix``."""
        first = bisect_left(self.terms, prefix)
        # No UTF-8 text holds 0xFF, so this sorts after every term with the prefix.
        return range(first, bisect_left(self.terms, prefix + b"\xff", lo=first))

    def between(self, low: bytes | None, high: bytes | None) -> range:
        """Return the numbers of the terms from ``low`` to ``high``, both taken in; None is open."""
        first = bisect_left(self.terms, low) if low is not None else 0
        last = bisect_left(self.terms, high + b"\0") if high is not None else len(self.terms)
        return range(first, max(first, last))

    def doc_frequency(self, term: int) -> int:
        """Return in how many documents the term stands, deleted ones included."""
        return int(self.starts[term + 1] - self.starts[term])

    def docs_of(self, term: int) -> Array:
        """Return the documents of the term, ascending."""
        return self.docs[self.starts[term] : self.starts[term + 1]]

    def freqs_of(self, term: int) -> Array:
        """Return the term's occurrences in each of `docs_of`."""
        span = slice(self.starts[term], self.starts[term + 1])
        return self.freqs[span] if self.freqs is not None else np.ones(span.stop - span.start)

    def positions_between(self, first: int, last: int) -> Array:
        """Return the positions of the terms from ``first`` up to, not with, ``last``.

        By term, then by document, `freqs_of` of them in each; none in a field without positions.
        """
        if self.positions is None or self.pos_starts is None:
            return np.empty(0, np.uint32)
        return self.positions[self.pos_starts[first] : self.pos_starts[last]]


class SegmentArrays:
    """The arrays of one segment file, by what they mean."""

    def __init__(self, path: Path) -> None:
        self.arrays = ArrayFile(path)
        self.date = self.arrays["date"]
        self.id_key = self.arrays["id_key"]
        self.rows = ByteStrings(self.arrays["rows"], self.arrays["row_starts"])
        self.known = ByteStrings(self.arrays["known"], self.arrays["known_starts"])
        self._fields = {name: Field(self.arrays, name) for name in (*TEXT_FIELDS, *VALUE_FIELDS)}

    @property
    def doc_count(self) -> int:
        """Documents in the segment, deleted ones included."""
        return len(self.date)

    def field(self, name: str) -> Field:
        """Return the field of that name, one of `TEXT_FIELDS` and `VALUE_FIELDS`."""
        return self._fields[name]

    def fields(self) -> Iterator[Field]:
        """Yield every field."""
        yield from self._fields.values()

    @cached_property
    def ids(self) -> list[int]:
        """For every document, the number of its id among the terms of the field "id"."""
        of_doc = np.empty(self.doc_count, np.int64)
        of_doc[self.field("id").docs] = np.arange(self.doc_count)
        return of_doc.tolist()

    def id_of(self, doc: int) -> str:
        """Return the id of the article that is ``doc``."""
        return self.field("id").terms[self.ids[doc]].decode()
