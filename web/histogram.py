"""When the articles of an answer were written, as bars: one a month, or one for some years.

The bars stand side by side without a gap in time: a month or a year without articles has its place,
too. Months fill whole years, so that years can be told apart, and a short span does not make a few
bars of great width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from search.messages import language, say
from search.query.request import SearchRequest
from search.results import Bucket, Page
from web.addresses import Addresses, Gap, day_parameters
from web.periods import Period, period

MAX_BARS = 72
"""In the column of the filters, 15.5rem wide, a bar and the air beside it are then 3.4 pixels."""

HEIGHT = 100
"""Of the picture, in units of its own; a bar's place is `WIDTH` units wide."""

WIDTH = 10

_LEAST = 4  # units of height: that something is there is seen, beside whatever

_YEARS_A_BAR = (1, 2, 5, 10, 20, 50, 100, 200)
"""Days go from the year 1 to 9999: the last of these makes 50 bars of them."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars, the oldest first, and what stands under them.

    Attributes:
        periods: a bar each: at most `MAX_BARS`, never none.
        counts: of articles, from 0.
        years: the texts of years that share the width evenly; () where ``ends`` say enough.
        undated: articles without a date; None where the search leaves them out, uncounted.
        gap: the search whatever the days, for the links of bars.
        chosen: the first and the last day that the search keeps to; None is an open end.
    """

    periods: tuple[Period, ...]
    counts: Sequence[int]
    years: tuple[str, ...]
    undated: int | None
    gap: Gap
    chosen: tuple[date | None, date | None] = (None, None)

    @property
    def width(self) -> int:
        """Of the picture, in units of its own."""
        return WIDTH * len(self.periods)

    @property
    def ends(self) -> tuple[str, str]:
        """The first period and the last, as people write them."""
        return self.periods[0].text, self.periods[-1].text

    @property
    def most(self) -> int:
        """The articles of the highest bar."""
        return max(self.counts)

    @property
    def heights(self) -> list[int]:
        """Of the bars, in the picture's units, from 0 (where there are no articles) to `HEIGHT`."""
        most = self.most
        return [max(_LEAST, HEIGHT * count // most) if count else 0 for count in self.counts]

    @property
    def states(self) -> list[State]:
        """What the days chosen make of each bar."""
        first, last = self.chosen
        if first is last is None:
            return ["free"] * len(self.periods)
        return [
            "all"
            if (first, last) == (each.first, each.last)
            else "chosen"
            if each.first <= (last or each.last) and each.last >= (first or each.first)
            else "free"
            for each in self.periods
        ]


State = Literal["free", "chosen", "all"]
"""Of a bar: whether the search keeps to some of its days for their own sake, or to just these."""


def histogram(asked: SearchRequest, page: Page, addresses: Addresses) -> Histogram | None:
    """Return an answer's bars; None where dates were not counted, or no article has one."""
    years = page.facets.get("date", ())
    if not years:
        return None
    first, last = int(years[-1].value), int(years[0].value)
    in_months = 12 * (last - first + 1) <= MAX_BARS
    periods, counts = (_months if in_months else _years)(first, last, years)
    return Histogram(
        periods,
        counts,
        tuple(str(year) for year in range(first, last + 1)) if in_months and last > first else (),
        None if asked.date_from or asked.date_to else page.total - sum(y.count for y in years),
        addresses.gap(asked, "from", "to"),
        (asked.date_from, asked.date_to),
    )


Stretches = tuple[tuple[Period, ...], list[int]]
"""Stretches of time side by side, and the articles of each."""


def _months(first: int, last: int, years: Sequence[Bucket]) -> Stretches:
    counts = {month.value: month.count for year in years for month in year.children}
    values, periods = _months_of(first, last, language())
    return periods, [counts.get(value, 0) for value in values]


@lru_cache(maxsize=64)
def _months_of(first: int, last: int, _: str) -> tuple[tuple[str, ...], tuple[Period, ...]]:
    years = range(first, last + 1)
    values = tuple(f"{year:04}-{month:02}" for year in years for month in range(1, 13))
    return values, tuple(map(period, values))


def _years(first: int, last: int, years: Sequence[Bucket]) -> Stretches:
    """Return as few years a bar as `MAX_BARS` allows; of ten, those that begin alike."""
    step = next(step for step in _YEARS_A_BAR if last // step - first // step < MAX_BARS)
    counts: Counter[int] = Counter()
    for year in years:
        counts[int(year.value) // step] += year.count
    places = range(first // step, last // step + 1)
    # There is no year 0, and none after 9999.
    spans = [(max(1, place * step), min(9999, (place + 1) * step - 1)) for place in places]
    return tuple(_years_period(*span) for span in spans), [counts[place] for place in places]


def _years_period(first: int, last: int) -> Period:
    if first == last:
        return period(f"{first:04}")
    begin, end = date(first, 1, 1), date(last, 12, 31)
    text = say("facets.years", first=first, last=last)
    return Period(begin, end, text, day_parameters(begin, end))
