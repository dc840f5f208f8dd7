"""The page as people use it, in a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


TOO_WIDE = """async (addresses) => {
  const found = [];
  for (const address of addresses) {
    const text = await (await fetch(address)).text();
    const there = new DOMParser().parseFromString(text, "text/html");
    document.querySelector("main").replaceWith(there.querySelector("main"));
    if (document.documentElement.scrollWidth > innerWidth) found.push(address);
  }
  return found;
}"""
"""The articles, of those at the addresses, that are wider than the window."""


PUT = """async (body, html) => {
  body.innerHTML = html;
  await Promise.all([...body.querySelectorAll("img")].map((picture) => picture.decode()));
}"""
"""Puts HTML into an element, and waits for its pictures."""


def count_of(choice: Locator) -> int:
    # Not inner_text(): that is empty where the element is not shown, as before styles apply.
    return int((choice.locator(".count").text_content() or "").split()[0])


def test_a_search_from_the_first_page(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("combobox").fill("京东")
    page.get_by_role("combobox").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=%E4%BA%AC%E4%B8%9C$"))
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".hit mark").first).to_have_text("京东")


def test_a_category_narrows_at_once_and_its_chip_takes_it_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=京东")
    before = page.locator(".hit").count()
    choice = page.locator('.choice:has(input[name="category"])').first
    count = count_of(choice)
    choice.locator("input").check()
    expect(page.locator(".summary p")).to_contain_text(f"共 {count} 篇")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator('input[name="category"]:checked')).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator(".hit")).to_have_count(before)


def test_a_year_narrows_to_its_days(page: Page, site: str) -> None:
    page.goto(f"{site}/?sort=newest")
    page.get_by_text("按年月列表").click()
    years = page.locator(".months thead th").all_text_contents()
    year = page.locator(".months tbody tr").first.get_by_role("link").nth(years.index("2024"))
    count = year.text_content()
    year.click()
    expect(page.locator(".summary p")).to_contain_text(f"共 {count} 篇")
    expect(page.locator('input[name="from"]')).to_have_value("2024-01-01")
    expect(page.locator('input[name="to"]')).to_have_value("2024-12-31")
    expect(page.locator(".months [aria-current]")).to_have_text(count or "")
    expect(page.locator(".months [aria-current]")).to_be_focused()


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
    page.locator(".help > summary").click()
    expect(page.locator(".help .card")).to_be_visible()
    page.get_by_role("searchbox").fill("快递")
    page.locator(".box button").click()
    page.locator('input[name="author"][value="36kr"]').check()
    page.locator(".apply").click()
    expect(page.locator(".chip")).to_have_text("来源 36kr×")
    assert "author=36kr" in page.url
    page.locator(".below summary").first.click()
    expect(page.locator(".below ul").first).to_be_visible()
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".body mark").first).to_have_text("快递")
    context.close()


def test_the_language_chosen_is_spoken_in_the_next_tab(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_visible()
    other = page.context.new_page()
    other.goto(site)
    expect(other.locator("html")).to_have_attribute("lang", "en")
    other.get_by_role("link", name="中文").click()
    expect(other.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.goto(site)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


@pytest.mark.parametrize(
    "address",
    ["/", "/?q=快递&author=36kr", "/?q=快递&sort=hot&lang=en", "/?q=没有这样的话xyz", "/nowhere"],
)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_window_scrolls_sideways(page: Page, site: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_article_scrolls_sideways(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}/?size=100")
    addresses = page.locator(".hit h2 a").evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) > 60
    page.goto(addresses[0])
    assert page.evaluate(TOO_WIDE, addresses) == []


@pytest.mark.parametrize(
    "html",
    [
        f"<pre>{'long ' * 100}</pre>",
        f"<p>{'word' * 100}</p>",
        f"<table><tr>{'<td>cell</td>' * 50}</tr></table>",
        "<img width=2000 height=10 src=/static/icon.svg>",
        f"<blockquote><ul><li>{'https://a.example/' * 20}</li></ul></blockquote>",
    ],
)
def test_what_is_wide_stays_inside_the_article(page: Page, site: str, html: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}/?q=快递")
    page.locator(".hit h2 a").first.click()
    page.locator(".body").evaluate(PUT, html)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_filters_begin_folded_in_a_narrow_window(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/?sort=newest")
    expect(page.locator(".facet").first).to_be_hidden()
    page.locator(".fold > summary").click()
    expect(page.locator(".facet").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_the_page_is_as_dark_as_the_system(
    page: Page, site: str, scheme: Literal["light", "dark"], is_dark: bool
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site)
    for selector in ("body", ".masthead", "#q"):
        colour = page.locator(selector).evaluate("it => getComputedStyle(it).backgroundColor")
        brightness = sum(map(int, re.findall(r"\d+", colour)[:3])) / 3
        assert (brightness < 100) == is_dark, (selector, colour)


def test_the_keyboard_reaches_the_results(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_the_keyboard_opens_the_help_and_follows_its_examples(page: Page, site: str) -> None:
    page.goto(site)
    page.locator(".help > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".help .card")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value("京东 物流")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_help_fits_and_can_be_read(
    page: Page, site: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/?lang=en")
    page.locator(".help > summary").click()
    expect(page.locator(".help .card")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []


def test_a_narrower_category_takes_the_place_of_the_wider(page: Page, site: str) -> None:
    page.goto(f"{site}/?category=新媒体")
    page.locator('input[value="新媒体/36kr"]').check()
    expect(page.locator(".chip")).to_have_text(["分类 新媒体 / 36kr×"])
    page.locator('input[value="新媒体"]').check()
    expect(page.locator(".chip")).to_have_text(["分类 新媒体×"])


def test_two_sources_are_taken_together(page: Page, site: str) -> None:
    page.goto(f"{site}/?sort=newest")
    counts = []
    for author in ("36kr", "果壳"):
        choice = page.locator(".choice", has=page.locator(f'input[value="{author}"]')).first
        counts.append(count_of(choice))
        choice.locator("input").check()
        expect(page.locator(".chip", has_text=author)).to_be_visible()
    expect(page.locator(".summary p")).to_contain_text(f"共 {sum(counts)} 篇")


def test_in_a_narrow_window_filters_wait_to_be_applied(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/?q=快递")
    page.locator(".fold > summary").click()
    for author in ("36kr", "澎湃"):
        page.locator(f'input[name="author"][value="{author}"]').check()
    expect(page).to_have_url(re.compile(r"\?q=[^&]*$"))
    page.locator(".apply").click()
    expect(page.locator(".chip")).to_have_text(["来源 36kr×", "来源 澎湃×", "全部去掉"])


def test_days_that_are_left_empty_stay_out_of_the_address(page: Page, site: str) -> None:
    page.goto(f"{site}/?sort=newest")
    page.locator(".range > summary").click()
    page.locator('input[name="from"]').fill("2024-03-05")
    expect(page.locator(".chip")).to_have_text(["日期 2024-03-05 起×"])
    assert page.url.endswith("/?from=2024-03-05")


def test_the_other_language_shows_the_same_search(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递&author=36kr")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".chip")).to_have_text(["Source 36kr×"])
    expect(page.get_by_role("combobox")).to_have_value("快递")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/?q=快递&author=36kr", "/?q=没有这样的话xyz", "/nowhere"])
def test_text_stands_out_from_what_is_behind_it(
    page: Page, site: str, address: str, scheme: Literal["light", "dark"]
) -> None:
    """Contrast is at least 4.5 to 1 (WCAG 2.2, 1.4.3), marks among them."""
    page.emulate_media(color_scheme=scheme)
    page.goto(site + address)
    assert page.evaluate(CONTRAST) == []
