"""axe finds nothing to say of any page, in both themes, wide and on a phone."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ADDRESSES = {
    "front": "/",
    "results": "/?q=快递",
    "narrowed": "/?q=公司&author=36kr&category=新媒体&from=2021-01-01&lang=en",
    "a year": "/?from=2023&to=2023",
    "nothing": "/?q=没有这样的话xyz",
    "not there": "/nowhere",
    "article": "/articles/{article}?q=快递",
    "interface": "/api/",
}
SIZES = {"wide": (1280, 900), "phone": (390, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def complaints(page: Page) -> list[tuple[str, str, list[str]]]:
    """Return what axe finds: its rule, how bad it is, and the elements."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        (each["id"], each["impact"], [node["html"][:200] for node in each["nodes"]])
        for each in found
    ]


@pytest.fixture(scope="module")
def article(seed_index: Any) -> str:
    """The id of an article with the word."""
    from search.query.request import SearchRequest
    from search.service import open_index

    with open_index(seed_index) as index:
        return index.search(SearchRequest(text="快递")).hits[0].article.id


@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing(page: Page, site: str, article: str, name: str) -> None:
    page.goto(site + ADDRESSES[name].format(article=article))
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert complaints(page) == [], (size, scheme)


def test_axe_finds_what_is_wrong(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("main").evaluate("main => { main.innerHTML = '<img src=/static/icon.svg>'; }")
    assert "image-alt" in [rule for rule, _, _ in complaints(page)]
