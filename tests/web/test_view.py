"""The searches beside the one shown."""

from __future__ import annotations

from datetime import date

import pytest

from search.query.request import SearchRequest
from search.results import Page
from web.addresses import Addresses
from web.view import View, day_text, days_text, web_address


def view(asked=None, total=0, **more):
    return View(asked or SearchRequest(), Addresses(), Page(query="", total=total, hits=()), **more)


ASKED = SearchRequest(
    text="a", categories=[("x", "y"), ("z",)], authors=["甲"], tags=["乙"], companies=["丁"],
    date_from=date(2021, 6, 1), date_to=date(2021, 6, 30), offset=10,
)  # fmt: skip
DAYS = "from=2021-06-01&to=2021-06-30"
AUTHOR, TAG, COMPANY = "author=%E7%94%B2", "tag=%E4%B9%99", "company=%E4%B8%81"


def test_a_chip_takes_away_one_filter_and_goes_to_the_first_page():
    assert view(ASKED).chips == [
        ("分类", "x / y", f"/?q=a&category=z&{AUTHOR}&{TAG}&{COMPANY}&{DAYS}"),
        ("分类", "z", f"/?q=a&category=x%2Fy&{AUTHOR}&{TAG}&{COMPANY}&{DAYS}"),
        ("来源", "甲", f"/?q=a&category=x%2Fy&category=z&{TAG}&{COMPANY}&{DAYS}"),
        ("日期", "2021 年 6 月", f"/?q=a&category=x%2Fy&category=z&{AUTHOR}&{TAG}&{COMPANY}"),
        ("标签", "乙", f"/?q=a&category=x%2Fy&category=z&{AUTHOR}&{COMPANY}&{DAYS}"),
        ("公司", "丁", f"/?q=a&category=x%2Fy&category=z&{AUTHOR}&{TAG}&{DAYS}"),
    ]


def test_unfiltered_keeps_the_text_alone():
    assert view(ASKED).unfiltered == "/?q=a"


def test_an_order_is_a_link_to_the_first_page_in_it():
    assert view(SearchRequest(text="a", sort="newest", offset=10)).sorts == [
        ("相关", "/?q=a", False),
        ("近期相关", "/?q=a&sort=hot", False),
        ("最新", "/?q=a&sort=newest", True),
        ("最早", "/?q=a&sort=oldest", False),
    ]


def test_a_new_search_keeps_order_match_size_and_language():
    asked = SearchRequest(text="a", tags=["t"], sort="newest", match="all", limit=20)
    hidden = View(asked, Addresses(lang="en")).hidden
    assert hidden == [("sort", "newest"), ("match", "all"), ("size", "20"), ("lang", "en")]


def test_another_language_shows_the_same_page():
    assert view(SearchRequest(text="a")).languages == [("en", "English", "/?q=a&lang=en")]
    assert view(article_id="x").languages == [("en", "English", "/articles/x?lang=en")]


@pytest.mark.parametrize(
    ("total", "offset", "numbers"),
    [
        (0, 0, ["1"]),
        (10, 0, ["1"]),
        (11, 0, ["1", "2"]),
        (200, 0, ["1", "2", "3", None, "20"]),
        (200, 90, ["1", None, "8", "9", "10", "11", "12", None, "20"]),
        (200, 190, ["1", None, "18", "19", "20"]),
        (50_000, 0, ["1", "2", "3", None, "1000"]),
        (10, 90, ["1"]),
    ],
)
def test_pages_are_linked_to_down_to_ten_thousand_hits(total, offset, numbers):
    pages = view(SearchRequest(offset=offset), total).pages
    assert [link and link.text for link in pages] == numbers


def test_the_page_shown_is_marked():
    pages = view(SearchRequest(offset=10), 25).pages
    assert pages == [("1", "/", False), ("2", "/?page=2", True), ("3", "/?page=3", False)]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), "2021 年"),
        (date(2020, 2, 1), date(2020, 2, 29), "2020 年 2 月"),
        (date(2021, 6, 16), date(2021, 6, 16), "2021 年 6 月 16 日"),
        (date(2021, 6, 16), date(2021, 7, 1), "2021-06-16 至 2021-07-01"),
        (date(2021, 6, 16), None, "2021-06-16 起"),
        (None, date(2021, 6, 16), "2021-06-16 止"),
    ],
)
def test_days_are_written_as_people_do(first, last, text):
    assert days_text(first, last) == text


@pytest.mark.parametrize(("day", "text"), [(date(2021, 6, 1), "2021 年 6 月 1 日"), (None, "")])
def test_a_day_is_written_as_people_do(day, text):
    assert day_text(day) == text


@pytest.mark.parametrize(
    ("first", "last", "own"),
    [
        (None, None, False),
        (date(2021, 1, 1), date(2021, 12, 31), False),
        (date(2021, 1, 1), date(2021, 1, 31), False),
        (date(2021, 1, 1), None, True),
        (date(2021, 1, 1), date(2021, 1, 2), True),
    ],
)
def test_days_of_ones_own_are_neither_a_year_nor_a_month(first, last, own):
    assert view(SearchRequest(date_from=first, date_to=last)).has_own_days is own


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/b?c=d", "https://a.example/b?c=d"),
        ("http://a.example", "http://a.example"),
        ("HTTPS://a.example", "HTTPS://a.example"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_a_browser_is_sent_to_web_addresses_only(address, safe):
    assert web_address(address) == safe
