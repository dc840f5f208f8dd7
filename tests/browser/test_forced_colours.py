"""Where the system gives its own colours: what is found, chosen or active still shows."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

COLOURS = """element => {
  const { color, backgroundColor, fill } = getComputedStyle(element);
  return { color, ground: backgroundColor, fill };
}"""

RESOLVED = """name => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = name;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}"""


@pytest.fixture(params=["light", "dark"])
def forced(page: Page, request: pytest.FixtureRequest) -> Page:
    """A page in a light and in a dark scheme of the system's."""
    scheme: Literal["light", "dark"] = request.param
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    return page


def colours(element: Locator) -> dict[str, str]:
    found: dict[str, str] = element.evaluate(COLOURS)
    return found


def shows_as(element: Locator, ground: str, text: str) -> bool:
    """Tell whether an element has two of the system's colours, which are not the same."""
    seen = colours(element)
    wanted = [element.page.evaluate(RESOLVED, name) for name in (ground, text)]
    return [seen["ground"], seen["color"]] == wanted and wanted[0] != wanted[1]


def test_a_word_that_was_found_is_marked_and_the_one_reached_otherwise(
    forced: Page, site: str
) -> None:
    forced.goto(f"{site}/?q=快递")
    assert shows_as(forced.locator(".hit mark").first, "Mark", "MarkText")
    forced.locator(".hit h2 a").first.click()
    expect(forced.locator(".body mark").first).to_be_visible()
    forced.wait_for_load_state()
    forced.keyboard.press("n")
    reached = forced.locator("mark.current")
    expect(reached).to_have_css("outline-style", "solid")
    assert shows_as(reached, "Highlight", "HighlightText")


@pytest.mark.parametrize(
    "chosen",
    [".sorts [aria-current]", ".layouts [aria-current]", ".page-item.active .page-link"],
)
def test_what_is_chosen_shows(forced: Page, site: str, chosen: str) -> None:
    forced.goto(f"{site}/?q=快递&size=5")
    assert shows_as(forced.locator(chosen), "Highlight", "HighlightText")


def test_the_suggestion_that_enter_takes_has_an_edge(forced: Page, site: str) -> None:
    forced.goto(site)
    box = forced.get_by_role("combobox")
    box.fill("快")
    expect(forced.locator(".option").first).to_be_visible()
    expect(forced.locator(".option").first).to_have_css("outline-style", "none")
    assert shows_as(forced.locator(".option mark").first, "Mark", "MarkText")
    box.press("ArrowDown")
    expect(forced.locator('.option[aria-selected="true"]')).to_have_css("outline-style", "solid")


def test_bars_that_are_chosen_stand_in_a_lit_column(forced: Page, site: str) -> None:
    forced.goto(f"{site}/?from=2024-06-01&to=2024-06-30")
    chosen = forced.locator(".histogram [aria-current]")
    others = forced.locator(".histogram a:not([aria-current])")
    grounds = [colours(each.locator(".place").first)["fill"] for each in (chosen, others)]
    assert grounds[0] == forced.evaluate(RESOLVED, "Highlight")
    assert grounds[0] != grounds[1]
    bar = colours(others.locator(".bar").first)["fill"]
    assert bar == forced.evaluate(RESOLVED, "CanvasText")


def test_a_switch_that_would_change_nothing_is_not_there(forced: Page, site: str) -> None:
    forced.goto(site)
    expect(forced.locator("button.theme")).to_be_hidden()
    forced.emulate_media(forced_colors="none")
    expect(forced.locator("button.theme")).to_be_visible()
