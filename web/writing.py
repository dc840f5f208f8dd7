"""HTML of which a page has many pieces: choices of facets, bars of the histogram, page links.

Written here and not in a template, whose calls and escaping cost thirty times as much: a search
page took 41 ms of processor time at 100,000 posts, and half of that was these.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from search.article import format_category
from search.messages import language, say
from search.results import Bucket
from web.addresses import in_attribute
from web.facets import Facet, Key
from web.histogram import HEIGHT, WIDTH, Histogram
from web.periods import Period, period
from web.view import Link, View

_REMEMBERED = 8_192
"""Pieces kept of each kind, of some hundred bytes each: values come again on page after page."""


def choices_html(choices: Iterable[Bucket], facet: Facet) -> Markup:
    """Return the list items of some choices of a facet, and of what is below them.

    >>> print(choices_html([Bucket("a&b", 1200)], Facet("tag", "", (), chosen={"a&b"})))
    <li><label class="choice"><input class="form-check-input" type="checkbox" name="tag" \
value="a&amp;b" checked> <span class="value">a&amp;b</span> <span class="count">1,200\
<span class="visually-hidden"> 篇</span></span></label></li>
    """
    tongue = language()
    items = _boxes(choices, facet, tongue) if facet.gap is None else _links(choices, facet, tongue)
    return Markup(items)  # noqa: S704 -- escaped


def _boxes(choices: Iterable[Bucket], facet: Facet, tongue: str) -> str:
    name, chosen = facet.name, facet.chosen
    behind = _behind_count(tongue)
    found = []
    for value, count, children, path in choices:
        key = path or value
        is_chosen = key in chosen
        below = ""
        if children:
            items = _boxes(facet.bounded(children), facet, tongue)
            below = _below(value, items, is_chosen or key in facet.opened, tongue)
        box = _box(name, key, value, count > 0, is_chosen)
        found.append(f"{box}{count:,}{behind}</label>{below}</li>")
    return "".join(found)


def _links(choices: Iterable[Bucket], facet: Facet, tongue: str) -> str:
    """Return years or months: one at a time can be chosen, so they are links, no check boxes."""
    closed, before, after = map(in_attribute, facet.gap or ())
    behind = _behind_count(tongue)
    found = []
    for value, count, children, _ in choices:
        text, parameters, link = _period_link(value, count > 0, tongue)
        href, current = f"{before}{parameters}{after}", ""
        is_chosen = value in facet.chosen
        if is_chosen:
            href, current = closed, ' aria-current="true"'
        below = ""
        if children:
            items = _links(children, facet, tongue)
            below = _below(text, items, is_chosen or value in facet.opened, tongue)
        found.append(f'<li><a href="{href}"{current}{link}{count:,}{behind}</a>{below}</li>')
    return "".join(found)


@lru_cache(_REMEMBERED)
def _box(name: str, key: Key, text: str, has_articles: bool, is_chosen: bool) -> str:
    value = key if isinstance(key, str) else format_category(key)
    checked = " checked" if is_chosen else ""
    return (
        f'<li><label{_kind(has_articles)}><input class="form-check-input" type="checkbox"'
        f' name="{name}" value="{escape(value)}"{checked}>{_before_count(text)}'
    )


@lru_cache(_REMEMBERED)
def _period_link(value: str, has_articles: bool, _: str) -> tuple[str, str, str]:
    """Return the words for a year or a month, its parameters, and what follows its address."""
    text, parameters = period(value)[2:]
    box = '<span class="form-check-input" aria-hidden="true"></span>'
    link = f"{_kind(has_articles)}>{box}{_before_count(text)}"
    return text, in_attribute(parameters), link


def _kind(has_articles: bool) -> str:
    return f' class="choice{"" if has_articles else " none"}"'


def _before_count(text: str) -> str:
    return f' <span class="value">{escape(text)}</span> <span class="count">'


@cache
def _behind_count(_: str) -> str:
    """Return what follows the number of articles, in the language in force (which is given)."""
    return f'<span class="visually-hidden"> {escape(say("web.articles"))}</span></span>'


def _below(text: str, items: str, is_open: bool, tongue: str) -> str:
    is_open_html = " open" if is_open else ""
    return (
        f'<details class="below"{is_open_html}>{_summary(text, tongue)}<ul>{items}</ul></details>'
    )


@lru_cache(_REMEMBERED)
def _summary(text: str, _: str) -> str:
    name = escape(say("web.below", name=text))
    return f'<summary title="{name}"><span class="visually-hidden">{name}</span></summary>'


def bars_html(histogram: Histogram) -> Markup:
    """Return the bars as SVG: links where there are articles, and a place for each that can be
    dragged over.
    """  # noqa: D205 -- one sentence
    closed, before, after = map(in_attribute, histogram.gap)
    drawn: list[str] = []
    values: list[str | int] = []
    for bar, state, count, height in zip(
        _bars(histogram.periods, language()),
        histogram.states,
        histogram.counts,
        histogram.heights,
        strict=True,
    ):
        if not count:
            drawn.append(bar.empty)
            continue
        is_all = state == "all"
        said = f"{count:,}"
        drawn.append(bar.all if is_all else bar.free if state == "free" else bar.chosen)
        values += (closed, "") if is_all else (before, after)
        values += said, count, said, _HEIGHTS[height]
    return Markup("".join(drawn) % tuple(values))  # noqa: S704 -- escaped


_HEIGHTS = tuple(f' y="{HEIGHT - height}" height="{height}"/>' for height in range(HEIGHT + 1))


class _Bar(NamedTuple):
    """A bar in its states, and one without articles, as formats (of ``%``).

    What is put in is the address before its parameters and after them, the number of articles as
    people write it, as it is, and once more as people do, and the height.
    """

    free: str
    chosen: str
    all: str
    empty: str


@lru_cache(16)  # of as many spans of time: 200 kB each
def _bars(periods: tuple[Period, ...], _: str) -> list[_Bar]:
    return [_bar(each, at * WIDTH) for at, each in enumerate(periods)]


def _bar(stretch: Period, x: int) -> _Bar:
    said = escape(say("facets.bar", period=stretch.text, count="\0"))
    days = f'data-from="{stretch.first}" data-to="{stretch.last}"'
    place = f'<rect class="place" x="{x}" width="{WIDTH}" height="{HEIGHT}"/>'
    empty = f'<g {days} data-count="0"><title>{said}</title>{place}</g>'.replace("\0", "0")

    def link(parameters: str, current: str) -> str:
        html = (
            f'<a href="\0{in_attribute(parameters)}\0" aria-label="{said}" {days}'
            f' data-count="\0"{current}><title>{said}</title>{place}'
            f'<rect class="bar" x="{x}.5" width="{WIDTH - 1}"\0</a>'
        )
        return html.replace("%", "%%").replace("\0", "%s")

    here = ' aria-current="true"'
    return _Bar(
        link(stretch.parameters, ""),
        link(stretch.parameters, here),
        link("", here),
        empty.replace("%", "%%"),
    )


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
