"""The Atom feed of a search (RFC 4287): what is new of it, for programs that follow archives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

from flask import Blueprint, Response, request

from search.article import Article, format_category
from search.messages import say
from search.query.request import SearchRequest
from search.results import Hit, Page
from search.service import Index
from web.addresses import Addresses
from web.pages import here
from web.query_string import PAGE_SIZE, Args, read
from web.view import View, web_address
from web.xml import add, new_root, xml_answer

MEDIA_TYPE = "application/atom+xml"

ENTRIES = 50

NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""When an article without a date was last changed, which Atom wants to know: long ago, so that no
reader takes it for news, and always the same, so that none takes it for a change."""


def create_feeds(index: Index) -> Blueprint:
    """Return the route of all feeds."""
    feeds = Blueprint("feeds", __name__)

    @feeds.get("/feed.atom")
    def feed() -> Response:
        asked = _read(request.args)
        root = make_feed(asked, index.search(asked), from_anywhere(here()))
        return xml_answer(root, MEDIA_TYPE)

    return feeds


def from_anywhere(addresses: Addresses) -> Addresses:
    """Return what makes the same addresses with scheme and host, as whoever asks knows them."""
    return addresses._replace(root=request.url_root.rstrip("/"))


def _read(args: Args) -> SearchRequest:
    """Return the search that a feed is of: newest first unless another order is asked for.

    Raises:
        RequestError: a parameter cannot be.
    """
    asked = read(args, ())
    return replace(asked, sort=asked.sort if "sort" in args else "newest", offset=0, limit=ENTRIES)


def make_feed(asked: SearchRequest, page: Page, site: Addresses) -> Element:
    """Return the feed of an answer.

    Args:
        asked: the search.
        page: its answer.
        site: makes addresses with scheme and host, for most readers of feeds know no others.
    """
    own = site.feed(asked)
    root = new_root("feed", "http://www.w3.org/2005/Atom")
    add(root, "id", own)
    add(root, "title", _title(asked, site))
    add(root, "updated", _moment(max((_date(hit.article) for hit in page.hits), default=NO_DATE)))
    add(root, "link", rel="self", type=MEDIA_TYPE, href=own)
    shown = site.search(replace(asked, limit=PAGE_SIZE))
    add(root, "link", rel="alternate", type="text/html", href=shown)
    add(add(root, "author"), "name", say("web.name"))
    add(root, "generator", "wensou")
    for hit in page.hits:
        _add_entry(root, hit, site)
    return root


def _title(asked: SearchRequest, site: Addresses) -> str:
    chips = (chip.text for chip in View(asked, site).chips)
    return " · ".join(each for each in (asked.text, *chips, say("web.name")) if each)


def _add_entry(root: Element, hit: Hit, site: Addresses) -> None:
    article = hit.article
    entry = add(root, "entry")
    add(entry, "id", entry_id(article))
    add(entry, "title", article.title)
    add(entry, "updated", _moment(_date(article)))
    if article.date:
        add(entry, "published", _moment(article.date))
    add(entry, "link", rel="alternate", type="text/html", href=site.article(article.id))
    if original := web_address(article.url):
        add(entry, "link", rel="via", href=original)
    for name in article.authors:
        add(add(entry, "author"), "name", name)
    for path in article.categories:
        add(entry, "category", term=format_category(path), label=" / ".join(path))
    for tag in article.tags:
        add(entry, "category", term=tag)
    add(entry, "summary", hit.snippet.text)


def entry_id(article: Article) -> str:
    """Return the id that an article has in every feed, under whatever address it is served.

    Ids of articles are unique in one archive; where it was first published tells archives apart.
    """
    return uuid5(NAMESPACE_URL, f"{article.url or ''}\n{article.id}").urn


def _date(article: Article) -> datetime:
    return article.date or NO_DATE


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
