"""The page as people use it, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_a_search_from_the_first_page(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox").fill("京东")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=%E4%BA%AC%E4%B8%9C$"))
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".hit mark").first).to_have_text("京东")


def test_a_category_narrows_at_once_and_its_chip_takes_it_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=京东")
    before = page.locator(".hit").count()
    choice = page.locator('.choice:has(input[name="category"])').first
    count = int(choice.locator(".count").inner_text())
    choice.locator("input").check()
    expect(page.locator(".summary p")).to_contain_text(f"共 {count} 篇")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator('input[name="category"]:checked')).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator(".hit")).to_have_count(before)


def test_a_year_narrows_to_its_days(page: Page, site: str) -> None:
    page.goto(site)
    year = page.locator(".facet a.choice", has_text="2024 年").first
    count = year.locator(".count").inner_text()
    year.click()
    expect(page.locator(".summary p")).to_contain_text(f"共 {count} 篇")
    expect(page.locator('input[name="from"]')).to_have_value("2024-01-01")
    expect(page.locator('input[name="to"]')).to_have_value("2024-12-31")
    expect(page.locator(".facet a.choice[aria-current]").first).to_contain_text("2024 年")


def test_an_article_and_the_way_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递&sort=newest")
    title = page.locator(".hit h2").first.inner_text()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".body mark").first).to_have_text("快递")
    page.locator(".back a").click()
    expect(page.locator(".hit h2").first).to_have_text(title)


def test_everything_works_without_a_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(site)
    page.get_by_role("searchbox").fill("快递")
    page.locator(".box button").click()
    page.locator('input[name="author"][value="36kr"]').check()
    page.locator(".apply").click()
    expect(page.locator(".chip")).to_have_text("36kr ×")
    assert "author=36kr" in page.url
    page.locator(".below summary").first.click()
    expect(page.locator(".below ul").first).to_be_visible()
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".body mark").first).to_have_text("快递")
    context.close()


@pytest.mark.parametrize(
    "address", ["/", "/?q=快递&author=36kr", "/?q=没有这样的话xyz", "/nowhere"]
)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_window_scrolls_sideways(page: Page, site: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_article_scrolls_sideways(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}/?size=100")
    hrefs = page.locator(".hit h2 a").evaluate_all("links => links.map(link => link.href)")
    assert len(hrefs) > 60
    for href in hrefs:
        page.goto(href)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, href


def test_filters_begin_folded_in_a_narrow_window(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site)
    expect(page.locator(".facet").first).to_be_hidden()
    page.locator(".fold > summary").click()
    expect(page.locator(".facet").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_the_page_is_as_dark_as_the_system(
    page: Page, site: str, scheme: str, is_dark: bool
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(site)
    for selector in ("body", ".masthead", "#q"):
        colour = page.locator(selector).evaluate("it => getComputedStyle(it).backgroundColor")
        brightness = sum(map(int, re.findall(r"\d+", colour)[:3])) / 3
        assert (brightness < 100) == is_dark, (selector, colour)


def test_a_picture_that_is_gone_leaves_no_hole(page: Page, site: str) -> None:
    page.goto(f"{site}/?size=100")
    pictures = page.locator(".thumbnail")
    assert pictures.count() > 10
    pictures.evaluate_all("pictures => pictures.forEach(picture => { picture.loading = 'eager'; })")
    expect(page.locator(".thumbnail:not(.gone)")).to_have_count(0)


def test_the_keyboard_reaches_the_results(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
