"""The values of a `SearchRequest` from text: options of the command line, parameters of HTTP."""

from __future__ import annotations

from datetime import date

from search.article import CategoryPath, parse_category
from search.errors import RequestError
from search.query.days import days_of


def parse_day(text: str, end: bool) -> date:
    """Return the day that bounds a range: of a year or a month its first, or with ``end`` its last.

    >>> parse_day("2021", end=False), parse_day("2021-06", end=True)
    (datetime.date(2021, 1, 1), datetime.date(2021, 6, 30))

    Raises:
        RequestError: it is neither YYYY, YYYY-MM nor YYYY-MM-DD, or there is no such day.
    """
    days = days_of(text)
    if days is None:
        raise RequestError("request.day", seen=text)
    return days[1] if end else days[0]


def parse_path(text: str) -> CategoryPath:
    r"""Return the category path that ``text`` writes (see `search.article.parse_category`).

    >>> parse_path(r"前沿/今日推荐 \/ 精选")
    ('前沿', '今日推荐 / 精选')

    Raises:
        RequestError: it names no category.
    """
    path = parse_category(text)
    if not path:
        raise RequestError("request.category", seen=text)
    return path


def parse_count(text: str, name: str) -> int:
    """Return the whole number that ``text`` writes in digits; ``name`` is the value's, for people.

    Raises:
        RequestError: it is not one.
    """
    try:
        return int(text)
    except ValueError as error:
        raise RequestError("request.number", name=name, seen=text) from error
