"""Where does the front matter end, and what does it hold? YAML, TOML, JSON, or none.

python-frontmatter does the splitting, by handlers of ours: its own resolve YAML's dates and
numbers, know TOML only with a further package, and miss what Hexo and Hugo allow.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from search.corpus.entry import excerpt
from search.corpus.yaml_fields import load_yaml, mend
from search.errors import ArticleError

MAX_CHARS = 2**18
"""Of a front matter: 256 Ki characters."""

_WELL_KNOWN = "title|date|layout|categories|category|tags|author|permalink|draft"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file taken apart.

    Attributes:
        fields: by name in lower case; {} for none. Values are as the format gives them; in YAML
            every scalar is a text as typed, or None.
        body: what follows the front matter, without blank lines around it.
        mended: line, from 1, and value of the fields that were read though YAML refuses them.
        block: what was between the delimiters, on the lines on which it stands; "" for none.
    """

    fields: dict[str, object]
    body: str
    mended: tuple[tuple[int, str], ...] = ()
    block: str = ""

    @property
    def lines(self) -> dict[str, int]:
        """Where each field of the top level stands, from 1; only those found."""
        return _field_lines(self.block)

    def line_of(self, name: str) -> int | None:
        """Return where a field stands, from 1, None where unknown; slow, for a message."""
        return self.lines.get(name)


def split_front_matter(text: str) -> FrontMatter:
    r"""Take ``text`` apart; its lines must end in ``\n``.

    Raises:
        ArticleError: the front matter cannot be read; the line is that of ``text``, from 1.
    """
    start = len(text) - len(text.lstrip())
    above = text.count("\n", 0, start)
    stripped = text.strip()
    handler = next((each for kind in _HANDLERS if (each := kind()).detect(stripped)), None)
    if handler is None:
        _refuse_unclosed(stripped, above)
        return FrontMatter({}, stripped)
    try:
        metadata, body = frontmatter.parse(stripped, handler=handler)
    except ArticleError as error:
        error.line = (error.line or 1) + above
        raise
    mended = tuple((line + above, value) for line, value in handler.mended)
    fields = {str(name).strip().lower(): value for name, value in metadata.items()}
    return FrontMatter(fields, body, mended, "\n" * above + handler.block)


def _refuse_unclosed(text: str, above: int) -> None:
    match = re.match(rf"(---|\+\+\+)[ \t]*\n\s*(?:{_WELL_KNOWN})[ \t]*[:=]", text)
    if match:
        raise ArticleError("corpus.not_closed", line=above + 1, seen=match[1])


def _field_lines(block: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(block.split("\n"), 1):
        match = re.match(r"""\s*["']?([\w-]+)["']?[ \t]*[:=]""", line)
        if match:
            lines.setdefault(match[1].lower(), number)
    return lines


class _Handler(BaseHandler):
    """One format. A handler serves one text: it keeps the block that it split off.

    The block begins on the first line of the text, so that lines in it are lines of the text.
    """

    pattern: re.Pattern[str]

    def __init__(self) -> None:
        # python-frontmatter asks for a boundary; ours is used by `split` alone.
        super().__init__(fm_boundary=self.pattern)
        self.block = ""
        self.mended: list[tuple[int, str]] = []

    def detect(self, text: str) -> bool:
        return bool(self.pattern.match(text))

    def split(self, text: str) -> tuple[str, str]:
        match = self.pattern.match(text)
        if match is None:  # pragma: no cover -- frontmatter splits only what was detected
            raise ValueError(text)
        return self.keep(match["block"], above=text.count("\n", 0, match.start("block"))), (
            text[match.end() :]
        )

    def keep(self, block: str, above: int) -> str:
        if len(block) > MAX_CHARS:
            raise ArticleError("corpus.front_matter_large", line=1, most=MAX_CHARS // 1024)
        self.block = "\n" * above + block
        return self.block


class _Yaml(_Handler):
    """Between two lines ``---`` (or ``---`` and ``...``), as everywhere."""

    pattern = re.compile(r"-{3,}[ \t]*\n(?P<block>(?:.*\n)*?)(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)")
    # A rule above prose is no front matter: something in it must look like a field.
    looks = re.compile(
        rf"""\s*(?:#.*\n\s*)*(?:[\w"'][^\n:]*:[ \t\n]|\{{|\Z)|(?:.*\n)*?(?:{_WELL_KNOWN})[ \t]*:"""
    )

    def detect(self, text: str) -> bool:
        match = self.pattern.match(text)
        return bool(match and self.looks.match(match["block"]))

    def load(self, fm: str) -> dict[str, Any]:
        try:
            value = load_yaml(fm)
        except ArticleError as error:
            if error.key != "corpus.yaml":  # a bound exceeded: nothing to mend
                raise
            value = self._load_mended(fm, error)
        if value is None:  # nothing but comments
            return {}
        if not isinstance(value, dict):
            line = len(fm) - len(fm.lstrip("\n")) + 1
            raise ArticleError("corpus.not_fields", line=line, seen=excerpt(fm))
        for name in ("title", "date"):
            # `title: [转载]` and `date: {{ .Date }}` are no list and mapping to who typed them.
            if isinstance(value.get(name), list | dict):
                typed = re.search(rf"^{name}[ \t]*:[ \t]*(.*)$", fm, re.MULTILINE)
                value[name] = typed[1] if typed else None
        return value

    def _load_mended(self, fm: str, error: ArticleError) -> object:
        text, mended = mend(fm)
        try:
            value = load_yaml(text)
        except ArticleError:
            raise error from None  # it names what was typed
        self.mended = mended
        return value


class _HexoYaml(_Yaml):
    """Fields from the first line on, closed by ``---``, as Hexo allows."""

    pattern = re.compile(
        rf"(?P<block>(?:{_WELL_KNOWN})[ \t]*:(?:[ \t].*)?\n"
        r"(?:(?:\w[\w-]*[ \t]*:(?:[ \t].*)?|[ \t].*|- .*|#.*|)\n)*?)-{3,}[ \t]*(?:\n|\Z)"
    )


class _Toml(_Handler):
    """Between two lines ``+++``, as Hugo writes it."""

    pattern = re.compile(r"\+{3,}[ \t]*\n(?P<block>(?:.*\n)*?)\+{3,}[ \t]*(?:\n|\Z)")

    def load(self, fm: str) -> dict[str, Any]:
        try:
            return tomllib.loads(fm, parse_float=str)
        except (ValueError, RecursionError) as error:
            match = re.search(r"at line (\d+)", str(error))
            number = int(match[1]) if match else fm.rstrip().count("\n") + 1
            seen = excerpt(fm.split("\n")[number - 1])
            raise ArticleError("corpus.toml", line=number, seen=seen) from error


class _Json(_Handler):
    """An object at the very beginning, as Hugo allows."""

    pattern = re.compile(r'\{\s*"(?:[^"\\\n]|\\.)*"\s*:')

    def split(self, text: str) -> tuple[str, str]:
        try:
            _, end = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            end = len(text)  # `load` says what is wrong
        return self.keep(text[:end] if end < len(text) else text[:MAX_CHARS], 0), text[end:]

    def load(self, fm: str) -> dict[str, Any]:
        try:
            fields: dict[str, Any] = json.loads(fm, parse_float=str, parse_int=str)
        except (ValueError, RecursionError) as error:
            number = getattr(error, "lineno", 1)
            seen = excerpt(fm.split("\n")[number - 1])
            raise ArticleError("corpus.json", line=number, seen=seen) from error
        return fields


class _HexoJson(_Json):
    """Fields without braces, closed (and perhaps opened) by ``;;;``, as Hexo allows."""

    pattern = re.compile(r'(?:;{3,}[ \t]*\n)?(?P<block>\s*"(?:.*\n)*?);{3,}[ \t]*(?:\n|\Z)')
    split = _Handler.split

    def load(self, fm: str) -> dict[str, Any]:
        # The brace takes no line of its own, so that lines stay those of the file.
        return super().load(f"{{{fm}}}")


_HANDLERS = (_Yaml, _HexoYaml, _Toml, _Json, _HexoJson)
