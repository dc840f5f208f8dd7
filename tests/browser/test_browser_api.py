"""What a browser keeps and asks after, and the page about the interface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from search.service import open_index
from tests.browser.serving import running
from web import application, create_app

pytestmark = pytest.mark.browser


class Noted:
    """A WSGI application that notes what another is asked, and its statuses."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.answers: list[tuple[str, str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, *rest: Any) -> Any:
            path = environ["PATH_INFO"]
            if not path.endswith("/icon.svg"):  # which Chromium asks for when it likes
                self.answers.append((path, status[:3]))
            return start_response(status, *rest)

        return self.app(environ, start)

    def files(self) -> set[str]:
        return {path for path, _ in self.answers if "/static/" in path}


@pytest.fixture
def noted(seed_index: Path) -> Iterator[tuple[Noted, str, Any]]:
    """What is noted of a server, its address, and the index that it answers from."""
    with open_index(seed_index) as index:
        app = Noted(create_app(index))
        with running(app) as address:
            yield app, f"{address}/", index


def test_a_reload_asks_for_no_file_and_an_upgrade_for_every_one(
    noted: tuple[Noted, str, Any], context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, address, index = noted
    page = context.new_page()  # the other tests' page sees all requests, and so keeps nothing
    page.goto(address)
    first = app.files()
    assert any(path.endswith("/js/keys.js") for path in first)  # which main.js imports
    app.answers.clear()
    page.reload()
    assert app.answers == [("/", "304")]
    monkeypatch.setattr(application, "VERSION", "next")
    app.app = create_app(index)
    page.goto(f"{address}?q=快递")
    assert app.files() == {path.replace(application_version(first), "next") for path in first}


def application_version(paths: set[str]) -> str:
    [version] = {path.partition("/static/")[2].partition("/")[0] for path in paths}
    return version


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_about_the_interface_is_no_wider_than_the_window(
    page: Page, site: str, width: int, lang: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/api/?lang={lang}")
    expect(page.locator("#search")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_error_leads_to_what_explains_it(page: Page, site: str) -> None:
    page.goto(f"{site}/api/#bad-parameter")
    expect(page.locator("#bad-parameter")).to_be_in_viewport()
