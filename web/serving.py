"""A server good for more than trying out: waitress, in pure Python, on every system."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

THREADS = 8
"""Requests answered at a time; NumPy lets go of the interpreter during the long parts."""

MAX_HEADER_BYTES = 32 * 1024
"""Of a request, its address among them."""

IDLE_TIMEOUT_S = 30


def serve(app: Flask, host: str, port: int, ready: Callable[[], None]) -> None:
    """Answer requests until the process is interrupted.

    Args:
        app: what answers.
        host: the address to listen on, or a name of it.
        port: its port, 1 to 65535.
        ready: called once, when the first request would be answered.

    Raises:
        OSError: the system does not let us listen there.
    """
    import waitress

    server = waitress.create_server(
        app,
        host=host,
        port=port,
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
