"""The hits before and after an article, in the search that led to it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from search.errors import RequestError
from search.query.request import MAX_DEPTH, SearchRequest
from search.service import Index
from web.addresses import Addresses
from web.query_string import turned_to


class Neighbour(NamedTuple):
    """A hit beside the article: its title and the address of its page."""

    title: str
    href: str


def neighbours(
    index: Index, asked: SearchRequest, article_id: str, at: int, addresses: Addresses
) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the hits before and after the one at the place ``at``, from 1; None for none.

    One search for at most three hits. Where another article than ``article_id`` has the place, for
    the index has moved on, it is not looked for: both are None.
    """
    first, last = max(1, at - 1), min(at + 1, MAX_DEPTH)
    wanted = replace(asked, offset=first - 1, limit=last - first + 1, facets=(), snippets=False)
    hits = dict(enumerate(index.search(wanted).hits, first))
    here = hits.get(at)
    if here is None or here.article.id != article_id:
        return None, None

    def beside(place: int) -> Neighbour | None:
        hit = hits.get(place)
        if hit is None:
            return None
        try:
            page = turned_to(place, asked)
        except RequestError:  # too deep for a page to be shown with it
            return None
        return Neighbour(hit.article.title, addresses.article(hit.article.id, page, place))

    return beside(at - 1), beside(at + 1)
