"""Markdown to HTML, with the habits of Hexo, Hugo and Jekyll. What comes out is not yet safe."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_CHARS = 2_000_000
"""Longer texts are taken as plain paragraphs: markdown-it reads half a million a second."""

MAX_MARKS = 200_000
"""Of characters that may begin something, line ends among them: each costs 15 microseconds. A text
with more is no prose; it is taken as plain paragraphs too."""

_MARKS = "\n[]*_`|~!\\"

_INDENTED_TAG = re.compile(r"^(?: {4}|\t)[ \t]*</?[a-zA-Z]", re.MULTILINE)

# Code is kept as it is: a post about Hexo or Jinja shows such tags.
_CODE_OR_TAG = re.compile(
    r"(?P<code>^(?P<fence>`{3,}|~{3,})[^\n]*\n(?s:.*?)(?:^(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|`[^`\n]+`|<(?P<name>pre|code)\b(?s:.*?)(?:</(?P=name)>|\Z))"
    r"|^[ \t]*\{%-?\s*(?P<opens>codeblock|highlight)\b[^\n]*?%\}[ \t]*$"
    r"|^[ \t]*\{\{[<%]\s*(?P<shows>highlight)\b(?P<language>[^\n]*?)[%>]\}\}[ \t]*$"
    r"|^[ \t]*(?P<closes>\{%-?\s*end(?:codeblock|highlight)\s*-?%\}"
    r"|\{\{[<%]\s*/\s*highlight\s*[%>]\}\})[ \t]*$"
    r"|\{%(?>(?:[^%{\n]|%(?!\})|\{(?!%))*)%\}|\{\{[<%][^{}]*+(?<=[%>])\}\}"
    r"|^\{:[^}\n]*\}[ \t]*$",
    re.MULTILINE,
)
_TABLE_OF_CONTENTS = re.compile(r"^[ \t]*\[toc\][ \t]*$", re.MULTILINE | re.IGNORECASE)


def to_html(markdown: str) -> str:
    r"""Return Markdown (CommonMark, tables, ~~strikethrough~~, HTML between) as HTML.

    >>> to_html("# a")
    '<h1>a</h1>\n'
    """
    if len(markdown) > MAX_CHARS or sum(map(markdown.count, _MARKS)) > MAX_MARKS:
        return paragraphs(markdown)
    # Where HTML stands indented in Markdown, four spaces mean a level of tags, not code.
    renderer = _renderer(code=not _INDENTED_TAG.search(markdown))
    rendered: str = renderer.render(_TABLE_OF_CONTENTS.sub("", markdown))
    return rendered


@cache
def _renderer(*, code: bool) -> MarkdownIt:
    """Return what renders Markdown, with indented blocks of code or without."""
    from markdown_it import MarkdownIt  # many an archive is HTML alone, and needs none

    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return renderer if code else renderer.disable("code")


def without_tags(text: str) -> str:
    """Return ``text`` without the tags of Hexo, Hugo and kramdown; what they enclose stays.

    Their blocks of code become fenced ones.

    >>> without_tags("a {% asset_img b.png %}c {{< youtube d >}}`{% e %}`")
    'a c `{% e %}`'
    """
    if "{%" in text or "{{" in text or "{:" in text:
        return _CODE_OR_TAG.sub(_keep_code, text)
    return text


def paragraphs(text: str) -> str:
    r"""Return plain text as HTML: a paragraph a line.

    >>> paragraphs("a <b\n\nc")
    '<p>a &lt;b</p>\n<p>c</p>'
    """
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def _keep_code(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    if match["opens"] or match["shows"] or match["closes"]:
        return "```"
    return ""
