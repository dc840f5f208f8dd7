"""What a first visit costs: as little as promised, and the measure of it sees what it must."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.bench.first_load import first_load

pytestmark = pytest.mark.browser

MAX_BYTES = 150_000


@pytest.mark.parametrize(
    ("path", "size"), [("/", "wide"), ("/?q=快递", "phone"), ("/?sort=newest&view=cards", "wide")]
)
def test_a_first_visit_is_small_asks_nobody_else_and_stands_still(
    browser: Browser, site: str, path: str, size: str
) -> None:
    found = first_load(browser, site, "page", path, size)
    assert 10_000 < found.bytes < MAX_BYTES
    assert found.requests > 10
    assert found.elsewhere == ()
    assert found.shift < 0.01


class Restless(BaseHTTPRequestHandler):
    """A page that asks another host for a style sheet, and pushes its text down a moment later."""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        script = "setTimeout(() => document.body.prepend(document.createElement('hr')), 100)"
        html = (
            f"<!doctype html><link rel=stylesheet href=http://localhost:{port}/a.css>"
            f"<style>hr {{ height: 300px }} p {{ height: 300px }}</style>"
            f"<p>text<script>{script}</script>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/" else "text/css")
        self.send_header("Content-Length", str(len(html)))
        self.end_headers()
        self.wfile.write(html if self.path == "/" else b" " * len(html))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def restless() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Restless) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_what_another_host_is_asked_and_what_moves_is_seen(browser: Browser, restless: str) -> None:
    found = first_load(browser, restless, "page", "/", "wide")
    assert found.elsewhere == (restless.replace("http://127.0.0.1", "localhost"),)
    assert found.shift > 0.1
    assert found.paint_ms is not None
