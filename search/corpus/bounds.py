"""What an article may have of names: one odd article must not weigh down all pages of an archive.

Lists of hits and of filters name the authors, categories, tags and companies of any article; its
text is on its own page alone, and has no bound but that of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from search.article import MAX_LEVELS, CategoryPath, Entity, format_category
from search.corpus.entry import excerpt

MAX_NAMES = 200
"""Authors, tags, categories or companies of one article."""

MAX_NAME_CHARS = 200
"""Of each, and of each level of a category."""

LONGEST_TITLE_CHARS = 1_000
"""Several times the longest that was ever meant as one."""

Warn = Callable[..., None]
"""Takes the key of a message, the field that is cut, and the facts of the message."""


def bounded_title(title: str, warn: Warn) -> str:
    """Return ``title``, cut where it is too long."""
    if len(title) <= LONGEST_TITLE_CHARS:
        return title
    warn("corpus.title_long", "title", seen=excerpt(title), most=LONGEST_TITLE_CHARS)
    return _cut(title, LONGEST_TITLE_CHARS)


def bounded_names(field: str, names: Iterable[str], warn: Warn) -> tuple[str, ...]:
    """Return the first `MAX_NAMES` of a field's names, each cut where it is too long."""
    return tuple([name for (name,) in _bounded(field, [(name,) for name in names], warn)])


def bounded_categories(paths: Sequence[CategoryPath], warn: Warn) -> tuple[CategoryPath, ...]:
    """Return the first `MAX_NAMES` of ``paths``, of each the first `MAX_LEVELS`, cut likewise."""
    deep = next((path for path in paths if len(path) > MAX_LEVELS), None)
    if deep:
        seen = excerpt(format_category(deep[:MAX_LEVELS]))
        warn("corpus.category_deep", "categories", seen=seen, count=len(deep), most=MAX_LEVELS)
    return _bounded("categories", [path[:MAX_LEVELS] for path in paths], warn)


def bounded_entities(entities: Iterable[Entity], warn: Warn) -> tuple[Entity, ...]:
    """Return the first `MAX_NAMES` of what the markup names, each cut where it is too long."""
    return tuple([Entity(*each) for each in _bounded("data-name", list(entities), warn)])


def _bounded(field: str, values: list[tuple[str, ...]], warn: Warn) -> tuple[tuple[str, ...], ...]:
    """Return values that are names, or several together, without repeats."""
    if len(values) > MAX_NAMES:
        warn("corpus.names_many", field, count=len(values), most=MAX_NAMES)
        values = values[:MAX_NAMES]
    long = next((name for each in values for name in each if len(name) > MAX_NAME_CHARS), None)
    if long is not None:
        warn("corpus.name_long", field, seen=excerpt(long), most=MAX_NAME_CHARS)
        values = [tuple([_cut(name, MAX_NAME_CHARS) for name in each]) for each in values]
    return tuple(dict.fromkeys(values))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
