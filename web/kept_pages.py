"""Search pages that were made, for whoever asks the same again.

What many ask for, what stands behind a link that all see, the letters everybody types first: each
is made once a commit. A page is kept as it is sent, compressed, under all that decides it.

The memory may be shared by several processes (see `search.slots`). What is kept of a page is its
headers, a line each, an empty line, and the body, as HTTP has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wsgi import ClosingIterator

from search.errors import WensouError
from search.slots import Slots, key_of

SLOT_BYTES = 18 * 1024
"""Pages have 11 to 17 kB with their headers; those of browsers that take nothing compressed are not
kept."""

OWN_BYTES = 512 * SLOT_BYTES
"""Where no memory is shared."""

TAG = "wensou.tag"
"""The key in a request's environment that what makes a page finds its tag under."""

_OK = "200 OK"

Headers = list[tuple[str, str]]


class KeptPages:
    """A WSGI application that answers what was asked before by itself.

    Args:
        app: what makes the pages.
        tag: returns what decides a page besides its address (see `web.caching`).
        memory: to keep them in, some of its own if None.
    """

    def __init__(
        self,
        app: WSGIApplication,
        tag: Callable[[], str],
        memory: bytearray | memoryview | None = None,
    ) -> None:
        self._app = app
        self._tag = tag
        self._slots = Slots(bytearray(OWN_BYTES) if memory is None else memory, SLOT_BYTES)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        # Other addresses are answered fast, or asked for by programs.
        if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != "/":
            return self._app(environ, start_response)
        if "HTTP_IF_NONE_MATCH" in environ:  # most likely it still holds
            return self._app(environ, start_response)
        try:
            tag = environ[TAG] = self._tag()
        except WensouError:  # such as an index that is gone: what makes pages says so, in its words
            return self._app(environ, start_response)
        key = _key(tag, environ)
        if kept := self._slots.find(key):
            head, _, body = kept.partition(b"\r\n\r\n")
            lines = (line.partition(": ") for line in head.decode("latin-1").split("\r\n"))
            start_response(_OK, [(name, value) for name, _, value in lines])
            return [body]
        return self._made(key, environ, start_response)

    def _made(
        self, key: bytes, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        answered: list[tuple[str, Headers]] = []

        def noted(status: str, headers: Headers, *error: object) -> Callable[[bytes], object]:
            answered.append((status, headers))
            return start_response(status, headers, *error)  # type: ignore[arg-type]

        with closing(ClosingIterator(self._app(environ, noted))) as parts:
            body = b"".join(parts)
        status, headers = answered[-1]
        if status == _OK:
            lines = [f"{name}: {value}\r\n" for name, value in headers]
            self._slots.put(key, f"{''.join(lines)}\r\n".encode("latin-1") + body)
        return [body]


def _key(tag: str, environ: WSGIEnvironment) -> bytes:
    """Return a digest of all that decides a page: its tag, its address, how it may be sent."""
    names = ("SCRIPT_NAME", "QUERY_STRING", "HTTP_ACCEPT_ENCODING")
    return key_of(tag, *(environ.get(name) for name in names))
