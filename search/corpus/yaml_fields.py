"""YAML as front matter uses it: every scalar a text as typed, bounded in size, depth and growth.

A title ``2021``, ``007``, ``1.0``, ``2021-06-16`` or ``No`` is what was typed, not a number, a date
or False, so no scalar is resolved but null. Values are built from the parser's events in a loop:
PyYAML's own constructors recurse, and follow aliases that multiply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from search.corpus.entry import excerpt
from search.corpus.yaml_plain import NULLS, load_plain
from search.errors import ArticleError

MAX_VALUES = 20_000
"""In one front matter, aliases counted as often as they are used."""

MAX_DEPTH = 50
"""Of lists and mappings within one another."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times faster
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]+(\S.*?)[ \t]*$")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[+-]?$")


def load_yaml(text: str) -> object:
    """Return what ``text`` holds: nested dicts (keys are texts), lists, texts and None.

    Raises:
        ArticleError: it is no YAML (the line is that of ``text``, from 1), or exceeds a bound.
    """
    plain = load_plain(text)
    return load_any(text) if plain is None else plain


def load_any(text: str) -> object:
    """Return what `load_yaml` does, by libyaml whatever is in ``text``."""
    builder = _Builder()
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or ""):  # a bound of libyaml's own, from 0.2.6 on
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise ArticleError("corpus.yaml_deep", line=line, most=MAX_DEPTH) from error
        # What is never closed is found out at the end; it is mended at its beginning.
        scanning = (error.context or "").startswith("while scanning")
        mark = error.context_mark if scanning and error.context_mark else error.problem_mark
        raise _fault(text, mark.line if mark else 0) from error
    except _RefusedError as error:
        raise _fault(text, error.line - 1) from error
    except (yaml.YAMLError, ValueError) as error:
        raise _fault(text, 0) from error
    return builder.value


def mend(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Put quotes around values that YAML refuses, such as ``[转]foo``, ``@foo`` and ``a: b``.

    Only values on one line that do not begin with a quote are touched, and lists and mappings
    only where they are a title; tabs that indent become spaces.

    Returns:
        The text, with as many lines; and for each line changed its number, from 1, and its value.
    """
    lines, mended = text.split("\n"), []
    for number, line in enumerate(lines, 1):
        match = _FIELD.match(line)
        if match and _refused(match[1], match[2], line):
            quoted = match[2].replace("'", "''")
            lines[number - 1] = f"{match[1]}: '{quoted}'"
            mended.append((number, excerpt(match[2])))
        elif line.startswith("\t"):
            lines[number - 1] = line.expandtabs(2)
    return "\n".join(lines), mended


def _refused(name: str, value: str, line: str) -> bool:
    if value[0] in "'\"" or _BLOCK_SCALAR.match(value):
        return False
    if value[0] in "[{" and name.lower() != "title":
        return False
    try:
        load_yaml(line)
    except ArticleError:
        return True
    return False


def _events(text: str) -> Iterator[yaml.Event]:
    # YAML ends lines at these too, which would throw off the line numbers of every error.
    for char in "\x85\u2028\u2029":
        text = text.replace(char, " ")
    return yaml.parse(text, Loader=_LOADER)


def _fault(text: str, index: int) -> ArticleError:
    lines = text.split("\n")
    index = min(index, len(lines) - 1)
    while index and not lines[index].strip():  # found at the end: the last that was typed
        index -= 1
    return ArticleError("corpus.yaml", line=index + 1, seen=excerpt(lines[index]))


class _RefusedError(ValueError):
    """YAML that is well formed, but whose alias or tag means nothing here."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being filled."""

    value: list[object] | dict[str, object]
    anchor: str | None
    values_before: int
    key: str | None = None
    wants_key: bool = True

    def add(self, value: object) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.wants_key:
            # A list as a key, as {{ page.title }} makes one, names nothing.
            self.key = "" if value is None or isinstance(value, list | dict) else str(value)
            self.wants_key = False
        else:
            self.value[self.key or ""] = value
            self.wants_key = True


@dataclass(slots=True)
class _Builder:
    """Builds values from events, one at a time."""

    value: object = None
    _frames: list[_Frame] = field(default_factory=list)
    _anchors: dict[str, tuple[object, int]] = field(default_factory=dict)
    _count: int = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._count += 1
                self._add(_scalar(event), event.anchor, 1)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                _check_tag(event)
                self._count += 1
                value: list[object] | dict[str, object] = (
                    [] if isinstance(event, yaml.SequenceStartEvent) else {}
                )
                self._frames.append(_Frame(value, event.anchor, self._count))
                if len(self._frames) > MAX_DEPTH:
                    raise ArticleError("corpus.yaml_deep", line=_line(event), most=MAX_DEPTH)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                frame = self._frames.pop()
                self._add(frame.value, frame.anchor, self._count - frame.values_before + 1)
            case yaml.AliasEvent():
                self._alias(event)
        if self._count > MAX_VALUES:
            raise ArticleError("corpus.yaml_grows", line=_line(event), most=MAX_VALUES)

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self._anchors:
            # Unknown, or of the very value that it stands in.
            raise _RefusedError(_line(event))
        value, count = self._anchors[event.anchor]
        self._count += count
        self._add(value, None, count)

    def _add(self, value: object, anchor: str | None, count: int) -> None:
        if anchor:
            self._anchors[anchor] = (value, count)
        if self._frames:
            self._frames[-1].add(value)
        else:
            self.value = value


def _scalar(event: yaml.ScalarEvent) -> str | None:
    _check_tag(event)
    text: str = event.value
    return None if not event.style and text in NULLS else text


def _check_tag(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    tag = event.tag
    if tag and tag != "!" and not tag.startswith("tag:yaml.org,2002:"):
        raise _RefusedError(_line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
