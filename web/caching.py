"""What a browser may keep, and how it asks whether that still holds.

Pages, JSON and feeds are kept and asked after each time (``no-cache``). Their ETag is made of all
that decides an answer besides its address, so that one that still holds is a 304 before anything
is searched. It is weak: the time that a search took is in the answer, and is another each time.
Files have the version in their address, and are kept for a year without asking.
"""

from __future__ import annotations

from datetime import tzinfo
from functools import partial
from hashlib import blake2b

from flask import Flask, Response, g, request

from search.messages import language
from search.service import Index
from web.ages import today_in
from web.compressing import FILES
from web.kept_pages import TAG
from web.version import VERSION

YEAR_S = 365 * 24 * 60 * 60

_TAGGED = frozenset(("pages", "facet_search", "api", "api_v1", "feeds", "opensearch"))
"""The blueprints whose answers follow from the index."""


def keep(app: Flask, index: Index, *settings: str, zone: tzinfo | None = None) -> None:
    """Have the answers of ``app`` kept and asked after.

    Args:
        app: what answers.
        index: what its answers are of.
        settings: what else decides them, for as long as the process runs.
        zone: as in `page_tag`.
    """
    tag_of_page = partial(page_tag, zone=zone)

    @app.before_request
    def answer_that_it_holds() -> Response | None:
        if request.blueprint not in _TAGGED or request.method not in ("GET", "HEAD"):
            return None
        tag = tag_of_page if request.blueprint == "pages" else _tag
        g.tag = request.environ.get(TAG) or tag(index, *settings)
        known = request.if_none_match
        # "*" is for whoever has anything at all, and what is there is not known yet.
        if known.star_tag or not known.contains_weak(g.tag):
            return None
        return Response(status=304)

    @app.after_request
    def say_how_long(response: Response) -> Response:
        if request.endpoint in FILES and response.status_code in (200, 304):
            response.cache_control.immutable = True  # max-age is set already
            return response
        response.headers["Cache-Control"] = "no-cache"
        # An answer may be of a later commit than its tag: it is then asked for once more.
        if response.status_code in (200, 304) and "tag" in g:
            response.set_etag(g.tag, weak=True)
        return response


def page_tag(index: Index, *settings: str, zone: tzinfo | None = None) -> str:
    """Return the tag of pages, which say how many days ago something was; ``zone`` is whose days.

    The tag of other answers has no time.
    """
    return _tag(index, today_in(zone).isoformat(), *settings)


def _tag(index: Index, *settings: str) -> str:
    """Return a digest of all that decides an answer besides its address; of the newest commit."""
    index.refresh()
    facts = "\0".join((VERSION, index.edition, language(), *settings))
    return blake2b(facts.encode(), digest_size=8).hexdigest()
