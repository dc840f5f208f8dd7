"""HTML of which a page has many pieces: choices of facets, bars, months, links to pages.

Written here and not in a template, whose calls and escaping cost thirty times as much: a search
page took 41 ms of processor time at 100,000 posts, and half of that was these. They are texts, no
`Markup`, which is copied each time it is handed on: templates that show them switch escaping off
there, and one that forgets to shows their tags.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from typing import NamedTuple

from search.article import format_category
from search.messages import language, say
from search.results import Bucket
from web.addresses import in_attribute
from web.facets import Facet, Key
from web.histogram import HEIGHT, WIDTH, Histogram
from web.months import Months
from web.periods import Period, period
from web.query_string import LONGEST_KEPT
from web.view import Link, View

_REMEMBERED = 8_192
"""Pieces kept of each kind, of some hundred bytes each: values come again on page after page."""


def choices_html(choices: Iterable[Bucket], facet: Facet) -> str:
    """Return the list items of some choices of a facet, and of what is below them.

    >>> print(choices_html([Bucket("a&b", 1200)], Facet("tag", "", (), chosen={"a&b"})))
    <li><label class="choice"><input class="form-check-input" type="checkbox" name="tag" \
value="a&amp;b" checked> <span class="value">a&amp;b</span> <span class="count">1,200\
<span class="visually-hidden"> 篇</span></span></label></li>
    """
    items: list[str] = []
    _add_boxes(items, choices, facet, language())
    return "".join(items)


def _add_boxes(items: list[str], choices: Iterable[Bucket], facet: Facet, tongue: str) -> None:
    name, chosen, opened = facet.name, facet.chosen, facet.opened
    behind = f"{_behind_count(tongue)}</label>"
    for value, count, children, path in choices:
        key = path or value
        is_chosen = key in chosen
        box = _box if len(value) <= LONGEST_KEPT else _box.__wrapped__
        items += box(name, key, value, count > 0, is_chosen), f"{count:,}", behind
        if children:
            items.append(_below(value, is_chosen or key in opened, tongue))
            _add_boxes(items, children, facet, tongue)
            items.append(_BELOW_ENDS)
        items.append("</li>")


@lru_cache(_REMEMBERED)
def _box(name: str, key: Key, text: str, has_articles: bool, is_chosen: bool) -> str:
    value = key if isinstance(key, str) else format_category(key)
    checked = " checked" if is_chosen else ""
    return (
        f'<li><label{_kind(has_articles)}><input class="form-check-input" type="checkbox"'
        f' name="{name}" value="{escape(value)}"{checked}>{_before_count(text)}'
    )


def _kind(has_articles: bool) -> str:
    return f' class="choice{"" if has_articles else " none"}"'


def _before_count(text: str) -> str:
    return f' <span class="value">{escape(text)}</span> <span class="count">'


@cache
def _behind_count(_: str) -> str:
    """Return what follows the number of articles, in the language in force (which is given)."""
    return f'<span class="visually-hidden"> {escape(say("web.articles"))}</span></span>'


@lru_cache(_REMEMBERED)
def _below(text: str, is_open: bool, _: str) -> str:
    """Return how a list of what is below a choice begins."""
    name = escape(say("web.below", name=text))
    summary = f'<summary title="{name}"><span class="visually-hidden">{name}</span></summary>'
    return f'<details class="below"{" open" if is_open else ""}>{summary}<ul>'


_BELOW_ENDS = "</ul></details>"


def bars_html(histogram: Histogram) -> str:
    """Return the bars as SVG: links where there are articles, and a place for each that can be
    dragged over.
    """  # noqa: D205 -- one sentence
    closed, before, after = map(in_attribute, histogram.gap)
    tongue = language()
    drawn: list[str] = []
    for bar, state, count, height in zip(
        _bars(histogram.periods, tongue),
        histogram.states,
        histogram.counts,
        histogram.heights,
        strict=True,
    ):
        if not count:
            drawn.append(bar.empty)
            continue
        said, number = f"{count:,}", f"{count}"
        if state == "all":
            drawn += '<a href="', closed
        else:
            drawn += '<a href="', before, bar.parameters, after
        drawn += bar.label, said, bar.days, number, "" if state == "free" else _CURRENT
        drawn += bar.title, said, bar.picture, _HEIGHTS[height]
    return "".join(drawn)


_CURRENT = '" aria-current="true'
_HEIGHTS = tuple(f' y="{HEIGHT - height}" height="{height}"/></a>' for height in range(HEIGHT + 1))


class _Bar(NamedTuple):
    """What is the same of a bar on every page.

    Attributes:
        parameters: of its address.
        label: what follows the address, up to the number of articles.
        days: what follows that, up to the number as data.
        title: what follows that, up to the number again.
        picture: what follows that, up to the height.
        empty: the bar where it has no articles.
    """

    parameters: str
    label: str
    days: str
    title: str
    picture: str
    empty: str


@lru_cache(16)  # spans of time, of 100 kB each
def _bars(periods: tuple[Period, ...], _: str) -> list[_Bar]:
    return [_bar(each, at * WIDTH) for at, each in enumerate(periods)]


def _bar(stretch: Period, x: int) -> _Bar:
    said = escape(say("facets.bar", period=stretch.text, count="\0"))
    before, _count, after = said.partition("\0")
    days = f'data-from="{stretch.first}" data-to="{stretch.last}"'
    place = f'<rect class="place" x="{x}" width="{WIDTH}" height="{HEIGHT}"/>'
    return _Bar(
        in_attribute(stretch.parameters),
        f'" aria-label="{before}',
        f'{after}" {days} data-count="',
        f'"><title>{before}',
        f'{after}</title>{place}<rect class="bar" x="{x}.5" width="{WIDTH - 1}"',
        f'<g {days} data-count="0"><title>{before}0{after}</title>{place}</g>',
    )


def months_html(months: Months) -> str:
    """Return the rows of a table: of all years, of each year as a whole, of each month."""
    years = [year.value for year in months.years]
    counts = {each.value: each.count for year in months.years for each in (year, *year.children)}
    heads = "".join([f'<th scope="col">{int(year)}</th>' for year in years])
    rows = ["<thead><tr><td></td>", heads, "</tr></thead><tbody>"]
    closed, before, after = map(in_attribute, months.gap)
    for name, month in _month_rows(language()):
        rows += '<tr><th scope="row">', name, "</th>"
        for year in years:
            value = f"{year}{month}"
            count = counts.get(value)
            if count is None:
                rows.append("<td></td>")
            elif value == months.chosen:
                rows += '<td><a href="', closed, f'" aria-current="true">{count:,}</a></td>'
            else:
                rows += '<td><a href="', before, _parameters(value), after, f'">{count:,}</a></td>'
        rows.append("</tr>")
    rows.append("</tbody>")
    return "".join(rows)


@cache
def _month_rows(_: str) -> list[tuple[str, str]]:
    """Return what a row is headed with, and what makes its value of a year's."""
    names = escape(say("facets.months")).split("|")
    return [(escape(say("facets.whole_year")), ""), *zip(names, _MONTHS, strict=True)]


_MONTHS = [f"-{month:02}" for month in range(1, 13)]


@lru_cache(_REMEMBERED)
def _parameters(value: str) -> str:
    return in_attribute(period(value).parameters)


def pages_html(view: View) -> str:
    """Return links to pages as list items, with a gap where some are passed over."""
    pages, tongue = view.pages, language()
    items = [
        _page(link, _place_of(at, len(pages)), view.number, tongue) if link else _PASSED_OVER
        for at, link in enumerate(pages)
    ]
    return "".join(items)


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
