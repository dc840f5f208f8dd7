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

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_NO_WORD = re.compile(r"\W+")


class Heading(NamedTuple):
    """A heading in a body.

    Attributes:
        at: its begin tag's place among the parts of the body, from 0.
        level: 1 to 6.
        id: unique in its article, the same whenever it is read; no other id of a page begins so.
        text: on one line, not empty.
    """

    at: int
    level: int
    id: str
    text: str


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
    for at, level, text in _headings(parts):
        if line := " ".join(text.split()):
            found.append(Heading(at, level, _new_id(line, taken, times), line))
    return found


def _headings(parts: Sequence[Part]) -> Iterator[tuple[int, int, str]]:
    """Yield place, level and text of each heading; one within another ends that."""
    at, texts = -1, list[str]()
    level = 0  # of the heading open; 0 for none
    for place, part in enumerate(parts):
        if not isinstance(part, Tag):
            texts.append(part)
        elif part.name.removeprefix("/") in _LEVELS:
            if level:
                yield at, level, "".join(texts)
            at, texts, level = place, [], _LEVELS.get(part.name, 0)


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
