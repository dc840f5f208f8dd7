"""The HTTP interface: shapes, states, errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.service import Index

PROBLEM = "application/problem+json"


def get(client: FlaskClient, address: str, status: int = 200, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == status
    assert response.content_type == ("application/json" if status == 200 else PROBLEM)
    return json.loads(response.data)


def test_a_search_has_the_shape_that_is_promised(client: FlaskClient) -> None:
    answer = get(client, "/api/search?q=快递")
    assert list(answer) == [
        "query", "total", "relaxed", "let_go", "took_ms", "notes", "suggestion", "hits", "facets",
    ]  # fmt: skip
    assert set(answer["hits"][0]) >= {
        "id", "path", "title", "categories", "author", "tags", "date", "url", "thumbnail",
        "score", "snippet",
    }  # fmt: skip
    assert set(answer["hits"][0]["snippet"]) == {"text", "spans"}
    assert list(answer["facets"]) == ["category", "author", "tag", "company", "date"]
    assert set(answer["facets"]["category"][0]) == {"value", "path", "count", "children"}
    assert set(answer["facets"]["author"][0]) == {"value", "count"}
    assert set(answer["facets"]["date"][0]) == {"value", "count", "children"}


def test_every_parameter_narrows_orders_or_cuts(client: FlaskClient) -> None:
    def total(parameters: str) -> int:
        return int(get(client, f"/api/search?{parameters}")["total"])

    everything = total("")
    assert 0 < total("author=36kr") < total("author=36kr&author=虎嗅") < everything
    assert 0 < total("category=新媒体/36kr") < total("category=新媒体") < everything
    assert 0 < total("from=2024&to=2024") < everything
    assert total("from=2024&to=2024&author=36kr") <= total("author=36kr")
    newest = get(client, "/api/search?sort=newest&size=5")["hits"]
    assert [hit["date"] for hit in newest] == sorted((h["date"] for h in newest), reverse=True)
    second = get(client, "/api/search?sort=newest&size=2&page=2")["hits"]
    assert [hit["id"] for hit in second] == [hit["id"] for hit in newest[2:4]]


def test_a_category_with_a_slash_in_its_name(client: FlaskClient) -> None:
    answer = get(client, "/api/search", 200)
    paths = [child["path"] for top in answer["facets"]["category"] for child in top["children"]]
    assert paths
    found = get(client, r"/api/search?category=美食/下厨房/今日推荐 \/ 精选")
    assert found["total"] == 1
    assert found["hits"][0]["categories"] == [["美食", "下厨房", "今日推荐 / 精选"]]


def test_suggestions_have_the_shape_that_is_promised(client: FlaskClient) -> None:
    answer = get(client, "/api/suggest?q=快递 j&limit=20")
    assert list(answer) == ["query", "suggestions"]
    assert answer["query"] == "快递 j"
    assert set(answer["suggestions"][0]) == {"kind", "text", "count", "query", "path", "id"}
    assert {each["kind"] for each in answer["suggestions"]} >= {"word", "company", "author"}
    [company] = [each for each in answer["suggestions"] if each["text"] == "京东"]
    assert company == {
        "kind": "company", "text": "京东", "count": 11, "query": "快递 company:京东", "path": [],
        "id": None,
    }  # fmt: skip


def test_a_title_that_is_suggested_leads_to_its_article(client: FlaskClient) -> None:
    titles = [each for each in get(client, "/api/suggest?q=标题:快递")["suggestions"] if each["id"]]
    found = [get(client, f"/api/articles/{each['id']}")["title"] for each in titles]
    assert found == [each["text"] for each in titles]
    assert found


def test_nothing_typed_suggests_nothing(client: FlaskClient) -> None:
    assert get(client, "/api/suggest") == {"query": "", "suggestions": []}


def test_no_more_are_suggested_than_asked_for(client: FlaskClient) -> None:
    assert len(get(client, "/api/suggest?q=j&limit=3")["suggestions"]) == 3


def test_another_text_is_offered_where_nothing_is_found(client: FlaskClient) -> None:
    assert get(client, "/api/search?q=黑动")["suggestion"] == "黑洞"
    assert get(client, "/api/search?q=黑洞")["suggestion"] is None


def test_an_article(client: FlaskClient, index: Index) -> None:
    article = next(index.articles())
    found = get(client, f"/api/articles/{article.id}")
    assert (found["id"], found["title"], found["text"]) == (article.id, article.title, article.text)
    assert found["html"] == article.html


def test_what_an_article_scores(client: FlaskClient) -> None:
    [hit] = get(client, "/api/search?q=黑洞&size=1")["hits"]
    found = get(client, f"/api/explain/{hit['id']}?q=黑洞")
    assert (found["rank"], found["article"]["title"]) == (1, hit["title"])
    assert found["score"] == pytest.approx(hit["score"], abs=1e-4)
    assert {each["kind"] for each in found["contributions"]} >= {"word"}
    assert get(client, f"/api/explain/{hit['id']}?q=黑洞&author=nobody")["rank"] is None


def test_the_archive_in_numbers_names_no_folder(client: FlaskClient) -> None:
    found = get(client, "/api/stats")
    assert list(found) == [
        "articles", "authors", "categories", "tags", "companies", "undated", "first_day",
        "last_day", "generation",
    ]  # fmt: skip
    assert found["articles"] == get(client, "/api/search")["total"]


def test_the_current_version_is_version_1(client: FlaskClient) -> None:
    for path in ("articles", "stats", "suggest?q=京", "openapi.json"):
        numbered, current = (client.get(f"{root}/{path}") for root in ("/api/v1", "/api"))
        assert (numbered.status_code, numbered.data) == (current.status_code, current.data)


def test_a_browser_is_given_the_same_completions(client: FlaskClient) -> None:
    answer = client.get("/api/suggest/opensearch?q=标题:快递")
    assert answer.content_type == "application/x-suggestions+json"
    typed, texts = json.loads(answer.data)
    queries = [each["query"] for each in get(client, "/api/suggest?q=标题:快递")["suggestions"]]
    assert (typed, texts) == ("标题:快递", queries)
    assert texts


def test_an_application_below_a_path_says_so(client: FlaskClient) -> None:
    below = {"SCRIPT_NAME": "/archive"}
    error = json.loads(client.get("/api/search?page=0", environ_overrides=below).data)
    assert error["type"] == "/archive/api/#bad-parameter"
    document = json.loads(client.get("/api/openapi.json", environ_overrides=below).data)
    assert [each["url"] for each in document["servers"]] == ["/archive/api/v1", "/archive/api"]


def test_health(client: FlaskClient) -> None:
    assert get(client, "/healthz")["status"] == "ok"


def test_no_other_method_is_taken(client: FlaskClient) -> None:
    assert client.post("/api/search").status_code == 405


def test_a_text_of_any_length_is_answered(client: FlaskClient) -> None:
    answer = get(client, "/api/search?q=" + "物流" * 2000)
    assert answer["notes"]


@pytest.mark.parametrize(
    "parameters", ["size=101", "from=yesterday", "category=/", "match=x", "page=x", "page=1001"]
)
def test_a_parameter_that_cannot_be_is_a_bad_request(client: FlaskClient, parameters: str) -> None:
    answer = get(client, f"/api/search?{parameters}", 400)
    assert list(answer) == ["type", "title", "status", "detail", "parameter"]
    assert answer["parameter"] == parameters.partition("=")[0]


def test_text_is_never_a_bad_request(client: FlaskClient) -> None:
    for text in ('"', "(((", "OR OR", "-", "title:", "*", "%00", "%ff", "<script>"):
        assert get(client, f"/api/search?q={text}")["total"] >= 0


def test_chinese_is_written_as_it_stands(client: FlaskClient) -> None:
    assert "快递" in client.get("/api/search?q=快递&size=1").get_data(as_text=True)
