"""That what is on a page has its room, in windows of all widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

LINES = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
}"""

FOCUSED = """() => {
  const drawer = document.querySelector(".drawer");
  const foot = drawer.querySelector(".foot");
  const focused = document.activeElement;
  if (!drawer.contains(focused) || foot.contains(focused)) return null;
  const { top, bottom } = focused.getBoundingClientRect();
  const name = (focused.closest("label") ?? focused).textContent.trim();
  const seen = [drawer.getBoundingClientRect().top, foot.getBoundingClientRect().top];
  return { name, isCovered: bottom > seen[1], isAbove: top < seen[0] };
}"""
"""Whether the foot or the head of the drawer covers what has the focus; null outside its list."""


def size(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box
    return box["width"], box["height"]


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
@pytest.mark.parametrize("path", ["/?q=Linux&", "/?", "/api/?"])
def test_the_switches_stand_in_one_line(page: Page, site: str, path: str, lang: str) -> None:
    page.goto(f"{site}{path}lang={lang}")
    for width in (320, 576, 991, 992, 1024, 1100, 1199, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.locator(".languages").evaluate(LINES) == 1, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_orders_fit_into_one_line_of_a_phone(page: Page, site: str, lang: str) -> None:
    page.goto(f"{site}/?q=快递&lang={lang}")
    sorts = page.locator(".sorts")
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 800})
        tops = sorts.locator("a").evaluate_all("all => all.map((each) => each.offsetTop)")
        assert len(tops) == 4
        assert len(set(tops)) == 1, width
        assert sorts.evaluate("sorts => sorts.scrollWidth <= sorts.clientWidth"), width


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_what_may_be_typed_ends_with_dots_where_it_is_cut_off(
    page: Page, site: str, lang: str
) -> None:
    page.goto(f"{site}/?lang={lang}")
    expect(page.get_by_role("combobox")).to_have_css("text-overflow", "ellipsis")


@pytest.mark.parametrize(("width", "height"), [(390, 700), (320, 480)])
def test_the_drawer_never_covers_what_has_the_focus(
    page: Page, site: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{site}/?sort=newest")
    page.locator(".fold > summary").focus()
    page.keyboard.press("Enter")
    reached = []
    for key in ("Tab", "Shift+Tab"):
        page.keyboard.press(key)
        while focused := page.evaluate(FOCUSED):
            reached.append(focused)
            page.keyboard.press(key)
    assert len(reached) > 60
    assert [each for each in reached if each["isCovered"] or each["isAbove"]] == []


@pytest.mark.parametrize(("width", "least"), [(320, 32), (390, 32), (1280, 24)])
def test_the_arrows_of_categories_are_wide_enough_and_touch_no_name(
    page: Page, site: str, width: int, least: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/?sort=newest")
    if width < 992:
        page.locator(".fold > summary").click()
    arrow = page.locator(".below > summary").first
    arrow.click()
    assert min(size(arrow)) >= least
    below = page.locator(".below li").first
    for item in (page.locator(".tree > li").first, below):
        left, right = (
            item.locator(each).first.bounding_box() for each in (".below > summary", ".choice")
        )
        assert right
        if left:
            assert left["x"] >= 0
            assert left["x"] + left["width"] <= right["x"]
    inside = "drawer => drawer.scrollWidth <= drawer.clientWidth"
    assert page.locator(".drawer").evaluate(inside)


def test_no_line_of_an_article_is_torn_apart(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".body p").first).to_have_css("text-align", "start")


def test_the_heading_of_the_interface_is_set_as_all_others(page: Page, site: str) -> None:
    page.goto(f"{site}/api/")
    serif = page.locator(".wordmark").evaluate("it => getComputedStyle(it).fontFamily")
    expect(page.locator("h1")).to_have_css("font-family", serif)
