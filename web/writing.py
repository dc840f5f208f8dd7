"""HTML of which a page has hundreds of pieces: choices of facets and bars of the histogram.

Written here and not in a template, whose calls and escaping cost thirty times as much: a search
page took 41 ms of processor time at 100,000 posts, and half of that was these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from markupsafe import Markup, escape

from search.messages import language, say
from web.facets import Choice
from web.histogram import HEIGHT, WIDTH, Bar


def choices_html(choices: Iterable[Choice]) -> Markup:
    """Return the list items of choices and of what is below them.

    >>> print(choices_html([Choice("tag", "a&b", "a&b", 1200, is_chosen=True)]))
    <li><label class="choice"><input class="form-check-input" type="checkbox" name="tag" \
value="a&amp;b" checked> <span class="value">a&amp;b</span> <span class="count">1,200\
<span class="visually-hidden"> 篇</span></span></label></li>
    """
    return Markup("".join(_items(choices, _behind_count(language()))))  # noqa: S704 -- escaped


@cache
def _behind_count(_: str) -> str:
    """Return what follows the number of articles, in the language in force (which is given)."""
    return f'<span class="visually-hidden"> {escape(say("web.articles"))}</span></span>'


def _items(choices: Iterable[Choice], behind: str) -> Iterator[str]:
    for each in choices:
        text = escape(each.text)
        kind = "choice" if each.count else "choice none"
        shown = f' <span class="value">{text}</span> <span class="count">{each.count:,}{behind}'
        if each.name:
            yield f'<li><label class="{kind}"><input class="form-check-input" type="checkbox"'
            yield f' name="{each.name}" value="{escape(each.value)}"'
            yield f"{' checked' if each.is_chosen else ''}>{shown}</label>"
        else:
            current = ' aria-current="true"' if each.is_chosen else ""
            yield f'<li><a class="{kind}" href="{escape(each.href)}"{current}>'
            yield f'<span class="form-check-input" aria-hidden="true"></span>{shown}</a>'
        if each.children:
            below = escape(say("web.below", name=each.text))
            is_open = " open" if each.is_open or each.is_chosen else ""
            yield f'<details class="below"{is_open}><summary title="{below}">'
            yield f'<span class="visually-hidden">{below}</span></summary><ul>'
            yield from _items(each.children, behind)
            yield "</ul></details>"
        yield "</li>"


def bars_html(bars: Iterable[Bar]) -> Markup:
    """Return the bars as SVG: links where there are articles, and a place for each that can be
    dragged over.
    """  # noqa: D205 -- one sentence
    return Markup("".join(map(_bar, bars)))  # noqa: S704 -- escaped


def _bar(bar: Bar) -> str:
    text = escape(say("facets.bar", period=bar.period, count=f"{bar.count:,}"))
    facts = f'data-from="{bar.first}" data-to="{bar.last}" data-count="{bar.count}"'
    place = f'<rect class="place" x="{bar.x}" width="{WIDTH}" height="{HEIGHT}"/>'
    if not bar.href:
        return f"<g {facts}><title>{text}</title>{place}</g>"
    current = ' aria-current="true"' if bar.is_chosen else ""
    return (
        f'<a href="{escape(bar.href)}" aria-label="{text}" {facts}{current}><title>{text}</title>'
        f'{place}<rect class="bar" x="{bar.x + 0.5}" y="{HEIGHT - bar.height}" width="{WIDTH - 1}"'
        f' height="{bar.height}"/></a>'
    )
