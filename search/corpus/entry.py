"""What passes between the corpus and whoever indexes it: entries, options, problems, readings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from search.article import Article
from search.errors import ArticleError, SettingsError
from search.messages import say

MAX_BYTES = 16 * 2**20
"""The largest file, and the longest line of a JSON Lines file, that is read: 16 MiB, inclusive."""

_CHUNK_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one file or line, for people.

    Attributes:
        path: as in `Article.path`; that of a folder ends with ``/``: nothing below it was seen.
        line: of the file, from 1; None where no line is to blame.
        message: what was seen and what to do, in the language in force when it was met.
    """

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What reading depends on besides the bytes.

    Attributes:
        timezone: IANA name of the zone in which dates without a zone are meant, and days counted.
        drafts: whether drafts are articles too.

    Raises:
        SettingsError: there is no such time zone.
    """

    timezone: str = "UTC"
    drafts: bool = False

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ValueError, OSError) as error:  # an unknown key is a KeyError, too long an OSError
            raise SettingsError("corpus.timezone", seen=self.timezone) from error
        except KeyError as error:
            raise SettingsError("corpus.timezone", seen=self.timezone) from error

    @property
    def zone(self) -> ZoneInfo:
        """The zone that `timezone` names."""
        return ZoneInfo(self.timezone)


class Entry(NamedTuple):
    """An article to be, found but not read.

    A tuple is made and sent to another process in a quarter of the time of a dataclass, which
    counts where there are a hundred thousand.

    Attributes:
        source: the folder or file that was given, as `source_of` writes it.
        path: what `Article.path` will be.
        file: where its bytes are, absolute, as the operating system names it.
        line: its line in a JSON Lines file, from 1; None for a file of its own.
        raw: that line; None for a file of its own.
        given_id: the id that the line gives; None for none.
        stamp: changes when the file does, short of tampering: its size, its times in nanoseconds
            and its number on the disk, as they were when it was found. "" for a line of a JSON
            Lines file, and where the file could not be asked.
    """

    source: str
    path: str
    file: str
    line: int | None = None
    raw: bytes | None = None
    given_id: str | None = None
    stamp: str = ""

    def load(self) -> bytes:
        """Return the bytes to read the article from.

        Raises:
            ArticleError: the file is over `MAX_BYTES`, gone, or cannot be read.
        """
        if self.raw is not None:
            return self.raw
        try:
            raw = _read_at_most(self.file, MAX_BYTES + 1)
        except FileNotFoundError as error:
            raise ArticleError("corpus.vanished") from error
        except OSError as error:
            raise ArticleError("corpus.unreadable", reason=error.strerror) from error
        if len(raw) > MAX_BYTES:
            raise ArticleError("corpus.too_large", most=MAX_BYTES // 2**20)
        return raw


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of an entry.

    Attributes:
        article: None for a draft that is left out.
        warnings: what was odd, though it did not stop the article.
    """

    article: Article | None
    warnings: tuple[Problem, ...] = ()


def _read_at_most(file: str, most: int) -> bytes:
    """Return up to ``most`` bytes of a file; three times as fast as a stream, for small ones."""
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        parts = []
        while most and (part := os.read(descriptor, min(most, _CHUNK_BYTES))):
            parts.append(part)
            most -= len(part)
    finally:
        os.close(descriptor)
    return b"".join(parts)


def problem(path: str, key: str, /, *, line: int | None = None, **facts: object) -> Problem:
    """Return the problem whose message is that of ``key`` (see `search.messages.say`)."""
    return Problem(path, line, say(key, **facts))


def excerpt(value: object, max_chars: int = 60) -> str:
    r"""Return ``value`` as one line of at most ``max_chars`` characters, to show in a message.

    >>> excerpt("  a\n b"), excerpt("abcdef", 3)
    ('a b', 'ab…')
    """
    # What is cut off is never looked at: values may hold megabytes.
    text = " ".join(str(value)[: 4 * max_chars].split())
    return text if len(text) <= max_chars else text[: max_chars - 1] + "…"
