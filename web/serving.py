"""A server good for more than trying out: waitress, in pure Python, on every system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from socket import socket

from flask import Flask

from web.dispatching import Dispatcher

MAX_HEADER_BYTES = 32 * 1024
"""Of a request, its address among them."""

IDLE_TIMEOUT_S = 30


def serve(app: Flask, sockets: Sequence[socket], ready: Callable[[], None]) -> None:
    """Answer requests until the process is interrupted (SystemExit, KeyboardInterrupt).

    Args:
        app: what answers.
        sockets: bound ones to listen on; other processes may do so as well.
        ready: called once, when the first request would be answered.
    """
    import waitress

    server = waitress.create_server(
        app,
        sockets=list(sockets),
        _dispatcher=Dispatcher(),
        ident="wensou",
        max_request_header_size=MAX_HEADER_BYTES,
        max_request_body_size=MAX_HEADER_BYTES,
        channel_timeout=IDLE_TIMEOUT_S,
    )
    ready()
    try:
        server.run()
    finally:
        server.close()
