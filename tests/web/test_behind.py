"""Behind a proxy: what readers asked it for is what answers are of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.service import Index
from web import Behind, create_app


@pytest.fixture
def reached(index: Index) -> Callable[[str], FlaskClient]:
    """Makes a client of the application behind a proxy."""

    def make(address: str) -> FlaskClient:
        app = create_app(index)
        app.wsgi_app = Behind(app.wsgi_app, address)  # type: ignore[method-assign]
        return app.test_client(use_cookies=False)

    return make


@pytest.mark.parametrize("handed_on", ["", "/wen"])
def test_answers_name_the_address_that_readers_know(reached, handed_on):
    client = reached("https://a.example:8443/wen")
    feed = client.get(f"{handed_on}/feed.atom?q=快递").text
    assert "<id>https://a.example:8443/wen/feed.atom?q=" in feed
    description = client.get(f"{handed_on}/opensearch.xml").text
    assert 'template="https://a.example:8443/wen/?q={searchTerms}' in description
    led = client.get(f"{handed_on}/api")
    assert led.headers["Location"] == "https://a.example:8443/wen/api/"
    page = LexborHTMLParser(client.get(f"{handed_on}/?q=快递").text)
    links = [link.attributes["href"] for link in page.css("main a")]
    assert links
    assert all(link.startswith("/wen/") for link in links)


def test_a_path_that_only_begins_like_that_of_the_page_is_its_own(reached):
    client = reached("https://a.example/w")
    assert client.get("/w").status_code == client.get("/w/").status_code == 200
    assert client.get("/wen").status_code == 404


def test_a_path_may_be_of_any_characters(reached):
    client = reached("https://a.example/%E6%96%87")
    page = LexborHTMLParser(client.get("/文/?q=快递").text)
    assert page.css_first("form#search").attributes["action"] == "/%E6%96%87/"


def test_whatever_host_the_proxy_asks_there_is_one(reached):
    client = reached("https://a.example")
    for host in ("10.0.0.7:8000", "a b"):
        answer = client.get("/feed.atom", headers={"Host": host}, base_url="http://b.example")
        assert "<id>https://a.example/feed.atom" in answer.text
