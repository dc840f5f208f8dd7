"""Behind a proxy: the page is asked for under one address, whatever the proxy makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class Behind:
    """A WSGI application for which each request is one to ``address``.

    Args:
        app: what answers.
        address: scheme, host and path that readers ask for, without a slash at its end. A proxy may
            hand the path on or take it off.
    """

    def __init__(self, app: WSGIApplication, address: str) -> None:
        parts = urlsplit(address)
        self._app = app
        self._asked = {"wsgi.url_scheme": parts.scheme, "HTTP_HOST": parts.netloc}
        self._root = unquote_to_bytes(parts.path).decode("latin-1")  # as WSGI has paths

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        environ |= self._asked
        environ["SCRIPT_NAME"] = self._root
        path = environ["PATH_INFO"]
        if self._root and f"{path}/".startswith(f"{self._root}/"):
            environ["PATH_INFO"] = path[len(self._root) :] or "/"
        return self._app(environ, start_response)
