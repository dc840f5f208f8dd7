"""Addresses that people visit, made of the bench's questions: pages, orders, filters, languages."""

from __future__ import annotations

import random
from collections.abc import Iterable

from search.query.request import SearchRequest
from tests.bench.asks import Ask
from web.addresses import Addresses
from web.query_string import PAGE_SIZE

_ENGLISH = 5
"""One visit in so many is by somebody who reads English."""


def visits(asks: Iterable[Ask], seed: int) -> list[str]:
    """Return addresses of search pages, no two the same, in an order that the seed chooses.

    Each question is asked as it stands, with its second page, by freshness and newest first.
    """
    chooser = random.Random(seed)
    found: dict[str, None] = {}
    for ask in asks:
        for sort, offset in (("relevance", 0), ("relevance", PAGE_SIZE), ("hot", 0), ("newest", 0)):
            asked = SearchRequest(
                text=ask.text,
                categories=ask.filters.categories,
                date_from=ask.first_day,
                date_to=ask.last_day,
                sort=sort,
                offset=offset,
                limit=PAGE_SIZE,
            )
            lang = "en" if not chooser.randrange(_ENGLISH) else None
            found[Addresses("", lang).search(asked)] = None
    addresses = list(found)
    chooser.shuffle(addresses)
    return addresses


def with_repeats(addresses: Iterable[str], seed: int) -> list[str]:
    """Return ``addresses`` in their order, and after each one that was visited before.

    What was visited more is the likelier to be visited again. In a year of a web search engine's
    log half of the visits could be answered from what was answered before (Baeza-Yates et al.,
    The Impact of Caching on Search Engines, 2007).
    """
    chooser = random.Random(seed)
    found: list[str] = []
    for address in addresses:
        found.append(address)
        found.append(chooser.choice(found))
    return found
