"""What comes out on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_list_on_paper_says_what_was_searched_and_how_much_was_found(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/?q=快递&author=36kr")
    heading = page.get_by_role("heading", name="“快递”的搜索结果")
    box = heading.bounding_box()
    assert box
    assert box["height"] <= 1
    page.emulate_media(media="print")
    box = heading.bounding_box()
    assert box
    assert box["height"] > 20
    expect(page.locator(".chip")).to_be_visible()
    expect(page.locator(".summary p")).to_be_visible()
    expect(page.locator(".hit").first).to_be_visible()
    for controls in (".masthead", ".filters", ".sorts", ".layouts", ".took", ".cross", ".colophon"):
        expect(page.locator(controls).first).to_be_hidden()


def test_an_article_on_paper_ends_with_what_is_known_of_it(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".about")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".about")).to_be_visible()
    expect(page.locator(".colophon")).to_be_hidden()
