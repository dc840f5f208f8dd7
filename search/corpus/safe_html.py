"""HTML that is safe to show: an allow-list good for reading, by nh3 (ammonia)."""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3

from search.corpus.html_bounds import bound

_TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "article", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip

# With all that is in them. Of a form what it says is kept, its fields are not.
_GONE = {
    "script", "style", "template", "noscript", "title", "textarea", "select", "button", "svg",
    "math", "iframe", "object", "embed", "applet", "canvas", "audio", "video",
}  # fmt: skip

_ATTRIBUTES = {
    # 36kr's names of companies; `search.corpus.text` reads them from here.
    "a": {"href", "title", "data-name", "data-id"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
    "time": {"datetime"},
    "details": {"open"},
}


def _language_class(_tag: str, name: str, value: str) -> str | None:
    """Keep of the classes of ``code`` the one that names its language."""
    if name != "class":
        return value
    match = re.search(r"(?<!\S)language-[\w+#.-]+", value)
    return match[0] if match else None


def _cleaner(
    attributes: dict[str, set[str]],
    attribute_filter: Callable[[str, str, str], str | None] | None = None,
) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_GONE,
        attributes=attributes,
        attribute_filter=attribute_filter,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "mailto"},
        # The picture hosts of the archive refuse requests that say where they come from.
        set_tag_attribute_values={"img": {"referrerpolicy": "no-referrer", "loading": "lazy"}},
    )


_CLEANER = _cleaner(_ATTRIBUTES)
# A callback for every attribute takes half as long again; only pages of code need it.
_CODE_CLEANER = _cleaner({**_ATTRIBUTES, "code": {"class"}}, _language_class)

# nh3 adds the two in an order that changes from run to run. In text no ">" stands unescaped.
_ORDER = ' referrerpolicy="no-referrer" loading="lazy">'
_EITHER_ORDER = ' loading="lazy" referrerpolicy="no-referrer">'


def sanitise(html: str) -> str:
    """Return ``html`` with nothing in it that runs, loads frames, or reaches the page around it.

    Scripts, styles, frames, forms' fields, event handlers, ``style``, ``id`` and ``class`` (but
    ``language-…`` of code) are gone; of addresses http, https, mailto and relative ones are kept.
    The result is as html5ever writes it: tags in lower case, attributes in double quotes, ``<``,
    ``>`` and ``&`` in text escaped. Any input is taken; time is linear in its length.

    >>> sanitise('<p onclick="x()">a<script>b</script><a href="javascript:c()">d</a>')
    '<p>a<a rel="noopener noreferrer">d</a></p>'
    """
    html = bound(html)
    cleaner = _CODE_CLEANER if "language-" in html else _CLEANER
    return cleaner.clean(html).replace(_EITHER_ORDER, _ORDER)
