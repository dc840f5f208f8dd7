"""Safe HTML to what is searched: plain text, the first heading, a picture, the companies named.

It reads what `search.corpus.safe_html.sanitise` wrote, whose form is known to the character, so one
regular expression finds its tags, however deep they nest; a second HTML parser would take longer
than all the rest of reading (measured: 0.25 ms an article).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from search.article import Entity
from search.corpus.fields import address, one_line

# Tags that run on within a sentence; every other one ends it.
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip
RUNNING_ON = _INLINE | {f"/{name}" for name in _INLINE}
"""What `TAG` names at tags that do not end a sentence."""

_ATTRIBUTES = r'(?>(?:[^">]++|"[^"]*+")*)'
TAG = re.compile(rf"<(/?[a-z][a-z0-9]*)({_ATTRIBUTES})>")
"""A tag as `safe_html.sanitise` writes it: its name (``/name`` of an end), and all else."""

# Of tags that end a sentence the most frequent, neighbours at once: a loop takes far longer. No tag
# stands inside another: in attributes < and > are written escaped, by nh3 from 0.3.8 on.
_ENDING = rf"</?(?:p|br|h[1-6]|li|blockquote|div|ul|ol|t[rdh])(?![a-z0-9]){_ATTRIBUTES}>"
_ENDINGS = re.compile(rf"{_ENDING}(?>(?:\s*+{_ENDING})*)")

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)

ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
"""An attribute in a `TAG`: its name, and its value with what is special escaped."""

# Where lines of Chinese or Japanese are joined, no space belongs between.
_WIDE = "\u2018-\u201d\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")
"""A line end that stands for no space: one within Chinese or Japanese."""

_BREAK = "\x00"


@dataclass(frozen=True, slots=True)
class Content:
    """A body.

    Attributes:
        html: safe HTML, "" for an empty body.
        text: its blocks, one a line, each with single spaces; "" for none.
        heading: text of the first heading that has any; "" for none.
        picture: address of the first picture that lies on another host; None for none.
        entities: companies that the markup names, without repeats.
    """

    html: str
    text: str
    heading: str = ""
    picture: str | None = None
    entities: tuple[Entity, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Takes tags and the text between them, in order."""

    pieces: list[str] = field(default_factory=list)
    picture: str | None = None
    entities: dict[Entity, None] = field(default_factory=dict)
    _verbatim: int = 0

    def take_text(self, text: str) -> None:
        self.pieces.append(text.replace("\n", _BREAK) if self._verbatim else text)

    def take_tag(self, name: str, attributes: str) -> None:
        if name == "a":
            if "data-name=" in attributes:
                self._take_entity(attributes)
        elif name == "img":
            self._take_picture(attributes)
        elif name not in RUNNING_ON:
            self._verbatim += {"pre": 1, "/pre": -1}.get(name, 0)
            self.pieces.append(_BREAK)

    def _take_picture(self, attributes: str) -> None:
        values = dict(ATTRIBUTE.findall(attributes))
        if alt := values.get("alt"):
            self.pieces.append(f" {alt} ")
        if self.picture is None:
            self.picture = address(values.get("src"))

    def _take_entity(self, attributes: str) -> None:
        values = dict(ATTRIBUTE.findall(attributes))
        if name := one_line(values.get("data-name")):
            self.entities.setdefault(Entity(name, one_line(values.get("data-id"))))


def read_html(safe: str) -> Content:
    r"""Return what safe HTML says.

    Blocks and ``<br>`` end a line, inline tags do not; pictures stand as their alternative text;
    ``<pre>`` keeps its lines; spaces are single, and none where a line of Chinese runs on.

    >>> read_html("<p>日臻完<a>美的</a></p><p>b</p>").text
    '日臻完美的\nb'
    """
    reader = _read(safe)
    headings = (_tidy(_read(each[2]).pieces) for each in _HEADING.finditer(safe))
    heading = next(filter(None, headings), "").replace("\n", " ")
    text = _tidy(reader.pieces)
    return Content(safe, text, heading, reader.picture, tuple(reader.entities))


def _read(safe: str) -> _Reader:
    reader = _Reader()
    if "<pre" not in safe:  # where white space means more
        safe = _ENDINGS.sub(_BREAK, safe)
    # Text, then name and attributes of the tag that ends it, and so on.
    parts = iter(TAG.split(safe))
    reader.take_text(next(parts))
    for name, attributes, text in zip(parts, parts, parts, strict=True):
        reader.take_tag(name, attributes)
        if text:
            reader.take_text(text)
    return reader


def _tidy(pieces: list[str]) -> str:
    text = "".join(pieces)
    if "&" in text:
        text = html.unescape(text)
    if "\n" in text:
        text = SOFT_BREAK.sub("", text)
    # All white space at once, then what of it is left beside the breaks: no loop over lines.
    text = " ".join(text.split()).replace(f" {_BREAK}", _BREAK).replace(f"{_BREAK} ", _BREAK)
    return "\n".join(filter(None, text.split(_BREAK)))
