"""What can be asked of an index, as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from search.article import CategoryPath
from search.errors import RequestError

Sort = Literal["relevance", "hot", "newest", "oldest"]
Match = Literal["auto", "all", "any"]
FacetName = Literal["category", "author", "tag", "company", "date"]

SORTS: tuple[Sort, ...] = get_args(Sort)
MATCHES: tuple[Match, ...] = get_args(Match)
FACETS: tuple[FacetName, ...] = get_args(FacetName)

BY_WORDS: tuple[Sort, ...] = ("relevance", "hot")
"""The orders that the words of a query decide; without words they are "newest"."""

MAX_TEXT_CHARS = 1_000
"""Longer texts are cut there, with a note: the work of a query stays bounded."""

USUAL_BUCKETS = 1_000
"""Values of one facet, where not said otherwise."""

MAX_CATEGORIES = 10_000
"""Of one answer that counts categories, on all levels together."""

MAX_DEPTH = 10_000
"""``offset + limit`` may not exceed it: hits, counted from the first."""

MAX_LIMIT = 1_000
"""Hits on one page."""

MAX_FILTER_VALUES = 200
"""Values of one facet in one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows an answer without scoring. Values of one facet are OR, facets are AND.

    Attributes:
        categories: paths; each takes in all below it. () for no filter, as with the others.
        authors: whole names, exactly as in `Article.authors`.
        tags: whole names, exactly as in `Article.tags`.
        companies: whole names, exactly as `Entity.name` of one in `Article.entities`.
        date_from: the first day taken in; None for open. With either end set, articles without
            a date are left out.
        date_to: the last day taken in; None for open.
    """

    categories: tuple[CategoryPath, ...] = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search: text, filters, order, page and facets.

    Sequences may be given as lists; they are kept as tuples.

    Attributes:
        text: as typed, in the query language (docs/query-language.md); "" matches everything.
        categories, authors, tags, companies, date_from, date_to: see `Filters`.
        sort: "relevance", "hot" (relevance, half of it for each half-life that an article is
            older), "newest" or "oldest". Without words the first two are newest first. Articles
            without a date come last by date, and count as the oldest under "hot". Ties fall to the
            id, so every order is total.
        match: "all" words, "any" of them, or "auto": all, and when too few articles have all,
            those with some follow and `Page.relaxed` says so.
        offset: hits to pass over, from 0.
        limit: hits wanted, from 0 (facets and total only) to `MAX_LIMIT`.
        facets: which to count, of `FACETS`; each ignores its own filter.
        snippets: whether hits have snippets and marks. Nearly all the time of a long page goes
            there, so programs that want to know what matches only do without.
        buckets: values wanted of one facet, or below one category, from 0: those with most
            articles. Of dates always all, of categories at most `MAX_CATEGORIES` in all, and none
            deeper than `search.article.MAX_LEVELS`.

    Raises:
        RequestError: a value is out of its range, or the last day comes before the first; the
            message says which, and the range.
    """

    text: str = ""
    categories: tuple[CategoryPath, ...] = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    sort: Sort = "relevance"
    match: Match = "auto"
    offset: int = 0
    limit: int = 10
    facets: tuple[FacetName, ...] = ()
    snippets: bool = True
    buckets: int = USUAL_BUCKETS

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "categories", tuple(tuple(path) for path in self.categories))
        put(self, "authors", tuple(self.authors))
        put(self, "tags", tuple(self.tags))
        put(self, "companies", tuple(self.companies))
        put(self, "facets", tuple(self.facets))
        self._check()

    def _check(self) -> None:
        for name, value, allowed in (("sort", self.sort, SORTS), ("match", self.match, MATCHES)):
            _one_of(name, value, allowed)
        for facet in self.facets:
            _one_of("facet", facet, FACETS)
        if self.offset < 0:
            raise RequestError("request.offset", seen=self.offset)
        if self.buckets < 0:
            raise RequestError("request.buckets", seen=self.buckets)
        if not 0 <= self.limit <= MAX_LIMIT:
            raise RequestError("request.limit", seen=self.limit, most=MAX_LIMIT)
        if self.offset + self.limit > MAX_DEPTH:
            raise RequestError("request.depth", seen=self.offset + self.limit, most=MAX_DEPTH)
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise RequestError("request.days", first=self.date_from, last=self.date_to)
        for values in (self.categories, self.authors, self.tags, self.companies):
            if len(values) > MAX_FILTER_VALUES:
                raise RequestError("request.values", seen=len(values), most=MAX_FILTER_VALUES)

    @property
    def filters(self) -> Filters:
        """The part of the request that narrows."""
        return Filters(
            categories=self.categories,
            authors=self.authors,
            tags=self.tags,
            companies=self.companies,
            date_from=self.date_from,
            date_to=self.date_to,
        )


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise RequestError("request.choice", name=name, seen=value, allowed=", ".join(allowed))
