"""Bytes to an article: the one place where its parts come together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import blake2b
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from search.article import Article, article_id
from search.corpus import fields as shapes
from search.corpus import jsonl
from search.corpus.body import Kind, html_title, kind_of, read_body
from search.corpus.bounds import (
    bounded_categories,
    bounded_entities,
    bounded_names,
    bounded_title,
)
from search.corpus.dates import local_day, parse_date
from search.corpus.decoding import Decoded, clean, decode
from search.corpus.entry import Entry, Problem, Reading, ReadOptions, excerpt, problem
from search.corpus.front_matter import split_front_matter
from search.corpus.text import Content
from search.errors import ArticleError

READER_VERSION = 2
"""Grows when the same bytes make another article, so that indexes are brought up to date."""

MAX_TITLE_CHARS = 80
"""Of a title made from the beginning of a text."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def fingerprint(raw: bytes, options: ReadOptions) -> str:
    """Return 16 hexadecimal digits that change when the article made of ``raw`` may change.

    Whether drafts are wanted is not in it: that decides if there is an article, not what it is.
    """
    digest = blake2b(f"{READER_VERSION}\0{options.timezone}\0".encode(), digest_size=8)
    digest.update(raw)
    return digest.hexdigest()


def read(  # noqa: PLR0913 -- what the caller knows, by name
    entry: Entry,
    raw: bytes,
    options: ReadOptions,
    *,
    known_id: str | None = None,
    known_print: str | None = None,
    stamp: str = "",
) -> Reading:
    """Make the article of ``entry`` from its bytes, as `Entry.load` returns them.

    Args:
        entry: where they are from.
        raw: the bytes.
        options: how to read them.
        known_id: the article's id, where the caller chose it; None for that of the entry.
        known_print: their `fingerprint`, where the caller had it made; None to make it here.
        stamp: what is to be `Article.stamp`.

    Raises:
        ArticleError: no article can be made of it; the line is that of its file.
    """
    document = _line_document(entry, raw) if entry.line else _file_document(entry, raw)
    draft = shapes.is_draft(document.fields, entry.path)
    if draft and not options.drafts:
        return Reading(None)
    content = read_body(document.body, document.kind)
    moment, day = _date(entry, document, options.zone)
    warn = partial(_warn, entry, document)
    article = Article(
        id=known_id or entry.given_id or article_id(entry.path),
        path=entry.path,
        title=bounded_title(_title(entry, document, content), warn),
        text=content.text,
        html=content.html,
        categories=bounded_categories(shapes.categories_of(document.fields), warn),
        authors=bounded_names("author", shapes.authors_of(document.fields), warn),
        tags=bounded_names("tags", shapes.tags_of(document.fields), warn),
        date=moment,
        day=day,
        url=shapes.url_of(document.fields),
        thumbnail=shapes.thumbnail_of(document.fields) or content.picture,
        entities=bounded_entities(content.entities, warn),
        draft=draft,
        source=entry.source,
        fingerprint=known_print or fingerprint(raw, options),
        stamp=stamp,
        encoding=document.encoding,
    )
    return Reading(article, tuple(document.warnings))


@dataclass(frozen=True, slots=True)
class _Document:
    """A file or line, taken apart; ``line_of`` says on which line a field stands."""

    fields: shapes.Fields
    body: str
    kind: Kind
    encoding: str
    line_of: Callable[[str], int | None]
    warnings: list[Problem]


def _file_document(entry: Entry, raw: bytes) -> _Document:
    decoded = decode(raw)
    if not decoded.text.strip():
        raise ArticleError("corpus.empty")
    parts = split_front_matter(decoded.text)
    kind = kind_of(_suffix(_name(entry.path)))
    warnings = _damage(entry, decoded) + [
        problem(entry.path, "corpus.title_recovered", line=line, seen=value)
        for line, value in parts.mended
    ]
    return _Document(parts.fields, parts.body, kind, decoded.encoding, parts.line_of, warnings)


def _line_document(entry: Entry, raw: bytes) -> _Document:
    try:
        record = jsonl.record(raw)
        jsonl.check_types(record)
    except ArticleError as error:
        error.line = entry.line
        raise
    decoded = decode(raw)
    body = clean(str(record.get("body") or "")).strip()
    warnings = _damage(entry, decoded)
    return _Document(record, body, "markdown", decoded.encoding, lambda _: entry.line, warnings)


def _damage(entry: Entry, decoded: Decoded) -> list[Problem]:
    if not decoded.replaced:
        return []
    return [
        problem(
            entry.path,
            "corpus.replaced",
            line=entry.line,
            count=decoded.replaced,
            encoding=decoded.encoding,
        )
    ]


def _warn(entry: Entry, document: _Document, key: str, field: str, **facts: object) -> None:
    """Add a warning about a field, at its line."""
    line = document.line_of(field)
    document.warnings.append(problem(entry.path, key, line=line, name=field, **facts))


def _date(entry: Entry, document: _Document, zone: ZoneInfo) -> tuple[datetime | None, date | None]:
    name, value = shapes.date_of(document.fields, _name(entry.path))
    if value is None:
        return None, None
    moment = parse_date(value, zone)
    if moment is None:
        if name:  # a file name promises no date
            _warn(entry, document, "corpus.date", name, seen=excerpt(value))
        return None, None
    return moment, local_day(moment, zone)


def _title(entry: Entry, document: _Document, content: Content) -> str:
    """Return the title: as given, else the first heading, else the file's name or first words."""
    title = shapes.title_of(document.fields) or content.heading
    if not title and document.kind == "html":
        title = html_title(document.body)
    if not title and entry.line:
        title = excerpt(content.text, MAX_TITLE_CHARS)
    if title:
        return title
    # The file ` .md` has a name all the same.
    name = _name(entry.path)
    title = shapes.one_line(name.rpartition(".")[0]) or shapes.one_line(name)
    return title or article_id(entry.path)


def _suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _name(path: str) -> str:
    """Return the last part of ``path`` as `PurePosixPath` has it, which takes ten times as long."""
    name = path.rpartition("/")[2]
    return name if name not in ("", ".") else PurePosixPath(path).name
