"""Years and months, as facets count them and as people write them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from search.messages import language, say
from search.query.days import days_of
from web.addresses import day_parameters


class Period(NamedTuple):
    """A year, a month, or some years.

    Attributes:
        first: its first day.
        last: its last day, inclusive.
        text: it, as people write it.
        parameters: of an address, that narrow a search to it.
    """

    first: date
    last: date
    text: str
    parameters: str


def period(value: str) -> Period:
    """Return the year ("2021") or the month ("2021-06") that a value of the facet is.

    >>> period("2021-06").last, period("2021").text
    (datetime.date(2021, 6, 30), '2021 年')
    """
    return _period(value, language())


def value_of(first: date | None, last: date | None) -> str | None:
    """Return the value that has just these days, both inclusive; None where none has.

    >>> value_of(date(2021, 6, 1), date(2021, 6, 30)), value_of(date(2021, 6, 1), None)
    ('2021-06', None)
    """
    if first and last:
        for value in (f"{first.year:04}", f"{first.year:04}-{first.month:02}"):
            if days_of(value) == (first, last):
                return value
    return None


def period_text(value: str) -> str:
    """Return a year ("2021") or a month ("2021-06") as people write it."""
    return period(value).text


# A page has two hundred, nearly the same on each.
@lru_cache(maxsize=8_192)
def _period(value: str, _: str) -> Period:
    days = days_of(value)
    if days is None:
        raise ValueError(f"neither a year nor a month: {value!r}")
    year, _, month = value.partition("-")
    text = (
        say("web.year_month", year=year, month=int(month)) if month else say("web.year", year=year)
    )
    return Period(*days, text, day_parameters(*days))
