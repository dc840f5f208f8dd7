"""What a person typed, as a tree.

A leaf holds text as typed; how text becomes terms is `search.analysis`'s matter, so that a query
means the same on every engine. A query *matches* and *scores*; a filter (`search.query.request`)
only narrows.

    Query = Word | Phrase | Near | Prefix | Wildcard | Fuzzy
          | Named | Before | After | And | Or | Not | Some | Also | Prefer | Everything

What each matches, for every engine (``part`` None means any of title, body and tags):

    Word      every word that the analyzer cuts from the text stands in the part, anywhere
    Phrase    the characters and words of the text stand in the part one after another; where the
              text has spaces or punctuation, other spaces or punctuation may stand, or none;
              paragraphs are not crossed
    Near      each of the texts stands there as a phrase does, in their order; between the end of
              one and the start of the next are no more than ``slop`` others: characters of scripts
              written without spaces, words, numbers, emoji, and ends of paragraphs
    Prefix    a word that begins with the text (of several words, the last one is the beginning)
    Wildcard  a phrase in which ``?`` is one character and ``*`` any number of them, none included:
              letters in a word, digits in a number; among Chinese characters ``?`` is one more of
              them, and what else there is of the two parts words as punctuation does
    Fuzzy     a word that becomes the text by at most ``edits`` letters put in, left out, replaced
              or changed about with their neighbour; the first letter is as in the text
    Named     the article has the value: an author, tag or company of that name, a category path
              that holds the names at neighbouring levels; case and width are ignored. Where no
              value is equal, values that contain the text.
    Before    its day is before the day given; never where it has none
    After     its day is after the day given; never where it has none
    Some      a word that the analyzer cuts from the texts, or two characters side by side in one of
              them, of a script written without spaces; a single character of such a script only
              where the texts have nothing longer
    Also      what ``query`` matches; what ``more`` scores there counts, too
    Prefer    what ``some`` matches; what ``all`` matches comes first when sorted by relevance
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Part = Literal["title", "body", "tags"]
"""A part of an article whose text is searched by words."""

PARTS: tuple[Part, ...] = ("title", "body", "tags")

Name = Literal["author", "category", "company", "tag"]
"""A field whose whole values are searched."""


MAX_SLOP = 100
"""Most positions between two texts of a `Near`; about three lines of Chinese."""

LONG_WORD_CHARS = 6
"""Letters from which on a word may have two edits; shorter ones would become any word."""


@dataclass(frozen=True, slots=True)
class Word:
    """Text typed without a space in it; one word or, as Chinese is written, several."""

    text: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text in quotation marks."""

    text: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Text in quotation marks before a ``~`` and a number.

    Attributes:
        texts: two or more; what spaces part in the quotation.
        slop: from 0 to `MAX_SLOP`.
    """

    texts: tuple[str, ...]
    slop: int
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Text before a ``*``."""

    text: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Text with ``*`` and ``?`` in it; a ``？``, and a ``?`` at the end, is taken out."""

    text: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A Latin word before a ``~``; ``edits`` is 1 or 2."""

    text: str
    edits: int = 1
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """``author:`` ``tag:`` ``company:`` and a name, or ``category:`` and a path of names."""

    name: Name
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """``before:`` and a day; a year or a month stands for its first day."""

    day: date


@dataclass(frozen=True, slots=True)
class After:
    """``after:`` and a day; a year or a month stands for its last day."""

    day: date


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; at least two."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts; at least two."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not match. Scores nothing."""

    part: Query


@dataclass(frozen=True, slots=True)
class Some:
    """Texts, one or more, any piece of which is enough. Made by the service only."""

    texts: tuple[str, ...]
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Also:
    """What ``query`` matches, ranked by what ``more`` looks for, too. Made by the service only."""

    query: Query
    more: Query


@dataclass(frozen=True, slots=True)
class Prefer:
    """What ``some`` matches, those that ``all`` matches ranked first. Made by the service only."""

    all: Query
    some: Query


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article; what an empty text means. Scores nothing."""


Leaf: TypeAlias = Word | Some | Phrase | Near | Prefix | Wildcard | Fuzzy
"""What is looked for in the text of articles; it scores."""

Query: TypeAlias = Leaf | Named | Before | After | And | Or | Not | Also | Prefer | Everything
