"""Connections shared evenly by processes that accept them on the same sockets.

The system hands a connection to whichever process asks first. Of 16 that came at once, two
processes had 13 and 3, or 16 and none (seen): most readers then wait for one while the other has
nothing to do. So each process says in memory common to all how many connections it has, and leaves
one that comes to those with fewer, for as long as they may need to take it.
"""

from __future__ import annotations

import errno
import socket
from time import monotonic, sleep
from typing import Any

PATIENCE_S = 0.05
"""Until a connection is taken all the same: who should take it may have ended, or be held up."""

_PAUSE_S = 0.001
"""Between two looks at a connection that is left to others."""

_SLOT_BYTES = 4


class Shares:
    """How many connections each of several processes has, in memory that they have in common.

    Args:
        memory: `bytes_for` as many, all 0 at first.
        number: of the process that this is in, from 0.
    """

    def __init__(self, memory: bytearray | memoryview, number: int) -> None:
        # One more than there are: 0 is no process that answers. Each writes its own number alone;
        # who started it does when it has ended.
        self._counts = memoryview(memory).cast("B").cast("I")
        self._number = number

    @staticmethod
    def bytes_for(processes: int) -> int:
        """Return how much memory is needed."""
        return processes * _SLOT_BYTES

    def begin(self) -> None:
        """Note that this process answers, and has none yet."""
        self._counts[self._number] = 1

    @staticmethod
    def forget(memory: bytearray | memoryview, number: int) -> None:
        """Take a process that has ended for none, until another has its number."""
        memoryview(memory).cast("B").cast("I")[number] = 0

    @property
    def mine(self) -> int:
        """The connections of this process."""
        return self._counts[self._number] - 1

    def add(self, change: int) -> None:
        """Note that there are ``change`` more, or fewer."""
        self._counts[self._number] += change

    def others_have_fewer(self) -> bool:
        """Return whether another process has fewer."""
        return any(0 < count <= self.mine for count in self._counts)


class SharedListener(socket.socket):
    """A socket to accept on that leaves connections to processes with fewer.

    Args:
        listening: the socket that all accept on; this one takes its place here.
        shares: of the processes.
    """

    def __init__(self, listening: socket.socket, shares: Shares) -> None:
        kind = listening.family, listening.type, listening.proto
        super().__init__(*kind, fileno=listening.detach())
        self._shares = shares
        self._left_since = self._left_last = 0.0

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection.

        Raises:
            BlockingIOError: there is none, or it is left to another process.
        """
        if self._shares.others_have_fewer() and not self._was_left_long():
            sleep(_PAUSE_S)  # it is still there, so whoever waits for one asks again at once
            raise BlockingIOError(errno.EAGAIN, "left to another process")
        made, address = super().accept()
        return _Connection(made, self._shares), address

    def _was_left_long(self) -> bool:
        """Return whether a connection was left to others for all of the patience."""
        now = monotonic()
        if now - self._left_last > PATIENCE_S / 2:  # the one before was taken
            self._left_since = now
        self._left_last = now
        return now - self._left_since > PATIENCE_S


class _Connection(socket.socket):
    """A connection that counts while it is open."""

    def __init__(self, made: socket.socket, shares: Shares) -> None:
        super().__init__(made.family, made.type, made.proto, fileno=made.detach())
        self._shares: Shares | None = shares
        shares.add(1)

    def close(self) -> None:
        """Close it, once or more often."""
        if self._shares is not None:
            self._shares.add(-1)
            self._shares = None
        super().close()
