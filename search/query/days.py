"""Days as people write them: a year, a month or a day, in digits."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?", re.ASCII)


def days_of(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, a month or a day; None for anything else.

    >>> days_of("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> days_of("2021年6月16日"), days_of("yesterday"), days_of("2021-02-30")
    ((datetime.date(2021, 6, 16), datetime.date(2021, 6, 16)), None, None)
    """
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(each or 0) for each in found.groups())
    try:
        if not found[2]:
            return date(year, 1, 1), date(year, 12, 31)
        if not found[3]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:  # no such month or day; calendar's own error is one, too
        return None
