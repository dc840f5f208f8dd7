"""From the fields of a front matter to those of an article, whatever shape they were written in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from search.article import CategoryPath

Fields = Mapping[str, object]
"""A front matter: values by name in lower case."""

_DATES = ("date", "pubdate", "publishdate", "publish_date", "published", "created", "created_at")
_URLS = ("url", "link", "original_url", "canonical_url", "canonical", "permalink")
_PICTURES = ("thumbnail", "headimg", "cover", "image", "banner", "feature", "featured_image")
_NAMES_OF_NAME = ("name", "title", "nickname", "id")
_NAMES_OF_PICTURE = ("url", "src", "image", "feature", "path", "teaser", "thumb")

_MAX_NESTING = 4
"""Of lists and mappings: what lies deeper is no name of anything."""

_MAX_ADDRESS_CHARS = 8_000
"""More than servers take; a page of hits has one of each article."""

_TAG_SEPARATOR = re.compile(r"[,，、;；]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_END = re.compile(r"[\t\n\u2028\u2029]+")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>\"'`\\]+", re.IGNORECASE)
_JEKYLL_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-.")


def one_line(value: object) -> str:
    r"""Return a scalar as one line of text: entities decoded once, control characters dropped.

    Once, as ``&amp;lt;`` is how an author writes ``&lt;``. Spaces inside stay as they are.

    >>> one_line(" Vue &#123;&#123; a &#125;&#125;\n"), one_line(2021), one_line(True)
    ('Vue {{ a }}', '2021', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    if "&" in text:
        text = html.unescape(text)
    if not text.isprintable():  # nothing that the two look for is printable
        text = _LINE_END.sub(" ", _CONTROL.sub("", text))
    return text.strip()


def title_of(fields: Fields) -> str:
    """Return the title, "" where there is none."""
    value = fields.get("title")
    return "" if isinstance(value, list | dict) else one_line(value)


def categories_of(fields: Fields) -> tuple[CategoryPath, ...]:
    """Return the category paths: a list is one path, a list that holds lists several (Hexo).

    >>> categories_of({"categories": ["新媒体", "36kr"]})
    (('新媒体', '36kr'),)
    >>> categories_of({"categories": [["a", "b"], "c"]})
    (('a', 'b'), ('c',))
    """
    value = fields.get("categories") or fields.get("category")
    several = isinstance(value, list) and any(isinstance(item, list) for item in value)
    items = value if isinstance(value, list) and several else [value]
    paths = [tuple(_names(item)) for item in items]
    return tuple(dict.fromkeys(path for path in paths if path))


def tags_of(fields: Fields) -> tuple[str, ...]:
    """Return the tags; a text holds several, separated by commas.

    >>> tags_of({"tags": "前端, Vue"}), tags_of({"tags": [None, 2021, "a, b"]}), tags_of({})
    (('前端', 'Vue'), ('2021', 'a, b'), ())
    """
    value = fields.get("tags") or fields.get("tag")
    parts: object = _TAG_SEPARATOR.split(value) if isinstance(value, str) else value
    return tuple(dict.fromkeys(_names(parts)))


def authors_of(fields: Fields) -> tuple[str, ...]:
    """Return the authors.

    >>> authors_of({"author": {"name": "甲", "email": "a@b.c"}})
    ('甲',)
    >>> authors_of({"author": ["甲", "乙"]})
    ('甲', '乙')
    """
    return tuple(dict.fromkeys(_names(fields.get("author") or fields.get("authors"))))


def date_of(fields: Fields, file_name: str) -> tuple[str, object]:
    """Return the name and the value of the field that dates the article; ("", None) for none.

    Without a field it is the beginning of a file name such as ``2021-06-16-title.md``, as Jekyll
    has it.
    """
    for name in _DATES:
        value = fields.get(name)
        # Jekyll's `published: false` is no date.
        if value not in (None, "") and str(value).lower() not in ("true", "false"):
            return name, value
    match = _JEKYLL_NAME.match(file_name)
    return ("", match[1]) if match else ("", None)


def is_draft(fields: Fields, path: str) -> bool:
    """Return whether the article is marked as not yet published, or lies in ``_drafts/``.

    >>> is_draft({"draft": "true"}, "a.md"), is_draft({"published": False}, "a.md")
    (True, True)
    >>> is_draft({}, "_drafts/a.md"), is_draft({"draft": "no", "published": "2021-06-16"}, "a.md")
    (True, False)
    """
    return (
        one_line(fields.get("draft")).lower() in ("true", "yes", "on", "1")
        or one_line(fields.get("published")).lower() in ("false", "no", "off", "0")
        or "_drafts" in path.split("/")[:-1]
    )


def url_of(fields: Fields) -> str | None:
    """Return the address where the article was first published; None where it names no host."""
    return _first_address(fields, _URLS)


def thumbnail_of(fields: Fields) -> str | None:
    """Return the address of the picture for lists; None where it names no host."""
    return _first_address(fields, _PICTURES)


def address(value: object) -> str | None:
    """Return ``value`` where it is an address on the web, with its scheme; else None.

    >>> address("//a.b/c.png"), address("/c.png"), address("javascript:alert(1)")
    ('https://a.b/c.png', None, None)
    """
    text = one_line(value)
    if len(text) > _MAX_ADDRESS_CHARS or not _ADDRESS.fullmatch(text):
        return None
    return f"https:{text}" if text.startswith("//") else text


def _first_address(fields: Fields, names: Iterable[str]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = next((value[key] for key in _NAMES_OF_PICTURE if value.get(key)), None)
        if isinstance(value, str) and (found := address(value)):
            return found
    return None


def _names(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the names in a value of any shape; None and blank ones are none."""
    if depth > _MAX_NESTING:
        return
    if isinstance(value, list):
        for item in value:
            yield from _names(item, depth + 1)
    elif isinstance(value, dict):
        yield from _names_of_mapping(value, depth)
    elif value is not None and not isinstance(value, bool) and (name := one_line(value)):
        yield name


def _names_of_mapping(value: Mapping[str, object], depth: int) -> Iterator[str]:
    named = next((value[key] for key in _NAMES_OF_NAME if value.get(key)), None)
    if named is not None:
        yield from _names(named, depth + 1)
        return
    for key, item in value.items():
        # `- 前端: Vue` without quotes is a name with a colon in it.
        typed = f"{key}: {item}" if isinstance(item, str | int | float) else key
        yield from _names(typed, depth + 1)
