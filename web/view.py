"""What a page shows besides articles: the searches beside this one, each a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, tzinfo
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from search.article import CategoryPath
from search.messages import language, say
from search.query.days import days_of
from search.query.request import BY_WORDS, MAX_DEPTH, NO_FILTERS, SearchRequest
from search.results import Page
from web.addresses import EVERYTHING, LAYOUTS, Addresses, Gap
from web.ages import today_in
from web.facets import Facet, facets
from web.histogram import Histogram, histogram
from web.months import Months, months
from web.periods import period_text, value_of

PAGES_BESIDE = 2
"""Pages linked to on either side of the one shown."""


_SORTS = {
    "relevance": "web.sort_relevance",
    "hot": "web.sort_hot",
    "newest": "web.sort_newest",
    "oldest": "web.sort_oldest",
}
"""The orders, and the messages that name them."""

_LAYOUTS = {"list": "look.view_list", "compact": "look.view_compact", "cards": "look.view_cards"}
"""How hits can be laid out, and the messages that name it."""

_LANGUAGES = {"zh-Hans": "中文", "en": "English"}
"""Our languages, each by its own name."""


_PLAIN_ADDRESS = re.compile(r"https?://[\w./?=&%~+-]*\Z", re.ASCII)


class Link(NamedTuple):
    """A link: its text, its address, and whether it is the place where one is."""

    text: str
    href: str
    is_current: bool = False


class Chip(NamedTuple):
    """Something that narrows the search; the link takes it away.

    ``kind`` is what it is of, in the reader's language.
    """

    kind: str
    text: str
    href: str


class View:
    """What a page of ours shows.

    Args:
        asked: the search that the page is of, or that led to it.
        addresses: of its links.
        page: the answer; None where the page is not one of results.
        article_id: of the article shown; None where the page is not one of an article.
        at: its place among the hits of ``asked``, from 1; None where it is not known.
        zone: whose days ages are told in; None for that of the machine.
    """

    def __init__(  # noqa: PLR0913 -- what most pages have none of, by name
        self,
        asked: SearchRequest,
        addresses: Addresses,
        page: Page | None = None,
        article_id: str | None = None,
        at: int | None = None,
        *,
        zone: tzinfo | None = None,
    ) -> None:
        self.asked = asked
        self.addresses = addresses
        self.page = page
        self._article_id = article_id
        self._at = at
        self._zone = zone
        hits = page.hits if page else ()
        self._places = {each.article.id: at for at, each in enumerate(hits, asked.offset + 1)}

    def href(self, **changes: Any) -> str:
        """Return the address of the search with ``changes``, from its first page on."""
        return self.addresses.search(replace(self.asked, **{"offset": 0, **changes}))

    def within(self, first: date, last: date) -> Link:
        """Return a link to this search in other days, both inclusive."""
        text = say("web.days_turned", days=days_text(first, last))
        return Link(text, self.href(date_from=first, date_to=last))

    def article_href(self, article_id: str) -> str:
        """Return the address of an article, from which a way leads back here."""
        return self._of_articles(article_id, self.place(article_id))

    @cached_property
    def _of_articles(self) -> Callable[[str, int | None], str]:
        return self.addresses.of_articles(self.asked)

    def place(self, article_id: str) -> int | None:
        """Return the place of a hit of this page among all, from 1; None of any other article."""
        return self._places.get(article_id)

    @property
    def back(self) -> str:
        """The way back to the search that led to the article, and there to its hit."""
        hit = f"#a-{self._at}" if self._at else ""
        return self.addresses.search(self.asked) + hit

    def only(self, **narrowing: Any) -> str:
        """Return the address of all articles that ``narrowing`` leaves, whatever was searched."""
        return self.addresses.only(tuple(narrowing.items()))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Parameters that the form sends on unseen: (name, value).

        Who looks through all articles, newest first, and then searches, wants the best first.
        """
        asked = self.asked
        sort = asked.sort if asked.text or asked.sort != "newest" else EVERYTHING.sort
        found = [
            (name, str(value))
            for name, value, usual in (
                ("sort", sort, EVERYTHING.sort),
                ("match", asked.match, EVERYTHING.match),
                ("size", asked.limit, EVERYTHING.limit),
            )
            if value != usual
        ]
        return [*found, *self.addresses.kept]

    @property
    def facets(self) -> list[Facet]:
        """What the search can be narrowed by."""
        return facets(self.asked, self.page) if self.page else []

    @cached_property
    def histogram(self) -> Histogram | None:
        """When the articles were written; None where that was not asked, or none has a date."""
        return histogram(self.asked, self.page, self.addresses) if self.page else None

    @property
    def months(self) -> Months | None:
        """The same as a table."""
        return months(self.asked, self.page, self.addresses) if self.page else None

    @property
    def sorts(self) -> list[Link]:
        """The orders to choose from: without words, those by date."""
        here = self.asked.sort
        if not self.asked.text and here in BY_WORDS:
            here = "newest"
        gap = self.addresses.gap(self.asked, "sort")
        return [
            Link(
                say(key),
                gap.holding("" if sort == EVERYTHING.sort else f"sort={sort}"),
                sort == here,
            )
            for sort, key in _SORTS.items()
            if self.asked.text or sort not in BY_WORDS
        ]

    @property
    def layouts(self) -> list[tuple[str, Link]]:
        """The ways to lay hits out, each with its name in our templates and styles."""
        here = self.addresses.layout
        return [
            (
                layout,
                Link(
                    say(_LAYOUTS[layout]),
                    self.addresses._replace(layout=layout).search(self.asked),
                    layout == here,
                ),
            )
            for layout in LAYOUTS
        ]

    @property
    def everything(self) -> str:
        """The address of the list of all articles, newest first."""
        return self.only(sort="newest")

    @cached_property
    def today(self) -> date:
        """The day that ages of articles are told from."""
        return today_in(self._zone)

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """This page in our other languages: (language, its name, address)."""
        return [
            (tag, name, self._here(self.addresses._replace(lang=tag)))
            for tag, name in _LANGUAGES.items()
            if tag != language()
        ]

    def _here(self, addresses: Addresses) -> str:
        if self._article_id is None:
            return addresses.search(self.asked)
        return addresses.article(self._article_id, self.asked, self._at)

    @cached_property
    def chips(self) -> list[Chip]:
        """What narrows the search."""
        asked = self.asked
        found = [
            Chip(
                say("web.category"),
                " / ".join(path),
                self.href(categories=_without(asked.categories, path)),
            )
            for path in asked.categories
        ]
        for author in asked.authors:
            href = self.href(authors=_without(asked.authors, author))
            found.append(Chip(say("web.author"), author, href))
        if asked.date_from or asked.date_to:
            text = days_text(asked.date_from, asked.date_to)
            found.append(Chip(say("web.date"), text, self.href(date_from=None, date_to=None)))
        for tag in asked.tags:
            found.append(Chip(say("web.tag"), tag, self.href(tags=_without(asked.tags, tag))))
        for company in asked.companies:
            href = self.href(companies=_without(asked.companies, company))
            found.append(Chip(say("web.company"), company, href))
        return found

    @property
    def unfiltered(self) -> str:
        """The search with nothing that narrows it."""
        return self.href(**asdict(NO_FILTERS))

    @property
    def has_own_days(self) -> bool:
        """Whether the search keeps to a range of days that is neither a year nor a month."""
        first, last = self.asked.date_from, self.asked.date_to
        return bool(first or last) and value_of(first, last) is None

    @property
    def number(self) -> int:
        """The page shown, from 1."""
        return self.asked.offset // max(1, self.asked.limit) + 1

    @property
    def last_number(self) -> int:
        """The last page that can be shown: hits can be reached down to `MAX_DEPTH`."""
        size = max(1, self.asked.limit)
        total = self.page.total if self.page else 0
        return max(1, min(-(-total // size), MAX_DEPTH // size))

    @property
    def out_of_reach(self) -> int:
        """The articles behind the last page that can be shown, if that is the one shown."""
        reached = self.last_number * self.asked.limit
        is_last = self.page and self.number == self.last_number
        return max(0, self.page.total - reached) if self.page and is_last else 0

    @property
    def pages(self) -> list[Link | None]:
        """Links to pages, in order; None where some are passed over."""
        last, here = self.last_number, self.number
        beside = range(max(1, here - PAGES_BESIDE), min(last, here + PAGES_BESIDE) + 1)
        numbers = sorted({1, last, *beside})
        found: list[Link | None] = []
        for before, number in zip([0, *numbers], numbers, strict=False):
            if number > before + 1:
                found.append(None)
            found.append(Link(str(number), self.page_href(number), number == here))
        return found

    def page_href(self, number: int) -> str:
        """Return the address of a page of this search."""
        return self._of_pages.holding(f"page={number}" if number > 1 else "")

    @cached_property
    def _of_pages(self) -> Gap:
        return self.addresses.gap(self.asked, "page")

    @cached_property
    def feed(self) -> str:
        """The address of the feed of this search."""
        return self.addresses.feed(self.asked)

    def category_href(self, path: CategoryPath) -> str:
        """Return the address of all articles in a category."""
        return self.only(categories=(path,))

    def company(self, name: str) -> str:
        """Return the address of all articles whose markup names a company."""
        return self.only(companies=(name,))

    def month(self, day: date) -> Link:
        """Return a link to all articles of the month that ``day`` is in."""
        period = f"{day:%Y-%m}"
        first, last = days_of(period) or (day, day)
        return Link(period_text(period), self.only(date_from=first, date_to=last))


def _without(values: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    return tuple(each for each in values if each != value)


def day_text(day: date | None) -> str:
    """Return a day as people write it; "" for none."""
    return say("web.day", year=day.year, month=day.month, day=day.day) if day else ""


def days_text(first: date | None, last: date | None) -> str:
    """Return a range of days, both ends taken in, as people write it; None is an open end."""
    value = value_of(first, last)
    if value:
        return period_text(value)
    if first == last:
        return day_text(first)
    if first and last:
        return say("web.days", first=first, last=last)
    return say("web.days_from", first=first) if first else say("web.days_to", last=last)


def web_address(address: str | None) -> str:
    """Return ``address`` if a browser may be sent there, else "".

    >>> web_address("https://a.example/b"), web_address("javascript:alert(1)"), web_address(None)
    ('https://a.example/b', '', '')
    """
    if not address:
        return ""
    if _PLAIN_ADDRESS.match(address):  # nothing of what `urlsplit` would refuse
        return address
    try:
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:  # such as a bracket without its partner
        return ""
