"""The Whoosh schema: which fields an article becomes.

Each part of an article that is searched by words (title, body, tags) becomes two fields:

* ``<part>_grams`` decides *matching*: characters in pairs and Latin words, with positions, so that
  any string is found however a segmenter would cut it;
* ``<part>_words`` only *scores*: those words of jieba's search mode that are no grams, without
  positions. Whoosh's own parser is to be given the grams: it finds any string there, too.

Values that are filtered, counted and named whole are one term each, as they are. A category path is
a term for every level of it, names joined by `LEVEL`, so that a path takes in all below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, STORED, TEXT, Schema

from search.analysis import index_terms, query_phrase
from search.article import CategoryPath
from search.query.model import PARTS, Part

LEVEL = "\x1f"
"""Between the names of a category path in a term; the unit separator, which titles cannot hold."""

FACET_FIELDS = ("author", "tag", "category", "company", "day")
"""Fields that are counted; "company" has names of entities, "day" is YYYY-MM-DD."""

VALUE_FIELDS = ("id", *FACET_FIELDS)
"""Fields whose terms are whole values."""

NO_DATE = -(2**63)
"""In place of the seconds since 1970 of a document without a date."""


def grams_field(part: Part) -> str:
    """Return the name of the field that decides matching in ``part``."""
    return f"{part}_grams"


def words_field(part: Part) -> str:
    """Return the name of the field that scores ``part``."""
    return f"{part}_words"


FIELDS_OF: dict[str, tuple[str, ...]] = {
    "grams": tuple(map(grams_field, PARTS)),
    "words": tuple(map(words_field, PARTS)),
    "values": VALUE_FIELDS,
}
"""The fields in each file of a segment."""

FILES = (*FIELDS_OF, "documents")
"""The files of a segment, by the ends of their names."""

TEXT_FIELDS = FIELDS_OF["grams"] + FIELDS_OF["words"]


class GramAnalyzer(Analyzer):  # type: ignore[misc] # Whoosh has no types
    """`search.analysis` as Whoosh's own parser and writer see it: terms that match."""

    def __call__(self, value: str, mode: str = "", **_: Any) -> Iterator[Token]:
        """Yield the terms of ``value``, each at its position; in a query those that must stand."""
        for gram, position in _asked(value) if mode == "query" else _stored(value):
            # Whoosh's parser asks a phrase's words for their characters; it only keeps the answer.
            yield Token(text=gram, pos=position, boost=1.0, stopped=False, startchar=0, endchar=0)


def _stored(text: str) -> Iterator[tuple[str, int]]:
    terms = index_terms(text)
    return zip(terms.grams, terms.positions, strict=True)


def _asked(text: str) -> Iterator[tuple[str, int]]:
    """Yield no last characters of runs: these are grams alone just where a run ends."""
    terms = query_phrase(text)
    return iter([(slot.term, slot.offset) for slot in terms.slots] if terms else [])


class WordAnalyzer(Analyzer):  # type: ignore[misc] # Whoosh has no types
    """`search.analysis` as Whoosh's own parser and writer see it: terms that score."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        """Yield the words of ``value`` that are no grams, one after another."""
        for position, word in enumerate(index_terms(value).words):
            yield Token(text=word, pos=position, boost=1.0, stopped=False)


def make_schema() -> Schema:
    """Return the schema of every index of ours."""
    schema = Schema(article=STORED())
    for part in PARTS:
        schema.add(grams_field(part), TEXT(analyzer=GramAnalyzer()))
        schema.add(words_field(part), TEXT(analyzer=WordAnalyzer(), phrase=False))
    for name in VALUE_FIELDS:
        schema.add(name, ID(unique=name == "id"))
    return schema


def category_terms(paths: tuple[CategoryPath, ...]) -> list[str]:
    """Return a term for every level of every path, sorted, without repeats.

    >>> [term.split(LEVEL) for term in category_terms((("a", "b"), ("a", "c")))]
    [['a'], ['a', 'b'], ['a', 'c']]
    """
    return sorted({LEVEL.join(path[:n]) for path in paths for n in range(1, len(path) + 1)})
