"""The text of a query, cut into the parts its grammar knows: marks, quotations and words."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["open", "close", "minus", "field", "quoted", "broken", "or", "and", "word"]

FIELDS = {
    "title": "title",
    "标题": "title",
    "標題": "title",
    "author": "author",
    "作者": "author",
    "category": "category",
    "分类": "category",
    "分類": "category",
    "tag": "tag",
    "标签": "tag",
    "標籤": "tag",
    "before": "before",
    "早于": "before",
    "早於": "before",
    "after": "after",
    "晚于": "after",
    "晚於": "after",
}
"""Names before a colon, in lower case, and the field that each means."""

_QUOTES = '"“”„＂「」『』'
_NAMES = "|".join(FIELDS)

_TOKEN = re.compile(
    rf"""
    \s+
    | (?P<open>[(（])
    | (?P<close>[)）])
    | (?P<minus>(?<![^\s(（])[-－−]+(?=\S))
    | (?P<field>(?<![\w])(?:{_NAMES})[:：])\s*
    | "(?P<q1>[^"]*)" | “(?P<q2>[^”]*)” | „(?P<q3>[^“”]*)[“”] | ＂(?P<q4>[^＂]*)＂
    | 「(?P<q5>[^」]*)」 | 『(?P<q6>[^』]*)』
    | (?P<broken>[{_QUOTES}])
    | (?P<or>OR)(?=[\s(（)）]|$)
    | (?P<and>AND)(?=[\s(（)）]|$)
    | (?P<word>[^\s()（）{_QUOTES}]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Token(NamedTuple):
    """A part of the text.

    Attributes:
        kind: "broken" is a quotation mark that has no partner.
        text: as typed; of a field its name as `FIELDS` translates it, of a quotation its inside.
    """

    kind: Kind
    text: str


def scan(text: str) -> list[Token]:
    """Return the tokens of ``text``, in order; every character that is not a space is in one."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            found.append(_token(kind, match[kind], match[0]))
    return found


def _token(kind: str, text: str, whole: str) -> Token:
    if kind.startswith("q"):
        return Token("quoted", text)
    if kind == "field":
        return Token("field", FIELDS[text[:-1].lower()])
    if kind in ("or", "and") and not whole.isupper():  # "or" in lower case is a word like others
        return Token("word", text)
    return Token(kind, text)  # type: ignore[arg-type]
