"""Which language answers, and that the one chosen is kept."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.service import Index
from tests.web.test_pages import page
from web import create_app

EN, ZH = {"Cookie": "wensou_lang=en"}, {"Cookie": "wensou_lang=zh-Hans"}


def spoken(client: FlaskClient, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).headers["Content-Language"]


def kept(client: FlaskClient, address: str, **headers: str) -> str | None:
    return client.get(address, headers=headers).headers.get("Set-Cookie")


def test_the_language_chosen_is_that_of_the_next_visit(index: Index) -> None:
    client = create_app(index).test_client()
    languages = []
    for address in ("/", "/?lang=en", "/", "/?q=快递", "/nowhere", "/?lang=zh-Hans", "/"):
        tree = page(client, address, 404 if address == "/nowhere" else 200)
        languages.append(tree.css_first("html").attributes["lang"])
    assert languages == ["zh-Hans", "en", "en", "en", "en", "zh-Hans", "zh-Hans"]


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", EN, "en"),
        ("/", ZH | {"Accept-Language": "en"}, "zh-Hans"),
        ("/?lang=zh-Hans", EN, "zh-Hans"),
        ("/", {"Cookie": "a=b; wensou_lang=en; c=d"}, "en"),
        ("/", {"Cookie": "my_wensou_lang=en"}, "zh-Hans"),
        ("/", {"Cookie": "wensou_lang=xx"}, "zh-Hans"),
        ("/facets/", EN, "en"),
        ("/api/", EN, "en"),
        ("/api/v1/", EN, "en"),
        ("/api/search", EN, "zh-Hans"),
        ("/feed.atom", EN, "zh-Hans"),
        ("/opensearch.xml", EN, "zh-Hans"),
    ],
)
def test_what_was_chosen_comes_after_the_address_before_the_browser_and_not_for_programs(
    client: FlaskClient, address: str, headers: dict[str, str], language: str
) -> None:
    assert spoken(client, address, **headers) == language


def test_the_choice_is_kept_for_a_year_and_all_of_the_application(client: FlaskClient) -> None:
    rest = "Max-Age=31536000; SameSite=Lax; HttpOnly"
    assert kept(client, "/?lang=en") == f"wensou_lang=en; Path=/; {rest}"
    answer = client.get("/?lang=en", environ_overrides={"SCRIPT_NAME": "/\xc3\xa9;"})
    assert answer.headers["Set-Cookie"] == f"wensou_lang=en; Path=/%C3%A9%3B; {rest}"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/", {}),
        ("/", EN),
        ("/?lang=xx", {}),
        ("/?lang=en", EN),  # it is known already
        ("/?lang=en", {"Sec-Fetch-Site": "cross-site"}),
        ("/api/search?lang=en", {}),
        ("/feed.atom?lang=en", {}),
    ],
)
def test_nothing_is_kept_of_whoever_chooses_nothing(
    client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    assert kept(client, address, **headers) is None


def test_the_choice_is_kept_whatever_is_known_of_the_page(client: FlaskClient) -> None:
    tag = client.get("/?lang=en", headers=EN).headers["ETag"]
    known = client.get("/?lang=en", headers=EN)
    assert "Set-Cookie" not in known.headers
    kept_page = client.get("/?lang=en", headers=ZH)
    assert kept_page.data == known.data
    assert kept_page.headers["Set-Cookie"].startswith("wensou_lang=en;")
    unchanged = client.get("/?lang=en", headers=ZH | {"If-None-Match": tag})
    assert unchanged.status_code == 304
    assert unchanged.headers["Set-Cookie"].startswith("wensou_lang=en;")
    assert "Set-Cookie" not in client.get("/?lang=en", headers=EN).headers


def test_a_page_known_in_another_language_is_given_anew(client: FlaskClient) -> None:
    tag = client.get("/", headers=EN).headers["ETag"]
    answer = client.get("/", headers=ZH | {"If-None-Match": tag})
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "zh-Hans")


@pytest.mark.parametrize(
    ("address", "deciding"),
    [
        ("/", {"Accept-Language", "Cookie"}),
        ("/?q=快递&lang=xx", {"Accept-Language", "Cookie"}),
        ("/nowhere", {"Accept-Language", "Cookie"}),
        ("/?lang=en", set()),
        ("/api/stats", {"Accept-Language"}),
        ("/api/stats?lang=en", set()),
    ],
)
def test_an_answer_says_what_decided_its_language(
    client: FlaskClient, address: str, deciding: set[str]
) -> None:
    for _ in range(2):  # made, and kept
        vary = set(client.get(address).headers.get("Vary", "").split(", "))
        assert vary & {"Accept-Language", "Cookie"} == deciding
