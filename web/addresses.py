"""Where each search and each article is found: an address says all that its page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import quote

from werkzeug.routing import BaseConverter

from search.query.request import SearchRequest
from web.query_string import PAGE_SIZE, PARAMETERS, as_query, pairs

EVERYTHING = SearchRequest(limit=PAGE_SIZE)
"""The search that asks for nothing in particular."""

Layout = Literal["list", "compact", "cards"]

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
"""How hits can be laid out, the usual way first."""


_RANKS = {name: rank for rank, name in enumerate(PARAMETERS)}


class ArticleId(BaseConverter):
    """An article's id in a route: any characters, slashes and line ends among them."""

    regex = r"[\s\S]+"
    part_isolating = False


class Addresses(NamedTuple):
    """Makes the addresses of links. A tuple, as it is in the key of much that is remembered.

    Attributes:
        root: what stands before every path, percent-encoded; "" where the application is at the top
            of its host.
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
        return self._address("/", pairs(asked))

    def gap(self, asked: SearchRequest, *names: str) -> Gap:
        """Return the address of ``asked``, from its first page on, open where parameters stand.

        Args:
            asked: the search.
            names: of the parameters that are left out, beside each other in `PARAMETERS`.

        >>> Addresses("", "en").gap(SearchRequest(text="a"), "from", "to")
        Gap(closed='/?q=a&lang=en', before='/?q=a&', after='&lang=en')
        """
        return _gap(self, asked, names)

    def article(
        self, article_id: str, asked: SearchRequest = EVERYTHING, at: int | None = None
    ) -> str:
        """Return the address of an article, from which a way leads back to the search ``asked``.

        Args:
            article_id: of the article.
            asked: the search, its page the one that the article is on.
            at: the article's place among all its hits, from 1; None where it is not known.

        >>> Addresses().article("a/b?", at=3)
        '/articles/a%2Fb%3F?at=3'
        """
        return self.of_articles(asked)(article_id, at)

    def of_articles(self, asked: SearchRequest) -> Callable[[str, int | None], str]:
        """Return what makes the address of each article of a page of hits (see `article`)."""
        before, kept = as_query(pairs(asked)), as_query(self.kept)
        folder = f"{self.root}/articles/"

        def of(article_id: str, at: int | None) -> str:
            query = "&".join(filter(None, (before, f"at={at}" if at else "", kept)))
            path = f"{folder}{_id_in_path(article_id)}"
            return f"{path}?{query}" if query else path

        return of

    def only(self, narrowing: tuple[tuple[str, Any], ...]) -> str:
        """Return the address of all articles that ``narrowing`` leaves.

        >>> Addresses().only((("authors", ("36kr",)),))
        '/?author=36kr'
        """
        return _only(self, narrowing)

    def feed(self, asked: SearchRequest) -> str:
        """Return the address of the feed of a search: of all of it, whatever page is shown.

        >>> Addresses().feed(SearchRequest(text="京东", offset=20))
        '/feed.atom?q=%E4%BA%AC%E4%B8%9C'
        """
        parameters = [each for each in pairs(asked) if each[0] not in ("size", "page")]
        return self._replace(layout=LAYOUTS[0])._address("/feed.atom", parameters)

    @property
    def reference(self) -> str:
        """The page about the HTTP interface."""
        return self._address("/api/", [])

    def _address(self, path: str, parameters: list[tuple[str, str]]) -> str:
        parameters = [*parameters, *self.kept]
        query = f"?{as_query(parameters)}" if parameters else ""
        return f"{self.root}{path}{query}"


# A page has dozens, most of them of the few sources and categories that an archive has.
@lru_cache(maxsize=4_096)
def _only(addresses: Addresses, narrowing: tuple[tuple[str, Any], ...]) -> str:
    return addresses.search(replace(EVERYTHING, **dict(narrowing)))


def _id_in_path(article_id: str) -> str:
    if article_id.isalnum() and article_id.isascii():  # as ours are, where a post names none
        return article_id
    # Slashes too: a browser would resolve an id such as "a/../b".
    return quote(article_id, safe="")


class Gap(NamedTuple):
    """An address with a gap for parameters: a page has hundreds of links that differ in one or two.

    Attributes:
        closed: the address with nothing in the gap.
        before: what stands before the gap where there is something in it.
        after: what then stands behind it.
    """

    closed: str
    before: str
    after: str

    def holding(self, parameters: str) -> str:
        """Return the address with ``parameters``, such as "page=2", in the gap."""
        return f"{self.before}{parameters}{self.after}" if parameters else self.closed


@lru_cache(maxsize=16)  # a page asks for some twice
def _gap(addresses: Addresses, asked: SearchRequest, names: tuple[str, ...]) -> Gap:
    here = _RANKS[names[0]]
    found = [each for each in pairs(asked) if each[0] not in names and each[0] != "page"]
    before = as_query([each for each in found if _RANKS[each[0]] < here])
    after = as_query([*(each for each in found if _RANKS[each[0]] > here), *addresses.kept])
    home = f"{addresses.root}/"
    query = f"{before}&{after}" if before and after else before or after
    return Gap(
        f"{home}?{query}" if query else home,
        f"{home}?{before}&" if before else f"{home}?",
        f"&{after}" if after else "",
    )


def day_parameters(first: date, last: date) -> str:
    """Return the parameters that narrow a search to days, both inclusive.

    >>> day_parameters(date(2021, 6, 1), date(2021, 6, 30))
    'from=2021-06-01&to=2021-06-30'
    """
    return f"from={first}&to={last}"


def in_attribute(address: str) -> str:
    """Return an address made here as it stands in an attribute of HTML.

    All else that would have to be escaped there is percent-encoded.
    """
    return address.replace("&", "&amp;")
