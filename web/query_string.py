"""Parameters of an address and the `SearchRequest` they ask for: all state of a search is there.

    q         text                                   category              path, ``/`` inside
    from, to  YYYY, YYYY-MM or YYYY-MM-DD            author, tag, company  names
    sort      relevance | hot | newest | oldest      page                  from 1
    match     auto | all | any                       size                  hits on a page

category, author, tag and company may stand several times. The address of an article adds ``at``,
its place among the hits, from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from search.article import format_category
from search.errors import RequestError
from search.query.request import MAX_TEXT_CHARS, FacetName, SearchRequest
from search.query.request_text import parse_count, parse_day, parse_path

PAGE_SIZE = 10
"""Hits on a page where ``size`` is not given."""

MAX_PAGE_SIZE = 100

MAX_VALUE_CHARS = 4_000
"""Of one value that filters, as it is written: a category has 16 names of 200 at most."""

LONGEST_KEPT = 200
"""Characters of what an address says of which something is kept for later: strangers say what they
like there, thousands of times."""

Args = MultiDict[str, str]


def read(args: Args, facets: Iterable[FacetName]) -> SearchRequest:
    """Return what the parameters ask for; those that we do not know are passed over.

    Raises:
        RequestError: one of them cannot be.
    """
    request, problems = read_leniently(args, facets)
    if problems:
        raise problems[0]
    return request


def read_leniently(
    args: Args, facets: Iterable[FacetName]
) -> tuple[SearchRequest, list[RequestError]]:
    """Return what the parameters ask for without those that cannot be, and the errors of those."""
    wanted: dict[str, Any] = {"facets": tuple(facets), "limit": PAGE_SIZE}
    try:
        for name, values in args.lists():
            if reader := READERS.get(name):
                wanted |= reader(values)
        return _paged(wanted, args), []
    except RequestError:
        return _one_by_one(args, facets)


def _one_by_one(
    args: Args, facets: Iterable[FacetName]
) -> tuple[SearchRequest, list[RequestError]]:
    """Return what `read_leniently` does, of parameters some of which cannot be."""
    wanted: dict[str, Any] = {"facets": tuple(facets), "limit": PAGE_SIZE}
    problems: list[RequestError] = []
    for name, values in args.lists():
        reader = READERS.get(name)
        if reader is None:
            continue
        try:
            found = reader(values)
            SearchRequest(**found)
            wanted |= found
        except RequestError as error:
            problems.append(error.blaming(name))
    days = {name: wanted[name] for name in ("date_from", "date_to") if name in wanted}
    try:
        SearchRequest(**days)
    except RequestError as error:  # each can be, but not both
        problems.append(error.blaming("to"))
        wanted |= dict.fromkeys(days)
    try:
        return _paged(wanted, args), problems
    except RequestError as error:
        return SearchRequest(**wanted), [*problems, error.blaming("page")]


def _paged(wanted: dict[str, Any], args: Args) -> SearchRequest:
    page = parse_count(args.get("page", "1").strip() or "1", "page")
    if page < 1:
        raise RequestError("web.page", seen=page)
    return SearchRequest(**wanted, offset=(page - 1) * wanted["limit"])


def _size(values: list[str]) -> dict[str, Any]:
    size = parse_count(values[-1], "size")
    if not 1 <= size <= MAX_PAGE_SIZE:
        raise RequestError("web.size", seen=size, most=MAX_PAGE_SIZE)
    return {"limit": size}


def _day(name: str, *, end: bool) -> Callable[[list[str]], dict[str, Any]]:
    # A form sends a field left empty as "".
    return lambda values: {name: parse_day(values[-1], end=end) if values[-1].strip() else None}


def _bounded(values: list[str]) -> tuple[str, ...]:
    longest = max(map(len, values))
    if longest > MAX_VALUE_CHARS:
        raise RequestError("web.value", seen=longest, most=MAX_VALUE_CHARS)
    return tuple(values)


def _text(values: list[str]) -> dict[str, Any]:
    """Return the text as far as it is searched, and a character more, for then the note says so."""
    return {"text": values[-1][: MAX_TEXT_CHARS + 1]}


READERS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "q": _text,
    "category": lambda values: {"categories": tuple(map(parse_path, _bounded(values)))},
    "author": lambda values: {"authors": _bounded(values)},
    "tag": lambda values: {"tags": _bounded(values)},
    "company": lambda values: {"companies": _bounded(values)},
    "from": _day("date_from", end=False),
    "to": _day("date_to", end=True),
    "sort": lambda values: {"sort": values[-1]},
    "match": lambda values: {"match": values[-1]},
    "size": _size,
}

PARAMETERS = (*READERS, "page")
"""The names of all parameters of a search, in their order."""


def days_turned(args: Args) -> tuple[date, date]:
    """Return the days that ``from`` and ``to`` ask for the wrong way round, turned.

    They are read anew: of a year that was to be the first, the last day is now the end.

    >>> days_turned(MultiDict({"from": "2024", "to": "2020-06"}))
    (datetime.date(2020, 6, 1), datetime.date(2024, 12, 31))
    """
    first, last = (args.getlist(name)[-1] for name in ("to", "from"))
    return parse_day(first, end=False), parse_day(last, end=True)


def read_place(args: Args, asked: SearchRequest) -> tuple[SearchRequest, int | None]:
    """Return ``asked`` turned to the page that the hit ``at`` is on, and the place of that hit.

    Where ``at`` is not given or cannot be, the place is None and ``asked`` stays as it is.
    """
    try:
        at = parse_count(args.get("at", ""), "at")
        return turned_to(at, asked), at
    except RequestError:
        return asked, None


def turned_to(at: int, asked: SearchRequest) -> SearchRequest:
    """Return ``asked`` with the page that the hit ``at``, from 1, is on.

    Raises:
        RequestError: there is none, or it lies too deep.
    """
    size = max(1, asked.limit)
    return replace(asked, offset=(at - 1) // size * size)


def write(request: SearchRequest) -> str:
    """Return the parameters that ask for ``request``, without those that say what goes unsaid.

    >>> write(SearchRequest(text="京东", authors=("36kr",), offset=10))
    'q=%E4%BA%AC%E4%B8%9C&author=36kr&page=2'
    """
    return as_query(pairs(request))


_PLAIN = SearchRequest(limit=PAGE_SIZE)


def as_query(parameters: Iterable[tuple[str, str]]) -> str:
    """Return parameters as the query of an address, as `urllib.parse.urlencode` does.

    A page has hundreds of links, most of their values the same.
    """
    return "&".join([f"{name}={_quoted(value)}" for name, value in parameters])


def _quoted(value: str) -> str:
    return _kept_quoted(value) if len(value) <= LONGEST_KEPT else quote_plus(value)


_kept_quoted = lru_cache(1_000)(quote_plus)


def pairs(request: SearchRequest) -> list[tuple[str, str]]:
    """Return what `write` writes as (name, value), in the order of the page."""
    found = [("q", request.text)] if request.text else []
    found += [("category", format_category(path)) for path in request.categories]
    found += [("author", name) for name in request.authors]
    found += [("tag", name) for name in request.tags]
    found += [("company", name) for name in request.companies]
    if request.date_from:
        found.append(("from", request.date_from.isoformat()))
    if request.date_to:
        found.append(("to", request.date_to.isoformat()))
    if request.sort != _PLAIN.sort:
        found.append(("sort", request.sort))
    if request.match != _PLAIN.match:
        found.append(("match", request.match))
    if request.limit != _PLAIN.limit:
        found.append(("size", str(request.limit)))
    if request.offset >= max(1, request.limit):
        found.append(("page", str(request.offset // max(1, request.limit) + 1)))
    return found
