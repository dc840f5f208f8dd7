"""How old an article is, as people say it. Whole days, so that a page stays true until midnight.

Days are those of the zone that the articles' days are counted in (`Article.day`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from search.messages import say

WEEKS_FROM_DAYS = 14
MONTHS_FROM_DAYS = 61
"""Two months at least, whichever they are: no text needs a singular."""


def today_in(zone: tzinfo | None) -> date:
    """Return the day that ages are told from, in ``zone``; in that of the machine for None."""
    return datetime.now(UTC).astimezone(zone).date()


def age_text(day: date, today: date) -> str:
    """Return how long before ``today`` a day was; "" for days to come.

    >>> age_text(date(2024, 3, 1), date(2024, 3, 4)), age_text(date(2019, 6, 2), date(2021, 6, 1))
    ('3 天前', '1 年前')
    """
    days = (today - day).days
    if days < 0:
        return ""
    if days < 2:
        return say("look.yesterday" if days else "look.today")
    if days < WEEKS_FROM_DAYS:
        return say("look.days_ago", count=days)
    if days < MONTHS_FROM_DAYS:
        return say("look.weeks_ago", count=days // 7)
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if years == 0:
        return say("look.months_ago", count=days * 12 // 366)
    return say("look.years_ago", count=years) if years > 1 else say("look.year_ago")
