"""The schemas of all answers, as JSON Schema: just what `search.wire` and `web.problems` write."""

from __future__ import annotations

from typing import get_args

from search.messages import say
from search.query.request import FACETS, MAX_CATEGORIES
from search.results import ContributionKind, SuggestionKind
from search.wire import Json


def schemas() -> Json:
    """Return every schema, by the name that references know it by."""
    return {
        "Answer": _answer(),
        "Hit": _object(
            **_identity(),
            thumbnail=_or_null(_text(say("api.f_thumbnail"))),
            score=_number(say("api.f_score")),
            title_spans=_list(_ref("Span"), say("api.f_title_spans")),
            snippet=_ref("Snippet"),
        ),
        "Snippet": _object(
            text=_text(say("api.f_snippet_text")),
            spans=_list(_ref("Span"), say("api.f_spans")),
        ),
        "Span": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
            "description": say("api.f_span"),
        },
        "Bucket": _object(value=_text(say("api.f_value")), count=_count(say("api.f_count"))),
        "CategoryBucket": _object(
            value=_text(say("api.f_category_value")),
            path=_path(),
            count=_count(say("api.f_count")),
            children=_list(
                _ref("CategoryBucket"), say("api.f_children", most=f"{MAX_CATEGORIES:,}")
            ),
        ),
        "DateBucket": _optional(
            "children",
            _object(
                value=_text(say("api.f_date_value")),
                count=_count(say("api.f_count")),
                children=_list(_ref("DateBucket"), say("api.f_months")),
            ),
        ),
        "Suggestions": _object(
            query=_text(say("api.f_typed")),
            suggestions=_list(_ref("Suggestion"), say("api.f_suggestions")),
        ),
        "Suggestion": _suggestion(),
        "BrowserSuggestions": {
            "type": "array",
            "prefixItems": [_text(), _list(_text())],
            "minItems": 2,
            "maxItems": 2,
            "description": say("api.f_browser_suggestions"),
        },
        "Article": _article(),
        "Entity": _object(name=_text(say("api.f_entity_name")), ref=_text(say("api.f_entity_ref"))),
        "Explanation": _explanation(),
        "ArticleFacts": _object(**_identity()),
        "Wanted": _object(
            text=_text(say("api.f_wanted_text")), is_there=_flag(say("api.f_is_there"))
        ),
        "Contribution": _contribution(),
        "Stats": _stats(),
        "Problem": _problem(),
    }


def _answer() -> Json:
    buckets = {"category": "CategoryBucket", "date": "DateBucket"}
    return _object(
        query=_text(say("api.f_query")),
        total=_count(say("api.f_total")),
        relaxed=_flag(say("api.f_relaxed")),
        let_go=_list(_text(), say("api.f_let_go")),
        took_ms=_number(say("api.f_took_ms")),
        notes=_list(_text(), say("api.f_notes")),
        suggestion=_or_null(_text(say("api.f_suggestion"))),
        hits=_list(_ref("Hit"), say("api.f_hits")),
        facets=_object(**{name: _list(_ref(buckets.get(name, "Bucket"))) for name in FACETS}),
    )


def _identity() -> dict[str, Json]:
    return {
        "id": _text(say("api.f_id")),
        "path": _text(say("api.f_path")),
        "title": _text(say("api.f_title")),
        "categories": _list(_path(), say("api.f_categories")),
        "author": _or_null(_text(say("api.f_author"))),
        "authors": _list(_text(), say("api.f_authors")),
        "tags": _list(_text(), say("api.f_tags")),
        "date": _or_null({**_text(say("api.f_date")), "format": "date-time"}),
        "url": _or_null(_text(say("api.f_url"))),
    }


def _article() -> Json:
    return _object(
        **_identity(),
        text=_text(say("api.f_text")),
        html=_text(say("api.f_html")),
        thumbnail=_or_null(_text(say("api.f_thumbnail"))),
        entities=_list(_ref("Entity"), say("api.f_entities")),
    )


def _suggestion() -> Json:
    return _object(
        kind=_choice(get_args(SuggestionKind), say("api.f_suggestion_kind")),
        text=_text(say("api.f_suggestion_text")),
        count=_count(say("api.f_count")),
        query=_text(say("api.f_suggestion_query")),
        path=_path(),
        id=_or_null(_text(say("api.f_suggestion_id"))),
    )


def _explanation() -> Json:
    return _object(
        query=_text(say("api.f_query")),
        article=_ref("ArticleFacts"),
        rank=_or_null(_count(say("api.f_rank"), least=1)),
        total=_count(say("api.f_total")),
        score=_number(say("api.f_explained_score")),
        wanted=_list(_ref("Wanted"), say("api.f_wanted")),
        contributions=_list(_ref("Contribution"), say("api.f_contributions")),
        is_preferred=_flag(say("api.f_is_preferred")),
        freshness=_number(say("api.f_freshness")),
        relaxed=_flag(say("api.f_relaxed")),
        let_go=_list(_text(), say("api.f_let_go")),
        notes=_list(_text(), say("api.f_notes")),
    )


def _contribution() -> Json:
    return _object(
        kind=_choice(get_args(ContributionKind), say("api.f_contribution_kind")),
        score=_number(say("api.f_adds")),
        part=_choice(("title", "body", "tags", ""), say("api.f_part")),
        texts=_list(_text(), say("api.f_texts")),
        frequency=_count(say("api.f_frequency")),
        articles=_count(say("api.f_in_articles")),
        weight=_number(say("api.f_weight")),
    )


def _stats() -> Json:
    day = {"type": ["string", "null"], "format": "date"}
    return _object(
        articles=_count(say("api.f_articles")),
        authors=_count(say("api.f_distinct_authors")),
        categories=_count(say("api.f_distinct_categories")),
        tags=_count(say("api.f_distinct_tags")),
        companies=_count(say("api.f_distinct_companies")),
        undated=_count(say("api.f_undated")),
        first_day={**day, "description": say("api.f_first_day")},
        last_day={**day, "description": say("api.f_last_day")},
        generation=_count(say("api.f_generation")),
    )


def _problem() -> Json:
    return _optional(
        "parameter",
        _object(
            type={**_text(say("api.f_type")), "format": "uri-reference"},
            title=_text(say("api.f_problem_title")),
            status={
                "type": "integer",
                "minimum": 400,
                "maximum": 599,
                "description": say("api.f_status"),
            },
            detail=_text(say("api.f_detail")),
            parameter=_text(say("api.f_parameter")),
        ),
    )


def _object(**fields: Json) -> Json:
    """Return the schema of an object that has all of ``fields`` and no others."""
    return {
        "type": "object",
        "required": list(fields),
        "properties": fields,
        "additionalProperties": False,
    }


def _optional(name: str, schema: Json) -> Json:
    """Return ``schema``, the field ``name`` of which may be missing."""
    return {**schema, "required": [each for each in schema["required"] if each != name]}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Json, text: str = "") -> Json:
    return _described({"type": "array", "items": items}, text)


def _text(text: str = "") -> Json:
    return _described({"type": "string"}, text)


def _number(text: str) -> Json:
    return _described({"type": "number", "minimum": 0}, text)


def _count(text: str, least: int = 0) -> Json:
    return _described({"type": "integer", "minimum": least}, text)


def _flag(text: str) -> Json:
    return _described({"type": "boolean"}, text)


def _choice(values: tuple[str, ...], text: str) -> Json:
    return _described({"type": "string", "enum": list(values)}, text)


def _path() -> Json:
    return _list(_text(), say("api.f_category_path"))


def _or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


def _described(schema: Json, text: str) -> Json:
    return {**schema, "description": text} if text else schema
