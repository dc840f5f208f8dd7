"""Search pages that were made, for whoever asks the same again.

What many ask for, what stands behind a link that all see, the letters everybody types first: each
is made once a commit. A page is kept as it is sent, compressed, under all that decides it.

The memory may be shared by several processes. It is parted into slots of `SLOT_BYTES`; a page may
stand in two of them, which its key says, and takes the place of what was written earlier. Nobody
waits for anybody: a slot holds its key, and a digest of the key and the page together, so one that
is half written, or of another page, is none.

    16 bytes    the key
    16 bytes    digest of the key and the page
     4 bytes    when it was written, in seconds
     4 bytes    length of the page
    the page    lines of headers, an empty line, and the body, as HTTP has them
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from hashlib import blake2b
from struct import Struct
from time import time
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wsgi import ClosingIterator

SLOT_BYTES = 18 * 1024
"""Pages have 11 to 17 kB with their headers; those of browsers that take nothing compressed are not
kept."""

OWN_BYTES = 512 * SLOT_BYTES
"""Where no memory is shared."""

TAG = "wensou.tag"
"""The key in a request's environment that what makes a page finds its tag under."""

_DIGEST_BYTES = 16
_HEAD = Struct(f"<{_DIGEST_BYTES}s{_DIGEST_BYTES}sII")
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
        self._slots = Slots(bytearray(OWN_BYTES) if memory is None else memory)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        # Other addresses are answered fast, or asked for by programs.
        if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != "/":
            return self._app(environ, start_response)
        if "HTTP_IF_NONE_MATCH" in environ:  # most likely it still holds
            return self._app(environ, start_response)
        tag = environ[TAG] = self._tag()
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


class Slots:
    """Pages in ``memory``. Safe for many threads and processes."""

    def __init__(self, memory: bytearray | memoryview) -> None:
        self._memory = memoryview(memory).cast("B")
        self._count = len(self._memory) // SLOT_BYTES

    def find(self, key: bytes) -> bytes | None:
        """Return the page of ``key``, a digest of 16 bytes; None for none."""
        for place in self._places(key):
            known, digest, _, length = _HEAD.unpack_from(self._memory, place)
            if known != key:
                continue
            start = place + _HEAD.size
            page = bytes(self._memory[start : start + min(length, SLOT_BYTES - _HEAD.size)])
            if _digest(key, page) == digest:
                return page
        return None

    def put(self, key: bytes, page: bytes) -> None:
        """Keep a page, if it is not too large."""
        if len(page) > SLOT_BYTES - _HEAD.size:
            return
        place = min(self._places(key), key=lambda at: _HEAD.unpack_from(self._memory, at)[2])
        head = _HEAD.pack(key, _digest(key, page), int(time()) & 0xFFFFFFFF, len(page))
        self._memory[place : place + _HEAD.size + len(page)] = head + page

    def _places(self, key: bytes) -> tuple[int, int]:
        one, other = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
        return one % self._count * SLOT_BYTES, other % self._count * SLOT_BYTES


def _key(tag: str, environ: WSGIEnvironment) -> bytes:
    """Return a digest of all that decides a page: its tag, its address, how it may be sent."""
    names = ("SCRIPT_NAME", "QUERY_STRING", "HTTP_ACCEPT_ENCODING")
    facts = repr((tag, *(environ.get(name) for name in names)))
    return blake2b(facts.encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def _digest(key: bytes, page: bytes) -> bytes:
    return blake2b(page, digest_size=_DIGEST_BYTES, key=key).digest()
