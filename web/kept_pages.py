"""Search pages that were made, for whoever asks the same again.

What many ask for, what stands behind a link that all see, the letters everybody types first: each
is made once a commit. A page is kept as it is sent, compressed, under all that decides it.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from flask import Response, g, request

MAX_BYTES = 8 * 1024 * 1024
"""Of all pages that a process keeps: some thousand, compressed."""

MAX_PAGE_BYTES = 128 * 1024
"""Of one: most are of 8 kB, for a browser that takes nothing compressed of 100 kB."""

_KEPT = "pages.search"
"""The endpoint whose answers are kept: others are made fast, or asked for by programs."""

_Key = tuple[str, ...]


class KeptPages:
    """Keeps the pages last asked for. Safe for many threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._pages: OrderedDict[_Key, tuple[bytes, list[tuple[str, str]]]] = OrderedDict()
        self._lock = Lock()

    def find(self) -> Response | None:
        """Return what was answered to a request like the one in hand; None for nothing.

        The tag of the answer is to be known by now: ``g.tag`` (see `web.caching`).
        """
        if request.endpoint != _KEPT or request.method != "GET":
            return None
        g.page_key = _key()
        with self._lock:
            kept = self._pages.get(g.page_key)
            if kept is None:
                return None
            self._pages.move_to_end(g.page_key)
        body, headers = kept
        g.is_kept = True
        return Response(body, headers=headers)

    def add(self, response: Response) -> Response:
        """Keep an answer, if it is one to keep; return it."""
        key: _Key | None = g.get("page_key")
        if key is None or "is_kept" in g or response.status_code != 200:
            return response
        body = response.get_data()
        if len(body) > MAX_PAGE_BYTES:
            return response
        with self._lock:
            self._drop(key)
            self._pages[key] = body, list(response.headers)
            self._bytes += _size(key, body)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._pages)))
        return response

    def _drop(self, key: _Key) -> None:
        if kept := self._pages.pop(key, None):
            self._bytes -= _size(key, kept[0])


def _size(key: _Key, body: bytes) -> int:
    # An address that somebody made long on purpose counts as well.
    return sum(map(len, key)) + len(body)


def _key() -> _Key:
    """Return all that decides a page: its tag, its address, and how it may be sent."""
    root, encodings = request.script_root, request.headers.get("Accept-Encoding", "")
    return g.tag, root, request.query_string.decode("latin-1"), encodings
