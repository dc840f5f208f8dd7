"""The language of an answer: that of ``lang`` in the address, else the browser's, else Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from search.messages import LANGUAGES, language, use_language
from web.compressing import FILES

_LANG = re.compile("(?:^|&)lang=([^&]*)")
"""In the query of an address: as links and forms of ours write it, read before all else is."""


_LONGEST_ACCEPTED = 200
"""Characters of what a browser accepts; those that name ten languages have half as many."""


class Speaking:
    """A WSGI application that answers in the language asked for."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        with use_language(_language_of(environ)):
            return self._app(environ, start_response)


def name_language(response: Response) -> Response:
    """Say in the headers which language the answer is in, and that the browser's decided."""
    if request.endpoint in FILES and response.status_code < 400:  # these speak none
        return response
    response.headers["Content-Language"] = language()
    response.vary.add("Accept-Language")
    return response


def _language_of(environ: WSGIEnvironment) -> str:
    asked = _LANG.search(environ.get("QUERY_STRING", ""))
    if asked and asked[1] in LANGUAGES:
        return asked[1]
    return _best_of(environ.get("HTTP_ACCEPT_LANGUAGE", "")[:_LONGEST_ACCEPTED])


@lru_cache(1_000)  # there are as many as browsers and their settings
def _best_of(accepted: str) -> str:
    """Return which of our languages a browser asks for that accepts ``accepted``."""
    return parse_accept_header(accepted, LanguageAccept).best_match(["zh", "en"]) or LANGUAGES[0]
