"""How the pages look, and that they keep still."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")

WATCH_THEME = """new MutationObserver(() => {
  if (document.body) window.themeAtBody ??= document.documentElement.dataset.bsTheme ?? "system";
}).observe(document, { childList: true, subtree: true })"""
"""Notes which theme is in force when the body begins, before anything can be painted."""

TOPS = "hits => hits.map(hit => Math.round(hit.getBoundingClientRect().top))"

PICTURES = "pictures => pictures.forEach(picture => { picture.loading = 'eager'; })"


def test_the_theme_goes_round_and_stays_chosen_without_a_flash(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="light")
    page.add_init_script(WATCH_THEME)
    page.goto(site)
    button = page.locator("button.theme")
    for name in ("外观：跟随系统", "外观：浅色", "外观：深色"):
        expect(button).to_have_accessible_name(name)
        expect(button.locator(".icon:visible")).to_have_count(1)
        if name != "外观：深色":
            button.click()
    page.goto(f"{site}/?q=快递")
    assert page.evaluate("window.themeAtBody") == "dark"
    expect(button).to_have_accessible_name("外观：深色")
    expect(page.locator("body")).to_have_css("background-color", "rgb(22, 24, 28)")
    expect(page.locator('meta[data-scheme="dark"]')).to_have_attribute("media", "all")
    button.click()
    expect(page.locator("html")).not_to_have_attribute("data-bs-theme", re.compile("."))
    expect(page.locator("body")).to_have_css("background-color", "rgb(251, 250, 247)")


def test_a_theme_chosen_in_another_window_holds_in_this_one(page: Page, site: str) -> None:
    page.goto(site)
    other = page.context.new_page()
    other.goto(site)
    other.locator("button.theme").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    expect(page.locator("button.theme")).to_have_accessible_name("外观：浅色")


@pytest.mark.parametrize(("width", "layout"), [(390, "list"), (1280, "cards")])
def test_a_picture_that_is_gone_moves_nothing(
    page: Page, site: str, width: int, layout: str
) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(lambda url: "127.0.0.1" not in url, hold)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/?sort=newest&view={layout}", wait_until="domcontentloaded")
    pictures = page.locator(".thumbnail img")
    pictures.evaluate_all(PICTURES)
    expect(page.locator(".thumbnail img.gone")).to_have_count(0)
    before = page.locator(".hit").evaluate_all(TOPS)
    for route in waiting:
        route.abort()
    page.unroute_all(behavior="ignoreErrors")
    assert pictures.count() > 3
    expect(page.locator(".thumbnail img:not(.gone)")).to_have_count(0)
    expect(page.locator(".thumbnail").first).to_be_visible()
    assert page.locator(".hit").evaluate_all(TOPS) == before


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (768, 2), (1280, 2)])
def test_cards_fill_the_width_there_is(page: Page, site: str, width: int, columns: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/?sort=newest")
    page.get_by_role("link", name="卡片").click()
    expect(page.locator(".cards")).to_be_visible()
    lefts = page.locator(".cards .hit").evaluate_all("all => all.map(each => each.offsetLeft)")
    assert len(set(lefts)) == columns
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_the_front_page_to_all_articles_and_to_a_category(page: Page, site: str) -> None:
    page.goto(site)
    newest = page.locator(".hit h2").first.inner_text()
    page.locator(".shelves a").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".wordmark").click()
    page.get_by_role("link", name="浏览全部，从新到旧").click()
    expect(page.locator(".hit h2").first).to_have_text(newest)
    page.get_by_role("combobox").fill("快递")
    page.get_by_role("combobox").press("Enter")
    expect(page.locator(".sorts [aria-current]")).to_have_text("相关")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", "/?q=快递&view=cards"])
def test_text_can_be_read_on_every_layout_in_both_languages(
    page: Page, site: str, address: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site + address)
    assert page.evaluate(CONTRAST) == []
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_role("link", name="English").click()
    expect(page.locator("button.theme")).to_have_accessible_name("Colours: as the system has them")
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_page_links_keep_to_one_line_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/?page=5")
    tops = page.locator(".page-item:visible").evaluate_all("all => all.map(e => e.offsetTop)")
    assert len(tops) > 6
    assert len(set(tops)) == 1
    expect(page.get_by_role("link", name="下一页")).to_be_visible()
