"""A value made from one commit of an index, and made anew for the next in the background."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Renewed(Generic[Value]):
    """Keeps a value; safe for many threads.

    Who asks first waits until it is made. Later ones get the old value while a new one is made. A
    process that ends waits for the thread that makes it: libraries do not bear to be cut off.

    Args:
        make: makes it, from what the index holds now.
    """

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: tuple[int, Value] | None = None
        self._renewing = False

    @property
    def generation(self) -> int | None:
        """The commit that the value was made from; None before there is one."""
        made = self._made
        return made[0] if made else None

    def prepare(self, generation: int, then: Callable[[], None]) -> None:
        """Begin to make the first value, so that who asks soon waits less, and go on with that."""

        def work() -> None:
            self.get(generation)
            then()

        Thread(target=work).start()

    def get(self, generation: int) -> Value:
        """Return the value, perhaps that of an earlier commit than ``generation``."""
        made = self._made
        if made is None:
            return self._first(generation)
        if made[0] != generation:
            self._renew(generation)
        return made[1]

    def _first(self, generation: int) -> Value:
        with self._lock:
            if self._made is None:
                self._made = generation, self._make()
            return self._made[1]

    def _renew(self, generation: int) -> None:
        with self._lock:
            if self._renewing:
                return
            self._renewing = True
        Thread(target=self._replace, args=(generation,)).start()

    def _replace(self, generation: int) -> None:
        try:
            self._made = generation, self._make()
        finally:
            self._renewing = False
