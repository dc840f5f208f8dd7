"""HTML that is safe to show: an allow-list good for reading, by nh3 (ammonia)."""

from __future__ import annotations

import re

import nh3

MAX_DEPTH = 200
"""Of elements within one another; deeper tags are dropped, their text stays.

An HTML parser walks up the open elements at every tag, so n nested ones cost n**2 steps (measured:
30,000 ``<div>`` take two seconds, 100,000 half a minute). Browsers stop at 512.
"""

_MAX_ATTRIBUTES = 200
"""Of one tag; their names are compared with one another, n**2 steps again."""

_TAGS = {
    *("a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt").split(),
    *("em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt").split(),
    *("ruby s samp section article small span strong sub summary sup table tbody td tfoot th").split(),
    *("thead time tr tt u ul var wbr").split(),
}  # fmt: skip

_GONE = {
    *("script style template noscript title textarea select button svg math").split(),
    *("iframe object embed applet canvas audio video form").split(),
} - {"form"}  # what stands in a form is kept, its fields are not

_ATTRIBUTES = {
    # 36kr's names of companies; `search.corpus.text` reads them from here.
    "a": {"href", "title", "data-name", "data-id"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
    "time": {"datetime"},
    "details": {"open"},
    "blockquote": {"cite"},
}

_OPTIONS = {
    "tags": _TAGS,
    "clean_content_tags": _GONE,
    "link_rel": "noopener noreferrer",
    "url_schemes": {"http", "https", "mailto"},
    # The picture hosts of the archive refuse requests that say where they come from.
    "set_tag_attribute_values": {"img": {"referrerpolicy": "no-referrer", "loading": "lazy"}},
}


def _language_class(tag: str, name: str, value: str) -> str | None:
    """Keep of the classes of ``code`` the one that names its language."""
    if name != "class":
        return value
    match = re.search(r"(?<!\S)language-[\w+#.-]+", value)
    return match[0] if match else None


_CLEANER = nh3.Cleaner(attributes=_ATTRIBUTES, **_OPTIONS)
# A callback for every attribute takes half as long again; only pages of code need it.
_CODE_CLEANER = nh3.Cleaner(
    attributes={**_ATTRIBUTES, "code": {"class"}}, attribute_filter=_language_class, **_OPTIONS
)

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# An HTML parser ends these by itself when the next one begins, so unclosed ones do not nest.
_SELF_ENDING = frozenset("p li dt dd tr td th thead tbody tfoot option html head body".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>?")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")


def sanitise(html: str) -> str:
    """Return ``html`` with nothing in it that runs, loads frames, or reaches the page around it.

    Scripts, styles, frames, forms' fields, event handlers, ``style``, ``id`` and ``class`` (but
    ``language-…`` of code) are gone, and addresses other than http, https, mailto and relative ones.
    The result is as html5ever writes it: tags in lower case, attributes in double quotes, ``<``,
    ``>`` and ``&`` in text escaped. Any input is taken; time is linear in its length.

    >>> sanitise('<p onclick="x()">a<script>b</script><a href="javascript:c()">d</a>')
    '<p>a<a rel="noopener noreferrer">d</a></p>'
    """
    if html.count("<") > MAX_DEPTH:
        html = _flatten(html)
    if len(html) > 2000:
        html = _LONG_TAG.sub(_without_attributes, html)
    cleaner = _CODE_CLEANER if "language-" in html else _CLEANER
    return cleaner.clean(html)


def _flatten(html: str) -> str:
    """Drop the tags that would nest deeper than `MAX_DEPTH`; most input has none and comes back."""
    depth, drop = 0, []
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _VOID or name in _SELF_ENDING:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            drop.append(match.span())
    if not drop:
        return html
    kept, at = [], 0
    for start, end in drop:
        kept.append(html[at:start])
        at = end
    return "".join([*kept, html[at:]])


def _without_attributes(match: re.Match[str]) -> str:
    tag = match[0]
    if tag.count("=") + tag.count(" ") + tag.count("\n") <= 2 * _MAX_ATTRIBUTES:
        return tag
    return tag.split(None, 1)[0]
