"""A body, in whatever it is written, to its content."""

from __future__ import annotations

import re
from typing import Literal

from search.corpus import markdown
from search.corpus.fields import one_line
from search.corpus.safe_html import sanitise
from search.corpus.text import Content, read_html

Kind = Literal["html", "markdown", "plain"]
"""What a file's suffix says of its body; Markdown may still turn out to be HTML."""

_KINDS: dict[str, Kind] = {".html": "html", ".htm": "html", ".txt": "plain"}

_BEGINS_WITH_BLOCK = re.compile(
    r"(?>(?:<!--(?s:.*?)-->\s*|<!doctype[^>]*>\s*|<(?:br|hr)\s*/?>\s*)*)"
    r"<(?:html|body|head|div|p|article|section|main|header|h[1-6]|blockquote|table|ul|ol|dl|figure|pre"
    r"|center|style|script|link|meta|img|iframe)\b",
    re.IGNORECASE,
)
_VERBATIM = re.compile(r"<(pre|script|style)\b(?s:.*?)(?:</\1\s*>|\Z)", re.IGNORECASE)
# By its line end, which is found ten times as fast as a beginning of a line.
_MARKDOWN_LINE = re.compile(
    r"\n(?:#{1,6} |```|~~~|[-*+] |\d{1,3}[.)] |> |\|.*\|[ \t]*$|\[[^\]\n]+\]\(|\*\*\S)",
    re.MULTILINE,
)
_TITLE = re.compile(r"<title\b[^>]*>([^<]*)", re.IGNORECASE)


def kind_of(suffix: str) -> Kind:
    """Return what a body in a file with that suffix (``".md"``, in lower case) is written in."""
    return _KINDS.get(suffix, "markdown")


def read_body(body: str, kind: Kind) -> Content:
    """Return the content of a body.

    Markdown that begins with a block of HTML is HTML as a whole, so that its empty lines and
    indents mean nothing; unless a line of it begins as only Markdown does.
    """
    if not body:
        return Content("", "")
    if kind == "plain":
        rendered = markdown.paragraphs(body)
    else:
        rendered = markdown.without_tags(body)
        if kind == "markdown" and not is_html(rendered):
            rendered = markdown.to_html(rendered)
    return read_html(sanitise(rendered))


def is_html(body: str) -> bool:
    r"""Return whether a body without a telling suffix is HTML rather than Markdown.

    >>> is_html("<div>\n\n    <p>a</p></div>"), is_html("a <b>c</b>")
    (True, False)
    >>> is_html("<div>a</div>\n\n# b")
    False
    """
    if not _BEGINS_WITH_BLOCK.match(body):
        return False
    return not _MARKDOWN_LINE.search("\n" + _VERBATIM.sub("", body))


def html_title(document: str) -> str:
    """Return the ``<title>`` of an HTML document, "" for none."""
    match = _TITLE.search(document)
    return one_line(match[1]) if match else ""
