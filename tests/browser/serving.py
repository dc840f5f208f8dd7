"""The page on a port of its own, in this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waitress.server import create_server

from search.service import Index
from web import create_app


@contextmanager
def served(index: Index) -> Iterator[str]:
    """Yield the address at which ``index`` is served."""
    server = create_server(create_app(index), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)
