"""The outline of an article: its headings, each a place that an address can name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from web.marking import Part, Tag

MAX_ENTRIES = 100
"""Of an outline; longer ones go without their lowest levels, then without their end."""

MAX_ENTRY_CHARS = 80
"""Of a heading, in the outline and in its id."""

_NAMES = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NO_WORD = re.compile(r"\W+")


class Heading(NamedTuple):
    """A heading in a body.

    Attributes:
        at: its begin tag's place among the parts of the body, from 0.
        tag: that begin tag.
        id: unique in its article, the same whenever it is read; no other id of a page begins so.
        text: on one line, not empty.
    """

    at: int
    tag: Tag
    id: str
    text: str

    @property
    def level(self) -> int:
        """From 1, the highest, to 6."""
        return int(self.tag.name[1])


class Section(NamedTuple):
    """An entry of an outline, and those below it; ``id`` and ``text`` as in `Heading`."""

    id: str
    text: str
    sections: tuple[Section, ...]


def headings_of(parts: Sequence[Part]) -> list[Heading]:
    """Return the headings of a body that have a text, in order."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    found = []
    for at, tag, text in _headings(parts):
        if line := " ".join(text.split()):
            found.append(Heading(at, tag, _new_id(line, taken, times), line))
    return found


def _headings(parts: Sequence[Part]) -> Iterator[tuple[int, Tag, str]]:
    """Yield place, begin tag and text of each heading; one within another ends that."""
    begun: tuple[int, Tag] | None = None
    texts: list[str] = []
    for at, part in enumerate(parts):
        if not isinstance(part, Tag):
            texts.append(part)
        elif part.name.removeprefix("/") in _NAMES:
            if begun:
                yield *begun, "".join(texts)
            begun = (at, part) if part.name in _NAMES else None
            texts = []


def _new_id(text: str, taken: set[str], times: Counter[str]) -> str:
    """Return an id such as ``s-京东-物流``, the second of its kind with ``-2`` behind."""
    base = id_of(text)
    while True:
        times[base] += 1
        found = base if times[base] == 1 else f"{base}-{times[base]}"
        if found not in taken:
            taken.add(found)
            return found


def id_of(text: str) -> str:
    """Return the id of the first heading that says ``text``.

    >>> id_of("Go: 京东 & 物流")
    's-go-京东-物流'
    """
    return "s-" + _NO_WORD.sub("-", text[:MAX_ENTRY_CHARS]).strip("-").lower()


def outline(headings: Sequence[Heading]) -> tuple[Section, ...]:
    """Return the headings as a tree; () where they are fewer than two."""
    if len(headings) < 2:
        return ()
    levels = sorted({each.level for each in headings})
    while len(headings) > MAX_ENTRIES and len(levels) > 1:
        lowest = levels.pop()
        headings = [each for each in headings if each.level < lowest]
    return _sections(headings[:MAX_ENTRIES])


def _sections(headings: Sequence[Heading]) -> tuple[Section, ...]:
    found = []
    start = 0
    while start < len(headings):
        first = headings[start]
        end = start + 1
        while end < len(headings) and headings[end].level > first.level:
            end += 1
        below = _sections(headings[start + 1 : end])
        found.append(Section(first.id, _cut(first.text), below))
        start = end
    return tuple(found)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_ENTRY_CHARS else f"{text[: MAX_ENTRY_CHARS - 1]}…"
