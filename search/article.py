"""An article, as the rest of the program knows it: no file formats, no index.

Source of every value: `search.corpus`. Engines store an article whole and give it back equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any, NamedTuple, cast

CategoryPath = tuple[str, ...]
"""Names from the top level down, such as ``("新媒体", "36kr", "资讯")``; never empty."""

MAX_LEVELS = 16
"""Of a category path, so that what goes through a tree of them by recursion comes to an end."""


class Entity(NamedTuple):
    """A company (or other thing) that the markup of the body names.

    Attributes:
        name: as the markup gives it (``data-name``).
        ref: its number where it comes from (``data-id``); "" where there is none.
    """

    name: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article.

    Attributes:
        id: 1 to 200 characters that identify it in an index and in addresses; see `article_id`.
        path: of its file, relative to the folder indexed, with ``/``; for a line of a JSON Lines
            file ``<file name>#<id>``.
        title: never empty, one line, entities decoded, no control characters.
        text: the body as plain text: blocks separated by newlines, "" for an empty body.
        html: the body as safe HTML for reading (already sanitised), "" for an empty body.
        categories: category paths in the order of the file, without repeats; () for none.
        authors: names in the order of the file, without repeats; () for none.
        tags: in the order of the file, without repeats; () for none.
        date: aware, in UTC, whole seconds; None where the file has none that can be read.
        day: the calendar day of `date` in the time zone of the settings; None where `date` is None.
        url: where it was first published; None where unknown.
        thumbnail: address of a picture for lists; None for none.
        entities: companies that the markup names, without repeats. Of these, and of categories,
            authors and tags, there are no more and no longer ones than `search.corpus.bounds` says.
        draft: whether it is marked as not yet published.
        source: the folder or file given to ``wensou index``, absolute, with ``/``.
        fingerprint: of the bytes it was read from and of the settings it was read with; equal
            fingerprints mean there is nothing to read again.
        stamp: of its source, its path, and its file's size and times when it was read; no two have
            the same, and equal stamps mean that not even its bytes need be looked at. "" where
            that cannot be said.
        encoding: of its file, as detected ("utf-8", "gb18030", "big5").
    """

    id: str
    path: str
    title: str
    text: str = ""
    html: str = ""
    categories: tuple[CategoryPath, ...] = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date: dt.datetime | None = None
    day: dt.date | None = None
    url: str | None = None
    thumbnail: str | None = None
    entities: tuple[Entity, ...] = ()
    draft: bool = False
    source: str = ""
    fingerprint: str = ""
    stamp: str = ""
    encoding: str = "utf-8"

    @property
    def author(self) -> str | None:
        """The authors as one text for people (``"甲, 乙"``); None for none."""
        return ", ".join(self.authors) or None

    @property
    def own_title(self) -> str:
        r"""The title that is searched; "" where it is but the beginning of the text, cut short.

        Words of such a title would count as if somebody had chosen them to stand above the text.

        >>> Article(id="1", path="a", title="京东…", text="京东\n物流").own_title
        ''
        """
        beginning = self.title.removesuffix("…")
        if beginning == self.title:
            return self.title
        # One line of a text is at most a few times as long as what is shown of it.
        text = " ".join(self.text[: 4 * len(self.title)].split())
        return "" if text.startswith(beginning) else self.title


class _LateHtml:
    """The field `Article.html`, which may be given as a function that makes it: see `late_html`.

    Args:
        kept: the field as the dataclass has it.
    """

    def __init__(self, kept: Any) -> None:
        self._kept = kept

    def __get__(self, article: Article | None, owner: type | None = None) -> Any:
        if article is None:
            return self
        html = self._kept.__get__(article, owner)
        if callable(html):
            html = html()  # two threads at once make the same
            self._kept.__set__(article, html)
        return html

    def __set__(self, article: Article, html: str | Callable[[], str]) -> None:
        self._kept.__set__(article, html)


Article.html = _LateHtml(Article.html)  # type: ignore[assignment, misc] # it gives a str


def late_html(make: Callable[[], str]) -> str:
    """Return what stands for an article's HTML until it is first asked for, if ever.

    A page of hits shows titles and texts; to put together ten articles' HTML takes a twentieth of
    a search. Give it to `Article` and to nothing else.
    """
    return cast(str, make)


_PUT = [vars(Article)[each.name].__set__ for each in fields(Article)]


def article_of(values: Iterable[Any]) -> Article:
    """Return the article that has these values: of all its fields, in their order.

    For what is read ten times a page: to call a frozen dataclass, which sets each field by its
    name, takes 5 microseconds, and this 2.
    """
    article = object.__new__(Article)
    for put, value in zip(_PUT, values, strict=True):
        put(article, value)
    return article


def article_id(path: str, salt: str = "") -> str:
    """Return the id of the article at ``path``: 16 hexadecimal digits, the same on every machine.

    ``salt`` tells apart equal paths under different folders of one index (see `search.indexer`).
    64 bits keep the chance of any collision among a million articles below one in 10**7.

    >>> article_id("a.md")
    '1cbb87ec4faf9d09'
    """
    return blake2b(f"{salt}\0{path}".encode(errors="surrogatepass"), digest_size=8).hexdigest()


def format_category(path: CategoryPath) -> str:
    r"""Write a category path as one text: ``/`` between names, ``\/`` for a slash inside one.

    >>> print(format_category(("前沿", "今日推荐 / 精选")))
    前沿/今日推荐 \/ 精选
    """
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in path)


def parse_category(text: str) -> CategoryPath:
    r"""Read what `format_category` wrote; spaces around a name and empty names are dropped.

    >>> parse_category("前沿/今日推荐 \\/ 精选"), parse_category(" / ")
    (('前沿', '今日推荐 / 精选'), ())
    """
    names, name, escaped = [], "", False
    for char in text:
        if escaped or char not in "/\\":
            # A backslash before any other character is meant: "a\b" stays as typed.
            name += ("\\" if escaped and char not in "/\\" else "") + char
            escaped = False
        elif char == "\\":
            escaped = True
        else:
            names.append(name)
            name = ""
    names.append(name + ("\\" if escaped else ""))
    return tuple(stripped for each in names if (stripped := each.strip()))
