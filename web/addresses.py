"""Where each search and each article is found: an address says all that its page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, urlencode

from werkzeug.routing import BaseConverter

from search.query.request import SearchRequest
from web.query_string import PAGE_SIZE, pairs

EVERYTHING = SearchRequest(limit=PAGE_SIZE)
"""The search that asks for nothing in particular."""


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
    """

    root: str = ""
    lang: str | None = None

    @property
    def home(self) -> str:
        """The search for everything."""
        return self.search(EVERYTHING)

    def search(self, asked: SearchRequest) -> str:
        """Return the address of a search.

        >>> Addresses("", "en").search(SearchRequest(text="a b"))
        '/?q=a+b&lang=en'
        """
        return self._address("/", asked)

    def of_days(self, asked: SearchRequest) -> Callable[[date, date], str]:
        """Return what makes the address of ``asked``, from its first page on, within some days.

        A page has hundreds of these, which differ in their days only.

        >>> Addresses().of_days(SearchRequest(text="a"))(date(2021, 6, 1), date(2021, 6, 30))
        '/?q=a&from=2021-06-01&to=2021-06-30'
        """
        whole = self.search(replace(asked, date_from=date.min, date_to=date.max, offset=0))
        # Inside a value "=" and "&" are escaped, so this stands there once.
        before, _, after = whole.partition(f"from={date.min}&to={date.max}")
        return lambda first, last: f"{before}from={first}&to={last}{after}"

    def article(self, article_id: str, asked: SearchRequest = EVERYTHING) -> str:
        """Return the address of an article, from which a way leads back to the search ``asked``.

        >>> Addresses().article("a/b?")
        '/articles/a%2Fb%3F'
        """
        # Slashes too: a browser would resolve an id such as "a/../b".
        return self._address(f"/articles/{quote(article_id, safe='')}", asked)

    def _address(self, path: str, asked: SearchRequest) -> str:
        parameters = pairs(asked)
        if self.lang:
            parameters.append(("lang", self.lang))
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{self.root}{path}{query}"
