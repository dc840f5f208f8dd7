"""Our queries written in Whoosh's.

A word becomes ``AndMaybe(Or of its grams in each part, Or of its words in each part)``: grams alone
decide what matches, both score. A gram that is a word, as most pairs of characters are, scores as
both. What only narrows stands on the far side of a ``Require``, where it does not score. The tree
is at most as deep as the query that was parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol

from whoosh import query

from search.analysis import (
    Asked,
    QueryTerms,
    Slot,
    asked,
    compounds,
    dictionary_in_force,
    normalise,
    query_fuzzy,
    query_phrase,
    query_prefix,
    query_wildcard,
)
from search.analysis.dictionary import UserDictionary
from search.engines.whoosh.queries import AndMaybe, AndNot, AnyOf, Near, Place, Run
from search.engines.whoosh.schema import LEVEL, grams_field, words_field
from search.query import leaves, model
from search.query.model import PARTS, Part

# A title says in ten words what a body says in a thousand; a pair of characters says a little less
# than a word of the same length. Figures: docs/decisions.md, "Weights".
BOOSTS: dict[Part, float] = {"title": 3.0, "tags": 2.0, "body": 1.0}
GRAM_SHARE = 0.6

_TEXTS_REMEMBERED = 1_000  # by either memory: 4 MB as people ask, 15 if all are as long as can be
_REMEMBERED_CHARS = 12

PREFERRED = 1_000_000.0
"""What `Prefer` adds to the score of its first choice: above the sum of any other scores."""


class Vocabulary(Protocol):
    """The terms of an index, of all its segments together."""

    def has_terms(self, field: str) -> bool:
        """Return whether a field of text has any term."""

    def has_word(self, part: Part, word: str) -> bool:
        """Return whether an article was indexed with ``word`` as a word of that part."""

    def values_of(self, field: str) -> Iterable[str]:
        """Return every term of a value field."""

    def terms_like(self, field: str, slot: Slot) -> tuple[bytes, ...]:
        """Return the terms that a slot with wildcards or edits stands for."""


def has_words(parsed: model.Query) -> bool:
    """Return whether anything in the query scores."""
    return any(True for _ in leaves(parsed))


def translate(parsed: model.Query, vocabulary: Vocabulary) -> Any:
    """Return ``parsed`` as a query of Whoosh's; ``NullQuery`` where nothing can match."""
    return Translation(vocabulary).whole(parsed)


class Translation:
    """Translates for one vocabulary. Safe for many threads.

    Methods return None for what holds no term, such as a lone comma.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._remembered = lru_cache(_TEXTS_REMEMBERED)(self._text_of)
        self._remembered_words = lru_cache(_TEXTS_REMEMBERED)(self._words_of)

    def whole(self, parsed: model.Query) -> Any:
        """Return ``parsed`` as `translate` does."""
        found = self.query(parsed)
        return query.NullQuery if found is None else found

    def query(self, parsed: model.Query) -> Any:  # noqa: C901, PLR0912 -- a case a type of query
        """Return ``parsed`` in Whoosh's types."""
        match parsed:
            case model.Word(text, part) | model.Phrase(text, part):
                if len(text) > _REMEMBERED_CHARS:
                    return self._text_of(parsed, dictionary_in_force())
                return self._remembered(parsed, dictionary_in_force())
            case model.Some(texts, part):
                return self._some([asked(text) for text in texts], part)
            case model.Near(texts, slop, part):
                return self._text(map(query_phrase, texts), part, slop)
            case model.Prefix(text, part):
                return self._text([query_prefix(text)], part)
            case model.Wildcard(text, part):
                return self._text([query_wildcard(text)], part)
            case model.Fuzzy(text, edits, part):
                return self._text([query_fuzzy(text, edits)], part)
            case model.And(parts):
                return self._and(parts)
            case model.Or(parts):
                found = [each for each in map(self.query, parts) if each is not None]
                return _any_of(found) if found else None
            case model.Not():
                return self._and((parsed,))
            case model.Also(main, more):
                added = self.query(more)
                found = self.whole(main)
                return found if added is None else AndMaybe(found, added)
            case model.Prefer(every, some):
                first = query.ConstantScoreQuery(self.whole(every), PREFERRED)
                return AndMaybe(self.whole(some), first)
            case _:
                return self._narrowing(parsed)

    def _text_of(self, typed: model.Word | model.Phrase, _dictionary: UserDictionary) -> Any:
        """Return what finds a text as the dictionary has it cut; all searches ask for the same."""
        if isinstance(typed, model.Word):
            return self._word(asked(typed.text), typed.part)
        return self._text([query_phrase(typed.text)], typed.part)

    def _text(self, asked: Iterable[QueryTerms | None], part: Part | None, slop: int = 0) -> Any:
        """Return what finds the texts one after another, at most ``slop`` positions between."""
        several = [terms for terms in asked if terms is not None]
        if not several:
            return None
        parts = self.parts_of(part)
        grams = _any_of([self._near(several, each, slop) for each in parts])
        words = [
            query.Term(field, word, boost=BOOSTS[each] * weight)
            for each in parts
            for (field, word), weight in _words(several, each).items()
        ]
        return AndMaybe(grams, _any_of(words)) if words else grams

    def parts_of(self, part: Part | None) -> tuple[Part, ...]:
        """Return the parts that are looked through; without those that no article has."""
        if part is None:
            return self._parts
        return (part,) if part in self._parts else ()

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        has_terms = self._vocabulary.has_terms
        return tuple(each for each in PARTS if has_terms(grams_field(each)))

    def words_of(self, text: str) -> tuple[tuple[QueryTerms, Mapping[Part, Run]], ...]:
        """Return the words of a text, each with what finds it in the parts looked through."""
        if len(text) > _REMEMBERED_CHARS:
            return self._words_of(text, dictionary_in_force())
        return self._remembered_words(text, dictionary_in_force())

    def _words_of(
        self, text: str, _dictionary: UserDictionary
    ) -> tuple[tuple[QueryTerms, Mapping[Part, Run]], ...]:
        words = asked(text).words
        return tuple((word, {part: self.run(word, part) for part in self._parts}) for word in words)

    def _word(self, text: Asked, part: Part | None) -> Any:
        made = {terms: self._text([terms], part) for terms in dict.fromkeys(text.words)}
        found = _all_of([made[terms] for terms in text.words])
        more = self._terms(_scored_links(text), grams_field, part) + self._names(text, part)
        return AndMaybe(found, _any_of(more)) if more else found

    def _names(self, text: Asked, part: Part | None) -> list[Any]:
        """Return what scores where the index has several words of ``text`` as one: its names."""
        return [
            query.Term(words_field(each), name.word, boost=BOOSTS[each] * name.weight)
            for name in compounds(text)
            for each in self.parts_of(part)
            if self._vocabulary.has_word(each, name.word)
        ]

    def _some(self, texts: Sequence[Asked], part: Part | None) -> Any:
        words = [terms for text in texts for terms in text.words]
        grams = [gram for terms in words for gram in _scored_grams(terms)]
        links = [link for text in texts for link in _scored_links(text)]
        matching = self._terms([*grams, *links], grams_field, part)
        if not matching:  # single characters alone
            found = [self._text([terms], part) for terms in words]
            return _any_of(found) if found else None
        scoring = [_Scored(word, terms.weight) for terms in words for word in terms.words]
        more = self._terms(scoring, words_field, part)
        more += [name for text in texts for name in self._names(text, part)]
        return AndMaybe(_any_of(matching), _any_of(more)) if more else _any_of(matching)

    def _terms(
        self, scored: Iterable[_Scored], field_of: Callable[[Part], str], part: Part | None
    ) -> list[Any]:
        """Return the terms in each part; of one that is asked for twice the first."""
        unlike = dict(reversed([*scored]))
        return [
            query.Term(field_of(each), term, boost=BOOSTS[each] * weight)
            for each in self.parts_of(part)
            for term, weight in unlike.items()
        ]

    def _near(self, several: Sequence[QueryTerms], part: Part, slop: int) -> Any:
        runs = tuple(self.run(terms, part) for terms in several)
        if len(runs) > 1:
            return Near(runs, slop)
        [run] = runs
        first = run.places[0]
        if len(run.places) == 1 and isinstance(first, Place) and first.is_exact:
            return query.Term(run.fieldname, first.term, boost=run.boost * first.weight)
        return run

    def run(self, terms: QueryTerms, part: Part) -> Run:
        """Return what finds the terms in one piece."""
        field = grams_field(part)
        places = tuple(self._place(field, slot, terms.weight) for slot in terms.slots)
        # A word of Han characters that the analyzer cut from a text stands there in one piece.
        is_word = [piece.kind for piece in terms.pieces] == ["run"] and terms.text in terms.words
        sign = (words_field(part), terms.text.encode()) if is_word else None
        return Run(field, places, BOOSTS[part], terms.length, sign)

    def _place(self, field: str, slot: Slot, weight: float) -> Place | AnyOf:
        if slot.wild or slot.edits:
            return AnyOf(slot.offset, self._vocabulary.terms_like(field, slot))
        if slot.joined:
            grams = slot.term, slot.term + slot.joined
            return AnyOf(slot.offset, tuple(gram.encode() for gram in grams))
        return Place(slot.offset, slot.term.encode(), slot.prefix, weight * _share(slot))

    def _and(self, parts: tuple[model.Query, ...]) -> Any:
        negated = [self.query(part.part) for part in parts if isinstance(part, model.Not)]
        positive = [part for part in parts if not isinstance(part, model.Not)]
        scoring = [self.query(part) for part in positive if has_words(part)]
        narrowing = [self.query(part) for part in positive if not has_words(part)]
        words = _all_of(scoring)
        limits = _all_of(narrowing)
        if words is None and (limits is None or scoring):
            if scoring:  # words were asked for, and none of them holds a term
                return limits
            limits = query.Every()
        found = limits if words is None else words
        if words is not None and limits is not None:
            found = query.Require(words, limits)
        refused = [each for each in negated if each is not None]
        return AndNot(found, _any_of(refused)) if refused else found

    def _narrowing(self, parsed: model.Query) -> Any:
        match parsed:
            case model.Named(name, values):
                return self._named(name, values)
            case model.Before(day):
                return _days(None, day, -1)
            case model.After(day):
                return _days(day, None, 1)
            case model.Everything():
                return query.Every()
            case _:
                raise TypeError(f"no translation for {type(parsed).__name__}")

    def _named(self, name: model.Name, values: tuple[str, ...]) -> Any:
        wanted = [normalise(value) for value in values]
        known = [(term, _names(term, len(wanted))) for term in self._vocabulary.values_of(name)]
        equal = [term for term, names in known if names == wanted]
        holding = equal or [term for term, names in known if _hold(names, wanted)]
        return _any_of([query.Term(name, term) for term in holding])


class _Scored(NamedTuple):
    """A term that scores, and what its score counts in a body."""

    term: str
    weight: float


def _share(slot: Slot) -> float:
    return GRAM_SHARE + slot.is_word


def _scored_grams(terms: QueryTerms) -> Iterator[_Scored]:
    """Yield the grams of a word but for single characters of runs, which are too many to tell."""
    alone = {piece.text for piece in terms.pieces if piece.kind == "run" and len(piece.text) == 1}
    for slot in terms.slots:
        if slot.term not in alone:
            yield _Scored(slot.term, terms.weight * _share(slot))


def _scored_links(text: Asked) -> Iterator[_Scored]:
    return (_Scored(link.term, link.weight * GRAM_SHARE) for link in text.links)


def _words(several: Sequence[QueryTerms], part: Part) -> dict[tuple[str, str], float]:
    """Return the fields and terms of words that score besides the grams, and their weights."""
    found: dict[tuple[str, str], float] = {}
    for terms in several:
        for word in terms.words:
            found.setdefault((words_field(part), word), terms.weight)
        # Of a near spelling any may match; the word as typed scores.
        for slot in terms.slots:
            if slot.edits:
                found.setdefault((grams_field(part), slot.term), terms.weight)
    return found


def _names(term: str, count: int) -> list[str]:
    """Return the last ``count`` names of a category's term (or the one name of another value)."""
    return [normalise(name) for name in term.split(LEVEL)[-count:]]


def _hold(names: list[str], wanted: list[str]) -> bool:
    return len(names) == len(wanted) and all(w in n for w, n in zip(wanted, names, strict=True))


def _days(after: date | None, before: date | None, step: int) -> Any:
    """Return the days after ``after``, or before ``before``; ``step`` leads off the edge."""
    edge = after or before
    try:
        inner = (edge + timedelta(days=step)).isoformat() if edge else None
    except OverflowError:  # before the first day of the calendar, or after its last
        return query.NullQuery
    days = query.TermRange("day", inner if after else None, inner if before else None)
    return query.ConstantScoreQuery(days)


def _all_of(queries: Iterable[Any]) -> Any:
    found = [each for each in queries if each is not None]
    if not found:
        return None
    return found[0] if len(found) == 1 else query.And(found)


def _any_of(queries: Iterable[Any]) -> Any:
    found = list(queries)
    if not found:
        return query.NullQuery
    return found[0] if len(found) == 1 else query.Or(found)
