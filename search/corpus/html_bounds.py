"""HTML within bounds, so that a parser reads it in time linear in its length.

A parser walks up the open elements at every tag, compares a tag's attributes with one another,
copies a text at every ``&`` in it, and opens again in each paragraph the formatting that an earlier
one left open: n**2 steps each, the last with n**2 of output. Measured with html5ever (nh3 0.3):
30,000 nested ``<div>`` take two seconds, a tag of 100,000 attributes too, a million ``&`` eight,
and 80 KB of ``<b>`` left open before paragraphs become 74 MB. No article is written so; a broken or
hostile one must not stop the others.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

MAX_DEPTH = 200
"""Of elements within one another; deeper tags are dropped, not their text. Browsers stop at 512."""

MAX_FORMATS = 10
"""Of bold, links and the like open at once; further ones are dropped, their text stays."""

MAX_ATTRIBUTE_CHARS = 1000
"""Of the attributes of one tag, their quoted values not counted; with more it loses them all."""

# HTML below both is parsed in milliseconds, however it nests.
_FEW_TAGS = 1000
_SHORT_CHARS = 100_000

_MANY_REFERENCES = 10_000

# As the HTML standard's tokenizer has it: a quote opens a value only after "=".
_ATTRIBUTES = (
    r"""(?>(?:[\s/]+|[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?)*)(?:>|\Z)"""
)
_RAW = "script|style|title|textarea|iframe|noscript|noembed|noframes"
_TOKEN = re.compile(
    r"<(?:!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    rf"|(?P<raw>{_RAW})(?=[\s/>]){_ATTRIBUTES}(?s:.*?)(?:</(?P=raw)(?=[\s/>])[^>]*(?:>|\Z)|\Z)"
    rf"|(?P<end>/?)(?P<name>[a-z][^\s/>]*)(?P<attributes>{_ATTRIBUTES})"
    r"|[!?/][^>]*(?:>|\Z))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
# A comment, dropped later, ends a text, so that none has many references.
_REFERENCES = re.compile(r"(?>(?:&[^<&]*+){1,1000})")

_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
# The next one of their kind ends these, so unclosed ones do not nest.
_SELF_ENDING = {
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "html", "head",
    "body",
}  # fmt: skip
_FORMATS = {
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
}  # fmt: skip
# An end tag in one of these ends nothing that was opened outside.
_WALLS = {
    "table", "select", "button", "object", "applet", "marquee", "template", "svg", "math",
}  # fmt: skip
# What follows these would be read as text, or not, depending on where they stand.
_TEXT_ONWARDS = {"xmp", "plaintext"}


def bound(html: str) -> str:
    """Return ``html`` without what exceeds the bounds above; nearly all of it comes back as it is.

    >>> bound("<div>" * 3000 + "a").count("<div>")
    200
    """
    begin_tags_at_most = html.count("<") - html.count("</")
    if begin_tags_at_most > _FEW_TAGS or len(html) > _SHORT_CHARS:
        html = _TOKEN.sub(_Walk().keep, html)
    if html.count("&") > _MANY_REFERENCES:
        html = _REFERENCES.sub(r"\g<0><!---->", html)
    return html


@dataclass(slots=True)
class _Walk:
    """A walk through the tags that knows what is open; it may think more is open than is."""

    open: list[str] = field(default_factory=list)
    walls: int = 0
    formats: list[tuple[str, int]] = field(default_factory=list)  # with the walls around it
    dropped: Counter[str] = field(default_factory=Counter)

    def keep(self, token: re.Match[str]) -> str:
        """Return what stays of a tag or comment: all, its name only, or nothing."""
        if token["name"] is None:
            return ""
        name = token["name"].lower()
        if name in _TEXT_ONWARDS or not (self._end(name) if token["end"] else self._begin(name)):
            return ""
        attributes = token["attributes"]
        if len(attributes) > MAX_ATTRIBUTE_CHARS:
            attributes = _QUOTED.sub("", attributes)
            if len(attributes) > MAX_ATTRIBUTE_CHARS:
                return f"<{token['end']}{name}>"
        return token[0]

    def _begin(self, name: str) -> bool:
        if name in _VOID or name in _SELF_ENDING:
            return True
        if name in _FORMATS:
            if name == "a":  # a link ends the one before
                self._end_format(name)
            if len(self.formats) < MAX_FORMATS:
                self.formats.append((name, self.walls))
                return True
        elif len(self.open) < MAX_DEPTH:
            self.open.append(name)
            self.walls += name in _WALLS
            return True
        self.dropped[name] += 1
        return False

    def _end(self, name: str) -> bool:
        if self.dropped[name]:
            self.dropped[name] -= 1
            return False
        if name in _FORMATS:
            self._end_format(name)
        elif name not in _SELF_ENDING:
            self._end_element(name)
        return True

    def _end_format(self, name: str) -> None:
        if (name, self.walls) in self.formats:
            self.formats.remove((name, self.walls))

    def _end_element(self, name: str) -> None:
        if name not in self.open:
            return
        for index in range(len(self.open) - 1, -1, -1):
            each = self.open[index]
            if each == name:
                del self.open[index:]
                self.walls -= name in _WALLS
                return
            if each in _WALLS:
                return
