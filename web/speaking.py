"""The language of an answer: that of ``lang`` in the address, else the one chosen before.

A cookie keeps the choice. Where there is none, the browser says; where it asks for none of ours, it
is Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from search.messages import LANGUAGES, language, use_language
from web.compressing import FILES, LONGEST_ACCEPTED

COOKIE = "wensou_lang"
"""Its value is one of our languages, and nothing else is kept of a reader."""

COOKIE_S = 365 * 24 * 60 * 60

FOR_PROGRAMS = ("/api/", "/healthz", "/feed.atom", "/opensearch.xml")
"""Where paths begin whose answers people do not read, not even those that say what went wrong."""

_FOR_PEOPLE_AMONG = frozenset(("/api/", "/api/v1/"))  # the pages about the interface

_LANG = re.compile("(?:^|&)lang=([^&]*)")
"""In the query of an address: as links and forms of ours write it, read before all else is."""

_KEPT = re.compile(f"(?:^|;) *{COOKIE}=([^;]*)")


class Speaking:
    """A WSGI application that answers in the language asked for, and has it kept."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        asked = _found(_LANG, environ.get("QUERY_STRING", ""))
        kept = None
        if _is_for_people(environ["PATH_INFO"]):
            kept = _found(_KEPT, environ.get("HTTP_COOKIE", ""))
            # Who follows a link on another site has chosen nothing here.
            if asked and asked != kept and environ.get("HTTP_SEC_FETCH_SITE") != "cross-site":
                start_response = _keeping(asked, environ.get("SCRIPT_NAME", ""), start_response)
        accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")[:LONGEST_ACCEPTED]
        with use_language(asked or kept or _best_of(accepted)):
            return self._app(environ, start_response)


def name_language(response: Response) -> Response:
    """Say in the headers which language the answer is in, and what of the request decided it."""
    if request.endpoint in FILES and response.status_code < 400:  # these speak none
        return response
    response.headers["Content-Language"] = language()
    if not _found(_LANG, request.query_string.decode("latin-1")):
        response.vary.add("Accept-Language")
        if _is_for_people(request.path):
            response.vary.add("Cookie")
    return response


def _is_for_people(path: str) -> bool:
    return not path.startswith(FOR_PROGRAMS) or path in _FOR_PEOPLE_AMONG


def _found(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found and found[1] in LANGUAGES else None


def _keeping(lang: str, root: str, start_response: StartResponse) -> StartResponse:
    """Return ``start_response`` with a cookie that keeps ``lang`` for all that is below ``root``.

    It is set outside of all that keeps answers: none of those has it.
    """
    path = quote(root, encoding="latin-1") or "/"
    cookie = f"{COOKIE}={lang}; Path={path}; Max-Age={COOKIE_S}; SameSite=Lax; HttpOnly"

    def start(
        status: str, headers: list[tuple[str, str]], *error: object
    ) -> Callable[[bytes], object]:
        return start_response(status, [*headers, ("Set-Cookie", cookie)], *error)  # type: ignore[arg-type]

    return start


@lru_cache(1_000)  # there are as many as browsers and their settings
def _best_of(accepted: str) -> str:
    """Return which of our languages a browser asks for that accepts ``accepted``."""
    return parse_accept_header(accepted, LanguageAccept).best_match(["zh", "en"]) or LANGUAGES[0]
