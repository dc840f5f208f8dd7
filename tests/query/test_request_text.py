"""Days, category paths and numbers from the text of an option or a parameter."""

from __future__ import annotations

from datetime import date

import pytest

from search.errors import RequestError
from search.query.request_text import parse_count, parse_day, parse_path


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021年", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-6-9", date(2021, 6, 9), date(2021, 6, 9)),
        (" 2021-06-16 ", date(2021, 6, 16), date(2021, 6, 16)),
        ("2021/06/16", date(2021, 6, 16), date(2021, 6, 16)),
        ("2021年6月16日", date(2021, 6, 16), date(2021, 6, 16)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_year_or_month_begins_with_its_first_day_and_ends_with_its_last(text, first, last):
    assert (parse_day(text, end=False), parse_day(text, end=True)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "today", "21", "2021-13", "2021-02-30", "0000", "2021-06-16T08:00", "-2021"]
)
@pytest.mark.parametrize("end", [False, True])
def test_what_is_no_day_is_named(text, end):
    with pytest.raises(RequestError, match=f"“{text}”不是日期。请写成 2021、2021-06"):
        parse_day(text, end=end)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("新媒体", ("新媒体",)),
        ("新媒体/36kr", ("新媒体", "36kr")),
        (r"前沿/今日推荐 \/ 精选", ("前沿", "今日推荐 / 精选")),
        (" 新媒体 / 36kr / ", ("新媒体", "36kr")),
    ],
)
def test_a_category_path_has_slashes_between_its_names(text, path):
    assert parse_path(text) == path


@pytest.mark.parametrize("text", ["", " ", "/", " // "])
def test_a_category_path_names_something(text):
    with pytest.raises(RequestError, match="里没有分类的名字"):
        parse_path(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("20", 20), ("-1", -1), (" 7 ", 7)])
def test_a_number_is_written_in_digits(text, number):
    assert parse_count(text, "limit") == number


@pytest.mark.parametrize("text", ["", "ten", "1.5", "1e3", "9" * 5000])
def test_what_is_no_whole_number_is_named_with_its_option(text):
    with pytest.raises(RequestError, match="limit 要写整数"):
        parse_count(text, "limit")
