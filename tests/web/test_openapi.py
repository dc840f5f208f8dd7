"""The OpenAPI document says what there is, no more and no less, and answers are as it says."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from search.messages import use_language
from web import create_app
from web.openapi import describe
from web.query_string import READERS


def validator(name: str) -> Draft202012Validator:
    document = describe()
    return Draft202012Validator({**document, "$ref": f"#/components/schemas/{name}"})


def test_every_route_is_described_and_every_description_has_a_route(index):
    routes = {
        re.sub(r"<any_id:article_(id)>", r"{\1}", rule.rule.removeprefix("/api"))
        for rule in create_app(index).url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert routes == set(describe()["paths"])


def test_both_versions_have_the_same_routes(index):
    rules = [rule.rule for rule in create_app(index).url_map.iter_rules()]
    numbered = {rule.removeprefix("/api/v1") for rule in rules if rule.startswith("/api/v1/")}
    current = {rule.removeprefix("/api") for rule in rules if rule.startswith("/api/")}
    assert numbered == {rule for rule in current if not rule.startswith("/v1/")}


def test_every_parameter_that_is_read_is_described():
    search = describe()["paths"]["/search"]["get"]
    described = {each["name"] for each in search["parameters"]}
    assert described == {*READERS, "page", "lang"}


def test_every_schema_is_one():
    for name, schema in describe()["components"]["schemas"].items():
        validator_for(schema, default=Draft202012Validator).check_schema(schema)
        closed = schema.get("additionalProperties", schema["type"] == "array")
        assert closed is (schema["type"] == "array"), name


ANSWERS = [
    ("Answer", "/search?q=快递"),
    ("Answer", "/search?q=黑动"),
    ("Answer", "/search?size=100&sort=newest"),
    ("Suggestions", "/suggest?q=标题:快递"),
    ("Suggestions", "/suggest?q=x&limit=20"),
    ("BrowserSuggestions", "/suggest/opensearch?q=京"),
    ("Stats", "/stats"),
    ("Problem", "/search?page=0"),
    ("Problem", "/articles/nobody"),
    ("Problem", "/nothing"),
]


@pytest.mark.parametrize(("schema", "address"), ANSWERS)
def test_answers_are_as_described(client, schema, address):
    validator(schema).validate(json.loads(client.get(f"/api/v1{address}").data))


def test_every_article_and_its_scores_are_as_described(client, index):
    article, explanation = validator("Article"), validator("Explanation")
    for each in list(index.articles())[:8]:
        name = quote(each.id, safe="")
        article.validate(json.loads(client.get(f"/api/articles/{name}").data))
        for query in ("快递 物流", "标题:的*", "author:36kr"):
            found = client.get(f"/api/explain/{name}?q={query}&sort=hot")
            explanation.validate(json.loads(found.data))


def test_a_field_that_is_not_described_would_be_seen(client):
    answer = json.loads(client.get("/api/search?q=快递").data)
    answer["hits"][0]["new"] = 1
    assert not validator("Answer").is_valid(answer)


def test_the_document_is_served_in_the_readers_language(client):
    for tag in ("zh-Hans", "en"):
        with use_language(tag):
            assert json.loads(client.get(f"/api/openapi.json?lang={tag}").data) == describe()
    assert client.get("/api/openapi.json").content_type == "application/json"


def test_limits_are_those_in_force():
    parameters = {
        each["name"]: each for each in describe()["paths"]["/search"]["get"]["parameters"]
    }
    assert parameters["size"]["schema"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 100,
        "default": 10,
    }
    assert parameters["sort"]["schema"]["enum"] == ["relevance", "hot", "newest", "oldest"]
    assert parameters["match"]["schema"]["default"] == "auto"
    assert parameters["author"]["schema"]["maxItems"] == 200
