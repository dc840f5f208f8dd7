"""What a person typed, understood. Never an error: what makes no sense is searched as words.

    query   = any+                          all of them
    any     = one ("OR" one)*               OR binds its neighbours: a b OR c is a and (b or c)
    one     = "-"? (field? (word | word"*" | word"~"number? | quoted | quoted"~"number
              | "(" query ")"))

The language is described for its users in docs/query-language.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from search.article import parse_category
from search.messages import say
from search.query.days import days_of
from search.query.model import (
    LONG_WORD_CHARS,
    MAX_SLOP,
    After,
    And,
    Before,
    Everything,
    Fuzzy,
    Named,
    Near,
    Not,
    Or,
    Part,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)
from search.query.request import MAX_TEXT_CHARS
from search.query.scanning import (
    PASSAGE_CHARS,
    Spelling,
    Token,
    cut_short,
    is_passage,
    scan,
    spelling_of,
    wildcard_of,
)

MAX_NESTING = 20
"""Parentheses within parentheses; deeper ones are passed over."""

MAX_PATTERNS = 6
"""Words with wildcards, and near spellings, in one query: each is looked for among all terms."""

MAX_SINGLES = 40
"""Characters of scripts without spaces that stand alone, in one query, commas or spaces between:
each is looked for among all terms that begin with it."""

MAX_PLACED = 16
"""Words in quotations, in one query, every place of which is looked at: those before a ``~``, and
characters of scripts without spaces that stand alone, two of a quotation at most."""

_SINGLE_COUNTS = 3
"""Words as which such a character counts: to read all its places and to put them in order takes
0.3 s where it stands in each of 100,000 articles."""

_UNSPACED = r"(?:(?=[^\W_])[\u0e00-\U0003ffff])"  # and some others, of which few words are so short
_SINGLE = re.compile(rf"(?<!{_UNSPACED}){_UNSPACED}(?!{_UNSPACED})")
_ANY_WORD = re.compile(r"[^\W_]")


class Typed(NamedTuple):
    """A `Word` where it was typed: its text, and the character it begins at, from 0."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query.

    Attributes:
        query: what the text asks for.
        notes: sentences on what in the text was not taken as it stood.
        words: every `Word` of the query, in order; nothing that is refused or quoted, no name.
    """

    query: Query
    notes: tuple[str, ...] = ()
    words: tuple[Typed, ...] = ()


def parse(text: str) -> Parsed:
    """Return what ``text`` asks for. Never raises; the notes are in the language in force.

    >>> parse('京东 -快递 author:36kr').query
    And(parts=(Word(text='京东', part=None), Not(part=Phrase(text='快递', part=None)), \
Named(name='author', values=('36kr',))))
    """
    notes = []
    kept = cut_short(text, MAX_TEXT_CHARS)
    if kept != text:
        notes.append(say("query.cut", most=MAX_TEXT_CHARS))
    tokens = scan(kept)
    if is_passage(kept):
        if any(token.kind != "word" for token in tokens):
            notes.append(say("query.passage", least=PASSAGE_CHARS))
        tokens = [Token("text", word) for word in kept.split()]
    reader = _Reader(tokens, notes)
    parts = reader.parts()
    notes = list(dict.fromkeys(reader.notes))
    return Parsed(_all_of(parts) or Everything(), tuple(notes), tuple(reader.words))


@dataclass
class _Reader:
    """Tokens from the left to the right.

    Attributes:
        part: where the words at hand are looked for: that of the field before their parenthesis.
        negated: whether they stand under a minus.
        words: those read so far.
        patterns: words with wildcards, and near spellings, read so far.
        singles: characters that stood alone, read so far.
        placed: words in quotations of which every place is looked at, read so far.
    """

    tokens: list[Token]
    notes: list[str]
    at: int = 0
    depth: int = 0
    part: Part | None = None
    negated: bool = False
    words: list[Typed] = field(default_factory=list)
    patterns: int = 0
    singles: set[str] = field(default_factory=set)
    placed: int = 0

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def parts(self) -> list[Query]:
        """Read to the end of the text, or to the parenthesis that closes."""
        found: list[Query] = []
        while token := self._next():
            if token.kind == "close" and self.depth:
                break
            if token.kind == "or" and found and self._operand_follows():
                self._take()
                self._join(found)
            elif one := self._one():
                found.append(one)
        return found

    def _operand_follows(self) -> bool:
        after = self.tokens[self.at + 1 : self.at + 2]
        return bool(after) and after[0].kind not in ("close", "or", "and", "broken")

    def _join(self, found: list[Query]) -> None:
        """Make one of the last query and the next."""
        right = self._one()
        if right is None:
            return
        left = found.pop()
        found.append(Or((*left.parts, right) if isinstance(left, Or) else (left, right)))

    def _one(self) -> Query | None:
        token = self._take()
        match token.kind:
            case "minus":
                return self._minus()
            case "field":
                return self._field(token)
            case "open":
                return self._group()
            case "quoted":
                return self._quoted(token)
            case "word":
                return self._typed(token)
            case "text":
                text = self._within_singles(token.text)
                return Word(text) if text else None
            case "or" | "and":
                return self._operator(token)
            case "broken":
                self.notes.append(say("query.quote"))
            case "close":
                self.notes.append(say("query.parenthesis"))
        return None

    def _within_singles(self, text: str) -> str:
        """Return ``text`` without the characters alone that are too many; "" if that is all."""
        kept = _SINGLE.sub(self._single, text)
        return kept if kept == text or _ANY_WORD.search(kept) else ""

    def _single(self, found: re.Match[str]) -> str:
        char = found[0]
        if char in self.singles or len(self.singles) < MAX_SINGLES:
            self.singles.add(char)
            return char
        self.notes.append(say("query.singles", most=MAX_SINGLES))
        return ""

    def _typed(self, token: Token) -> Query | None:
        text = self._within_singles(token.text)
        if not text:
            return None
        word = self._word(text)
        if isinstance(word, Word):
            self.words.append(Typed(token.text, token.start))
        return word

    def _quoted(self, token: Token) -> Query | None:
        texts = tuple(token.text.split())
        if token.slop is None or len(texts) < 2:
            return self._phrase(token.text) if texts else None
        if token.slop > MAX_SLOP:
            self.notes.append(say("query.slop", seen=token.slop, most=MAX_SLOP))
        texts = tuple(
            takewhile(lambda text: self._is_placed(_singles_of(text) * _SINGLE_COUNTS or 1), texts)
        )
        return Near(texts, min(token.slop, MAX_SLOP), self.part) if len(texts) > 1 else None

    def _phrase(self, text: str) -> Query | None:
        # Of characters alone the rarest are read first, and the others where these stand.
        is_one = len(_ANY_WORD.findall(text)) == 1
        count = 0 if is_one else min(_singles_of(text), 2) * _SINGLE_COUNTS
        return Phrase(text, self.part) if self._is_placed(count) else None

    def _is_placed(self, count: int) -> bool:
        """Return whether there is room for words of which every place is looked at; take it."""
        if self.placed + count <= MAX_PLACED:
            self.placed += count
            return True
        self.notes.append(say("query.placed", most=MAX_PLACED, single=_SINGLE_COUNTS))
        return False

    def _word(self, text: str) -> Query | None:
        if self.negated:
            # What is refused is refused as it stands: -人工智能 is no word on 人工 and on 智能.
            return self._phrase(text)
        spelling, wildcard = spelling_of(text), wildcard_of(text)
        if spelling or wildcard:
            self.patterns += 1
            if self.patterns > MAX_PATTERNS:
                self.notes.append(say("query.patterns", most=MAX_PATTERNS, seen=text))
                return Word(text, self.part)
        if spelling:
            return self._spelled(spelling)
        if wildcard:
            return self._wild(wildcard)
        beginning = text.rstrip("*＊")
        return Prefix(beginning, self.part) if "" != beginning != text else Word(text, self.part)

    def _wild(self, text: str) -> Query:
        pattern = Wildcard(text, self.part)
        if text[0] in "*＊?" or text[-1] in "*＊?":
            return pattern
        # 5*3 and 真的?假的 may be meant as they stand, and what stands in a text is found by it.
        return Or((pattern, Phrase(text, self.part)))

    def _spelled(self, spelling: Spelling) -> Query | None:
        word, edits, is_latin = spelling
        if not is_latin:
            self.notes.append(say("query.spelling", seen=word))
        if not is_latin or not edits:
            return self._word(word)
        most = 2 if len(word) >= LONG_WORD_CHARS else 1
        if edits > most:
            self.notes.append(say("query.edits", seen=word, most=most))
        return Fuzzy(word, min(edits, most), self.part)

    def _operator(self, token: Token) -> Query | None:
        """Read an operator: one between two operands joins them anyway, another is a word."""
        if token.kind == "and" and self.at > 1 and self._next():
            return None
        self.notes.append(say("query.operator", seen=token.text))
        return self._word(token.text)

    def _minus(self) -> Query | None:
        following = self._next()
        if following is None or following.kind in ("or", "and", "close", "broken", "minus"):
            return None
        outer, self.negated = self.negated, True
        refused = self._one()
        self.negated = outer
        return None if refused is None else Not(refused)

    def _group(self) -> Query | None:
        if self.depth >= MAX_NESTING:
            self.notes.append(say("query.nesting", most=MAX_NESTING))
            return None
        self.depth += 1
        found = self.parts()
        self.depth -= 1
        if self._next():
            self._take()
        else:
            self.notes.append(say("query.parenthesis"))
        return _all_of(found)

    def _field(self, token: Token) -> Query | None:
        operand = self._next()
        if operand is None or operand.kind not in ("word", "quoted", "open"):
            self.notes.append(say("query.field", name=token.text))
            return self._word(token.text)
        if token.text == "title":
            return self._titled()
        if operand.kind == "open":
            self.notes.append(say("query.field", name=token.text))
            return None
        return self._named(token.text, self._take().text)

    def _titled(self) -> Query | None:
        outer, self.part = self.part, "title"
        found = self._one()
        self.part = outer
        return found

    def _named(self, name: str, text: str) -> Query | None:
        match name:
            case "author" | "tag" | "company":
                return Named(name, (text,)) if text.strip() else None
            case "category":
                values = parse_category(text)
                return Named("category", values) if values else None
        days = days_of(text)
        if days is None:
            self.notes.append(say("query.day", seen=text, name=name))
            return self._word(text)
        first, last = days
        return Before(first) if name == "before" else After(last)


def _singles_of(text: str) -> int:
    """Return how many characters of scripts without spaces stand alone in ``text``."""
    return len(_SINGLE.findall(text))


def _all_of(parts: list[Query]) -> Query | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))
