"""Search as you type, and what the history makes of it, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

MARK = "window.untouched = true"
IS_SAME_DOCUMENT = "window.untouched === true"


class Searches:
    """The texts of the searches that a page has sent, in order; the document's own left out."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        page.on("request", lambda request: self._see(request.resource_type, request.url))

    def _see(self, kind: str, url: str) -> None:
        parts = urlsplit(url)
        if kind == "fetch" and parts.path == "/":
            self.texts.append(parse_qs(parts.query).get("q", [""])[0])


@pytest.fixture
def searches(page: Page, site: str) -> Searches:
    """Of the page, which stands at the beginning."""
    page.goto(site)
    page.evaluate(MARK)
    return Searches(page)


def shows(page: Page, text: str) -> None:
    """Wait until the answer for ``text`` is there: title, address and matches."""
    expect(page).to_have_title(re.compile(rf"^{text} · "))
    expect(page).to_have_url(re.compile(rf"[?&]q={quote(text)}(&|$)"))
    expect(page.locator(".hit mark").first).to_have_text(text)


def holding(path: str) -> tuple[list[Route], Callable[[Route], None]]:
    """Return where requests wait that ask for ``q=path``, and what has them wait there."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if parse_qs(urlsplit(route.request.url).query).get("q") == [path]:
            held.append(route)
        else:
            route.continue_()

    return held, hold


def test_results_come_while_one_types_and_the_box_keeps_the_keyboard(
    page: Page, searches: Searches
) -> None:
    page.locator("#q").press_sequentially("快递")
    shows(page, "快递")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#announced")).to_contain_text("共 6 篇")
    feed = page.get_by_role("link", name="Atom 订阅")
    expect(feed).to_have_attribute("href", f"/feed.atom?q={quote('快递')}")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("京东 ")
    expect(page.locator("#q")).to_have_value("快京东 递")
    expect(page).to_have_url(re.compile("%BA%AC"))
    assert page.locator("#q").evaluate("box => box.selectionStart") == 4
    assert page.evaluate(IS_SAME_DOCUMENT)


def test_letters_typed_in_a_row_are_one_search(page: Page, searches: Searches) -> None:
    page.clock.install()
    page.reload()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))  # however slowly we type
    for letter in "kubernetes":
        page.locator("#q").press(letter)
        page.clock.run_for(100)
    assert searches.texts == []
    page.clock.run_for(100)
    expect(page).to_have_title(re.compile("^kubernetes · "))
    assert searches.texts == ["kubernetes"]


def test_nothing_is_sent_while_an_input_method_composes(page: Page, searches: Searches) -> None:
    suggestions: list[str] = []
    page.on("request", lambda it: suggestions.append(it.url) if "/suggest" in it.url else None)
    page.locator("#q").focus()
    keyboard = page.context.new_cdp_session(page)
    for text in ("k", "ku", "kuai'di"):
        end = {"selectionStart": len(text), "selectionEnd": len(text)}
        keyboard.send("Input.imeSetComposition", {"text": text, **end})
    expect(page.locator("#q")).to_have_value("kuai'di")
    page.wait_for_timeout(400)  # well over the pauses, in which all would have been sent
    assert (searches.texts, suggestions) == ([], [])
    keyboard.send("Input.insertText", {"text": "快递"})
    shows(page, "快递")
    assert searches.texts == ["快递"]
    assert len(suggestions) == 1


def test_an_answer_that_comes_late_is_never_shown(page: Page, searches: Searches) -> None:
    held, hold = holding("京东")
    page.route("**/?q=*", hold)
    page.locator("#q").fill("京东")
    expect(page.locator("#main")).to_have_attribute("aria-busy", "true")
    page.locator("#q").fill("快递")
    shows(page, "快递")
    assert searches.texts == ["京东", "快递"]
    held[0].continue_()
    page.evaluate("fetch('/?q=物流').then((answer) => answer.text())")  # as long as that may take
    shows(page, "快递")


def test_what_was_found_stays_until_the_next_is_there(page: Page, searches: Searches) -> None:
    page.evaluate(
        """() => {
          window.fewest = Infinity;
          const count = () => {
            window.fewest = Math.min(window.fewest, document.querySelectorAll(".hit").length);
            requestAnimationFrame(count);
          };
          count();
        }"""
    )
    for text in ("京东", "快递"):
        page.locator("#q").fill(text)
        shows(page, text)
    assert page.evaluate("window.fewest") > 0


def test_back_leaves_a_search_whole_and_forward_returns_to_it(
    page: Page, searches: Searches
) -> None:
    for text in ("京", "京东"):
        page.locator("#q").fill(text)
        expect(page).to_have_title(re.compile(f"^{text} · "))
    page.locator("#q").press("Enter")
    page.locator("#q").fill("快递")
    shows(page, "快递")
    page.go_back()
    shows(page, "京东")
    expect(page.locator("#q")).to_have_value("京东")
    page.go_back()
    expect(page).to_have_title("文搜")
    expect(page.locator("#q")).to_have_value("")
    page.go_forward()
    shows(page, "京东")
    assert page.evaluate(IS_SAME_DOCUMENT)


def test_the_front_page_looks_as_such_until_one_types_and_after_back(
    page: Page, searches: Searches
) -> None:
    middle = "getComputedStyle(document.querySelector('.wordmark')).justifySelf"
    assert page.evaluate(middle) == "center"
    page.locator("#q").press_sequentially("快递")
    shows(page, "快递")
    assert page.evaluate(middle) != "center"
    page.go_back()
    expect(page.locator(".front")).to_be_visible()
    assert page.evaluate(middle) == "center"


def test_filters_chips_orders_and_pages_need_no_new_page(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=的")
    page.evaluate(MARK)
    choice = page.locator('input[name="author"][value="36kr"]')
    choice.check()
    expect(page.locator(".chip")).to_have_text(["来源 36kr×"])
    expect(choice).to_be_focused()
    page.locator(".sorts a", has_text="最早").click()
    expect(page.locator(".sorts [aria-current]")).to_have_text("最早")
    expect(page.locator(".sorts [aria-current]")).to_be_focused()
    page.locator(".chip").first.click()
    expect(page.locator(".chip")).to_have_count(0)
    page.locator(".pagination [rel=next]").click()
    expect(page.locator(".pagination [aria-current]")).to_have_text("2")
    expect(page.locator("#main")).to_be_focused()
    assert page.evaluate("scrollY") == 0
    assert page.url.endswith("sort=oldest&page=2")
    assert page.evaluate(IS_SAME_DOCUMENT)


def test_back_from_what_was_chosen_shows_it_unchosen_where_one_was(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=的")
    page.evaluate("scrollTo(0, 300)")
    page.locator(".pagination [rel=next]").click()
    expect(page.locator(".pagination [aria-current]")).to_have_text("2")
    page.locator('input[name="author"][value="36kr"]').check()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator('input[name="author"][value="36kr"]')).not_to_be_checked()
    page.go_back()
    expect(page.locator(".pagination [aria-current]")).to_have_text("1")
    assert page.evaluate("scrollY") > 250


def test_folds_among_the_filters_stay_open(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=的")
    fold = page.locator(".range")
    fold.locator("summary").click()
    page.locator("#q").fill("京东")
    shows(page, "京东")
    expect(fold).to_have_attribute("open", "")


def test_back_from_an_article_the_list_that_was_typed_is_there(
    page: Page, searches: Searches
) -> None:
    page.locator("#q").fill("快递")
    shows(page, "快递")
    page.locator(".hit h2 a").nth(1).click()
    expect(page.locator("article")).to_be_visible()
    page.go_back()
    shows(page, "快递")
    expect(page.locator("#q")).to_have_value("快递")


def test_without_a_network_the_last_results_stay_and_the_page_says_so(
    page: Page, searches: Searches
) -> None:
    page.locator("#q").fill("快递")
    shows(page, "快递")
    page.route("**/?q=*", lambda route: route.abort())
    page.locator("#q").fill("京东")
    expect(page.get_by_role("alert")).to_contain_text("没有连上服务器")
    expect(page.locator(".hit mark").first).to_have_text("快递")
    expect(page.locator("#q")).to_have_value("京东")


def test_the_note_of_no_network_goes_when_it_no_longer_holds(
    page: Page, searches: Searches
) -> None:
    box, note = page.locator("#q"), page.get_by_role("alert")
    box.fill("快递")
    shows(page, "快递")
    page.route("**/?q=*", lambda route: route.abort())
    box.fill("京东")
    expect(note).to_contain_text("没有连上服务器")
    box.fill("快递")  # as what is shown
    expect(note).to_have_count(0)
    box.fill("京东")
    expect(note).to_contain_text("没有连上服务器")
    page.unroute("**/?q=*")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    shows(page, "京东")
    page.go_back()
    expect(page.locator(".figures")).to_be_visible()
    expect(note).to_have_count(0)


@pytest.mark.parametrize("what", ["facet", "link", "enter"])
def test_without_a_network_nothing_that_is_chosen_destroys_the_page(
    page: Page, site: str, what: str
) -> None:
    page.goto(f"{site}/?q=快递")
    page.evaluate(MARK)
    page.route("**/?*", lambda route: route.abort())
    category = page.locator("input[name=category]").first
    if what == "facet":
        category.click()
    elif what == "link":
        page.locator(".sorts a", has_text="最新").click()
    else:
        page.locator("#q").fill("京东")
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("没有连上服务器")
    expect(category).not_to_be_checked()
    expect(page.locator(".hit mark").first).to_have_text("快递")
    assert page.evaluate(IS_SAME_DOCUMENT)


def test_an_answer_of_somebody_else_is_shown_as_it_is(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.route("**/?*", lambda route: route.fulfill(status=503, body="busy"))
    page.locator("input[name=category]").first.click()
    expect(page.locator("body")).to_have_text("busy")


def test_what_was_found_before_the_box_was_emptied_can_be_gone_back_to(
    page: Page, searches: Searches
) -> None:
    page.locator("#q").press_sequentially("快递")
    shows(page, "快递")
    page.locator("#q").fill("")
    expect(page.locator(".figures")).to_be_visible()
    page.go_back()
    shows(page, "快递")


def test_escape_leaves_a_box_in_which_nothing_was_typed(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递&sort=newest")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()
    expect(page.locator("#q")).to_have_value("快递")


def test_a_finger_that_searches_sends_the_keyboard_away(browser: Browser, site: str) -> None:
    context = browser.new_context(
        locale="zh-CN", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(site)
    page.locator("#q").tap()
    page.keyboard.type("快递")
    shows(page, "快递")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#q")).not_to_be_focused()
    context.close()


def test_what_the_server_says_of_an_error_is_shown_in_place(page: Page, searches: Searches) -> None:
    nowhere = page.url + "nowhere"
    page.route("**/?q=*", lambda route: route.fulfill(response=route.fetch(url=nowhere)))
    page.locator("#q").fill("快递")
    expect(page.locator("h1")).to_have_text("这里没有页面。")
    expect(page.locator("#q")).to_be_focused()
    page.unroute("**/?q=*")
    page.locator("#q").fill("京东")
    shows(page, "京东")
    assert page.evaluate(IS_SAME_DOCUMENT)


def test_another_language_is_another_page(page: Page, searches: Searches) -> None:
    page.locator("#q").fill("快递")
    shows(page, "快递")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#q")).to_have_value("快递")


def test_from_an_article_typing_waits_for_enter(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article")).to_be_visible()
    searches = Searches(page)
    page.locator("#q").fill("京东")
    page.locator("#q").press("Enter")
    shows(page, "京东")
    assert searches.texts == []
