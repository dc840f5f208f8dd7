"""The HTTP interface: JSON in the shapes of `search.wire`, described by `web.openapi`."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

from search.errors import RequestError
from search.query.request import FACETS, SearchRequest
from search.query.request_text import parse_count
from search.results import Suggestion
from search.service import Index
from search.wire import (
    dumps,
    explanation_json,
    numbers_json,
    page_json,
    suggestions_json,
    whole_article_json,
)
from web.openapi import DEFAULT_SUGGESTIONS, describe
from web.query_string import read
from web.reference import reference_page

VERSIONS = {"api": "/api", "api_v1": "/api/v1"}
"""Where the interface stands, by the name of the blueprint: the current version, and each by its
number. What breaks programs is a new version; fields and parameters are added to the current one.
"""

_TO_BLAME = {"request.typed": "q"}
"""Parameters that errors of suggestions are about, but those about ``limit``, by message."""


def add_api(app: Flask, index: Index) -> None:
    """Add the routes that answer in JSON."""
    for name, prefix in VERSIONS.items():
        app.register_blueprint(_create_api(index), name=name, url_prefix=prefix)
    app.register_blueprint(_create_health(index))


def _create_api(index: Index) -> Blueprint:
    api = Blueprint("api", __name__)

    @api.get("/")
    def reference() -> str:
        return reference_page(describe(request.script_root))

    @api.get("/openapi.json")
    def openapi() -> Response:
        return json_answer(describe(request.script_root))

    @api.get("/search")
    def search() -> Response:
        return json_answer(page_json(index.search(_asked())))

    @api.get("/suggest")
    def suggest() -> Response:
        text, found = _suggestions(index)
        return json_answer(suggestions_json(text, found))

    @api.get("/suggest/opensearch")
    def suggest_to_browsers() -> Response:
        text, found = _suggestions(index)
        queries = list(dict.fromkeys(each.query for each in found))
        return json_answer([text, queries], "application/x-suggestions+json")

    @api.get("/articles/<any_id:article_id>")
    def article(article_id: str) -> Response:
        return json_answer(whole_article_json(index.article(article_id)))

    @api.get("/explain/<any_id:article_id>")
    def explain(article_id: str) -> Response:
        return json_answer(explanation_json(index.explain(_asked(), article_id)))

    @api.get("/stats")
    def stats() -> Response:
        return json_answer(numbers_json(index.stats()))

    return api


def _create_health(index: Index) -> Blueprint:
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        index.refresh()
        return json_answer({"status": "ok", "generation": index.generation})

    return health


def _asked() -> SearchRequest:
    return read(request.args, FACETS)


def _suggestions(index: Index) -> tuple[str, tuple[Suggestion, ...]]:
    """Return what was typed, and its completions."""
    text = request.args.get("q", "")
    limit = request.args.get("limit", "").strip() or str(DEFAULT_SUGGESTIONS)
    try:
        return text, index.suggest(text, parse_count(limit, "limit"))
    except RequestError as error:
        raise error.blaming(_TO_BLAME.get(error.key, "limit")) from error


def json_answer(value: object, mimetype: str = "application/json") -> Response:
    """Return ``value`` as an answer in JSON."""
    return Response(f"{dumps(value)}\n", mimetype=mimetype)
