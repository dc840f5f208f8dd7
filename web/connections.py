"""Connections that nobody can keep from others: by saying nothing, or a byte now and then.

waitress keeps a connection for as long as anything comes, and when it has its fill accepts no more:
200 readers who had their answer kept everybody else waiting for 30 s (seen), and who sends a byte
every few seconds keeps a place for good. Here answers alone keep a connection, and whoever waits
longest makes room.
"""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from operator import attrgetter
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

HURRY_S = 1
"""For a request to come, where there are more connections than are kept."""

_MOST = 1000
_MOST_SELECTED = 400  # `select` takes 512 sockets on Windows
_OTHER_FILES = 100  # those of the index, and Python's

_ROOM = 20  # connections: each listener may accept one more before what is given up is closed

_by_age = attrgetter("last_activity")


def most_connections() -> int:
    """Return how many connections a process can have at once."""
    if not hasattr(select, "poll"):
        return _MOST_SELECTED
    import resource  # it is wherever `poll` is

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return _MOST
    return min(_MOST, max(files - _OTHER_FILES, _OTHER_FILES))


class Server(TcpWSGIServer):  # type: ignore[misc] # waitress has no types
    """Closes connections that wait for the other side, after a time or to make room.

    They do while no request of theirs is in hand: it has not come, or not all of it, or the answer
    is not taken.

    Args:
        kept: connections, of all the process's sockets, beyond which those that have waited longest
            are given `HURRY_S`, not waitress's ``channel_timeout``.
    """

    def __init__(self, *args: Any, kept: int, **options: Any) -> None:
        self._kept = kept
        super().__init__(*args, **options)

    def maintenance(self, now: float) -> None:
        """Close those that have waited too long; waitress calls it now and then."""
        excess = len(self._map) - self._kept
        for place, channel in enumerate(sorted(self._waiting(), key=_by_age)):
            patience = HURRY_S if place < excess else self.adj.channel_timeout
            if channel.last_activity < now - patience:
                channel.give_up()

    def make_room(self) -> None:
        """Close the one that has waited longest, where there is hardly room for another."""
        if len(self._map) >= self.adj.connection_limit - _ROOM:
            longest = min(self._waiting(), key=_by_age, default=None)
            if longest is not None:
                longest.give_up()

    def _waiting(self) -> list[Channel]:
        channels = (each for each in self._map.values() if isinstance(each, Channel))
        return [each for each in channels if not each.requests and not each.will_close]


class Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection; its ``last_activity`` is when it was made, or took some of an answer."""

    last_activity: float

    def __init__(self, server: Server, *args: Any, **options: Any) -> None:
        server.make_room()
        super().__init__(server, *args, **options)

    def handle_read(self) -> None:
        """Receive what has come."""
        self._last_answered = self.last_activity
        super().handle_read()

    def received(self, data: bytes) -> bool:
        """Make requests of what has come."""
        self.last_activity = self._last_answered  # waitress has just set it to now
        return bool(super().received(data))

    def give_up(self) -> None:
        """Have it closed, even where the other side takes nothing."""
        self.will_close = True
        with suppress(OSError):  # the other side has closed it
            self.socket.shutdown(socket.SHUT_RDWR)


Server.channel_class = Channel
