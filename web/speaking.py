"""The language of an answer: that of ``lang`` in the address, else the browser's, else Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, request
from werkzeug.wrappers import Request

from search.messages import LANGUAGES, language, use_language
from web.compressing import FILES


class Speaking:
    """A WSGI application that answers in the language asked for."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        with use_language(_language_of(Request(environ))):
            return self._app(environ, start_response)


def name_language(response: Response) -> Response:
    """Say in the headers which language the answer is in, and that the browser's decided."""
    if request.endpoint in FILES:  # these speak none
        return response
    response.headers["Content-Language"] = language()
    response.vary.add("Accept-Language")
    return response


def _language_of(asking: Request) -> str:
    asked = asking.args.get("lang")
    if asked in LANGUAGES:
        return asked
    return asking.accept_languages.best_match(["zh", "en"]) or LANGUAGES[0]
