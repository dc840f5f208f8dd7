"""Remembering what was read last, within a number of bytes: for all searches of the process.

What is added to the bytes of an array is what the objects around it take, as measured.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.dense import DensePostings, PositionStarts
from search.engines.whoosh.records import Records, TermPostings

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """The values used last, as many as fit; one too large is not kept. Safe for many threads.

    Args:
        most_bytes: of all values together.
        size_of: tells the bytes of one.
    """

    def __init__(self, most_bytes: int, size_of: Callable[[Value], int]) -> None:
        self._most = most_bytes
        self._size_of = size_of
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def clear(self) -> None:
        """Let go of all values."""
        with self._lock:
            self._values.clear()
            self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of ``key``, made if it is not remembered."""
        found = self.find(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def find(self, key: Hashable) -> Value | None:
        """Return the value of ``key``; None if it is not remembered."""
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
            return found

    def keep(self, key: Hashable, value: Value) -> None:
        """Remember ``value``, unless ``key`` has one."""
        size = self._size_of(value)
        if size > self._most:  # it would drive out all others, and then itself
            return
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._bytes += size
            while self._bytes > self._most:
                _, dropped = self._values.popitem(last=False)
                self._bytes -= self._size_of(dropped)


remembered_terms: BoundedCache[TermPostings | DensePostings] = BoundedCache(
    160 * 2**20, lambda found: found.nbytes + 1_600
)
"""Postings of terms, by field and number."""

remembered_places: BoundedCache[Array] = BoundedCache(
    40 * 2**20, lambda places: places.nbytes + 400
)
"""Every occurrence of a term, by field and number."""

remembered_starts: BoundedCache[PositionStarts] = BoundedCache(
    16 * 2**20, lambda starts: starts.nbytes + 500
)
"""Where the positions of a dense term begin, by field and number."""

remembered_sets: BoundedCache[Array] = BoundedCache(4 * 2**20, lambda found: found.nbytes + 500)
"""Documents with a term that begins so, or in which words stand near each other, packed: by field
and what is looked for."""

remembered_ranges: BoundedCache[Records] = BoundedCache(
    27 * 2**20, lambda found: found.nbytes + 2_200
)
"""Postings of terms that begin so, by field and range of numbers."""


_REMEMBERED: tuple[BoundedCache[Any], ...] = (
    remembered_terms,
    remembered_places,
    remembered_starts,
    remembered_sets,
    remembered_ranges,
)


def forget_postings() -> None:
    """Let go of all that is remembered: it keeps the files of segments mapped that are gone."""
    for each in _REMEMBERED:
        each.clear()
