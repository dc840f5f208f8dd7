"""Errors for programs: problem details, RFC 9457."""

from __future__ import annotations

import json

import pytest

from search.errors import IndexDamaged
from web import create_app

BAD = ("/api/#bad-parameter", "A parameter cannot be used")


@pytest.mark.parametrize(
    ("address", "parameter", "detail"),
    [
        ("/api/search?sort=best", "sort", 'sort cannot be "best"'),
        ("/api/search?page=0", "page", "There is no page 0"),
        ("/api/search?size=100&page=101", "page", "Hit 10100 is too deep"),
        ("/api/suggest?q=a&limit=0", "limit", "Cannot give 0 suggestions. Ask for 1 to 20."),
        ("/api/suggest?q=a&limit=many", "limit", "limit is to be a whole number"),
        (f"/api/suggest?q={'a' * 201}", "q", "201 characters are too many to complete."),
        ("/api/v1/explain/x?match=most", "match", 'match cannot be "most"'),
        ("/api/search?from=2024&to=2020", "to", "The days end (2020-12-31) before they begin"),
        ("/feed.atom?from=then", "from", '"then" is not a date'),
    ],
)
def test_a_parameter_that_cannot_be_is_named(client, address, parameter, detail):
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.content_type == "application/problem+json"
    found = json.loads(answer.data)
    assert (found.pop("type"), found.pop("title")) == BAD
    assert found.pop("detail").startswith(detail)
    assert found == {"status": 400, "parameter": parameter}


@pytest.mark.parametrize(
    ("method", "address", "said"),
    [
        (
            "GET",
            "/api/articles/nobody",
            {
                "type": "/api/#no-article",
                "title": "没有这篇文章",
                "status": 404,
                "detail": "索引里没有编号为“nobody”的文章。",
            },
        ),
        (
            "GET",
            "/api/nothing?lang=en",
            {
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "detail": "There is no page here.",
            },
        ),
        (
            "POST",
            "/healthz?lang=en",
            {
                "type": "about:blank",
                "title": "Method Not Allowed",
                "status": 405,
                "detail": "This address does not take such a request.",
            },
        ),
    ],
)
def test_what_else_goes_wrong(client, method, address, said):
    answer = client.open(address, method=method)
    assert (answer.status_code, json.loads(answer.data)) == (said["status"], said)


def test_who_asks_wrongly_learns_how_to_ask(client):
    assert set(client.post("/api/search").allow) == {"GET", "HEAD", "OPTIONS"}
    assert set(client.delete("/").allow) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    "error", [IndexDamaged("engine.no_article", id="/secret"), ZeroDivisionError]
)
def test_what_fails_is_not_told_to_strangers(index, error):
    app = create_app(index)

    def fail():
        raise error

    app.add_url_rule("/api/failing", "failing", fail)
    answer = app.test_client().get("/api/failing?lang=en")
    assert json.loads(answer.data) == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong. Please try again later.",
    }
