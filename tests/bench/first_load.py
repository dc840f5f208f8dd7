"""What a first visit costs in Chromium: bytes, requests, first paint, shifts, blocking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

SIZES = {"phone": (390, 844), "wide": (1280, 900)}
"""Windows, in CSS pixels."""

_SETTLED_MS = 500
"""After the page has loaded, for what its scripts still do."""

# Lighthouse's: of each task over 50 ms what is beyond; shifts that no input is the reason of.
_WATCH = """
window.seen = { shift: 0, blocking: 0 };
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.seen.shift += each.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.seen.blocking += each.duration - 50;
}).observe({ type: "longtask", buffered: true });
"""
_READ = """() => ({ ...window.seen,
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null })"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLoad:
    """A page opened with nothing in the browser's cache.

    Attributes:
        page: which.
        size: of the window, of `SIZES`.
        bytes: sent by the server, headers too, compressed as they were.
        requests: to the server.
        elsewhere: hosts asked for anything but a picture of an article.
        pictures: of articles, asked of other hosts.
        paint_ms: until the first text or picture; None where none was seen.
        shift: of the layout, the sum of all (Lighthouse is content below 0.1).
        blocking_ms: that tasks took beyond 50 ms each.
    """

    page: str
    size: str
    bytes: int
    requests: int
    elsewhere: tuple[str, ...]
    pictures: int
    paint_ms: float | None
    shift: float
    blocking_ms: float


def first_loads(site: str, pages: Mapping[str, str], executable: str | None) -> list[FirstLoad]:
    """Open each of ``pages`` (name, path) of ``site`` in each size, each as if for the first time.

    Args:
        site: such as ``http://127.0.0.1:8000``.
        pages: what to open.
        executable: of Chromium; None for Playwright's own.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            return [
                first_load(browser, site, name, path, size)
                for name, path in pages.items()
                for size in SIZES
            ]
        finally:
            browser.close()


def first_load(browser: Browser, site: str, name: str, path: str, size: str) -> FirstLoad:
    """Open one page in one size (see `first_loads`)."""
    width, height = SIZES[size]
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(_WATCH)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    asked: dict[str, tuple[str, str]] = {}
    received: dict[str, int] = {}

    def note_request(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"], event.get("type", "")

    def note_end(event: dict[str, Any]) -> None:
        received[event["requestId"]] = int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", note_request)
    network.on("Network.loadingFinished", note_end)
    page.goto(site + path)
    page.wait_for_timeout(_SETTLED_MS)
    seen = page.evaluate(_READ)
    context.close()
    own = {key for key, (url, _) in asked.items() if url.startswith(site)}
    others = [asked[key] for key in asked.keys() - own if asked[key][0].startswith("http")]
    return FirstLoad(
        page=name,
        size=size,
        bytes=sum(received.get(key, 0) for key in own),
        requests=len(own),
        elsewhere=tuple(sorted({urlsplit(url).netloc for url, kind in others if kind != "Image"})),
        pictures=sum(kind == "Image" for _, kind in others),
        paint_ms=seen["paint"],
        shift=seen["shift"],
        blocking_ms=seen["blocking"],
    )
