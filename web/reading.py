"""An article made ready for reading, in one pass over its HTML: marks, headings' ids, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from markupsafe import Markup

from search.analysis import language_of
from search.article import Article
from search.settings import Images
from search.snippets import Highlighter
from web.marking import Part, Tag, mark_parts, parts_of
from web.outline import Section, headings_of, id_of, outline
from web.pictures import picture
from web.view import web_address

MAX_READ_CHARS = 2_000_000
"""HTML longer than this is shown as it was indexed: the work for one page stays bounded."""

# In a link as it was sanitised; in no other attribute's value stands a quotation mark.
_FRAGMENT = re.compile(r'(?<= )href="#([^"]+)"')

_SCROLLING = {"pre", "table"}
"""What may be wider than the text, and then scrolls: by keyboard, too."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page of an article shows of it.

    Attributes:
        language: see `search.analysis.language_of`.
        html: safe, with the matches of the search marked and the headings named; "" for none.
        outline: of its headings; () where there are not at least two.
        hits: matches marked in ``html``, from 0; see `web.marking.mark_parts`.
    """

    language: str
    html: Markup
    outline: tuple[Section, ...] = ()
    hits: int = 0


def read(article: Article, highlighter: Highlighter, images: Images) -> Reading:
    """Return ``article`` as it is read by who searched what ``highlighter`` marks."""
    language = language_of(f"{article.title}\n{article.text}")
    if len(article.html) > MAX_READ_CHARS:
        return Reading(language, _safe(article.html))
    parts = list(parts_of(article.html))
    headings = headings_of(parts)
    for at, tag, heading_id, _ in headings:
        written = f'<{tag.name} id="{heading_id}"{tag.attributes}>'  # no id holds a quotation mark
        parts[at] = tag._replace(written=written)
    marked, hits = mark_parts(parts, highlighter)
    html = "".join(_dressed(marked, images, web_address(article.url)))
    return Reading(language, _safe(html), outline(headings), hits)


def _dressed(parts: Iterable[Part], images: Images, base: str) -> Iterator[str]:
    """Yield the HTML of the parts, pictures as they are shown."""
    in_link = False
    for part in parts:
        if not isinstance(part, Tag):
            yield part
        elif part.name == "img":
            yield picture(part, images, base, in_link)
        elif part.name in ("a", "/a"):
            in_link = part.name == "a"
            yield _FRAGMENT.sub(_to_heading, part.written, count=1)
        elif part.name in _SCROLLING:
            yield f'{part.written[:-1]} tabindex="0">'
        else:
            yield part.written


def _to_heading(fragment: re.Match[str]) -> str:
    """Return the fragment of a link within an article, such as of its own table of contents.

    What it names was an id, made of a heading's text by whatever showed the article first.
    """
    return f'href="#{id_of(unquote(unescape(fragment[1])))}"'


def _safe(html: str) -> Markup:
    return Markup(html)  # noqa: S704 -- sanitised when it was indexed, and ours since
