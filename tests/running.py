"""The server of `wensou serve`, in a thread of this process."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Any

from waitress.trigger import trigger

from web.serving import Limits, create_server


@contextmanager
def running(
    app: Callable[..., Any], sockets: Sequence[socket.socket], **limits: int
) -> Iterator[Any]:
    """Yield the server by which ``app`` answers on ``sockets``; it closes them in the end."""
    server = create_server(app, sockets, Limits(**limits))
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        woken = next(each for each in server.map.values() if isinstance(each, trigger))
        woken.pull_trigger(server.close)  # in its own thread, which then ends
        thread.join(10)
