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

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}

# Of these more is to be known than that they end a sentence.
_TELLING = RUNNING_ON | _HEADINGS | {f"/{name}" for name in _HEADINGS} | {"img", "pre", "/pre"}

TAG = re.compile(r'<(/?[a-z][a-z0-9]*)((?:[^">]++|"[^"]*+")*+)>')
"""A tag as `safe_html.sanitise` writes it: its name (``/name`` of an end), and all else."""

_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')

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
    heading: str = ""
    picture: str | None = None
    entities: dict[Entity, None] = field(default_factory=dict)
    _heading_from: int | None = None
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
            self._take_block(name)

    def _take_block(self, name: str) -> None:
        if name == "pre":
            self._verbatim += 1
        elif name == "/pre":
            self._verbatim -= 1
        elif not self.heading:
            if name[0] == "/":
                # Picked up without a start only in HTML that is not `sanitise`'s.
                self.heading = _tidy(self.pieces[self._heading_from or 0 :]).replace("\n", " ")
            else:
                self._heading_from = len(self.pieces)
        self.pieces.append(_BREAK)

    def _take_picture(self, attributes: str) -> None:
        values = dict(_ATTRIBUTE.findall(attributes))
        if alt := values.get("alt"):
            self.pieces.append(f" {alt} ")
        if self.picture is None:
            self.picture = address(values.get("src"))

    def _take_entity(self, attributes: str) -> None:
        values = dict(_ATTRIBUTE.findall(attributes))
        if name := one_line(values.get("data-name")):
            self.entities.setdefault(Entity(name, one_line(values.get("data-id"))))


def read_html(safe: str) -> Content:
    r"""Return what safe HTML says.

    Blocks and ``<br>`` end a line, inline tags do not; pictures stand as their alternative text;
    ``<pre>`` keeps its lines; spaces are single, and none where a line of Chinese runs on.

    >>> read_html("<p>日臻完<a>美的</a></p><p>b</p>").text
    '日臻完美的\nb'
    """
    reader = _Reader()
    # Text, then name and attributes of the tag that ends it, and so on.
    parts = iter(TAG.split(safe))
    pieces = reader.pieces
    reader.take_text(next(parts))
    for name, attributes, text in zip(parts, parts, parts, strict=True):
        if name in _TELLING:
            reader.take_tag(name, attributes)
        elif pieces[-1] is not _BREAK:
            pieces.append(_BREAK)
        # Most of what stands between tags is a line end between blocks.
        if text and not (pieces[-1] is _BREAK and text.isspace()):
            reader.take_text(text)
    whole = _tidy(reader.pieces)
    return Content(safe, whole, reader.heading, reader.picture, tuple(reader.entities))


def _tidy(pieces: list[str]) -> str:
    text = "".join(pieces)
    if "&" in text:
        text = html.unescape(text)
    lines = [
        " ".join((SOFT_BREAK.sub("", line) if "\n" in line else line).split())
        for line in text.split(_BREAK)
        if line
    ]
    return "\n".join(filter(None, lines))
