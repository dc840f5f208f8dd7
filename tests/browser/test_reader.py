"""An article as people read it, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from search.indexer import index_paths
from search.service import open_index
from tests.browser.serving import served

pytestmark = pytest.mark.browser

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")

LONG = "".join(
    f"<h2>第{number}章</h2>" + "<p>搜索与阅读。</p>" + "<p>另一段话。</p>" * 20
    for number in ("一", "二", "三")
)
POST = f"""---
title: 长文
date: 2024-03-05
tags: [排版]
url: https://a.example/post/
---
{LONG}<p><a href="https://b.example/c">别处</a> <img src="https://gone.example/a.png"></p>
<details><summary>折叠</summary><p>这里也有搜索。</p></details>
"""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a search that finds one long article, 搜索 four times in it."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "posts").mkdir()
    (folder / "posts/a.md").write_text(POST, encoding="utf-8")
    index_paths([folder / "posts"], folder / "index")
    with open_index(folder / "index") as index, served(index) as address:
        yield f"{address}/?q=搜索"


def open_first(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".reading article")).to_be_visible()
    page.wait_for_load_state()  # a key pressed before the script is there is lost


def test_keys_lead_from_hit_to_hit_and_round(page: Page, long: str) -> None:
    open_first(page, long)
    place = page.locator(".hit-bar .place")
    expect(place).to_have_text("共 4 处")
    for key, text in (
        ("n", "第 1 / 4 处"), ("n", "第 2 / 4 处"), ("p", "第 1 / 4 处"), ("p", "第 4 / 4 处"),
        ("n", "第 1 / 4 处"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(place).to_have_text(text)
        expect(page.locator("mark.current")).to_have_count(1)
        expect(page.locator("mark.current")).to_be_in_viewport()


def test_a_hit_in_a_fold_is_unfolded(page: Page, long: str) -> None:
    open_first(page, long)
    expect(page.locator("#hit-4")).to_be_hidden()
    page.get_by_role("button", name="上一处").click()
    expect(page.locator("#hit-4")).to_be_visible()


def test_the_first_step_leads_on_from_what_is_being_read(page: Page, long: str) -> None:
    open_first(page, long)
    page.locator("#s-第二章").evaluate("it => it.scrollIntoView({ behavior: 'instant' })")
    page.keyboard.press("n")
    expect(page.locator(".hit-bar .place")).to_have_text("第 2 / 4 处")


def test_letters_that_are_typed_are_no_keys(page: Page, long: str) -> None:
    open_first(page, long)
    page.locator("#q").press("n")
    expect(page.locator(".hit-bar .place")).to_have_text("共 4 处")


def test_the_outline_stands_beside_the_text_and_says_where_one_is(page: Page, long: str) -> None:
    open_first(page, long)
    links = page.locator(".outline a")
    expect(links).to_have_text(["第一章", "第二章", "第三章"])
    links.nth(1).click()
    expect(page.locator(".outline [aria-current]")).to_have_text("第二章")
    expect(links.nth(2)).to_be_in_viewport()
    assert page.url.endswith("#s-%E7%AC%AC%E4%BA%8C%E7%AB%A0")


def test_in_a_narrow_window_the_outline_is_a_fold(page: Page, long: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_first(page, long)
    expect(page.locator(".outline a").first).to_be_hidden()
    page.locator(".outline summary").click()
    page.locator(".outline a").nth(1).click()
    expect(page.locator("#s-第二章")).to_be_in_viewport()
    expect(page.locator(".outline a").first).to_be_hidden()


def test_back_in_the_list_all_is_as_it_was(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{site}/?q=快递")
    page.evaluate("window.scrollTo({ top: 300, behavior: 'instant' })")
    link = page.locator(".hit h2 a").nth(2)
    title = link.inner_text()
    page.evaluate("document.querySelectorAll('.hit h2 a')[2].click()")
    expect(page.locator("h1")).to_have_text(title)
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(link).to_be_focused()
    assert page.evaluate("window.scrollY") == 300
    assert "#" not in page.url


def test_from_another_entry_the_way_back_leads_to_the_hit(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    address = page.locator(".hit h2 a").nth(2).get_attribute("href")
    page.goto("about:blank")
    page.goto(f"{site}{address}")
    page.evaluate("sessionStorage.clear()")
    page.locator(".back a").click()
    expect(page).to_have_url(re.compile(r"q=%E5%BF%AB%E9%80%92#a-3$"))
    expect(page.locator("#a-3")).to_be_in_viewport()


def test_keys_lead_to_the_hits_beside_it(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    titles = page.locator(".hit h2").all_inner_texts()
    page.locator(".hit h2 a").first.click()
    expect(page.locator("h1")).to_have_text(titles[0])
    for key, title in (("l", titles[1]), ("l", titles[2]), ("h", titles[1])):
        page.wait_for_load_state()
        page.keyboard.press(key)
        expect(page.locator("h1")).to_have_text(title)


def test_a_picture_that_is_gone_says_so(page: Page, long: str) -> None:
    open_first(page, long)
    page.keyboard.press("End")
    picture = page.locator(".body .picture.gone")
    expect(picture).to_have_text("图片已经不在了")
    expect(picture).to_be_visible()


def test_without_a_script_a_link_leads_to_the_first_hit(browser: Browser, long: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    open_first(page, long)
    expect(page.locator(".hit-bar")).to_be_hidden()
    page.get_by_role("link", name="到第一处匹配（共 4 处）").click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    context.close()


def test_on_paper_there_is_the_article_alone(page: Page, long: str) -> None:
    open_first(page, long)
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".masthead", ".back", ".outline", ".hit-bar", ".to-first"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".body p").first).to_have_css("color", "rgb(0, 0, 0)")
    behind = "it => getComputedStyle(it, '::after').content"
    assert "https://b.example/c" in page.get_by_role("link", name="别处").evaluate(behind)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "dark")])
def test_the_article_fits_and_can_be_read(
    page: Page, long: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    open_first(page, f"{long}&lang=en")
    page.keyboard.press("n")
    expect(page.locator("mark.current")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []
