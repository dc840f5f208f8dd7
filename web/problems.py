"""Errors as problem details (RFC 9457): ``application/problem+json``.

Their ``type`` is where this server explains them, or ``about:blank`` where the status says it all.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from flask import Response, request

from search.errors import ArticleNotFound, RequestError, WensouError
from search.messages import say
from search.wire import Json, dumps

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """A kind of problem that has a type of its own.

    Attributes:
        name: in its type, and of its place on the page about the interface.
        status: of the answer.
        title: the key of the message that names it.
        text: the key of the message that explains it.
    """

    name: str
    status: int
    title: str
    text: str


BAD_PARAMETER = Kind("bad-parameter", 400, "api.bad_parameter", "api.bad_parameter_text")
NO_ARTICLE = Kind("no-article", 404, "api.no_article", "api.no_article_text")

KINDS = (BAD_PARAMETER, NO_ARTICLE)


def kind_of(error: WensouError) -> Kind | None:
    """Return what is said of ``error``; None where it is of no concern to who asked."""
    if isinstance(error, RequestError):
        return BAD_PARAMETER
    return NO_ARTICLE if isinstance(error, ArticleNotFound) else None


def problem(detail: str, status: int, error: WensouError | None = None) -> Response:
    """Return the answer that says what went wrong.

    Args:
        detail: a sentence for people.
        status: of the answer.
        error: what went wrong, where we know.
    """
    kind = kind_of(error) if error else None
    told: Json = {
        "type": f"{request.script_root}/api/#{kind.name}" if kind else "about:blank",
        "title": say(kind.title) if kind else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if isinstance(error, RequestError) and error.parameter:
        told["parameter"] = error.parameter
    return Response(f"{dumps(told)}\n", status, content_type=MEDIA_TYPE)
