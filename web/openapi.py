"""The OpenAPI document: what can be asked of the HTTP interface, and what it answers.

Written by hand; its limits and choices are the constants that the code itself goes by. Its texts
are in the language of who asks for it.
"""

from __future__ import annotations

from importlib.metadata import version

from search.messages import LANGUAGES, say
from search.query.request import MATCHES, MAX_DEPTH, MAX_FILTER_VALUES, MAX_TEXT_CHARS, SORTS
from search.service import MAX_SUGGESTIONS, MAX_TYPED_CHARS
from search.wire import Json
from web.openapi_schemas import schemas
from web.problems import MEDIA_TYPE
from web.query_string import MAX_PAGE_SIZE, MAX_VALUE_CHARS, PAGE_SIZE

DEFAULT_SUGGESTIONS = 8

_JSON = "application/json"


def describe(root: str = "") -> Json:
    """Return the document, in the language in force.

    Args:
        root: what stands before every path, as in `web.addresses.Addresses`.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say("api.title"),
            "version": version("wensou"),
            "description": say("api.description"),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [
            {"url": f"{root}/api/v1", "description": say("api.server_v1")},
            {"url": f"{root}/api", "description": say("api.server_current")},
        ],
        "paths": _paths(),
        "components": {
            "schemas": schemas(),
            "responses": {
                "Unchanged": {"description": say("api.r_unchanged")},
                "BadParameter": _failing(say("api.bad_parameter")),
                "NoArticle": _failing(say("api.no_article")),
                "Failed": _failing(say("api.r_failed")),
            },
        },
    }


def _paths() -> Json:
    search, suggest = _search_parameters(), _suggest_parameters()
    paging = _paging_parameters()
    article = [_article_id()]
    return {
        "/search": _get("search", say("api.o_search"), [*search, *paging], "Answer"),
        "/suggest": _get("suggest", say("api.o_suggest"), suggest, "Suggestions"),
        "/suggest/opensearch": _get(
            "suggestToBrowsers",
            say("api.o_suggest_opensearch"),
            suggest,
            "BrowserSuggestions",
            "application/x-suggestions+json",
        ),
        "/articles/{id}": _get("article", say("api.o_article"), article, "Article"),
        "/explain/{id}": _get("explain", say("api.o_explain"), article + search, "Explanation"),
        "/stats": _get("stats", say("api.o_stats"), [], "Stats"),
        "/openapi.json": _get("openapi", say("api.o_openapi"), [], None),
        "/": _get("reference", say("api.o_reference"), [], None, "text/html"),
    }


def _get(
    name: str, summary: str, parameters: list[Json], schema: str | None, media_type: str = _JSON
) -> Json:
    """Return an operation; ``schema`` is the name of its answer's, None where it has none."""
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    answers: Json = {
        "200": {
            "description": say("api.r_answer"),
            "headers": {
                "ETag": {"description": say("api.h_etag"), "schema": {"type": "string"}},
                "Cache-Control": {"schema": {"const": "no-cache"}},
            },
            "content": {media_type: content},
        },
        "304": {"$ref": "#/components/responses/Unchanged"},
    }
    if parameters:
        answers["400"] = {"$ref": "#/components/responses/BadParameter"}
    if any(each["in"] == "path" for each in parameters):
        answers["404"] = {"$ref": "#/components/responses/NoArticle"}
    answers["default"] = {"$ref": "#/components/responses/Failed"}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*parameters, _language()],
            "responses": answers,
        }
    }


def _failing(text: str) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {MEDIA_TYPE: {"schema": schema}}}


def _search_parameters() -> list[Json]:
    return [
        _query("q", say("api.p_q", most=MAX_TEXT_CHARS), {"type": "string"}, "京东 物流"),
        _values("category", say("api.p_category"), {"pattern": r"[^\s/\\]"}, ["新媒体/36kr"]),
        _values("author", say("api.p_author")),
        _values("tag", say("api.p_tag")),
        _values("company", say("api.p_company")),
        _query("from", say("api.p_from"), _day(), "2021-06"),
        _query("to", say("api.p_to"), _day()),
        _query("sort", say("api.p_sort"), _choice(SORTS)),
        _query("match", say("api.p_match"), _choice(MATCHES)),
    ]


def _paging_parameters() -> list[Json]:
    size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
    page = {"type": "integer", "minimum": 1, "maximum": MAX_DEPTH, "default": 1}
    return [
        _query("size", say("api.p_size"), size),
        _query("page", say("api.p_page", most=f"{MAX_DEPTH:,}"), page),
    ]


def _suggest_parameters() -> list[Json]:
    text = {"type": "string", "maxLength": MAX_TYPED_CHARS}
    limit = {
        "type": "integer",
        "minimum": 1,
        "maximum": MAX_SUGGESTIONS,
        "default": DEFAULT_SUGGESTIONS,
    }
    return [
        _query("q", say("api.p_typed"), text, "京东wul"),
        _query("limit", say("api.p_limit"), limit),
    ]


def _article_id() -> Json:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": say("api.p_id"),
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    }


def _language() -> Json:
    return _query("lang", say("api.p_lang"), {"type": "string", "enum": list(LANGUAGES)})


def _query(name: str, text: str, schema: Json, example: object = None) -> Json:
    found = {"name": name, "in": "query", "description": text, "schema": schema}
    return found if example is None else {**found, "example": example}


def _values(
    name: str, text: str, rule: Json | None = None, example: list[str] | None = None
) -> Json:
    """Return a parameter that may stand several times."""
    items = {"type": "string", "maxLength": MAX_VALUE_CHARS, **(rule or {})}
    schema = {"type": "array", "items": items, "maxItems": MAX_FILTER_VALUES}
    return _query(name, text, schema, example)


def _choice(values: tuple[str, ...]) -> Json:
    """Return the schema of one of ``values``, of which the first is usual."""
    return {"type": "string", "enum": list(values), "default": values[0]}


def _day() -> Json:
    return {
        "anyOf": [
            {"type": "string", "format": "date"},
            {"type": "string", "pattern": "^(?!0000)[0-9]{4}$"},
            {"type": "string", "pattern": "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$"},
        ]
    }
