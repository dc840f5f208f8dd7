"""What the script of the filters asks for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.service import Index
from web import create_app, facet_search


@pytest.fixture
def crowded(index_of: Callable[..., Index]) -> FlaskClient:
    """Thirty tags more than a page lists: each of the first hundred has two articles."""
    tags = [f"常{number:03}" for number in range(100)]
    rare = [*(f"稀 Rare{number:03}" for number in range(29)), "騰訊"]
    articles = [("a", tags), ("b", [*tags, *rare])]
    return create_app(
        index_of(*({"id": name, "title": f"文 {name}", "tags": each} for name, each in articles))
    ).test_client()


def found(client: FlaskClient, address: str) -> list[str]:
    return re.findall(r'value="([^"]*)"', client.get(address).text)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("rare007", ["稀 Rare007"]),
        (" ＲＡＲＥ00", [f"稀 Rare00{number}" for number in range(10)]),
        ("腾讯", ["騰訊"]),
        ("常001", []),  # it is on the page
        ("none", []),
    ],
)
def test_values_that_the_page_has_no_place_for_are_found_by_a_part_of_them(
    crowded: FlaskClient, typed: str, values: list[str]
) -> None:
    assert found(crowded, f"/facets/tag?find={typed}") == values


def test_a_value_is_found_beside_a_thousand_that_more_articles_have(
    index_of: Callable[..., Index],
) -> None:
    often = [f"常{number:04}" for number in range(1_100)]
    parts = [often[at : at + 100] for at in range(0, 1_100, 100)]
    articles = [(f"{which}{part[0]}", part) for part in parts for which in "ab"] + [("c", ["稀"])]
    client = create_app(
        index_of(*({"id": name, "title": name, "tags": each} for name, each in articles))
    ).test_client()
    assert found(client, "/facets/tag?find=稀") == ["稀"]


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("tengxun", ["騰訊"]),
        ("TX", ["騰訊"]),
        ("teng xun", ["騰訊"]),
        ("chang001", []),  # letters alone are pinyin
        ("chang", [f"常{number:03}" for number in range(20)]),  # on the page, too
        ("engxun", []),
        ("xi", [f"稀 Rare{number:03}" for number in range(20)]),
    ],
)
def test_values_are_found_by_how_they_sound(
    crowded: FlaskClient, typed: str, values: list[str]
) -> None:
    assert found(crowded, f"/facets/tag?find={typed}") == values


@pytest.fixture
def with_long(index_of: Callable[..., Index]) -> FlaskClient:
    """A tag of 100 characters and one of 101, of which a page has no place for either."""
    often = [f"常{number:03}" for number in range(100)]
    articles = [("a", often), ("b", [*often, "长" * 100, "長" * 101])]
    return create_app(
        index_of(*({"id": name, "title": name, "tags": each} for name, each in articles))
    ).test_client()


def test_what_is_typed_beyond_a_hundred_characters_is_not_looked_at(with_long: FlaskClient) -> None:
    assert found(with_long, f"/facets/tag?find={'长' * 100}其他") == ["長" * 101, "长" * 100]
    assert found(with_long, f"/facets/tag?find={'长' * 99}其他") == []


def test_values_are_folded_once_but_for_long_ones_that_would_take_much_memory(
    with_long: FlaskClient,
) -> None:
    facet_search._folded.cache_clear()
    for typed in ("長", "长", "無"):
        found(with_long, f"/facets/tag?find={typed}")
    assert facet_search._folded.cache_info().misses == 1


def test_values_are_counted_within_the_search(crowded: FlaskClient) -> None:
    assert found(crowded, "/facets/tag?find=rare&author=x") == []


def test_an_answer_has_twenty_values_at_most(crowded: FlaskClient) -> None:
    assert len(found(crowded, "/facets/tag?find=rare")) == 20


def test_a_value_that_is_chosen_is_on_the_page_and_not_found_again(crowded: FlaskClient) -> None:
    assert found(crowded, "/facets/tag?find=rare007&tag=稀 Rare007") == []


def test_there_is_no_page_for_what_is_no_facet(crowded: FlaskClient) -> None:
    for name in ("title", "date"):
        assert crowded.get(f"/facets/{name}?find=a").status_code == 404


@pytest.mark.parametrize(
    ("address", "language", "text"),
    [
        ("/facets/", "zh", "查看 2 篇文章"),
        ("/facets/?tag=騰訊", "zh", "查看 1 篇文章"),
        ("/facets/?page=999", "en", "Show 2 articles"),
    ],
)
def test_the_button_says_what_the_filters_would_show(
    crowded: FlaskClient, address: str, language: str, text: str
) -> None:
    answer = crowded.get(address, headers={"Accept-Language": language})
    assert (answer.text, answer.status_code) == (text, 200)
