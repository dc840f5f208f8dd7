"""Where each search and each article is found: an address says all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import quote, urlencode

from werkzeug.routing import BaseConverter

from search.query.request import SearchRequest
from web.query_string import PAGE_SIZE, pairs

EVERYTHING = SearchRequest(limit=PAGE_SIZE)
"""The search that asks for nothing in particular."""

Layout = Literal["list", "compact", "cards"]

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
"""How hits can be laid out, the usual way first."""


class ArticleId(BaseConverter):
    """An article's id in a route: any characters, slashes and line ends among them."""

    regex = r"[\s\S]+"
    part_isolating = False


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes the addresses of links.

    Attributes:
        root: what stands before every path; "" where the application is at the top of its host.
        lang: the language that the reader chose, which every link keeps; None for the browser's.
        layout: of hits, as the reader chose it; every link keeps it, too.
    """

    root: str = ""
    lang: str | None = None
    layout: Layout = "list"

    @property
    def home(self) -> str:
        """The front page."""
        return self.search(EVERYTHING)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that every link and the form keep: (name, value)."""
        return [
            *([("view", self.layout)] if self.layout != LAYOUTS[0] else []),
            *([("lang", self.lang)] if self.lang else []),
        ]

    def search(self, asked: SearchRequest) -> str:
        """Return the address of a search.

        >>> Addresses("", "en").search(SearchRequest(text="a b"))
        '/?q=a+b&lang=en'
        """
        return self._address("/", asked)

    def article(self, article_id: str, asked: SearchRequest = EVERYTHING) -> str:
        """Return the address of an article, from which a way leads back to the search ``asked``.

        >>> Addresses().article("a/b?")
        '/articles/a%2Fb%3F'
        """
        # Slashes too: a browser would resolve an id such as "a/../b".
        return self._address(f"/articles/{quote(article_id, safe='')}", asked)

    def _address(self, path: str, asked: SearchRequest) -> str:
        parameters = [*pairs(asked), *self.kept]
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{self.root}{path}{query}"
