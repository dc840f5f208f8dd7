"""Matches made visible: spans of a text, and of the text inside HTML, in ``<mark>``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from html import escape as escape_html
from html import unescape
from typing import NamedTuple

from markupsafe import Markup, escape

from search.corpus.text import RUNNING_ON, SOFT_BREAK, TAG
from search.results import Span
from search.snippets import Highlighter

MAX_MARKS = 2_000
"""Matches marked in one body, the first ones: nobody steps through more."""

_BREAK = "\0"
_NO_MORE = (0, Span(sys.maxsize, sys.maxsize))


def mark(text: str, spans: Sequence[Span]) -> Markup:
    """Return ``text`` as HTML with its spans marked.

    >>> mark("<京东>", [Span(1, 3)])
    Markup('&lt;<mark>京东</mark>&gt;')
    """
    escaped = escape(text)
    if not spans:
        return escaped
    html = str if len(escaped) == len(text) else escape  # most texts are HTML as they are
    parts: list[str] = []
    end = 0
    for span in spans:
        inside = html(text[span.start : span.end])
        parts += html(text[end : span.start]), "<mark>", inside, "</mark>"
        end = span.end
    parts.append(html(text[end:]))
    return Markup("".join(parts))  # noqa: S704 -- each part is escaped


class Tag(NamedTuple):
    """A tag of safe HTML.

    Attributes:
        written: all of it.
        name: in lower case; of an end tag with the slash before it.
        attributes: as they stand in it.
    """

    written: str
    name: str
    attributes: str


Part = str | Tag
"""A text with its entities decoded, or a tag."""


def parts_of(html: str) -> Iterator[Part]:
    """Yield the tags of sanitised HTML (see `search.article.Article.html`), and texts between."""
    end = 0
    for tag in TAG.finditer(html):
        if tag.start() > end:
            yield unescape(html[end : tag.start()])
        yield Tag(tag[0], tag[1], tag[2])
        end = tag.end()
    if end < len(html):
        yield unescape(html[end:])


def mark_parts(parts: Sequence[Part], highlighter: Highlighter) -> tuple[list[Part], int]:
    """Return the parts, their texts now HTML with the matches marked, and the number of these.

    A match may run across inline tags; each stretch of it is marked on its own. The first stretch
    of match n, from 1, has the id ``hit-n``, the others name it: ``data-of="hit-n"``. At most
    `MAX_MARKS` are marked.
    """
    spans = highlighter.spans(_text(parts), "body")[:MAX_MARKS]
    return list(_weave(parts, enumerate(spans, start=1))), len(spans)


def _text(parts: Iterable[Part]) -> str:
    """Return what `search.corpus.text.read_html` reads, each character in its place.

    What it drops is a character without width, which no match minds.
    """
    text = "".join(map(_text_of, parts))
    text = SOFT_BREAK.sub(lambda gap: "\u200b" * len(gap[0]), text)
    return text.replace("\n", " ").replace(_BREAK, "\n")


def _text_of(part: Part) -> str:
    if isinstance(part, Tag):
        return "" if part.name in RUNNING_ON else _BREAK
    return part


def _weave(parts: Iterable[Part], spans: Iterator[tuple[int, Span]]) -> Iterator[Part]:
    start = 0
    number, span = next(spans, _NO_MORE)
    for part in parts:
        end = start + len(_text_of(part))
        if isinstance(part, Tag):
            yield part
        else:
            at = start
            while span.start < end:
                begin, stop = max(span.start, start), min(span.end, end)
                yield _html(part[at - start : begin - start])
                name = "id" if begin == span.start else "data-of"
                inside = _html(part[begin - start : stop - start])
                yield f'<mark {name}="hit-{number}">{inside}</mark>'
                at = stop
                if span.end > end:
                    break
                number, span = next(spans, _NO_MORE)
            yield _html(part[at - start :])
        start = end


def _html(text: str) -> str:
    # Markup for each of ten thousand texts takes four times as long.
    return escape_html(text, quote=False)
