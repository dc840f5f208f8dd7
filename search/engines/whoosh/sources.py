"""What a segment is made of: runs and other segments, seen alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from search.engines.base import Known
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.rows import RowPacker


class FieldSource(NamedTuple):
    """A field of a source.

    Attributes:
        terms: gives them, ascending.
        sizes: of each term, in occurrences.
        postings: gives those of the terms from one number up to, not with, another.
        lengths: terms of each document in the field; None in a field of values.
        position_bits: of each document, the width of its positions; None where there are none.
    """

    terms: Callable[[], Sequence[bytes]]
    sizes: Array
    postings: Callable[[int, int], Postings]
    lengths: Array | None
    position_bits: Array | None


class Content(Protocol):
    """A run or a segment."""

    @property
    def doc_count(self) -> int:
        """Documents in it, those left out included."""

    @property
    def rows(self) -> RowPacker:
        """What packs and unpacks its rows."""

    @property
    def date(self) -> Array:
        """Of each document (see `segment`)."""

    def row(self, doc: int) -> bytes:
        """Return the row of ``doc``, compressed."""

    def all_known(self) -> Iterator[Known]:
        """Yield what the indexer must know of every document."""

    def source(self, name: str) -> FieldSource:
        """Return a field."""
