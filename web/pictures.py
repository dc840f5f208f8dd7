"""Pictures of other sites: which of them are shown, and what stands in the place of the others.

``images`` of the settings decides:

    on          all, in articles and in lists
    proxy-free  those that need no proxy to be safe, and only in articles: of hosts that speak
                https, where nobody between reads or alters them. A search asks no other site
                for anything
    off         none: no request ever leaves for another site

What is not shown is a link to the picture. The content security policy says the same to the
browser.
"""

from __future__ import annotations

from html import unescape
from urllib.parse import urljoin

from markupsafe import Markup

from search.corpus.text import ATTRIBUTE
from search.messages import say
from search.settings import Images
from web.marking import Tag
from web.view import web_address

# Bootstrap's own signs, such as the tick of a check box, are data: in its style sheet.
SOURCES: dict[Images, str] = {
    "on": "'self' http: https: data:",
    "proxy-free": "'self' https: data:",
    "off": "'self' data:",
}
"""Where pictures may come from, as the content security policy has it."""

_LINK = Markup(
    '<a class="picture" href="{}" rel="noopener noreferrer" referrerpolicy="no-referrer">{}</a>'
)
_IMAGE = Markup(
    '<img src="{}" alt="{}"{} referrerpolicy="no-referrer" loading="lazy" decoding="async">'
)
_LABEL = Markup('<span class="picture">{}</span>')


def picture(tag: Tag, images: Images, base: str, in_link: bool) -> Markup:
    """Return what is shown of an ``<img>`` of safe HTML.

    Args:
        tag: as it was written when the article was indexed.
        images: which pictures are shown.
        base: the address that relative ones are relative to; "" for none, which leads nowhere.
        in_link: whether it stands in a link, and so cannot be one.
    """
    values = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag.attributes)}
    source = _absolute(values.get("src", ""), base)
    alt = " ".join(values.get("alt", "").split())
    if source and _is_shown(source, images):
        size = Markup("").join(
            Markup(' {}="{}"').format(name, values[name])
            for name in ("width", "height", "title")
            if name in values
        )
        return _IMAGE.format(source, alt, size)
    label = say("reader.picture_named", name=alt) if alt else say("reader.picture")
    return _LINK.format(source, label) if source and not in_link else _LABEL.format(label)


def _absolute(source: str, base: str) -> str:
    try:
        return web_address(urljoin(base, source)) if source else ""
    except ValueError:  # such as a bracket without its partner
        return ""


def _is_shown(source: str, images: Images) -> bool:
    return images == "on" or (images == "proxy-free" and source.lower().startswith("https:"))
