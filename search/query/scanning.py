"""The text of a query, cut into the parts its grammar knows: marks, quotations and words."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["open", "close", "minus", "field", "quoted", "broken", "or", "and", "word", "text"]

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
    "company": "company",
    "公司": "company",
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
    | (?P<minus>(?<![^\s(（])[-－−](?=[^\s\-－−]))
    | (?P<field>(?<![\w])(?:{_NAMES})[:：])\s*
    | (?:"(?P<q1>[^"]*)" | “(?P<q2>[^”]*)” | „(?P<q3>[^“”]*)[“”] | ＂(?P<q4>[^＂]*)＂
    | 「(?P<q5>[^」]*)」 | 『(?P<q6>[^』]*)』)
      (?:[~～](?P<slop>[0-9０-９]+)(?!\w))?
    | (?P<broken>[{_QUOTES}])
    | (?P<or>OR)(?=[\s(（)）]|$)
    | (?P<and>AND)(?=[\s(（)）]|$)
    | (?P<word>[^\s()（）{_QUOTES}]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


PASSAGE_CHARS = 100
"""A text of so many characters with sentences in it is pasted: its signs are not our language's."""

_IN_SENTENCES = re.compile(r"[，。；！？、]|[,.;!?]\s")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|「[^」]*」")
_LAST_PIECE = re.compile(
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\U00020000-\U0003ffff]{1,40}\Z"
)


def is_passage(text: str) -> bool:
    """Return whether a text was taken from an article, rather than written in the query language.

    Commas and full stops inside quotation marks may stand in a query, too.
    """
    return len(text) >= PASSAGE_CHARS and bool(_IN_SENTENCES.search(_QUOTED.sub("", text)))


def cut_short(text: str, most: int) -> str:
    """Return the first ``most`` characters, without the beginning of a word that goes on.

    >>> cut_short("one two", 5), cut_short("one two", 3), cut_short("京东物流", 3)
    ('one ', 'one', '京东物')
    """
    kept, rest = text[:most], text[most : most + 1]
    if not _LAST_PIECE.match(rest):
        return kept
    return _LAST_PIECE.sub("", kept) or kept


class Token(NamedTuple):
    """A part of the text.

    Attributes:
        kind: "broken" is a quotation mark that has no partner, "text" a word of a passage, whose
            signs mean nothing.
        text: as typed; of a field its name as `FIELDS` translates it, of a quotation its inside.
        slop: the number after a quotation and ``~``; None for none.
        start: the character it begins at, from 0.
    """

    kind: Kind
    text: str
    slop: int | None = None
    start: int = 0


def scan(text: str) -> list[Token]:
    """Return the tokens of ``text``, in order; every character that is not a space is in one."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "slop":
            *_, inside, slop = (group for group in match.groups() if group is not None)
            found.append(Token("quoted", inside, int(slop)))
        elif kind is not None:
            found.append(_token(kind, match[kind], match[0])._replace(start=match.start()))
    return found


def _token(kind: str, text: str, whole: str) -> Token:
    if kind.startswith("q"):
        return Token("quoted", text)
    if kind == "field":
        return Token("field", FIELDS[text[:-1].lower()])
    if kind in ("or", "and") and not whole.isupper():  # "or" in lower case is a word like others
        return Token("word", text)
    return Token(kind, text)  # type: ignore[arg-type]


_SPACED = "0-9A-Za-z\u00c0-\u052f０-９Ａ-Ｚａ-ｚ"  # digits; Latin, Greek and Cyrillic letters
_WILD = re.compile(
    rf"[*＊?](?=[*＊?]*[{_SPACED}])"  # a letter or a digit follows
    rf"|(?<=[{_SPACED}])[*＊?]+(?=[^\W_])"  # one is before it, and the text goes on
    r"|(?<![*＊?])\?(?=[^\W_])"  # one character of Chinese; ?? is punctuation, as people type it
)
MAX_PATTERN_HAN = 8
"""Han characters of a pattern; people who paste or ask a sentence may end a part with ``?``."""

_HAN = re.compile("[\u3400-\u9fff]")
_ADDRESS = re.compile(r"://|^www\.", re.IGNORECASE)
_SPELLED = re.compile(r"(?P<word>.*[^\W_])(?P<sign>[~～])(?P<edits>[0-9０-９]?)")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0300-\u036fＡ-Ｚａ-ｚ]+")


def wildcard_of(text: str) -> str | None:
    """Return a word's text with no more ``*`` and ``?`` than stand for characters; None for none.

    In questions they are punctuation: a full-width ``？``, a ``?`` at the end, and any where there
    is more of Chinese than a word or a line of verse. In the address of a page they are themselves.

    >>> [wildcard_of(text) for text in ("te?t?", "京?物流", "什么是区块链?", "k*")]
    ['te?t', '京?物流', None, None]
    """
    if _ADDRESS.search(text) or len(_HAN.findall(text)) > MAX_PATTERN_HAN:
        return None
    text = text.replace("？", " ").rstrip("? ")
    return text if _WILD.search(text) else None


class Spelling(NamedTuple):
    """A word before a ``~``, and the number behind it, 1 for none.

    Attributes:
        is_latin: whether the word is letters of the Latin alphabet alone.
    """

    word: str
    edits: int
    is_latin: bool


def spelling_of(text: str) -> Spelling | None:
    """Return what a ``~`` at the end of a word's text says; None where it only is punctuation.

    >>> spelling_of("kubernets~2"), spelling_of("3~5"), spelling_of("你好～")
    (Spelling(word='kubernets', edits=2, is_latin=True), None, None)
    """
    found = _SPELLED.fullmatch(text)
    if not found:
        return None
    is_latin = _LATIN_WORD.fullmatch(found["word"]) is not None
    is_range = found["word"][-1].isdigit() and found["edits"]
    if not is_latin and (found["sign"] == "～" or is_range):
        return None
    return Spelling(found["word"], int(found["edits"] or 1), is_latin)
