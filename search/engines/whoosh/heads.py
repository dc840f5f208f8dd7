"""The documents of all terms that begin with one character, for the characters that begin many.

A search for a single character asks for whatever begins with it: thousands of pairs, hundreds of
thousands of postings. So for the commonest ones the documents are kept as if they were a term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import smallest, starts_of, stored_starts
from search.engines.whoosh.postings import Postings, encode
from search.engines.whoosh.terms import Terms

_SHARE = 2
"""Heads are kept of characters whose terms have more than 1/2 as many postings as there are
documents: for 200 of 4,000 characters, 1.5 bytes in a hundred of the index; others take less than
2 ms to put together at 100,000 articles."""


_NOTHING = np.empty(0, np.uint8)


class Heads:
    """The heads of a field that is being written; postings come in the order of the terms.

    Args:
        vocabulary: the terms of the field, some of which may come without postings.
        doc_count: documents of the segment.
    """

    def __init__(self, vocabulary: Sequence[bytes], doc_count: int) -> None:
        self._vocabulary = vocabulary
        self._doc_count = doc_count
        self._head = ""
        self._count = 0
        self._docs: list[Array] = []  # of the head at hand
        self._heads: list[bytes] = []
        self._counts: list[int] = []
        self._records: list[Array] = []

    def take(self, terms: Array, postings: Postings) -> None:
        """Add the postings of some terms."""
        starts = starts_of(postings.counts)
        firsts = [self._vocabulary[number].decode()[0] for number in terms.tolist()]
        for first, last in _stretches(firsts):
            if firsts[first] != self._head:
                self._finish_head()
                self._head = firsts[first]
            docs = postings.docs[starts[first] : starts[last]]
            self._docs.append(docs)
            self._count += len(docs)

    def _finish_head(self) -> None:
        if self._count * _SHARE > self._doc_count:
            present = np.zeros(self._doc_count, bool)
            for docs in self._docs:
                present[docs] = True
            found = np.flatnonzero(present)
            counts = np.array([len(found)])
            record, _ = encode(Postings(counts, found, None, None), self._doc_count, None)
            self._heads.append(self._head.encode())
            self._counts.append(len(found))
            self._records.append(record)
        self._docs, self._count = [], 0

    def write(self, name: str, out: ArrayWriter) -> None:
        """Write the heads of the field ``name``."""
        self._finish_head()
        sizes = list(map(len, self._records))
        terms, starts = Terms.pack(self._heads)
        out.write(f"{name}.heads", terms)
        out.write(f"{name}.head_starts", starts)
        out.write(f"{name}.head_counts", smallest(np.array(self._counts, np.int64)))
        out.write(f"{name}.head_records", stored_starts(sizes))
        out.write(f"{name}.head_postings", np.concatenate([_NOTHING, *self._records]))


def _stretches(values: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each stretch of equal values begins and ends."""
    begin = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[begin]:
            yield begin, at
            begin = at
