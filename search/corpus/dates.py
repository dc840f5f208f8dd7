"""What moment does a date mean? All the ways in which blogs and feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years outside are no dates of articles: 0001 is Hugo's zero date, 9999 pins a post to the top."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}

# CST is China's here, not America's: the archive is Chinese (email.utils says six hours behind).
_ZONES = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "cst": 8, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "wet": 0, "bst": 1, "cet": 1, "cest": 2, "msk": 3,
}  # fmt: skip

_CLOCK = (
    r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ZONE = r"(?P<zone>(?:GMT|UTC)?\s*[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]{1,4})(?:\s*\([^)]*\))?"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
_MONTH = r"(?P<name>[A-Z][a-z]{2})[a-z]*\.?"
_CHINESE_CLOCK = (
    r"(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*"
    r"(?P<h>\d{1,2})(?:[:：]|[时點点]\s*)(?P<mi>\d{1,2})?(?:[:：]|分)?\s*(?:(?P<s>\d{1,2})秒?)?"
)

_FORMS = tuple(
    re.compile(form)
    for form in (
        # 2021-06-16T08:36:09Z, 2021-06-16 08:36:09 +0800, 2019/5/4 19:00, 2024-2-6, 2021.6.16
        rf"(?P<y>\d{{4}})([-/.])(?P<mo>\d{{1,2}})\2(?P<d>\d{{1,2}})(?:[Tt\s,]\s*{_CLOCK}\s*(?:{_ZONE})?)?",
        # Wed, 16 Jun 2021 08:36:09 GMT, 16 June 2021
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})[ -]{_MONTH}[ -](?P<y>\d{{4}})(?:\s+{_CLOCK}\s*(?:{_ZONE})?)?",
        # Fri Feb 19 10:00:00 CST 2021
        rf"{_WEEKDAY}{_MONTH}\s+(?P<d>\d{{1,2}}),?\s+{_CLOCK}\s*(?:{_ZONE}\s+)?(?P<y>\d{{4}})",
        # Fri Feb 19 2021 10:00:00 GMT+0800 (中国标准时间), February 19, 2021, Feb 19, 2021 3:05 PM
        rf"{_WEEKDAY}{_MONTH}\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})(?:,?\s+{_CLOCK}\s*(?:{_ZONE})?)?",
        # 2021年10月01日, 2021年10月1日 星期五 下午3:05, 2021年10月1日 19时05分
        r"(?P<y>\d{4})\s*年\s*(?P<mo>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]?\s*"
        rf"(?:[(（]?(?:星期|周|週)[一二三四五六日天][)）]?)?\s*(?:{_CHINESE_CLOCK})?",
        # 20210616, 20210616T083609Z, 20210616083609
        r"(?P<y>\d{4})(?P<mo>\d{2})(?P<d>\d{2})"
        rf"(?:[Tt ]?(?P<h>\d{{2}})(?P<mi>\d{{2}})(?P<s>\d{{2}})\s*(?:{_ZONE})?)?",
    )
)

_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d*)?")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
_MAX_CHARS = 100


def parse_date(value: object, zone: tzinfo) -> datetime | None:
    """Return the moment that ``value`` means, in UTC, whole seconds; None where it means none.

    Args:
        value: a text, a number of seconds or milliseconds since 1970, a date or a datetime.
        zone: the one meant where ``value`` names none. A date alone is its first moment there.

    >>> parse_date("Fri Feb 19 10:00:00 CST 2021", UTC)
    datetime.datetime(2021, 2, 19, 2, 0, tzinfo=datetime.timezone.utc)
    >>> parse_date("2018-02-31", UTC)
    """
    try:
        moment = _moment(value, zone)
        if moment is None:
            return None
        moment = moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def local_day(moment: datetime, zone: tzinfo) -> date:
    """Return the calendar day of ``moment`` in ``zone``."""
    return moment.astimezone(zone).date()


def _moment(value: object, zone: tzinfo) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if len(text) > _MAX_CHARS:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _from_parts(match.groupdict(), zone)
    if match := _EPOCH.fullmatch(text):
        # Nine digits begin in 1973; three more make them milliseconds.
        return datetime.fromtimestamp(int(match[1]), UTC)
    return None


def _from_parts(parts: dict[str, str | None], zone: tzinfo) -> datetime | None:
    month = parts.get("mo") or _MONTHS.get((parts.get("name") or "").lower(), 0)
    offset = _zone(parts.get("zone"), zone)
    if offset is None:
        return None
    hour = _hour(int(parts.get("h") or 0), parts.get("half"))
    moment = datetime(
        int(parts["y"] or 0),
        int(month),
        int(parts["d"] or 0),
        hour % 24,
        int(parts.get("mi") or 0),
        # A leap second is the last one of its minute.
        min(int(parts.get("s") or 0), 59) if parts.get("s") == "60" else int(parts.get("s") or 0),
        tzinfo=offset,
    )
    return moment + timedelta(days=1) if hour == 24 else moment


def _hour(hour: int, half: str | None) -> int:
    """Return ``hour`` on a clock of 24 hours, given the half of the day ("p", "下午"…)."""
    if hour > 24:
        raise ValueError(hour)
    if half is None:
        return hour
    if half in ("下午", "傍晚", "晚上") or half.lower() == "p":
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 and half != "中午" else hour


def _zone(name: str | None, default: tzinfo) -> tzinfo | None:
    if not name:
        return default
    if match := _OFFSET.search(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-offset if match[1] == "-" else offset)
    hours = _ZONES.get(name.lower())
    return None if hours is None else timezone(timedelta(hours=hours))
