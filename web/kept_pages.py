"""Search pages that were made, for whoever asks the same again.

What many ask for, what stands behind a link that all see, the letters everybody types first: each
is made once a commit. A page is kept as it is sent, compressed, under all that decides it.

The memory may be shared by several processes. It is parted into slots of `SLOT_BYTES`; a page has
one place only, that of its key's digest, and takes it from whatever was there. Nobody waits for
anybody: a slot holds a digest of the key and the page together, so one that is half written, or of
another page, is none.

    16 bytes    digest of the key and of what follows the length
     4 bytes    length, little-endian
    the rest    lines of headers, an empty line, and the body, as HTTP has them
"""

from __future__ import annotations

from hashlib import blake2b

from flask import Response, g, request

SLOT_BYTES = 24 * 1024
"""Most pages are of 8 to 14 kB; those of browsers that take nothing compressed are not kept."""

OWN_BYTES = 8 * 1024 * 1024
"""Where no memory is shared."""

_DIGEST_BYTES = 16
_LENGTH_BYTES = 4
_HEAD_BYTES = _DIGEST_BYTES + _LENGTH_BYTES

_KEPT = "pages.search"
"""The endpoint whose answers are kept: others are made fast, or asked for by programs."""


class KeptPages:
    """Keeps pages in ``memory``, some of its own if None. Safe for many threads and processes."""

    def __init__(self, memory: bytearray | memoryview | None = None) -> None:
        self._memory = memoryview(bytearray(OWN_BYTES) if memory is None else memory).cast("B")
        self._slots = len(self._memory) // SLOT_BYTES

    def find(self) -> Response | None:
        """Return what was answered to a request like the one in hand; None for nothing.

        The tag of the answer is to be known by now: ``g.tag`` (see `web.caching`).
        """
        if request.endpoint != _KEPT or request.method != "GET":
            return None
        g.page_key = _key()
        place = self._place(g.page_key)
        head = bytes(self._memory[place : place + _HEAD_BYTES])
        start, length = place + _HEAD_BYTES, int.from_bytes(head[_DIGEST_BYTES:], "little")
        kept = bytes(self._memory[start : start + min(length, SLOT_BYTES)])
        if _digest(g.page_key, kept) != head[:_DIGEST_BYTES]:
            return None
        g.is_kept = True
        return _response(kept)

    def add(self, response: Response) -> Response:
        """Keep an answer, if it is one to keep; return it."""
        key: bytes | None = g.get("page_key")
        if key is None or "is_kept" in g or response.status_code != 200:
            return response
        kept = str(response.headers).encode("latin-1") + response.get_data()
        if _HEAD_BYTES + len(kept) <= SLOT_BYTES:
            head = _digest(key, kept) + len(kept).to_bytes(_LENGTH_BYTES, "little")
            place = self._place(key)
            self._memory[place : place + len(head) + len(kept)] = head + kept
        return response

    def _place(self, key: bytes) -> int:
        return int.from_bytes(key[:8], "little") % self._slots * SLOT_BYTES


def _key() -> bytes:
    """Return a digest of all that decides a page: its tag, its address, how it may be sent."""
    encodings = request.headers.get("Accept-Encoding", "")
    facts = repr((g.tag, request.script_root, request.query_string, encodings))
    return blake2b(facts.encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def _digest(key: bytes, kept: bytes) -> bytes:
    return blake2b(kept, digest_size=_DIGEST_BYTES, key=key).digest()


def _response(kept: bytes) -> Response:
    head, _, body = kept.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = (line.partition(": ") for line in lines)
    return Response(body, headers=[(name, value) for name, _, value in headers])
