"""A server good for more than trying out: waitress, in pure Python, on every system."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from flask import Flask

THREADS = 4
"""Requests answered at a time by a process; NumPy lets go of the interpreter in the long parts."""

MAX_HEADER_BYTES = 32 * 1024
"""Of a request, its address among them."""

IDLE_TIMEOUT_S = 30


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Yield sockets bound to every address that ``host`` is a name of.

    Args:
        host: an address, or a name such as ``localhost``, which is one of both IPv4 and IPv6.
        port: 1 to 65535.

    Raises:
        OSError: the system does not let us listen there.
    """
    found = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
    )
    with ExitStack() as opened:
        sockets = []
        for family, kind, protocol, _, address in dict.fromkeys(found):
            made = opened.enter_context(socket.socket(family, kind, protocol))
            if os.name == "posix":  # elsewhere it would let two programs have the same port
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            made.bind(address)
            # Two programs may bind the same port; only the first may listen on it.
            made.listen()
            sockets.append(made)
        yield sockets


def serve(app: Flask, sockets: Sequence[socket.socket], ready: Callable[[], None]) -> None:
    """Answer requests until the process is interrupted (SystemExit, KeyboardInterrupt).

    Args:
        app: what answers.
        sockets: those to listen on (see `listening`); other processes may do so as well.
        ready: called once, when the first request would be answered.
    """
    import waitress

    # A request that waits for a thread is no fault: it would be a line in the log for each.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(
        app,
        sockets=list(sockets),
        threads=THREADS,
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
