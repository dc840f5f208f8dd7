"""What a query asks for, thing by thing, and each as a person would type it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.article import format_category
from search.query.model import (
    After,
    Also,
    And,
    Before,
    Everything,
    Fuzzy,
    Leaf,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    Some,
    Wildcard,
    Word,
)
from search.query.relaxing import Cut

_PLAIN = re.compile(r"[^\s\"“”„＂「」『』()（）*＊?？~～:：]+")
_OPERATORS = ("OR", "AND")
_QUOTES = (('"', '"'), ("「", "」"), ("『", "』"), ("“", "”"))


def wanted(query: Query, cut: Cut) -> tuple[Query, ...]:
    """Return what an article must match, all of it, to match ``query``; () for any article.

    In the order typed, each once; words one by one, as ``cut`` makes them.
    """
    return tuple(dict.fromkeys(_wanted(query, cut)))


def _wanted(query: Query, cut: Cut) -> Iterator[Query]:
    match query:
        case And(parts):
            for part in parts:
                yield from _wanted(part, cut)
        case Word(text, part):
            yield from (Word(word, part) for word in cut(text))
        case Everything():
            return
        case _:
            yield query


def as_typed(query: Query) -> str:  # noqa: C901 -- a case a type of query
    """Return ``query`` in the query language.

    >>> as_typed(Or((Word("京东", "title"), Not(Phrase("快递")))))
    'title:京东 OR -快递'
    """
    match query:
        case And(parts):
            return "(" + " ".join(map(as_typed, parts)) + ")"
        case Or(parts):
            return " OR ".join(map(as_typed, parts))
        case Not(Or() as part):
            return f"-({as_typed(part)})"
        case Not(Phrase(text)) if not set(text) & set(" ()"):
            return f"-{text}"
        case Not(part):
            return f"-{as_typed(part)}"
        case Named(name, values):
            return f"{name}:{quoted(format_category(values) if name == 'category' else values[0])}"
        case Before(day):
            return f"before:{day.isoformat()}"
        case After(day):
            return f"after:{day.isoformat()}"
        case Also(asked, _) | Prefer(asked, _):  # the service's own: what was typed is in front
            return as_typed(asked)
        case Everything():
            return ""
    return f"{query.part}:{_leaf(query)}" if query.part else _leaf(query)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Phrase(text):
            return f'"{text}"'
        case Near(texts, slop):
            return f'"{" ".join(texts)}"~{slop}'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case Some(texts):
            return " ".join(texts)
        case Word(text) | Wildcard(text):
            return text


def quoted(name: str) -> str:
    """Return a name as it may stand behind a colon.

    >>> [quoted(name) for name in ("36kr", "Hacker News", "OR", "a:b", 'the "x"')]
    ['36kr', '"Hacker News"', '"OR"', '"a:b"', '「the "x"」']
    """
    if _PLAIN.fullmatch(name) and name.upper() not in _OPERATORS:
        return name
    for left, right in _QUOTES:
        if left not in name and right not in name:
            return f"{left}{name}{right}"
    return '"' + name.replace('"', " ") + '"'  # one that has them all; a space stands for each
