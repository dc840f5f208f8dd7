"""A query as the peers with wensou's terms understand it.

wensou looks for each word's grams, one after another, in the title, the body or the tags; all words
must be found. The words of jieba only add to the score, and a gram that is one counts as both. Here
is the same without wensou's engine: what must stand somewhere (`Wanted`), and the strings of grams
that it is looked for by (`Run`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.analysis import (
    UNSPACED,
    IndexTerms,
    QueryTerms,
    index_terms,
    query_phrase,
    query_prefix,
    query_words,
)
from search.article import Article
from search.query import model, parse
from search.query.model import PARTS, Part

BOOSTS: dict[Part, float] = {"title": 5.0, "tags": 2.0, "body": 1.0}
"""What a part counts in the score; as docs/decisions.md has it, "Weights"."""

GRAM_SHARE = 0.6
"""What a gram counts beside a word; the same place."""

GAP = "¶"
"""Stands where wensou leaves a position free; no gram, so no query meets it."""

_UNSPACED_CHAR = re.compile(f"[{UNSPACED}]")


class Wanted(NamedTuple):
    """Grams that must stand in one of the ``parts``, and words that score there."""

    terms: QueryTerms
    parts: tuple[Part, ...]

    @property
    def is_one_gram(self) -> bool:
        """Whether its one gram is a word, too: then it is looked for once, for both."""
        [first, *others] = self.terms.slots
        return first.is_word and not others


class Run(NamedTuple):
    """Grams at their distances from the first, of which the last may be only a beginning."""

    grams: tuple[tuple[int, str], ...]
    last_is_prefix: bool


def all_wanted(text: str) -> list[Wanted]:
    """Return what the query ``text`` wants, all of it; words, phrases and prefixes only.

    Raises:
        TypeError: there is something else in it, or nothing to look for.
    """
    found = list(_wanted(parse(text).query))
    if not found:
        raise TypeError(f"nothing to look for in {text!r}")
    return found


def _wanted(query: model.Query) -> Iterator[Wanted]:
    match query:
        case model.And(parts):
            for part in parts:
                yield from _wanted(part)
        case model.Word(text, part):
            yield from _in_parts(query_words(text), part)
        case model.Phrase(text, part):
            yield from _in_parts([query_phrase(text)], part)
        case model.Prefix(text, part):
            yield from _in_parts([query_prefix(text)], part)
        case _:
            raise TypeError(f"peers are not asked for {type(query).__name__}")


def _in_parts(found: Iterable[QueryTerms | None], part: Part | None) -> Iterator[Wanted]:
    parts = PARTS if part is None else (part,)
    return (Wanted(terms, parts) for terms in found if terms is not None)


def runs(terms: QueryTerms) -> list[Run]:
    """Return the strings of grams of which any one is a match.

    There is more than one only for a single character before another run (京 in "京 东方"): in the
    text it is a gram alone, or begins the pair that ends in the next run's first character.

    >>> runs(query_phrase("京 东方"))
    [Run(grams=((0, '京'), (1, '东方')), last_is_prefix=False), \
Run(grams=((0, '京东'), (1, '东方')), last_is_prefix=False)]
    """
    *before, last = terms.slots
    spelled: list[tuple[tuple[int, str], ...]] = [()]
    for slot in before:
        grams = [slot.term, slot.term + slot.joined] if slot.joined else [slot.term]
        spelled = [(*run, (slot.offset, gram)) for run in spelled for gram in grams]
    return [Run((*run, (last.offset, last.term)), last.prefix) for run in spelled]


def filled(run: Run) -> list[Run]:
    """Return the runs that say the same with a gram at every position.

    A position is free behind the last pair of a run: there stands its last character, alone or in a
    pair with the first of the next.

    >>> [run] = runs(query_phrase("京东 物流"))
    >>> [[gram for _, gram in each.grams] for each in filled(run)]
    [['京东', '东', '物流'], ['京东', '东物', '物流']]
    """
    found = [run.grams[:1]]
    for (offset, gram), (next_offset, after) in zip(run.grams, run.grams[1:], strict=False):
        between: list[tuple[tuple[int, str], ...]] = [()]
        if next_offset == offset + 2:
            between = [((offset + 1, gram[-1]),)]
            if _UNSPACED_CHAR.match(after):
                between.append(((offset + 1, gram[-1] + after[0]),))
        found = [(*each, *gap, (next_offset, after)) for each in found for gap in between]
    return [Run(grams, run.last_is_prefix) for grams in found]


class PartTerms(NamedTuple):
    """What is stored of a part: grams and words, each joined by a space."""

    grams: str
    words: str


def part_terms(article: Article) -> dict[Part, PartTerms]:
    """Return the terms of every part of ``article``, a token at every position."""
    return {
        "title": _joined([index_terms(article.title)]),
        "body": _joined([index_terms(article.text)]),
        "tags": _joined([index_terms(tag) for tag in article.tags]),
    }


def _joined(texts: list[IndexTerms]) -> PartTerms:
    grams: list[str] = []
    words: list[str] = []
    for terms in texts:
        if grams:
            grams.append(GAP)
        start = len(grams)
        for gram, position in zip(terms.grams, terms.positions, strict=True):
            grams.extend([GAP] * (start + position - len(grams)))
            grams.append(gram)
        words += terms.words
    return PartTerms(" ".join(grams), " ".join(words))
