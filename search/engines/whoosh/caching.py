"""Remembering what was read last, within a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """The values used last, as many as fit. Safe for many threads.

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
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = made
                self._bytes += self._size_of(made)
            while self._bytes > self._most:
                _, dropped = self._values.popitem(last=False)
                self._bytes -= self._size_of(dropped)
        return made
