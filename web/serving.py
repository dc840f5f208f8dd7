"""A server good for more than trying out: waitress, in pure Python, on every system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from socket import socket
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.server import MultiSocketServer

from web.connections import Server, most_connections
from web.dispatching import Dispatcher

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

MAX_REQUEST_BYTES = 32 * 1024
"""Of a request's head, its address among it, and as much of a body; ours have none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What connections of a process are allowed.

    Attributes:
        kept: how many stay open without haste. The process looks at all of them whenever something
            comes: at 250 for 0.3 ms, at 900 for 2.6 (measured).
        most: how many there are at all; beyond, one that waits is closed for each that comes.
        idle_s: how long one may wait for a request to come whole, or for an answer to be taken.
    """

    kept: int = 250
    most: int = field(default_factory=most_connections)
    idle_s: int = 30


def serve(app: WSGIApplication, sockets: Sequence[socket], ready: Callable[[], None]) -> None:
    """Answer requests until the process is interrupted (SystemExit, KeyboardInterrupt).

    Args:
        app: what answers.
        sockets: bound ones to listen on; other processes may do so as well.
        ready: called once, when the first request would be answered.
    """
    server = create_server(app, sockets, Limits())
    ready()
    try:
        server.run()
    finally:
        server.close()


def create_server(app: WSGIApplication, sockets: Sequence[socket], limits: Limits) -> Any:
    """Return a server of waitress's that listens on ``sockets``."""
    settings = Adjustments(
        ident="wensou",
        max_request_header_size=MAX_REQUEST_BYTES,
        max_request_body_size=MAX_REQUEST_BYTES,
        channel_timeout=limits.idle_s,
        cleanup_interval=1,
        connection_limit=limits.most,
        asyncore_use_poll=True,  # `select` knows no file beyond number 1,023
    )
    dispatcher = Dispatcher()
    watched: dict[int, Any] = {}
    servers = [
        Server(
            app,
            watched,
            _sock=each,
            dispatcher=dispatcher,
            adj=settings,
            sockinfo=(each.family, each.type, each.proto, each.getsockname()),
            bind_socket=False,
            kept=limits.kept,
        )
        for each in sockets
    ]
    where = [(each.effective_host, each.effective_port) for each in servers]
    return MultiSocketServer(watched, settings, where, dispatcher, servers[-1].log_info)
