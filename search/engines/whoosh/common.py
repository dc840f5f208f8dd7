"""What processes that answer from one commit remember of searches together.

What one has found none looks for again: who turns the page is often answered by another process.
Values are pickles in slots of memory (see `search.slots`) that nobody but these processes has.
"""

from __future__ import annotations

import pickle
from typing import Any, Generic, Literal, TypeVar

from search.engines.whoosh.caching import BoundedCache
from search.slots import Slots, key_of

Value = TypeVar("Value")

Key = tuple[bytes | None, *tuple[object, ...]]
"""Of a question (see `search.engines.whoosh.remembering.Question`), and what else decides a value;
the same in every process as text. Where the first is None, nothing is kept."""

Kind = Literal["found", "contenders", "near", "chosen"]
"""Of what is remembered (see `search.engines.whoosh.remembering`)."""

_PROTOCOL = 5  # of pickle: arrays are written as they are, and read without a copy

_COUNTS_BYTES = 6 * 1024
"""Of what is found, but for a bit of each document: some hundred values with their counts."""

_CONTENDERS_BYTES = 6 * 1024
"""Of nine in ten; the rest, of nearly a thousand documents, take twice as much."""

_PAGE_BYTES = 2 * 1024
"""Of the first pages, or of what closeness adds to their hits; they take 0.7 to 1.3 kB."""


class Common:
    """Memory for what processes remember together of one commit.

    Args:
        memory: a megabyte or more; another commit may have been remembered there.
        edition: of the commit (see `WhooshEngine.edition`).
        doc_count: its documents.
    """

    def __init__(self, memory: bytearray | memoryview, edition: str, doc_count: int) -> None:
        self._edition = edition
        whole = memoryview(memory).cast("B")
        # At 100,000 articles room for about a thousand questions, in two orders each.
        first, second = len(whole) * 2 // 3, len(whole) * 5 // 6
        found_bytes = min(_COUNTS_BYTES + doc_count // 8, first)
        small = Slots(whole[second:], _PAGE_BYTES)
        self._slots: dict[Kind, Slots] = {
            "found": Slots(whole[:first], found_bytes),
            "contenders": Slots(whole[first:second], _CONTENDERS_BYTES),
            "near": small,
            "chosen": small,
        }

    def find(self, kind: Kind, key: Key) -> Any:
        """Return what is remembered, of the type that was kept; None for nothing."""
        packed = self._slots[kind].find(self._key(kind, key))
        return None if packed is None else pickle.loads(packed)  # noqa: S301 -- by one of us

    def keep(self, kind: Kind, key: Key, value: object) -> None:
        """Remember ``value``, unless it is too large."""
        self._slots[kind].put(self._key(kind, key), pickle.dumps(value, _PROTOCOL))

    def _key(self, kind: Kind, key: Key) -> bytes:
        return key_of(self._edition, kind, key)


class CommonCache(Generic[Value]):
    """A cache of this process before what all of them remember. Safe for many threads.

    Args:
        own: of this process.
        kind: of its values.
        common: what all remember; None where there is one process alone.
    """

    def __init__(self, own: BoundedCache[Value], kind: Kind, common: Common | None) -> None:
        self._own = own
        self._kind = kind
        self._common = common

    def find(self, key: Key) -> Value | None:
        """Return the value of ``key``; None for none."""
        if key[0] is None:
            return None
        found = self._own.find(key)
        if found is None and self._common is not None:
            found = self._common.find(self._kind, key)
            if found is not None:
                self._own.keep(key, found)
        return found

    def keep(self, key: Key, value: Value) -> None:
        """Remember ``value``."""
        if key[0] is None:
            return
        self._own.keep(key, value)
        if self._common is not None:
            self._common.keep(self._kind, key, value)
