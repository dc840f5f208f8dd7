"""Headers that bound what a page may do, whatever stands in an article."""

from __future__ import annotations

from flask import Response

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


def protect(response: Response, images: Images) -> Response:
    """Add the headers: nothing but our own scripts and styles runs, no other site frames us.

    ``images`` says which pictures of other sites are let in (see `web.pictures`).
    """
    policy = "; ".join((*_POLICY, f"img-src {SOURCES[images]}"))
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
