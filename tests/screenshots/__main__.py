"""``make screenshots``: pictures of the main pages, on an index of the seeds, for the documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from playwright.sync_api import sync_playwright

from search.corpus import ReadOptions
from search.indexer import index_paths
from search.query.request import SearchRequest
from search.service import Index, open_index
from tests.browser.chromium import INSTALL, launch_options
from tests.browser.serving import served

ROOT = Path(__file__).parents[2]

WIDE, PHONE = (1280, 860), (390, 780)
SEARCH = "/?q=快递"


class Picture(NamedTuple):
    """What is pictured: the file's name, an address, a window in CSS pixels, and the theme."""

    name: str
    address: str
    window: tuple[int, int]
    theme: Literal["light", "dark"] = "light"
    language: str = "zh-CN"


PICTURES = (
    Picture("front-wide", "/", WIDE),
    Picture("front-phone", "/", PHONE),
    Picture("search-wide", SEARCH, WIDE),
    Picture("search-dark", SEARCH, WIDE, "dark"),
    Picture("search-english", SEARCH, WIDE, "light", "en-GB"),
    Picture("search-phone", SEARCH, PHONE),
    Picture("search-phone-dark", SEARCH, PHONE, "dark"),
    Picture("article-wide", "/articles/{article}?q=快递", WIDE),
    Picture("article-dark", "/articles/{article}?q=快递", WIDE, "dark"),
    Picture("article-phone", "/articles/{article}?q=快递", PHONE),
)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--index", type=Path, help="of these articles, in place of the seeds")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        place = asked.index or Path(folder) / "index"
        if asked.index is None:
            index_paths([ROOT / "seeds"], place, options=ReadOptions())
        with open_index(place) as index, served(index) as site:
            _take(site, _article(index), asked.to)


def _article(index: Index) -> str:
    return index.search(SearchRequest(text="快递", limit=1)).hits[0].article.id


def _take(site: str, article: str, folder: Path) -> None:
    with sync_playwright() as playwright:
        options: dict[str, Any] = launch_options(playwright.chromium)
        if not options:
            raise SystemExit(INSTALL)
        browser = playwright.chromium.launch(**options)
        for each in PICTURES:
            width, height = each.window
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=each.theme,
                locale=each.language,
            )
            page.goto(site + each.address.format(article=article), wait_until="networkidle")
            page.screenshot(path=folder / f"{each.name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
