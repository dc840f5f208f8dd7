"""Days that narrow a search: typed, or chosen in the table behind the picture."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BARS = ".histogram a"
LIST = "/?sort=newest"


def test_a_day_is_typed_to_its_end_before_it_narrows(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    page.locator(".range > summary").click()
    page.locator("input[name=from]").focus()
    page.keyboard.type("06152024", delay=40)  # in the order of the browser's own language
    page.wait_for_timeout(300)  # of anything that would be asked for by then
    assert page.url.endswith(LIST)
    for _ in range(2):  # by the button of its calendar, to the other day
        page.keyboard.press("Tab")
    expect(page.locator("input[name=to]")).to_be_focused()
    page.keyboard.type("07312024", delay=40)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=2024-06-15&to=2024-07-31"))
    page.locator("input[name=to]").focus()
    page.keyboard.type("06302024", delay=40)
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"from=2024-06-15&to=2024-06-30"))


def test_a_box_clicked_after_a_day_was_typed_is_chosen_with_it(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    page.locator(".range > summary").click()
    page.locator("input[name=from]").focus()
    page.keyboard.type("06152024")  # in the order of the browser's own language
    page.locator("input[name=category]").first.hover()
    page.mouse.down()
    page.wait_for_timeout(200)  # as a hand does
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"category=[^&]+&from=2024-06-15"))
    page.locator("input[name=from]").focus()
    page.keyboard.type("06162024")
    page.locator("legend").first.click()
    expect(page).to_have_url(re.compile(r"category=[^&]+&from=2024-06-16"))


@pytest.mark.parametrize("address", ["/", LIST])
def test_the_table_says_what_the_picture_shows(page: Page, site: str, address: str) -> None:
    page.goto(f"{site}{address}")
    page.get_by_text("按年月列表").click()
    table = page.get_by_role("table", name="各年各月的文章数")
    drawn = page.locator(BARS).evaluate_all("bars => bars.map((bar) => bar.dataset)")
    for bar in drawn:
        year, month, _ = bar["from"].split("-")
        column = table.get_by_role("columnheader").all_text_contents().index(year) + 1
        row = table.get_by_role("row", name=re.compile(rf"^{int(month)} 月"))
        expect(row.locator("td, th").nth(column)).to_have_text(bar["count"])


def test_the_keyboard_stays_at_the_month_chosen(page: Page, site: str) -> None:
    page.goto(f"{site}{LIST}")
    page.get_by_text("按年月列表").click()
    numbers = page.locator(".months td a").all_text_contents()
    last = len(numbers) - 1
    assert numbers.index(numbers[last]) < last  # another has as many articles
    page.locator(".months td a").nth(last).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".months td a").nth(last)).to_be_focused()
