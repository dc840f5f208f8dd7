"""Where searches and articles are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.request import SearchRequest
from web import create_app
from web.addresses import Addresses


@pytest.mark.parametrize(
    ("addresses", "address"),
    [
        (Addresses(), "/?q=a"),
        (Addresses(lang="en"), "/?q=a&lang=en"),
        (Addresses(root="/archive"), "/archive/?q=a"),
    ],
)
def test_every_address_keeps_the_root_and_the_language(addresses, address):
    assert addresses.search(SearchRequest(text="a")) == address


def test_the_home_has_no_parameters_of_its_own():
    assert Addresses().home == "/"


def test_an_article_keeps_the_search_that_led_to_it():
    found = Addresses().article("x", SearchRequest(text="a", offset=10))
    assert found == "/articles/x?q=a&page=2"


IDS = [
    "a1", "中文.md", "a/b", "/a", "a//b", "a/", "a/../b", "a?b=c", "a#b", "100%", "%2F", "a b", "+",
    '"><b>', "a\\b",
]  # fmt: skip


def test_every_article_is_found_at_its_address(index_of):
    client = create_app(
        index_of(*({"id": each, "title": f"题 {each}"} for each in IDS))
    ).test_client()
    for article_id in IDS:
        address = Addresses().article(article_id)
        assert client.get(f"/api{address}").json["id"] == article_id
        assert client.get(address).status_code == 200


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20))
def test_an_id_never_reaches_beyond_its_place_in_the_path(article_id):
    path = Addresses().article(article_id)
    assert path.isascii()
    assert path.removeprefix("/articles/").count("/") == 0
    assert not set(path) & set('?#"<> \\')
