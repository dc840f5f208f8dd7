"""When the articles of an answer were written, as bars: one a month, or one for some years.

The bars stand side by side without a gap in time: a month or a year without articles has its place,
too. Months fill whole years, so that years can be told apart, and a short span does not make a few
bars of great width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from search.messages import say
from search.query.request import SearchRequest
from search.results import Bucket, Page
from web.addresses import Addresses
from web.facets import Days
from web.periods import Period, period, period_text

MAX_BARS = 72
"""In the column of the filters, 15.5rem wide, a bar and the air beside it are then 3.4 pixels."""

HEIGHT = 100
"""Of the picture, in units of its own; a bar's place is `WIDTH` units wide."""

WIDTH = 10

_LEAST = 4  # units of height: that something is there is seen, beside whatever

_YEARS_A_BAR = (1, 2, 5, 10, 20, 50, 100, 200)
"""Days go from the year 1 to 9999: the last of these makes 50 bars of them."""


class Bar(NamedTuple):
    """A stretch of time and the articles of it.

    Attributes:
        first: its first day.
        last: its last day, inclusive.
        period: it, as people write it.
        count: of articles, from 0.
        x: of the left edge of its place, in the picture's units.
        height: likewise, from 0 (where there are no articles) to `HEIGHT`.
        is_chosen: whether the search takes in any of its days for their own sake.
        href: the search narrowed to it, or no more narrowed to it where it is just what is chosen;
            "" where there are no articles.
    """

    first: date
    last: date
    period: str
    count: int  # type: ignore[assignment] # not what a tuple's own method is for
    x: int
    height: int
    is_chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars, the oldest first, and what stands under them.

    Attributes:
        bars: at most `MAX_BARS`, never none.
        years: the texts of years that share the width evenly; () where ``ends`` say enough.
        undated: articles without a date; None where the search leaves them out, uncounted.
    """

    bars: tuple[Bar, ...]
    years: tuple[str, ...]
    undated: int | None

    @property
    def width(self) -> int:
        """Of the picture, in units of its own."""
        return WIDTH * len(self.bars)

    @property
    def ends(self) -> tuple[str, str]:
        """The first period and the last, as people write them."""
        return self.bars[0].period, self.bars[-1].period

    @property
    def most(self) -> int:
        """The articles of the highest bar."""
        return max(bar.count for bar in self.bars)


def histogram(asked: SearchRequest, page: Page, addresses: Addresses) -> Histogram | None:
    """Return an answer's bars; None where dates were not counted, or no article has one."""
    years = page.facets.get("date", ())
    if not years:
        return None
    first, last = int(years[-1].value), int(years[0].value)
    in_months = 12 * (last - first + 1) <= MAX_BARS
    periods, counts = (_months if in_months else _years)(first, last, years)
    return Histogram(
        tuple(_bars(periods, counts, asked, addresses)),
        tuple(str(year) for year in range(first, last + 1)) if in_months and last > first else (),
        None if asked.date_from or asked.date_to else page.total - sum(y.count for y in years),
    )


Stretches = tuple[list[Period], list[int]]
"""Stretches of time side by side, and the articles of each."""


def _months(first: int, last: int, years: Sequence[Bucket]) -> Stretches:
    counts = {month.value: month.count for year in years for month in year.children}
    values = [f"{year:04}-{month:02}" for year in range(first, last + 1) for month in range(1, 13)]
    return [period(value) for value in values], [counts.get(value, 0) for value in values]


def _years(first: int, last: int, years: Sequence[Bucket]) -> Stretches:
    """Return as few years a bar as `MAX_BARS` allows; of ten, those that begin alike."""
    step = next(step for step in _YEARS_A_BAR if last // step - first // step < MAX_BARS)
    counts: Counter[int] = Counter()
    for year in years:
        counts[int(year.value) // step] += year.count
    places = range(first // step, last // step + 1)
    # There is no year 0, and none after 9999.
    spans = [(max(1, place * step), min(9999, (place + 1) * step - 1)) for place in places]
    periods = [Period(date(a, 1, 1), date(z, 12, 31), _years_text(a, z)) for a, z in spans]
    return periods, [counts[place] for place in places]


def _years_text(first: int, last: int) -> str:
    return (
        period_text(f"{first:04}") if first == last else say("facets.years", first=first, last=last)
    )


def _bars(
    periods: Iterable[Period], counts: Sequence[int], asked: SearchRequest, addresses: Addresses
) -> Iterator[Bar]:
    most = max(counts)
    chosen = (asked.date_from, asked.date_to)
    anywhen = addresses.search(replace(asked, date_from=None, date_to=None, offset=0))
    within = addresses.of_days(asked)
    for place, ((first, last, text), count) in enumerate(zip(periods, counts, strict=True)):
        height = max(_LEAST, round(HEIGHT * count / most)) if count else 0
        href = (anywhen if chosen == (first, last) else within(first, last)) if count else ""
        yield Bar(
            first, last, text, count, place * WIDTH, height, _reaches(chosen, first, last), href
        )


def _reaches(chosen: Days, first: date, last: date) -> bool:
    """Return whether what is chosen takes in any of the days from ``first`` to ``last``."""
    begin, end = chosen
    if begin is None and end is None:
        return False
    return first <= (end or last) and last >= (begin or first)
