"""Searches beside one that finds nothing, of which it is known that they find something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from search.query.request import NO_FILTERS, SearchRequest
from search.service import Index

_UNFILTERED = {"categories": (), "authors": (), "tags": (), "date_from": None, "date_to": None}
_QUOTES = dict.fromkeys(map(ord, '"“”„＂'))


class WayOut(NamedTuple):
    """A search that finds something.

    Attributes:
        step: what it does otherwise: "unfiltered", "unquoted", "any", "unbound" (all of these).
        asked: the search.
        total: articles that it finds, from 1.
    """

    step: str
    asked: SearchRequest
    total: int


def ways_out(index: Index, asked: SearchRequest) -> list[WayOut]:
    """Return what finds something where ``asked`` finds nothing, the smallest step first.

    All steps at once are tried only where none of them helps alone: at most four searches.
    """
    steps = dict(_steps(asked))
    found = _that_find(index, steps)
    if found or len(steps) < 2:
        return found
    return _that_find(index, {"unbound": replace(asked, **_loosened(asked, steps))})


def _that_find(index: Index, steps: dict[str, SearchRequest]) -> list[WayOut]:
    tried = (
        WayOut(step, wanted, index.search(replace(wanted, limit=0, facets=())).total)
        for step, wanted in steps.items()
    )
    return [way for way in tried if way.total]


def _steps(asked: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    first_page = replace(asked, offset=0)
    if asked.filters != NO_FILTERS:
        yield "unfiltered", replace(first_page, **_UNFILTERED)
    if (text := unquoted(asked.text)) != asked.text:
        yield "unquoted", replace(first_page, text=text)
    if asked.match == "all":
        yield "any", replace(first_page, match="auto")


def unquoted(text: str) -> str:
    """Return a query's text without its quotation marks.

    >>> unquoted('"京东 物流" “上市”')
    '京东 物流 上市'
    """
    return text.translate(_QUOTES)
