"""When the articles of an answer were written, as bars."""

from __future__ import annotations

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from search.query.request import SearchRequest
from search.results import Bucket, Page
from web.addresses import Addresses
from web.histogram import MAX_BARS, histogram
from web.writing import bars_html


def drawn(*years, total=0, **asked):
    """Return the histogram of (year, {month: count}), the newest first."""
    buckets = tuple(
        Bucket(
            f"{year:04}",
            sum(months.values()),
            tuple(Bucket(f"{year:04}-{m:02}", months[m]) for m in sorted(months, reverse=True)),
        )
        for year, months in years
    )
    page = Page(query="", total=total, hits=(), facets={"date": buckets})
    return histogram(SearchRequest(**asked), page, Addresses())


def href(bars, at):
    """Return where a bar leads to."""
    tree = LexborHTMLParser(f"<svg>{bars_html(bars)}</svg>")
    return tree.css("svg > *")[at].attributes["href"]


def test_a_few_years_are_drawn_by_month_and_months_without_articles_have_their_place():
    bars = drawn((2022, {1: 5}), (2021, {6: 10, 12: 1}))
    assert bars.counts == [0] * 5 + [10] + [0] * 5 + [1, 5] + [0] * 11
    assert (bars.years, bars.width, bars.most) == (("2021", "2022"), 240, 10)


def test_a_month_leads_to_its_days_and_says_what_it_is():
    bars = drawn((2024, {2: 3}), text="a", offset=10)
    month = bars.periods[1]
    assert (month.first, month.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (month.text, href(bars, 1)) == (
        "2024 年 2 月",
        "/?q=a&from=2024-02-01&to=2024-02-29",
    )


def test_bars_are_as_high_as_their_counts_but_never_too_low_to_be_seen():
    heights = drawn((2024, {1: 1000, 2: 500, 3: 1})).heights
    assert heights[:4] == [100, 50, 4, 0]


@pytest.mark.parametrize(
    ("first", "last", "count", "ends"),
    [
        (2024, 2024, 12, ("2024 年 1 月", "2024 年 12 月")),
        (2019, 2024, 72, ("2019 年 1 月", "2024 年 12 月")),
        (2018, 2024, 7, ("2018 年", "2024 年")),
        (1953, 2024, 72, ("1953 年", "2024 年")),
        (1952, 2024, 37, ("1952–1953 年", "2024–2025 年")),
        (1900, 2024, 63, ("1900–1901 年", "2024–2025 年")),
        (1, 9999, 50, ("1–199 年", "9800–9999 年")),
    ],
)
def test_the_longer_the_time_the_more_of_it_is_in_a_bar(first, last, count, ends):
    found = {first: {1: 1}} | {last: {12: 1}}
    bars = drawn(*sorted(found.items(), reverse=True))
    assert (len(bars.counts), bars.ends) == (count, ends)
    assert count <= MAX_BARS


def test_a_bar_of_some_years_sums_them():
    bars = drawn((2024, {1: 1}), (1903, {5: 4}), (1902, {1: 2, 2: 3}), (1900, {1: 1}))
    assert [each.text for each in bars.periods[:2]] == ["1900–1901 年", "1902–1903 年"]
    assert bars.counts[:2] == [1, 9]
    assert href(bars, 1) == "/?from=1902-01-01&to=1903-12-31"


@pytest.mark.parametrize(
    ("first", "last", "chosen"),
    [
        (None, None, []),
        (date(2024, 3, 31), date(2024, 5, 1), [3, 4, 5]),
        (date(2024, 11, 1), None, [11, 12]),
        (None, date(2024, 2, 1), [1, 2]),
        (date(2025, 1, 1), None, []),
    ],
)
def test_what_the_search_takes_in_is_chosen(first, last, chosen):
    states = drawn((2024, {1: 1}), date_from=first, date_to=last).states
    assert [month for month, state in enumerate(states, 1) if state == "chosen"] == chosen


def test_the_month_chosen_leads_away_from_it():
    bars = drawn((2024, {1: 1, 2: 1}), date_from=date(2024, 1, 1), date_to=date(2024, 1, 31))
    assert [href(bars, at) for at in (0, 1)] == ["/", "/?from=2024-02-01&to=2024-02-29"]


@pytest.mark.parametrize(("asked", "undated"), [({}, 2), ({"date_from": date(2024, 1, 1)}, None)])
def test_articles_without_a_date_are_known_where_dates_do_not_narrow(asked, undated):
    assert drawn((2024, {1: 3}), total=5, **asked).undated == undated


@pytest.mark.parametrize("facets", [{}, {"date": ()}])
def test_without_dates_there_is_no_picture(facets):
    page = Page(query="", total=1, hits=(), facets=facets)
    assert histogram(SearchRequest(), page, Addresses()) is None
