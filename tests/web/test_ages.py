"""How old an article is, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from search.messages import use_language
from web import ages, create_app
from web.ages import age_text

TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        (date(2024, 3, 2), "", ""),
        (date(2024, 3, 1), "今天", "today"),
        (date(2024, 2, 29), "昨天", "yesterday"),
        (date(2024, 2, 28), "2 天前", "2 days ago"),
        (date(2024, 2, 17), "13 天前", "13 days ago"),
        (date(2024, 2, 16), "2 周前", "2 weeks ago"),
        (date(2024, 1, 1), "8 周前", "8 weeks ago"),
        (date(2023, 12, 31), "2 个月前", "2 months ago"),
        (date(2023, 3, 2), "11 个月前", "11 months ago"),
        (date(2023, 3, 1), "1 年前", "1 year ago"),
        (date(2022, 3, 2), "1 年前", "1 year ago"),
        (date(2022, 3, 1), "2 年前", "2 years ago"),
        (date.min, "2023 年前", "2023 years ago"),
    ],
)
def test_an_age_is_told_in_whole_units(day, chinese, english):
    assert age_text(day, TODAY) == chinese
    with use_language("en"):
        assert age_text(day, TODAY) == english


@pytest.fixture
def clock(monkeypatch):
    """Sets the time: a moment of 2024-03-01, in UTC."""

    def set_to(time):
        class Fixed(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(f"2024-03-01T{time}").replace(tzinfo=UTC)

        monkeypatch.setattr(ages, "datetime", Fixed)

    return set_to


@pytest.mark.parametrize(
    ("zone", "age"),
    [("America/Los_Angeles", "今天"), ("UTC", "昨天"), ("Pacific/Kiritimati", "昨天")],
)
def test_an_age_is_told_in_the_days_of_the_zone(index_of, clock, zone, age):
    clock("06:30:00")  # ten in the evening before, in Los Angeles
    index = index_of({"id": "1", "title": "甲", "date": "2024-02-29"})
    client = create_app(index, zone=ZoneInfo(zone)).test_client()
    for address in ("/", "/?q=甲", "/articles/1"):
        assert f'<span class="age">{age}</span>' in client.get(address).text


def test_pages_hold_until_the_day_of_the_zone_ends(index, clock):
    client = create_app(index, zone=ZoneInfo("Asia/Kathmandu")).test_client()

    def tags(time):
        clock(time)
        return [client.get(each).headers["ETag"] for each in ("/", "/?q=快递", "/api/search")]

    front, search, api = tags("00:00:00")
    assert tags("18:14:59") == [front, search, api]
    later = tags("18:15:00")  # midnight there
    assert (later[0] != front, later[1] != search, later[2] == api) == (True, True, True)
    assert tags("23:59:59") == later
