"""What narrows a search, in a real Chromium: dates as a picture, long lists, the drawer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PICTURE = ".histogram"
BARS = f"{PICTURE} a"
LIST = "/?sort=newest"
REACHED = f"{PICTURE} a[tabindex='0']"


def place(page: Page, day: str) -> tuple[float, float]:
    """Return the middle of the place in the picture that begins with a day."""
    box = page.locator(f"{PICTURE} [data-from='{day}']").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def narrow(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address)
    page.locator(".fold > summary").click()


def test_a_bar_narrows_to_its_month_and_takes_it_back(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    bar = page.locator(f"{BARS}[data-from='2024-06-01']")
    count = bar.get_attribute("data-count")
    bar.click()
    expect(page.locator(".summary p")).to_contain_text(f"共 {count} 篇")
    expect(page.locator(f"{PICTURE} [aria-current]")).to_have_count(1)
    bar.click()
    expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "start", "end"),
    [
        (LIST, "2024-02-01", "2024-05-01"),
        (LIST, "2024-05-01", "2024-02-01"),
        ("/", "2024-02-01", "2024-05-01"),
    ],
)
def test_a_stretch_is_dragged_over_with_the_mouse(
    page: Page, site: str, address: str, start: str, end: str
) -> None:
    page.goto(f"{site}{address}")
    page.mouse.move(*place(page, start))
    page.mouse.down()
    page.mouse.move(*place(page, end), steps=3)
    expect(page.locator(f"{PICTURE} .in-reach")).to_have_count(4)
    expect(page.locator(f"{PICTURE} output")).to_contain_text("2024-02-01 至 2024-05-31：")
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=2024-02-01&to=2024-05-31"))


def test_a_finger_drags_over_a_stretch(browser: Browser, site: str) -> None:
    context = browser.new_context(
        locale="zh-CN", has_touch=True, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{site}{LIST}")
    page.locator(PICTURE).scroll_into_view_if_needed()
    (left, y), (right, _) = place(page, "2024-02-01"), place(page, "2024-05-01")
    session = context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": left, "y": y}]),
        ("touchMove", [{"x": left + 20, "y": y}]),
        ("touchMove", [{"x": right, "y": y}]),
        ("touchEnd", []),
    ):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page).to_have_url(re.compile(r"from=2024-02-01&to=2024-05-31"))
    context.close()


def test_keys_lead_from_bar_to_bar_and_take_a_stretch(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    page.locator(REACHED).focus()
    page.keyboard.press("Home")
    first = page.locator(BARS).first
    expect(first).to_be_focused()
    expect(page.locator(f"{PICTURE} output")).to_have_text(str(first.get_attribute("aria-label")))
    expect(page.locator(REACHED)).to_have_count(1)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    last = page.locator(BARS).nth(2)
    start, end = first.get_attribute("data-from"), last.get_attribute("data-to")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"from={start}&to={end}"))


def test_a_key_takes_a_single_bar_and_escape_gives_a_stretch_up(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    page.locator(REACHED).focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.locator(f"{PICTURE} .in-reach")).to_have_count(0)
    reached = page.locator(REACHED)
    start, end = reached.get_attribute("data-from"), reached.get_attribute("data-to")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"from={start}&to={end}"))


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_a_stretch_taken_on_the_front_page_is_not_of_the_next_search(
    page: Page, site: str, by: str
) -> None:
    page.goto(site)
    if by == "mouse":
        page.mouse.move(*place(page, "2024-02-01"))
        page.mouse.down()
        page.mouse.move(*place(page, "2024-05-01"), steps=3)
        page.mouse.up()
    else:
        page.locator(REACHED).focus()
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".figures")).to_be_visible()
    page.locator("#q").fill("快递")
    page.keyboard.press("Enter")
    expect(page.locator(".hit mark").first).to_have_text("快递")
    expect(page.locator(".chip")).to_have_count(0)


def test_a_name_typed_leaves_the_values_with_it(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    authors = page.locator("[data-facet='author']")
    authors.get_by_role("textbox").fill("３６K")
    expect(authors.locator(".choice:visible")).to_have_count(1)
    authors.get_by_role("textbox").fill("谁也不是")
    expect(authors.get_by_text("没有相符的项")).to_be_visible()
    authors.get_by_role("textbox").fill("")
    expect(authors.locator(".choice:visible")).to_have_count(8)


def test_a_name_is_found_by_its_pinyin(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    authors = page.locator("[data-facet='author']")
    authors.get_by_role("textbox").fill("pengp")
    expect(authors.locator(".choice:visible .value")).to_have_text(["澎湃"])
    expect(authors.locator(".found-none")).to_be_empty()
    authors.get_by_role("textbox").fill("36")
    expect(authors.locator(".choice:visible .value")).to_have_text(["36kr"])


def test_a_value_that_is_not_on_the_page_is_found_and_stays_chosen(
    page: Page, crowded_site: str
) -> None:
    page.goto(f"{crowded_site}{LIST}")
    assert "Rare 李" not in page.content()
    page.locator("[data-facet='author'] .find").fill("rare")
    page.get_by_label("Rare 李").check()
    expect(page.locator(".chip")).to_contain_text("Rare 李")
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.get_by_label("Rare 李")).to_be_checked()


def test_what_is_looked_for_stays_when_results_change_and_when_they_come_back(
    page: Page, crowded_site: str
) -> None:
    page.goto(f"{crowded_site}{LIST}")
    authors = page.locator("[data-facet='author']")
    box = authors.locator(".find")
    box.fill("rare")
    page.get_by_label("Rare 李").check()
    expect(page.locator(".hit")).to_have_count(1)
    expect(box).to_have_value("rare")
    expect(authors.locator(".choice:visible")).to_have_text(re.compile("Rare 李"))
    box.fill("")
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    expect(box).to_have_value("")
    expect(authors.locator(".choice:visible")).to_have_count(8)
    authors.locator(".rest > summary").click()
    page.go_forward()
    expect(page.locator(".chip")).to_have_count(1)
    expect(authors.locator(".rest[open]")).to_have_count(1)


def test_what_is_looked_for_in_two_boxes_is_found_in_both_when_results_change(
    page: Page, crowded_site: str
) -> None:
    page.goto(f"{crowded_site}{LIST}")
    found = [page.locator(f"[data-facet='{name}'] .found .choice") for name in ("author", "tag")]
    for name, each in zip(("author", "tag"), found, strict=True):
        page.locator(f"[data-facet='{name}'] .find").fill("rare")
        expect(each).to_have_count(1)
    page.locator(".sorts a", has_text="最早").click()
    expect(page.locator(".sorts [aria-current]")).to_have_text("最早")
    for each in found:
        expect(each).to_have_count(1)
    expect(page.get_by_text("没有相符的项")).to_have_count(0)


def test_what_was_found_and_chosen_stays_while_another_is_looked_for(
    page: Page, crowded_site: str
) -> None:
    narrow(page, f"{crowded_site}{LIST}")
    box = page.locator("[data-facet='author'] .find")
    box.fill("rare")
    page.get_by_label("Rare 李").check()
    box.fill("作者000")
    page.get_by_label("作者000").check()
    expect(page.locator(".apply")).to_have_text("查看 3 篇文章")
    page.locator(".apply").click()
    expect(page.locator(".hit")).to_have_count(3)


def test_the_button_counts_the_narrower_category_in_the_place_of_the_wider(
    page: Page, site: str
) -> None:
    narrow(page, f"{site}/?category=新媒体")
    page.locator('input[value="新媒体/36kr"]').check()
    expect(page.locator(".apply")).to_have_text("查看 9 篇文章")


def test_the_drawer_holds_the_focus_and_escape_closes_it(page: Page, site: str) -> None:
    narrow(page, f"{site}{LIST}")
    assert page.locator("#main").evaluate("main => main.inert")
    assert page.locator(".masthead").evaluate("head => head.inert")
    page.locator(".drawer input").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_be_hidden()
    expect(page.locator(".fold > summary")).to_be_focused()
    assert not page.locator("#main").evaluate("main => main.inert")


def test_a_tap_beside_the_drawer_closes_it(page: Page, site: str) -> None:
    narrow(page, f"{site}{LIST}")
    page.mouse.click(10, 400)
    expect(page.locator(".drawer")).to_be_hidden()


def test_what_was_not_applied_is_not_chosen(page: Page, site: str) -> None:
    narrow(page, f"{site}{LIST}")
    usual = page.locator(".apply").inner_text()
    category = page.locator("input[name=category]").first
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(10, 400)):
        category.check()
        expect(page.locator(".apply")).not_to_have_text(usual)
        leave()
        expect(page.locator(".drawer")).to_be_hidden()
        page.locator(".fold > summary").click()
        expect(category).not_to_be_checked()
        expect(page.locator(".apply")).to_have_text(usual)
    category.check()
    expect(page.locator(".apply")).not_to_have_text(usual)
    page.locator(".apply").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    page.locator(".fold > summary").click()
    expect(page.locator(".apply")).to_have_text(usual)


def test_escape_empties_the_box_of_a_facet_before_it_closes_the_drawer(
    page: Page, crowded_site: str
) -> None:
    narrow(page, f"{crowded_site}{LIST}")
    box = page.locator("[data-facet='author'] .find")
    box.fill("作者00")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator("[data-facet='author'] .choice:visible")).to_have_count(8)
    expect(page.locator(".drawer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390])
def test_the_drawer_fits_into_the_window(page: Page, site: str, width: int) -> None:
    narrow(page, f"{site}{LIST}")
    page.set_viewport_size({"width": width, "height": 640})
    box = page.locator(".drawer").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    inside = "drawer => drawer.scrollWidth <= drawer.clientWidth"
    assert page.locator(".drawer").evaluate(inside)


def test_without_a_script_bars_are_links_and_the_drawer_opens_and_closes(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(
        java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site}{LIST}")
    page.locator(".fold > summary").click()
    expect(page.locator(".find")).to_have_count(3)
    expect(page.locator(".find").first).to_be_hidden()
    page.locator(".fold > summary").click()
    expect(page.locator(".drawer")).to_be_hidden()
    page.locator(".fold > summary").click()
    page.locator(f"{BARS}[data-from='2024-06-01']").click()
    expect(page).to_have_url(re.compile(r"from=2024-06-01&to=2024-06-30"))
    context.close()
