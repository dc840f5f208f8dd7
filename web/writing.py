"""HTML of which a page has many pieces: choices of facets, bars of the histogram, page links.

Written here and not in a template, whose calls and escaping cost thirty times as much: a search
page took 41 ms of processor time at 100,000 posts, and half of that was these.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape

from markupsafe import Markup

from search.messages import language, say
from web.addresses import in_attribute
from web.facets import Choice
from web.histogram import HEIGHT, WIDTH, Bar
from web.periods import Period
from web.view import Link, View

_REMEMBERED = 8_192
"""Pieces kept of each kind, of some hundred bytes each: values come again on page after page."""


def choices_html(choices: Iterable[Choice]) -> Markup:
    """Return the list items of choices and of what is below them.

    >>> print(choices_html([Choice("tag", "a&b", "a&b", 1200, is_chosen=True)]))
    <li><label class="choice"><input class="form-check-input" type="checkbox" name="tag" \
value="a&amp;b" checked> <span class="value">a&amp;b</span> <span class="count">1,200\
<span class="visually-hidden"> 篇</span></span></label></li>
    """
    return Markup(_items(choices, language()))  # noqa: S704 -- escaped


def _items(choices: Iterable[Choice], tongue: str) -> str:
    behind = _behind_count(tongue)
    found = []
    for choice in choices:
        name, value, text, count, is_chosen, children, href, _ = choice
        if name:
            before, end = _box(name, value, text, count > 0, is_chosen), "</label>"
        else:
            current = ' aria-current="true"' if is_chosen else ""
            link = _link(text, count > 0)
            before, end = f'<li><a href="{in_attribute(href)}"{current}{link}', "</a>"
        below = _below(choice, tongue) if children else ""
        found.append(f"{before}{count:,}{behind}{end}{below}</li>")
    return "".join(found)


@lru_cache(_REMEMBERED)
def _box(name: str, value: str, text: str, has_articles: bool, is_chosen: bool) -> str:
    checked = " checked" if is_chosen else ""
    return (
        f'<li><label{_kind(has_articles)}><input class="form-check-input" type="checkbox"'
        f' name="{name}" value="{escape(value)}"{checked}>{_before_count(text)}'
    )


@lru_cache(_REMEMBERED)
def _link(text: str, has_articles: bool) -> str:
    """Return what follows the address of a link that chooses a value."""
    box = '<span class="form-check-input" aria-hidden="true"></span>'
    return f"{_kind(has_articles)}>{box}{_before_count(text)}"


def _kind(has_articles: bool) -> str:
    return f' class="choice{"" if has_articles else " none"}"'


def _before_count(text: str) -> str:
    return f' <span class="value">{escape(text)}</span> <span class="count">'


@cache
def _behind_count(_: str) -> str:
    """Return what follows the number of articles, in the language in force (which is given)."""
    return f'<span class="visually-hidden"> {escape(say("web.articles"))}</span></span>'


def _below(choice: Choice, tongue: str) -> str:
    is_open = " open" if choice.is_open or choice.is_chosen else ""
    summary = _summary(choice.text, tongue)
    below = _items(choice.children, tongue)
    return f'<details class="below"{is_open}>{summary}<ul>{below}</ul></details>'


@lru_cache(_REMEMBERED)
def _summary(text: str, _: str) -> str:
    name = escape(say("web.below", name=text))
    return f'<summary title="{name}"><span class="visually-hidden">{name}</span></summary>'


def bars_html(bars: Iterable[Bar]) -> Markup:
    """Return the bars as SVG: links where there are articles, and a place for each that can be
    dragged over.
    """  # noqa: D205 -- one sentence
    tongue = language()
    return Markup("".join([_bar(each, tongue) for each in bars]))  # noqa: S704 -- escaped


def _bar(bar: Bar, tongue: str) -> str:
    period, count, x, height, is_chosen, href = bar
    before, after, days, place = _standing(period, x, tongue)
    title = f"{before}{count:,}{after}"
    if not href:
        return f'<g {days} data-count="0"><title>{title}</title>{place}</g>'
    current = ' aria-current="true"' if is_chosen else ""
    return (
        f'<a href="{in_attribute(href)}" aria-label="{title}" {days} data-count="{count}"{current}>'
        f'<title>{title}</title>{place}<rect class="bar" x="{x}.5" y="{HEIGHT - height}"'
        f' width="{WIDTH - 1}" height="{height}"/></a>'
    )


@lru_cache(_REMEMBERED)
def _standing(period: Period, x: int, _: str) -> tuple[str, str, str, str]:
    """Return of a bar what its articles do not change.

    Its title before their number and after it, its days, and its place.
    """
    first, last, text, _parameters = period
    before, _count, after = say("facets.bar", period=text, count="\0").partition("\0")
    days = f'data-from="{first}" data-to="{last}"'
    place = f'<rect class="place" x="{x}" width="{WIDTH}" height="{HEIGHT}"/>'
    return escape(before), escape(after), days, place


def pages_html(view: View) -> Markup:
    """Return links to pages as list items, with a gap where some are passed over."""
    pages, tongue = view.pages, language()
    items = [
        _page(link, _place_of(at, len(pages)), view.number, tongue) if link else _PASSED_OVER
        for at, link in enumerate(pages)
    ]
    return Markup("".join(items))  # noqa: S704 -- escaped


_PASSED_OVER = '<li class="page-item gap" aria-hidden="true"><span class="page-link">…</span></li>'


def _place_of(at: int, count: int) -> str:
    if at == 0:
        return "look.first_page"
    return "look.last_page" if at == count - 1 else "look.page_number"


def _page(link: Link, key: str, here: int, tongue: str) -> str:
    # In a narrow window only the pages right beside this one are shown.
    is_far = key == "look.page_number" and abs(int(link.text) - here) > 1
    kind = f"{' active' if link.is_current else ''}{' far' if is_far else ''}"
    current = ' aria-current="page"' if link.is_current else ""
    return (
        f'<li class="page-item{kind}"><a class="page-link" href="{in_attribute(link.href)}"'
        f' aria-label="{_page_label(key, link.text, tongue)}"{current}>{link.text}</a></li>'
    )


@lru_cache(_REMEMBERED)
def _page_label(key: str, number: str, _: str) -> str:
    return escape(say(key, number=number))
