"""Searches beside one that finds nothing, of which it is known that they find something."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, NamedTuple

from search.query.request import NO_FILTERS, SearchRequest
from search.service import Index

_QUOTES = dict.fromkeys(map(ord, '"“”„＂'))


class WayOut(NamedTuple):
    """A search that finds something.

    Attributes:
        key: of the message that says what it does otherwise.
        asked: the search.
        total: articles that it finds, from 1.
    """

    key: str
    asked: SearchRequest
    total: int


def ways_out(index: Index, asked: SearchRequest) -> list[WayOut]:
    """Return the single steps away from ``asked``, which finds nothing, that find something.

    Where none does, all steps at once are tried: at most four searches are made.
    """
    steps = _steps(asked)
    found = _that_find(index, asked, steps)
    if found or len(steps) < 2:
        return found
    together = {name: value for step in steps.values() for name, value in step.items()}
    return _that_find(index, asked, {"web.way_loose": together})


def _that_find(
    index: Index, asked: SearchRequest, steps: dict[str, dict[str, Any]]
) -> list[WayOut]:
    found = []
    for key, changes in steps.items():
        wanted = replace(asked, offset=0, **changes)
        total = index.search(replace(wanted, limit=0, facets=())).total
        if total:
            found.append(WayOut(key, wanted, total))
    return found


def _steps(asked: SearchRequest) -> dict[str, dict[str, Any]]:
    """Return what can be asked otherwise: what to change, by the message that says so."""
    steps: dict[str, dict[str, Any]] = {}
    if asked.filters != NO_FILTERS:
        steps["web.way_unfiltered"] = asdict(NO_FILTERS)
    if (text := unquoted(asked.text)) != asked.text:
        steps["web.way_unquoted"] = {"text": text}
    if asked.match == "all":
        steps["web.way_any"] = {"match": "auto"}
    return steps


def unquoted(text: str) -> str:
    """Return a query's text without its quotation marks.

    >>> unquoted('"京东 物流" “上市”')
    '京东 物流 上市'
    """
    return text.translate(_QUOTES)
