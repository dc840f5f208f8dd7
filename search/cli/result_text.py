"""Hits and facets as text for people: coloured and wrapped on a terminal, plain lines elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from search.article import Article, format_category
from search.cli.printing import printable
from search.messages import say
from search.query.request import FacetName, SearchRequest
from search.results import Bucket, Hit, Page, Span

MARK = "bold red"
TITLE = "bold"
FACTS = "cyan"
FAINT = "dim"
NOTE = "yellow"
"""Styles that can be read on dark and on light terminals."""

BUCKETS_SHOWN = (10, 5, 3)
"""Of a facet, of each of its values, of each of those; ``--json`` has them all."""

_UNBROKEN = re.compile(r"(?:[!-~]+|.)[，。、；：？！”’）》」』】…]* *", re.DOTALL)
"""What a line is not broken within: a Latin word, a character; with what may not begin a line."""


def print_page(page: Page, request: SearchRequest, out: Console) -> None:
    """Print an answer: what was found, the hits, the facets, how to see more."""
    for note in page.notes:
        out.print(Text(note, NOTE), soft_wrap=True)
    out.print(Text(_headline(page, request), FAINT), soft_wrap=True)
    if page.let_go:
        out.print(Text(say("cli.let_go", words=", ".join(page.let_go)), NOTE), soft_wrap=True)
    if page.relaxed:
        out.print(Text(say("cli.relaxed"), NOTE), soft_wrap=True)
    if page.suggestion is not None:
        meant = say("cli.suggestion", text=printable(page.suggestion))
        out.print(Text(meant, NOTE), soft_wrap=True)
    width = len(str(request.offset + len(page.hits))) + 2
    for rank, hit in enumerate(page.hits, start=request.offset + 1):
        out.print()
        _print_hit(hit, f"{rank}.".ljust(width), out)
    for name, buckets in page.facets.items():
        if not buckets:
            continue
        out.print()
        out.print(Text(_facet_title(name), TITLE))
        _print_buckets(buckets, 0, out)
    shown = request.offset + len(page.hits)
    if page.hits and shown < page.total:
        out.print()
        out.print(Text(say("cli.more", offset=shown), FAINT), soft_wrap=True)


def facts(article: Article) -> str:
    """Return the line of an article's day, author and categories; "" where it has none.

    >>> facts(Article(id="1", path="a.md", title="甲", authors=("乙",), categories=(("丙", "丁"),)))
    '乙 · 丙/丁'
    """
    day = article.day.isoformat() if article.day else ""
    categories = ", ".join(format_category(path) for path in article.categories)
    return " · ".join(filter(None, (day, article.author, categories)))


def _headline(page: Page, request: SearchRequest) -> str:
    if not page.total:
        return say("cli.nothing")
    took = f"{page.took_ms:.1f}"
    if not page.hits:
        return say("cli.total", total=page.total, took=took)
    first, last = request.offset + 1, request.offset + len(page.hits)
    return say("cli.found", total=page.total, first=first, last=last, took=took)


def _print_hit(hit: Hit, rank: str, out: Console) -> None:
    article, indent = hit.article, " " * len(rank)
    lines = [
        _marked(article.title, hit.title_spans, TITLE),
        Text(printable(facts(article)), FACTS),
        _marked(hit.snippet.text, hit.snippet.spans, ""),
        Text(printable(f"{article.path}  [{article.id}]"), FAINT),
    ]
    first = rank
    for line in lines:
        for piece in _wrapped(line, out, len(rank)):
            out.print(Text(first) + piece, soft_wrap=True)
            first = indent


def _marked(text: str, spans: Iterable[Span], style: str) -> Text:
    marked = Text(text, style)
    for span in spans:
        marked.stylize(MARK, span.start, span.end)
    return marked


def _wrapped(line: Text, out: Console, indent: int) -> Iterator[Text]:
    """Yield the line in pieces that fit the terminal, whole where there is none; no empty line."""
    if not line.plain:
        return
    if not out.is_terminal:
        yield line
        return
    for piece in line.divide(_breaks(line.plain, max(out.width - indent, 20))):
        piece.rstrip()
        yield piece


def _breaks(text: str, width: int) -> list[int]:
    """Return where to break ``text`` so that no piece is wider than ``width`` cells, if it can be.

    Chinese is written without spaces, so a line may end after any character of it.

    >>> _breaks("一二三，四 five", 6)
    [2, 6]
    """
    offsets, used = [], 0
    for unbroken in _UNBROKEN.finditer(text):
        if used and used + cell_len(unbroken[0].rstrip()) > width:
            offsets.append(unbroken.start())
            used = 0
        used += cell_len(unbroken[0])
    return offsets


def _facet_title(name: str) -> str:
    titles: dict[FacetName, str] = {
        "category": say("cli.facet_category"),
        "author": say("cli.facet_author"),
        "tag": say("cli.facet_tag"),
        "company": say("cli.facet_company"),
        "date": say("cli.facet_date"),
    }
    return titles[name]  # type: ignore[index]


def _print_buckets(buckets: tuple[Bucket, ...], depth: int, out: Console) -> None:
    indent, most = "  " * (depth + 1), BUCKETS_SHOWN[min(depth, 2)]
    for bucket in buckets[:most]:
        out.print(Text(f"{indent}{printable(bucket.value)}  {bucket.count}"), soft_wrap=True)
        _print_buckets(bucket.children, depth + 1, out)
    if len(buckets) > most:
        rest = say("cli.more_buckets", count=len(buckets) - most)
        out.print(Text(f"{indent}{rest}", FAINT), soft_wrap=True)
