"""The HTTP interface: JSON in the shapes of `search.wire`."""

from __future__ import annotations

from flask import Blueprint, Response, request

from search.query.request import FacetName
from search.query.request_text import parse_count
from search.service import Index
from search.wire import Json, dumps, page_json, suggestions_json, whole_article_json
from web.query_string import read

FACETS: tuple[FacetName, ...] = ("category", "author", "date")


def create_api(index: Index) -> Blueprint:
    """Return the routes that answer in JSON."""
    api = Blueprint("api", __name__)

    @api.get("/api/search")
    def search() -> Response:
        return json_answer(page_json(index.search(read(request.args, FACETS))))

    @api.get("/api/suggest")
    def suggest() -> Response:
        text = request.args.get("q", "")
        limit = parse_count(request.args.get("limit", "").strip() or "8", "limit")
        return json_answer(suggestions_json(text, index.suggest(text, limit)))

    @api.get("/api/articles/<any_id:article_id>")
    def article(article_id: str) -> Response:
        return json_answer(whole_article_json(index.article(article_id)))

    @api.get("/healthz")
    def health() -> Response:
        index.refresh()
        return json_answer({"status": "ok", "generation": index.generation})

    return api


def json_answer(value: Json) -> Response:
    """Return ``value`` as an answer in JSON."""
    return Response(f"{dumps(value)}\n", mimetype="application/json")
