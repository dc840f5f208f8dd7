"""Articles that were found, as HTML: like choices and bars written in Python, for their number.

What is the same for many articles, a source's link or the words for a day, is made once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape

from markupsafe import Markup

from search.article import MAX_LEVELS, Article, CategoryPath
from search.messages import language, say
from search.results import Hit
from web.addresses import Addresses, Layout
from web.ages import age_text
from web.marking import mark
from web.reading_time import reading_minutes
from web.view import View, day_text, web_address

MAX_NAMED = 20
"""Authors, and categories, of one hit: its page has all of them."""

_REMEMBERED = 2_048
"""Pieces kept of each kind, of some hundred bytes each."""

_DAYS_REMEMBERED = 8_192
"""In two languages those of eleven years: hits are of days from all over the archive."""


def hits_html(hits: Sequence[Hit], view: View, layout: Layout, *, pictures: bool) -> str:
    """Return the list items of articles that were found, in the layout that the reader chose.

    A picture's box keeps its size, whatever becomes of the picture.
    """
    lengths = reading_minutes([each.article.text for each in hits])
    items = [
        _hit(each, minutes, view, layout, pictures)
        for each, minutes in zip(hits, lengths, strict=True)
    ]
    return "".join(items)


def _hit(hit: Hit, minutes: int, view: View, layout: Layout, pictures: bool) -> str:
    article, is_compact = hit.article, layout == "compact"
    title = mark(article.title, hit.title_spans)
    passage = "" if is_compact else mark(hit.snippet.text, hit.snippet.spans)
    snippet = f'<p class="snippet">{passage}</p>' if passage else ""
    words = (
        f'<div class="words"><h2><a href="{escape(view.article_href(article.id))}">{title}</a></h2>'
        f"{_facts(article, minutes, view, MAX_NAMED)}{snippet}</div>"
    )
    picture = _picture(article) if pictures and not is_compact else ""
    # On a card it stands first: a browser that paints what it has would have to move the words.
    inside = picture + words if layout == "cards" else words + picture
    return f'<li class="hit" id="a-{view.place(article.id)}">{inside}</li>\n'


def _picture(article: Article) -> str:
    address = web_address(article.thumbnail)
    if not address:
        return ""
    return (
        f'<div class="thumbnail"><img src="{escape(address)}" alt="" width="120" height="84"'
        ' loading="lazy" decoding="async" referrerpolicy="no-referrer"></div>'
    )


def facts_html(article: Article, view: View) -> Markup:
    """Return who wrote an article, when, how long it takes to read, and where it is filed."""
    (minutes,) = reading_minutes([article.text])
    return Markup(_facts(article, minutes, view))  # noqa: S704 -- escaped


def _facts(article: Article, minutes: int, view: View, most: int | None = None) -> str:
    tongue, addresses = language(), view.addresses
    facts = [
        *(_author(name, addresses) for name in article.authors[:most]),
        *_more(article.authors[most:] if most else ()),
        _day(article.day, view.today, tongue),
        _length(minutes, tongue),
        *(_crumbs(path, addresses) for path in article.categories[:most]),
        *_more(article.categories[most:] if most else ()),
    ]
    return f'<p class="facts">{" ".join(facts)}</p>'


def _more(left_out: Sequence[object]) -> list[str]:
    if not left_out:
        return []
    return [f"<span>{escape(say('web.rest', count=len(left_out)))}</span>"]


@lru_cache(_REMEMBERED)
def _author(name: str, addresses: Addresses) -> str:
    href = escape(addresses.only((("authors", (name,)),)))
    return f'<a class="author" href="{href}">{escape(name)}</a>'


@lru_cache(_REMEMBERED)
def _crumbs(path: CategoryPath, addresses: Addresses) -> str:
    """Return the way to a category, each step of it a link; down to where it is indexed."""
    steps = (
        f'<a href="{escape(addresses.only((("categories", (path[:depth],)),)))}">{escape(name)}</a>'
        for depth, name in enumerate(path[:MAX_LEVELS], 1)
    )
    slash = '<span class="slash" aria-hidden="true">/</span>'
    return f'<span class="crumbs">{slash.join(steps)}</span>'


@lru_cache(_DAYS_REMEMBERED)
def _day(day: date | None, today: date, _: str) -> str:
    if day is None:
        return f"<span>{escape(say('web.undated'))}</span>"
    age = f'<span class="age">{escape(age_text(day, today))}</span>'
    return f'<time datetime="{day.isoformat()}">{escape(day_text(day))} {age}</time>'


@lru_cache(_REMEMBERED)
def _length(minutes: int, _: str) -> str:
    if not minutes:
        return ""
    return f'<span class="length">{escape(say("look.minutes", count=minutes))}</span>'
