"""Where searches and articles are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.query.request import MATCHES, SORTS, SearchRequest
from web import create_app
from web.addresses import LAYOUTS, Addresses, in_attribute
from web.query_string import as_query, pairs


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


names = st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=5), max_size=2)
first_days = st.none() | st.dates(max_value=date(2020, 1, 1))
last_days = st.none() | st.dates(min_value=date(2020, 1, 1))
searches = st.builds(
    SearchRequest,
    text=st.text(st.characters(exclude_categories=("Cs",)), max_size=10),
    categories=st.lists(st.lists(st.text("a/ &", min_size=1, max_size=3), min_size=1, max_size=2)),
    authors=names,
    tags=names,
    date_from=first_days,
    date_to=last_days,
    sort=st.sampled_from(SORTS),
    match=st.sampled_from(MATCHES),
    offset=st.sampled_from([0, 10, 20]),
    limit=st.sampled_from([10, 20]),
)
places = st.builds(
    Addresses, st.sampled_from(["", "/a"]), st.sampled_from([None, "en"]), st.sampled_from(LAYOUTS)
)


@given(searches, places, first_days, last_days, st.sampled_from(SORTS))
def test_what_is_put_into_a_gap_is_asked_for(asked, addresses, first, last, sort):
    first_page = replace(asked, offset=0)
    within = replace(first_page, date_from=first, date_to=last)
    parameters = as_query(pairs(SearchRequest(date_from=first, date_to=last)))
    assert addresses.gap(asked, "from", "to").holding(parameters) == addresses.search(within)
    sorted_so = as_query(pairs(SearchRequest(sort=sort)))
    found = addresses.gap(asked, "sort").holding(sorted_so)
    assert found == addresses.search(replace(first_page, sort=sort))
    third = replace(asked, offset=2 * asked.limit)
    assert addresses.gap(asked, "page").holding("page=3") == addresses.search(third)


@given(searches, places)
def test_an_address_needs_nothing_in_an_attribute_but_its_ampersands(asked, addresses):
    for address in (addresses.search(asked), addresses.article(asked.text or "a", asked)):
        assert in_attribute(address) == escape(address)


def test_a_root_is_percent_encoded(index_of):
    client = create_app(index_of({"id": "1", "title": "甲"})).test_client()
    html = client.get("/?q=甲", environ_overrides={"SCRIPT_NAME": '/a"b'}).text
    links = [link.attributes["href"] for link in LexborHTMLParser(html).css("main a, footer a")]
    assert links
    assert all(link.startswith("/a%22b/") for link in links)


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
