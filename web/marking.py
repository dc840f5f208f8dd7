"""Matches made visible: spans of a text, and of the text inside HTML, in ``<mark>``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape

from markupsafe import Markup, escape

from search.corpus.text import RUNNING_ON, SOFT_BREAK, TAG
from search.results import Span
from search.snippets import Highlighter

MAX_MARKED_CHARS = 2_000_000
"""HTML longer than this is shown without marks: the work for one page stays bounded."""

_BREAK = "\0"


def mark(text: str, spans: Iterable[Span]) -> Markup:
    """Return ``text`` as HTML with its spans marked.

    >>> mark("<京东>", [Span(1, 3)])
    Markup('&lt;<mark>京东</mark>&gt;')
    """
    return Markup("".join(_marked(text, spans)))  # noqa: S704 -- each part is escaped


def _marked(text: str, spans: Iterable[Span]) -> Iterator[str]:
    end = 0
    for span in spans:
        yield escape(text[end : span.start])
        yield f"<mark>{escape(text[span.start : span.end])}</mark>"
        end = span.end
    yield escape(text[end:])


def mark_html(html: str, highlighter: Highlighter) -> Markup:
    """Return sanitised HTML (see `search.article.Article.html`) with the matches in it marked.

    A match may run across inline tags; each stretch of it is marked on its own.
    """
    if len(html) > MAX_MARKED_CHARS:
        return Markup(html)  # noqa: S704 -- sanitised when it was indexed
    parts = list(_parts(html))
    spans = iter(highlighter.spans(_text(parts), "body"))
    return Markup("").join(_weave(parts, spans))


class _Tag(str):
    """A tag of the HTML, as written."""

    __slots__ = ()

    @property
    def breaks(self) -> bool:
        """Whether a sentence ends at it."""
        found = TAG.match(self)
        return found is None or found[1] not in RUNNING_ON


def _parts(html: str) -> Iterator[str]:
    """Yield tags, and between them texts with their entities decoded."""
    end = 0
    for tag in TAG.finditer(html):
        if tag.start() > end:
            yield unescape(html[end : tag.start()])
        yield _Tag(tag[0])
        end = tag.end()
    if end < len(html):
        yield unescape(html[end:])


def _text(parts: Iterable[str]) -> str:
    """Return what `search.corpus.text.read_html` reads, each character in its place.

    What it drops is a character without width, which no match minds.
    """
    text = "".join(map(_text_of, parts))
    text = SOFT_BREAK.sub(lambda gap: "\u200b" * len(gap[0]), text)
    return text.replace("\n", " ").replace(_BREAK, "\n")


def _text_of(part: str) -> str:
    if isinstance(part, _Tag):
        return _BREAK if part.breaks else ""
    return part


def _weave(parts: Iterable[str], spans: Iterator[Span]) -> Iterator[Markup]:
    start = 0
    span = next(spans, None)
    for part in parts:
        end = start + len(_text_of(part))
        if isinstance(part, _Tag):
            yield Markup(part)  # noqa: S704 -- sanitised when it was indexed
        else:
            inside = []
            while span and span.start < end:
                inside.append(Span(max(span.start, start) - start, min(span.end, end) - start))
                if span.end > end:
                    break
                span = next(spans, None)
            yield mark(part, inside)
        start = end
