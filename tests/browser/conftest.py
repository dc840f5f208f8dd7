"""A real Chromium, and a real server on an index of the seeds."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page
from waitress.server import create_server

from search.service import open_index
from web import create_app

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = (
    "The browser tests need a Chromium, and none was found. Install one:"
    " playwright install chromium; or, as root on Debian: apt-get install chromium"
)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType
) -> dict[str, Any]:
    """The Chromium on the PATH, else the one that Playwright installed."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    own = browser_type.executable_path
    if found is None and not Path(own).exists():
        pytest.fail(INSTALL)
    # Chromium's sandbox refuses to run as root, as tests in a container do.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    args = ["--no-sandbox"] if is_root else []
    return {**browser_type_launch_args, "executable_path": found or own, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def site(seed_index: Path) -> Iterator[str]:
    """The address of the page."""
    with open_index(seed_index) as index:
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
