"""What the script of the filters asks for: pieces of the search page.

Every address takes the parameters of a search besides its own.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, request

from search.analysis import normalise
from search.messages import say
from search.query.request import FacetName, SearchRequest
from search.service import Index
from web.facets import SOUGHT, left_out
from web.query_string import read_leniently
from web.writing import choices_html

MAX_FOUND = 20
"""Values of one answer: who sees so many types on."""

ALL_BUCKETS = 10**9
"""More than there can be: who types looks for a rare value as well."""

MAX_TYPED_CHARS = 100
"""Of a value that is looked for; what is typed beyond is not looked at."""


def create_facet_search(index: Index) -> Blueprint:
    """Return the routes that answer the filters' script."""
    routes = Blueprint("facet_search", __name__, url_prefix="/facets")

    @routes.get("/<name>")
    def values(name: str) -> str:
        """Answer with list items: values that the page has no place for and ``find`` is in."""
        known = next((each for each in SOUGHT if each == name), None) or abort(404)
        typed = request.args.get("find", "")[:MAX_TYPED_CHARS]
        asked = replace(_plain((known,)), buckets=ALL_BUCKETS)
        facet = left_out(known, asked, index.search(asked))
        wanted = normalise(typed.strip())
        found = [each for each in facet.shown if wanted in normalise(each.value)]
        return choices_html(found[:MAX_FOUND], facet)

    @routes.get("/")
    def total() -> str:
        """Answer with what the button says that applies the filters."""
        found = index.search(_plain(())).total
        return say("facets.show", total=f"{found:,}")

    return routes


def _plain(counted: tuple[FacetName, ...]) -> SearchRequest:
    """Return the search asked for, without its hits."""
    asked, _ = read_leniently(request.args, counted)
    return replace(asked, offset=0, limit=0, snippets=False)
