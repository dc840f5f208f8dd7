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
        self._made: tuple[str, Value] | None = None
        self._renewing = False

    @property
    def edition(self) -> str | None:
        """The commit that the value was made from; None before there is one."""
        made = self._made
        return made[0] if made else None

    def prepare(self, edition: str, then: Callable[[], None]) -> None:
        """Begin to make the first value, so that who asks soon waits less, and go on with that."""

        def work() -> None:
            self.get(edition)
            then()

        Thread(target=work).start()

    def get(self, edition: str) -> Value:
        """Return the value, perhaps that of an earlier commit than ``edition``."""
        made = self._made
        if made is None:
            return self._first(edition)
        if made[0] != edition:
            self._renew(edition)
        return made[1]

    def _first(self, edition: str) -> Value:
        with self._lock:
            if self._made is None:
                self._made = edition, self._make()
            return self._made[1]

    def _renew(self, edition: str) -> None:
        with self._lock:
            if self._renewing:
                return
            self._renewing = True
        Thread(target=self._replace, args=(edition,)).start()

    def _replace(self, edition: str) -> None:
        try:
            self._made = edition, self._make()
        finally:
            self._renewing = False
