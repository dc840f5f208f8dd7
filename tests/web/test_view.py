"""Links between searches."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.query.request import SearchRequest
from search.results import Page
from web.view import SearchView, unquoted, web_address


def numbers(total: int, offset: int, limit: int = 10) -> list[str]:
    view = SearchView(SearchRequest(offset=offset, limit=limit), Page("", total, ()), None)
    return [link.text if link else "…" for link in view.pages]


@pytest.mark.parametrize(
    ("total", "offset", "wanted"),
    [
        (0, 0, "1"),
        (10, 0, "1"),
        (11, 0, "1 2"),
        (95, 0, "1 2 3 … 10"),
        (95, 50, "1 … 4 5 6 7 8 … 10"),
        (95, 90, "1 … 8 9 10"),
        (1_000_000, 0, "1 2 3 … 1000"),
    ],
)
def test_pages_around_the_one_shown(
    client: FlaskClient, total: int, offset: int, wanted: str
) -> None:
    """The last is the last that can be reached: 10,000 hits deep."""
    with client.application.test_request_context():
        assert " ".join(numbers(total, offset)) == wanted


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/?b=c", "https://a.example/?b=c"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/b", ""),
        ("/b.png", ""),
        ("http://[", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_browsers_are_sent_to_the_web_only(address: str | None, safe: str) -> None:
    assert web_address(address) == safe


def test_quotation_marks_are_taken_out() -> None:
    assert unquoted("a “京东” 'b'") == "a 京东 'b'"
