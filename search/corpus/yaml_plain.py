"""The YAML of nearly every front matter, fast: plain fields, and lists of plain items.

    title: 'a'
    categories:
     - b
     - c
    date: Sat, 15 Jul 2023 04:17:00 GMT

It takes a quarter of libyaml's time. All else is declined, so that there is one YAML here: what is
read is read as `search.corpus.yaml_fields` reads it, which a test holds it to.
"""

from __future__ import annotations

import re

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that stand for None."""

_MAX_LINES = 1000
"""Far below the bounds of `search.corpus.yaml_fields`, which need no check here then."""

_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +(.*))?")
_ITEM = re.compile(r"( *)- +(.+)")
# What begins anything but a plain scalar, and what begins one only in some company.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")


class _UnusualError(Exception):
    """Not for here."""


def load_plain(text: str) -> dict[str, object] | None:
    r"""Return the fields that ``text`` holds: texts, None and lists of both; None to decline.

    >>> load_plain("title: 'a'\ntags:\n - b\n - c"), load_plain("title: &anchor a")
    ({'title': 'a', 'tags': ['b', 'c']}, None)
    """
    lines = text.split("\n")
    # Without the characters that YAML refuses, or takes for spaces and line ends.
    if len(lines) > _MAX_LINES or not "".join(lines).isprintable():
        return None
    try:
        return _fields(lines) or None
    except _UnusualError:
        return None


def _fields(lines: list[str]) -> dict[str, object]:
    fields: dict[str, object] = {}
    name = ""  # of the field that may become a list: nothing stands behind its colon
    items: list[str | None] = []
    indent = ""
    for line in lines:
        if not line:
            continue
        if field := _FIELD.fullmatch(line):
            key, value = field.groups("")
            if key in fields or key in NULLS:
                raise _UnusualError
            fields[key] = _scalar(value)
            name, items = ("" if value.strip(" ") else key), []
        elif name and (item := _ITEM.fullmatch(line)) and (not items or item[1] == indent):
            indent = item[1]
            items.append(_scalar(item[2]))
            fields[name] = items
        else:
            raise _UnusualError
    return fields


def _scalar(typed: str) -> str | None:
    typed = typed.rstrip(" ")
    if typed in NULLS:
        return None
    quote, inner = typed[0], typed[1:-1]
    if quote not in _INDICATORS:
        if ": " in typed or " #" in typed or typed[-1] == ":":
            raise _UnusualError
        return typed
    if typed[-1] != quote or len(typed) == 1:
        raise _UnusualError
    if quote == '"' and '"' not in inner and "\\" not in inner:
        return inner
    if quote == "'" and "'" not in inner.replace("''", ""):
        return inner.replace("''", "'")
    raise _UnusualError
