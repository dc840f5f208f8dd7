"""What moment does a date mean?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corpus.dates import local_day, parse_date

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        # RFC 822, as feeds have it
        ("Wed, 16 Jun 2021 08:36:09 GMT", "2021-06-16T08:36:09+00:00"),
        ("Wed, 16 Jun 2021 08:36:09 +0800", "2021-06-16T00:36:09+00:00"),
        ("16 Jun 2021 08:36 EST", "2021-06-16T13:36:00+00:00"),
        ("16 June 2021", "2021-06-16T00:00:00+00:00"),
        # ISO 8601 and its neighbours
        ("2021-06-16", "2021-06-16T00:00:00+00:00"),
        ("2021-06-16T08:36:09Z", "2021-06-16T08:36:09+00:00"),
        ("2021-06-16T08:36:09.123456Z", "2021-06-16T08:36:09+00:00"),
        ("2021-06-16T08:36:09+08:00", "2021-06-16T00:36:09+00:00"),
        ("2021-06-16 08:36:09 -0330", "2021-06-16T12:06:09+00:00"),
        ("2021-06-16 08:36:09", "2021-06-16T08:36:09+00:00"),
        ("2021-06-16 08:36", "2021-06-16T08:36:00+00:00"),
        ("2021-6-6 8:06:09", "2021-06-06T08:06:09+00:00"),
        ("2024-2-6", "2024-02-06T00:00:00+00:00"),
        ("2019/5/4 19:00", "2019-05-04T19:00:00+00:00"),
        ("2021.6.16", "2021-06-16T00:00:00+00:00"),
        ("2021-06-16 24:00:00", "2021-06-17T00:00:00+00:00"),
        ("2016-12-31 23:59:60", "2016-12-31T23:59:59+00:00"),
        # as programs print them
        ("Fri Feb 19 10:00:00 CST 2021", "2021-02-19T02:00:00+00:00"),
        ("Fri Feb 19 10:00:00 2021", "2021-02-19T10:00:00+00:00"),
        ("Fri Feb 19 2021 10:00:00 GMT+0800 (中国标准时间)", "2021-02-19T02:00:00+00:00"),
        ("February 19, 2021", "2021-02-19T00:00:00+00:00"),
        ("Feb 19, 2021 3:05 PM", "2021-02-19T15:05:00+00:00"),
        ("2021-02-19 12:05 AM", "2021-02-19T00:05:00+00:00"),
        ("20210616", "2021-06-16T00:00:00+00:00"),
        ("20210616T083609Z", "2021-06-16T08:36:09+00:00"),
        # in Chinese
        ("2021年10月01日", "2021-10-01T00:00:00+00:00"),
        ("2021年10月1日 星期五 下午3:05", "2021-10-01T15:05:00+00:00"),
        ("2021 年 10 月 1 日 19时05分", "2021-10-01T19:05:00+00:00"),
        ("2021年10月1日 凌晨12:30", "2021-10-01T00:30:00+00:00"),
        ("2021年10月1日 中午12:30", "2021-10-01T12:30:00+00:00"),
        # seconds and milliseconds since 1970
        (1623832569, "2021-06-16T08:36:09+00:00"),
        ("1623832569", "2021-06-16T08:36:09+00:00"),
        (1623832569000, "2021-06-16T08:36:09+00:00"),
        (1623832569.75, "2021-06-16T08:36:09+00:00"),
        # what TOML gives
        (date(2021, 6, 16), "2021-06-16T00:00:00+00:00"),
        (datetime(2021, 6, 16, 8, 36, 9), "2021-06-16T08:36:09+00:00"),  # noqa: DTZ001 -- TOML's
        (
            datetime(2021, 6, 16, 8, 36, tzinfo=timezone(timedelta(hours=8))),
            "2021-06-16T00:36:00+00:00",
        ),
    ],
)
def test_a_date_is_understood(written: object, moment: str) -> None:
    found = parse_date(written, UTC)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "written",
    [
        "Invalid Date",
        "{{ .Date }}",
        "2018-02-31",
        "2021-13-01",
        "2021-06-16 25:00",
        "2021-06-16 08:61",
        "2021-06-16 08:36 XYZ",
        "0001-01-01T00:00:00Z",  # Hugo's zero
        "9999-12-31",
        "9999-12-31 23:59:59 -1200",
        "16 Foo 2021",
        "yesterday",
        "",
        "2021",
        "12",
        "9" * 30,
        "1" * 5000,
        float("nan"),
        float("inf"),
        True,
        None,
        [],
        {"a": "b"},
    ],
)
def test_what_is_no_date_is_none(written: object) -> None:
    assert parse_date(written, UTC) is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-06-16", "2021-06-15T16:00:00+00:00"),
        ("2021-06-16 08:36:09", "2021-06-16T00:36:09+00:00"),
        (date(2021, 6, 16), "2021-06-15T16:00:00+00:00"),
        (datetime(2021, 6, 16, 8), "2021-06-16T00:00:00+00:00"),  # noqa: DTZ001 -- TOML's
        ("Wed, 16 Jun 2021 08:36:09 GMT", "2021-06-16T08:36:09+00:00"),
        ("1623832569", "2021-06-16T08:36:09+00:00"),
    ],
)
def test_the_zone_counts_only_where_the_date_names_none(written: object, moment: str) -> None:
    found = parse_date(written, SHANGHAI)
    assert found is not None
    assert found.isoformat() == moment


def test_a_day_is_that_of_the_zone() -> None:
    moment = datetime(2021, 6, 15, 16, tzinfo=UTC)
    assert local_day(moment, SHANGHAI) == date(2021, 6, 16)
    assert local_day(moment, UTC) == date(2021, 6, 15)


@given(st.datetimes(datetime(1000, 1, 2), datetime(2999, 12, 30)))  # noqa: DTZ001 -- made aware below
def test_iso_and_rfc_822_mean_the_same(naive: datetime) -> None:
    moment = naive.replace(microsecond=0, tzinfo=UTC)
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    rfc = f"{moment.day} {months[moment.month - 1]} {moment.year} {moment:%H:%M:%S} GMT"
    assert parse_date(moment.isoformat(), UTC) == parse_date(rfc, UTC) == moment


@given(st.one_of(st.text(), st.integers(), st.floats()))
def test_nothing_written_raises(written: object) -> None:
    parse_date(written, SHANGHAI)
