"""Settings: the only reader of the environment and of ``wensou.toml``.

What is given on the command line comes first, then the environment, then ``wensou.toml`` in the
current folder, then the defaults:

    index       WENSOU_INDEX      where the index is
    timezone    WENSOU_TIMEZONE   of dates that name no zone, and of calendar days
    language    WENSOU_LANG       of messages; else the locale's: LC_ALL, LC_MESSAGES, LANG
    host, port  WENSOU_HOST ...   where ``wensou serve`` listens
    images      WENSOU_IMAGES     which pictures of other sites its page shows
    half_life_days  WENSOU_HALF_LIFE_DAYS   of relevance, in the order "hot"
    synonyms    WENSOU_SYNONYMS   a file of words that mean the same
    dictionary  WENSOU_DICTIONARY a file of words that jieba is to know
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from search.errors import SettingsError
from search.messages import LANGUAGES, match_language

FILE_NAME = "wensou.toml"
"""The settings file, looked for in the current folder only."""

HALF_LIFE_DAYS = 180
"""Half a year: what is asked of news is mostly of this year or the last."""

MAX_HALF_LIFE_DAYS = 36_500
"""A hundred years: no article is much older than another."""

Images = Literal["on", "proxy-free", "off"]

IMAGES: tuple[Images, ...] = get_args(Images)

VARIABLES = {
    "index": "WENSOU_INDEX",
    "timezone": "WENSOU_TIMEZONE",
    "language": "WENSOU_LANG",
    "host": "WENSOU_HOST",
    "port": "WENSOU_PORT",
    "address": "WENSOU_ADDRESS",
    "images": "WENSOU_IMAGES",
    "half_life_days": "WENSOU_HALF_LIFE_DAYS",
    "synonyms": "WENSOU_SYNONYMS",
    "dictionary": "WENSOU_DICTIONARY",
}
"""The environment variable of every setting; an empty one counts as not set."""


MAX_LIST_BYTES = 2 * 2**20
"""Of a file that a setting names: some hundred thousand words, read in about a second."""

_PATHS = {"index", "synonyms", "dictionary"}
_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run of the program goes by.

    Attributes:
        index: where the index is: a folder, or ``whoosh:///absolute/path``.
        timezone: IANA name of the zone in which dates without one are meant.
        language: one of `search.messages.LANGUAGES`.
        host: the address that ``wensou serve`` listens on.
        port: its port, 1 to 65535.
        address: the one that readers ask for the page, where a proxy in front has another: scheme,
            host and path, without a slash at its end; "" for whatever is asked.
        images: which pictures of other sites its page shows (see `web.pictures`).
        half_life_days: by which an article is older that counts half in the order "hot", 1 to
            `MAX_HALF_LIFE_DAYS`.
        synonyms: the file of words that mean the same (see `search.query.synonyms`); "" for none.
        dictionary: the user dictionary (see `search.analysis.dictionary`); "" for none.
    """

    index: str = "var/index"
    timezone: str = "UTC"
    language: str = LANGUAGES[0]
    host: str = "127.0.0.1"
    port: int = 8000
    address: str = ""
    images: Images = "on"
    half_life_days: int = HALF_LIFE_DAYS
    synonyms: str = ""
    dictionary: str = ""


def load_settings(environ: Mapping[str, str], folder: Path) -> Settings:
    """Return the settings in force.

    Args:
        environ: the environment, such as ``os.environ``.
        folder: where ``wensou.toml`` may be; a relative path in that file is relative to it.

    Raises:
        SettingsError: a value cannot be used; the message says which, where it stands, and why.
    """
    values = _from_file(folder / FILE_NAME)
    for name, variable in VARIABLES.items():
        if seen := environ.get(variable):
            values[name] = _READERS[name](variable, seen) if name in _READERS else seen
    if "language" in values and not environ.get(VARIABLES["language"]):
        values["language"] = _spoken(str(values["language"]))
    else:
        values["language"] = spoken_language(environ)
    return Settings(**values)  # type: ignore[arg-type]


def spoken_language(environ: Mapping[str, str]) -> str:
    """Return the language that the environment asks for, one of ours; Chinese when for none.

    ``WENSOU_LANG`` comes first, then the locale of messages in the order that POSIX gives.

    >>> spoken_language({"LANG": "en_GB.UTF-8"}), spoken_language({"LANG": "C.UTF-8"})
    ('en', 'zh-Hans')
    """
    names = (VARIABLES["language"], "LC_ALL", "LC_MESSAGES", "LANG")
    return _spoken(next((seen for name in names if (seen := environ.get(name))), ""))


def _from_file(path: Path) -> dict[str, str | int]:
    """Return what the file sets, checked; {} where there is no file."""
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError("settings.unreadable", path=path, reason=error) from error
    known = {field.name: field.type for field in fields(Settings)}
    for name, value in found.items():
        if name not in known:
            allowed = ", ".join(known)
            raise SettingsError("settings.unknown", path=path, seen=name, known=allowed)
        if name not in _READERS and not (isinstance(value, str) and value):
            raise SettingsError("settings.text", path=path, name=name, seen=value)
    for name in found.keys() & _READERS:
        found[name] = _READERS[name](f"{path}: {name}", found[name])
    for name in _PATHS & found.keys():
        if "://" not in found[name]:
            found[name] = str(path.parent / found[name])
    return found


def read_lines(path: Path) -> list[tuple[str, str]]:
    """Return the lines of a list that a setting names, without comments: a ``#`` and what follows.

    A ``#`` inside a word, as in ``C#``, begins none.

    Returns:
        where each line stands (``path:3``, lines from 1), and its text; no empty ones.

    Raises:
        SettingsError: the file is not there, is no UTF-8, or larger than `MAX_LIST_BYTES`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LIST_BYTES + 1)
        if len(data) > MAX_LIST_BYTES:
            raise SettingsError("settings.list_size", path=path, most=MAX_LIST_BYTES // 2**20)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("settings.list", path=path, reason=error) from error
    lines = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    return [(f"{path}:{number}", line) for number, line in enumerate(lines, start=1) if line]


def parse_port(where: str, seen: object) -> int:
    """Return the port that ``seen`` is, a text or a number; ``where`` it stands is for people.

    Raises:
        SettingsError: it is not a whole number from 1 to 65535.
    """
    found = _whole_number(seen, 65_535)
    if found is None:
        raise SettingsError("settings.port", where=where, seen=seen)
    return found


def parse_half_life(where: str, seen: object) -> int:
    """Return the days that ``seen`` is, a text or a number; ``where`` it stands is for people.

    Raises:
        SettingsError: it is not a whole number from 1 to `MAX_HALF_LIFE_DAYS`.
    """
    found = _whole_number(seen, MAX_HALF_LIFE_DAYS)
    if found is None:
        raise SettingsError("settings.half_life", where=where, seen=seen, most=MAX_HALF_LIFE_DAYS)
    return found


def parse_address(where: str, seen: object) -> str:
    """Return the address that ``seen`` is; ``where`` it stands is for people.

    >>> parse_address("address", "https://example.org:8443/search/")
    'https://example.org:8443/search'

    Raises:
        SettingsError: it does not begin with http:// or https:// and a host, or says more.
    """
    found = _ADDRESS.fullmatch(str(seen))
    if found is None:
        raise SettingsError("settings.address", where=where, seen=seen)
    return found[1]


def parse_images(where: str, seen: object) -> Images:
    """Return which pictures ``seen`` says are shown; ``where`` it stands is for people.

    Raises:
        SettingsError: it is none of `IMAGES`.
    """
    for each in IMAGES:
        if seen == each:
            return each
    raise SettingsError("settings.images", where=where, seen=seen, allowed=", ".join(IMAGES))


def _whole_number(seen: object, most: int) -> int | None:
    """Return the number from 1 to ``most`` that ``seen`` is; None where it is none."""
    text = str(seen)
    is_one = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if is_one and 1 <= int(text) <= most else None


_ADDRESS = re.compile(r"(https?://(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?(?:/[^\s/?#]+)*)/?")

_READERS: dict[str, Callable[[str, object], int | str]] = {
    "port": parse_port,
    "address": parse_address,
    "images": parse_images,
    "half_life_days": parse_half_life,
}
"""The settings that are numbers or one of a few words, and what reads them; others are texts."""


def _spoken(tag: str) -> str:
    """Return our language for a locale; the C locale is nobody's choice of English."""
    name = tag.partition(".")[0]
    return LANGUAGES[0] if name in ("", "C", "POSIX") else match_language(name)
