"""The page on a port of its own, in this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from waitress.server import create_server

from search.service import Index
from web import create_app


@contextmanager
def served(index: Index) -> Iterator[str]:
    """Yield the address at which ``index`` is served."""
    with running(create_app(index)) as address:
        yield address


@contextmanager
def running(app: Any) -> Iterator[str]:
    """Yield the address at which a WSGI application answers."""
    server = create_server(app, host="127.0.0.1", port=0)

    def run() -> None:
        with suppress(OSError):  # a socket may be closed just when it is to be waited for
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()  # a page that is gone may still be asking for something
    server.close()
    thread.join(timeout=5)
