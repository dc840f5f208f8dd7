"""When the articles of an answer were written, as a table: a column a year, a row a month.

It is what the histogram shows, for whoever does not see that, and finer where a bar has years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.query.request import SearchRequest
from search.results import Bucket, Page
from web.addresses import Addresses, Gap
from web.periods import value_of

MAX_YEARS = 100
"""Columns: who has more is shown the newest, all are in the histogram."""


@dataclass(frozen=True, slots=True)
class Months:
    """The years of an answer that have articles, and how many each of their months has.

    Attributes:
        years: as the engine counted them, the oldest first, never none.
        left_out: how many older ones there are besides.
        gap: the search whatever the days, for links.
        chosen: the year ("2021") or the month ("2021-06") that the search keeps to; None for
            neither.
    """

    years: Sequence[Bucket]
    left_out: int
    gap: Gap
    chosen: str | None = None


def months(asked: SearchRequest, page: Page, addresses: Addresses) -> Months | None:
    """Return an answer's table; None where dates were not counted, or no article has one."""
    years = page.facets.get("date", ())
    if not years:
        return None
    return Months(
        years[:MAX_YEARS][::-1],
        max(0, len(years) - MAX_YEARS),
        addresses.gap(asked, "from", "to"),
        value_of(asked.date_from, asked.date_to),
    )
