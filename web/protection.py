"""Headers that bound what a page may do, whatever stands in an article; and hosts that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import abort, request

from search.settings import Images
from web.pictures import SOURCES

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)


class Protected:
    """A WSGI application each of whose answers says what it may do.

    Nothing but our own scripts and styles runs, no other site frames us.

    Args:
        app: what answers.
        images: which pictures of other sites are let in (see `web.pictures`).
    """

    def __init__(self, app: WSGIApplication, images: Images) -> None:
        self._app = app
        self._headers = [
            ("Content-Security-Policy", "; ".join((*_POLICY, f"img-src {SOURCES[images]}"))),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""

        def protected(
            status: str, headers: list[tuple[str, str]], *error: object
        ) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *self._headers], *error)  # type: ignore[arg-type]

        return self._app(environ, protected)


_HOST = re.compile(r"([\w.-]+|\[[\da-fA-F:.]+\])?(:\d+)?", re.ASCII)


_STRANGE = "wensou.strange-host"


class Hosts:
    """A WSGI application that is asked under names of hosts alone.

    Addresses in feeds and descriptions begin with what was asked. A request to what is no host goes
    to ``refusing``, where `refuse_strange_hosts` answers it, without that name: Flask could make no
    page that has links.
    """

    def __init__(self, app: WSGIApplication, refusing: WSGIApplication) -> None:
        self._app = app
        self._refusing = refusing

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if _is_host(environ.get("HTTP_HOST", "")[: _LONGEST_HOST + 1]):
            return self._app(environ, start_response)
        environ |= {"HTTP_HOST": "", _STRANGE: True}
        return self._refusing(environ, start_response)


def refuse_strange_hosts() -> None:
    """Refuse a request that `Hosts` found strange."""
    if _STRANGE in request.environ:
        abort(400)


_LONGEST_HOST = 260  # characters; names have 253 at most


@lru_cache(100)
def _is_host(written: str) -> bool:
    found = _HOST.fullmatch(written)
    if found is None or len(written) > _LONGEST_HOST:
        return False
    try:
        (found[1] or "").encode("idna").decode("idna")
        _ = urlsplit(f"//{written}").port
    except ValueError:  # a label too long, or said to be encoded that is not; a port of six digits
        return False
    return True
