"""A real Chromium, and a real server on an index of the seeds."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page
from waitress.server import create_server

from search.indexer import index_paths
from search.service import open_index
from tests.browser.chromium import INSTALL, launch_options
from web import create_app


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
    with _served(seed_index) as address:
        yield address


@pytest.fixture(scope="session")
def crowded_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page on an index of 130 authors; of one, "Rare 李", only one article."""
    folder = tmp_path_factory.mktemp("crowded")
    authors = [f"作者{number:03}" for number in range(129)]
    articles = [*({"authors": [name]} for name in authors * 2), {"authors": ["Rare 李"]}]
    source = folder / "articles.jsonl"
    lines = (json.dumps({"id": str(n), "title": "文", **each}) for n, each in enumerate(articles))
    source.write_text("\n".join(lines), encoding="utf-8")
    index_paths([source], folder / "index")
    with _served(folder / "index") as address:
        yield address


@contextmanager
def _served(location: Path) -> Iterator[str]:
    with open_index(location) as index:
        server = create_server(create_app(index), host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()
        thread.join(timeout=5)


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that reaches no other host, and has no error in its own scripts."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    yield page
    assert errors == []
