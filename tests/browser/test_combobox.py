"""Suggestions, recent searches and keys, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

RECENT = "JSON.parse(localStorage.getItem('recent'))"


def suggest(page: Page, text: str) -> None:
    """Type, and wait for the list."""
    page.locator("#q").press_sequentially(text)
    expect(page.locator("#suggestions")).to_be_visible()


def active(page: Page) -> str | None:
    """Return the option that the box says is active; None for the box itself."""
    found: str | None = page.evaluate(
        """() => {
          const id = document.getElementById("q").getAttribute("aria-activedescendant");
          return id && document.getElementById(id).querySelector(".words").textContent;
        }"""
    )
    return found


def test_suggestions_stand_in_groups_and_what_was_typed_is_marked(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    suggest(page, "京")
    expect(box).to_have_attribute("aria-expanded", "true")
    group = page.get_by_role("group", name="公司")
    expect(group.get_by_role("option").first).to_have_text("京东11 篇")
    expect(group.locator("mark").first).to_have_text("京")
    assert page.locator("#suggestions").bounding_box()["width"] == box.bounding_box()["width"]  # type: ignore[index]


def test_arrows_go_round_and_enter_takes_the_active_one(page: Page, site: str) -> None:
    page.goto(site)
    suggest(page, "jd")
    texts = page.locator(".option .words").all_text_contents()
    assert len(texts) == 6
    visited = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "Home", "ArrowUp"):
        page.keyboard.press(key)
        visited.append(active(page))
    assert visited == [texts[0], texts[1], texts[0], None, texts[5], None, texts[5]]
    assert texts[5] == "京东"
    page.keyboard.press("Enter")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("company:京东")
    expect(page).to_have_title("company:京东 · 文搜")
    expect(page.locator("#q")).to_be_focused()


def test_escape_closes_the_list_then_empties_the_box_then_leaves_it(page: Page, site: str) -> None:
    page.goto(site)
    suggest(page, "jd")
    box = page.locator("#q")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(box).to_have_value("jd")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#suggestions")).to_be_visible()
    assert active(page) is None
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()


def test_tab_leaves_the_list_and_takes_nothing(page: Page, site: str) -> None:
    page.goto(site)
    suggest(page, "jd")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("jd")


def test_a_title_opens_its_article_and_other_options_search(page: Page, site: str) -> None:
    page.goto(f"{site}/?lang=en")
    suggest(page, "京")
    expect(page).to_have_title(re.compile("^京 · "))  # the list moves when the front page goes
    page.get_by_role("group", name="Companies").get_by_role("option").first.click()
    expect(page).to_have_title(re.compile("^company:京东 · "))
    page.locator("#q").fill("快递")
    expect(page.locator(".hit mark").first).to_have_text("快递")
    expect(page.locator("#suggestions")).to_be_hidden()  # titles only, which stand below
    page.keyboard.press("ArrowDown")
    page.get_by_role("group", name="Articles").get_by_role("option").first.click()
    expect(page.locator("h1")).to_contain_text("快递")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_an_article_that_was_suggested_has_marks_and_a_way_back_to_its_list(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/?author=36kr&view=compact")
    page.locator("#q").fill("快递")
    expect(page.locator(".hit mark").first).to_have_text("快递")
    page.keyboard.press("ArrowDown")
    page.get_by_role("group", name="文章").get_by_role("option").first.click()
    expect(page.locator("h1 mark").first).to_have_text("快递")
    page.locator(".back a").click()
    expect(page.locator(".hits.compact .hit mark").first).to_have_text("快递")
    expect(page.locator(".chip")).to_contain_text("36kr")
    page.wait_for_load_state()
    page.locator("#q").fill("")
    expect(page.locator(".option.recent .words")).to_have_text(["快递"])


def test_an_article_found_by_its_sound_has_a_way_to_the_front_page(page: Page, site: str) -> None:
    page.goto(site)
    suggest(page, "kuaidi")
    expect(page.locator(".nothing")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.locator(".option.title").first.click()
    back = page.locator(".back a")
    expect(back).to_have_text("← 回到首页")
    back.click()
    expect(page.locator(".figures")).to_be_visible()


def test_beside_results_no_titles_are_suggested(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.locator("#q").fill("快")
    expect(page.locator(".option .words").first).to_have_text("快递")
    expect(page.locator(".option.title")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".option.title").first).to_be_visible()


def test_a_text_too_long_to_be_completed_is_not_asked_for(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    page.locator("#q").fill("快递" * 101)
    expect(page).to_have_url(re.compile("q=%E5%BF%AB"))
    assert not [url for url in asked if "/api/suggest" in url]


def test_searches_that_were_meant_are_offered_again(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_role("combobox")  # it is one once the script runs
    for text in ("京东", "物流", "京东"):
        box.fill(text)
        box.press("Enter")
    box.fill("不到底")
    expect(page).to_have_title("不到底 · 文搜")
    assert page.evaluate(RECENT) == ["京东", "物流"]
    box.fill("快递")
    page.locator(".hit h2 a", has_text="快递").first.click()
    expect(page.locator("article")).to_be_visible()
    assert page.evaluate(RECENT) == ["快递", "京东", "物流"]
    box.fill("")
    expect(page.locator(".option .words")).to_have_text(["快递", "京东", "物流", "清空最近搜索"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title("快递 · 文搜")


def test_recent_searches_are_removed_one_by_one_or_all(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("localStorage.setItem('recent', JSON.stringify(['甲', '乙', '丙']))")
    page.locator("#q").focus()
    page.locator(".option", has_text="乙").locator(".remove").click()
    expect(page.locator(".option.recent .words")).to_have_text(["甲", "丙"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(page.locator(".option.recent .words")).to_have_text(["丙"])
    assert active(page) == "丙"
    page.locator(".option.clear").click()
    expect(page.locator("#suggestions")).to_be_hidden()
    assert page.evaluate(RECENT) is None


@pytest.mark.parametrize("stored", ["{", '{"a": 1}', '[1, null, {"b": 2}]'])
def test_what_stands_in_the_store_may_be_anything(page: Page, site: str, stored: str) -> None:
    page.goto(site)
    page.evaluate("stored => localStorage.setItem('recent', stored)", stored)
    page.locator("#q").focus()
    expect(page.locator("#suggestions")).to_be_hidden()
    page.locator("#q").fill("京东")
    page.locator("#q").press("Enter")
    assert page.evaluate(RECENT) == ["京东"]


def test_a_browser_that_keeps_nothing_searches_as_well(page: Page, site: str) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new Error('refused'); } });"
    )
    page.goto(site)
    page.locator("#q").fill("京东")
    page.locator("#q").press("Enter")
    expect(page).to_have_title("京东 · 文搜")


def test_only_the_latest_twenty_searches_are_kept(page: Page, site: str) -> None:
    page.goto(site)
    kept = [f"第{number}次" for number in range(20)]
    page.evaluate("kept => localStorage.setItem('recent', JSON.stringify(kept))", kept)
    page.locator("#q").fill("京东")
    page.locator("#q").press("Enter")
    assert page.evaluate(RECENT) == ["京东", *kept[:19]]


def test_j_and_k_move_among_the_hits_and_enter_opens(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    links = page.locator(".hit h2 a")
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(at)).to_be_focused()
    page.keyboard.press("Control+j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("j")
    expect(page.locator("#q")).to_have_value("j")
    page.locator("#q").fill("快递")
    expect(page).to_have_title("快递 · 文搜")
    page.locator("#q").blur()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_question_mark_lists_the_keys(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(site)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="键盘快捷键")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="关闭")).to_be_focused()
    assert dialog.evaluate("it => it.scrollWidth <= it.clientWidth")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("#help > summary").click()
    page.get_by_role("button", name="键盘快捷键").click()
    dialog.get_by_role("link", name="搜索语法").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#help .card")).to_be_visible()
