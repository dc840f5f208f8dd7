"""A real Chromium, and a real server on an index of the seeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page

from search.indexer import index_paths
from search.service import open_index
from tests.browser.chromium import INSTALL, launch_options
from tests.browser.serving import served


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType
) -> dict[str, Any]:
    options = launch_options(browser_type)
    if not options:
        pytest.fail(INSTALL)
    return {**browser_type_launch_args, **options}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def site(seed_index: Path) -> Iterator[str]:
    """The address of the page."""
    with open_index(seed_index) as index, served(index) as address:
        yield address


@pytest.fixture(scope="session")
def crowded_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page on an index of 130 authors; of one, "Rare 李", only one article.

    There are as many tags, and one of only one article as well: "Rare 签".
    """
    folder = tmp_path_factory.mktemp("crowded")
    many = [{"authors": [f"作者{n:03}"], "tags": [f"签{n:03}"]} for n in range(129)]
    articles = [*many, *many, {"authors": ["Rare 李"], "tags": ["Rare 签"]}]
    source = folder / "articles.jsonl"
    lines = (json.dumps({"id": str(n), "title": "文", **each}) for n, each in enumerate(articles))
    source.write_text("\n".join(lines), encoding="utf-8")
    index_paths([source], folder / "index")
    with open_index(folder / "index") as index, served(index) as address:
        yield address


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that reaches no other host, and has no error in its own scripts."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    yield page
    assert errors == []
