"""Headers that bound what a page may do, whatever stands in an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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
