"""How old an article is, in words."""

from __future__ import annotations

from datetime import date

import pytest

from search.messages import use_language
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
