"""Our queries written in Whoosh's.

A word becomes ``AndMaybe(Or of its grams in each part, Or of its words in each part)``: grams alone
decide what matches, both score. What only narrows stands on the far side of a ``Require``, where it
does not score. The tree is at most as deep as the query that was parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from whoosh import query

from search.analysis import QueryTerms, normalise, query_phrase, query_prefix, query_words
from search.engines.whoosh.queries import AndMaybe, AndNot, Place, Run
from search.engines.whoosh.schema import LEVEL, grams_field, words_field
from search.query import model
from search.query.model import PARTS, Part

# A title says in ten words what a body says in a thousand; a pair of characters says a little less
# than a word of the same length. Figures: docs/decisions.md, "Weights".
BOOSTS: dict[Part, float] = {"title": 5.0, "tags": 2.0, "body": 1.0}
GRAM_SHARE = 0.6

PREFERRED = 1_000_000.0
"""What `Prefer` adds to the score of its first choice: above the sum of any other scores."""

ValuesOf = Callable[[str], Iterable[str]]
"""Gives every term of a value field."""

_SCORING = (model.Word, model.Phrase, model.Prefix)


def has_words(parsed: model.Query) -> bool:
    """Return whether anything in the query scores."""
    match parsed:
        case model.And(parts) | model.Or(parts):
            return any(map(has_words, parts))
        case model.Prefer(_, some):
            return has_words(some)
        case _:
            return isinstance(parsed, _SCORING)


def translate(parsed: model.Query, values_of: ValuesOf) -> Any:
    """Return ``parsed`` as a query of Whoosh's; ``NullQuery`` where nothing can match."""
    found = _Translation(values_of).query(parsed)
    return query.NullQuery if found is None else found


class _Translation:
    """One translation; methods return None for what holds no term, such as a lone comma."""

    def __init__(self, values_of: ValuesOf) -> None:
        self._values_of = values_of

    def query(self, parsed: model.Query) -> Any:
        match parsed:
            case model.Word(text, part):
                return _all_of([_word(terms, part) for terms in query_words(text)])
            case model.Phrase(text, part):
                return _phrase(query_phrase(text), part)
            case model.Prefix(text, part):
                return _phrase(query_prefix(text), part)
            case model.And(parts):
                return self._and(parts)
            case model.Or(parts):
                found = [each for each in map(self.query, parts) if each is not None]
                return _any_of(found) if found else None
            case model.Not():
                return self._and((parsed,))
            case model.Prefer(every, some):
                first = query.ConstantScoreQuery(self._certain(every), PREFERRED)
                return AndMaybe(self._certain(some), first)
            case _:
                return self._narrowing(parsed)

    def _certain(self, parsed: model.Query) -> Any:
        found = self.query(parsed)
        return query.NullQuery if found is None else found

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
        known = [(term, _names(term, len(wanted))) for term in self._values_of(name)]
        equal = [term for term, names in known if names == wanted]
        holding = equal or [term for term, names in known if _hold(names, wanted)]
        return _any_of([query.Term(name, term) for term in holding])


def _names(term: str, count: int) -> list[str]:
    """Return the last ``count`` names of a category's term (or the one name of another value)."""
    return [normalise(name) for name in term.split(LEVEL)[-count:]]


def _hold(names: list[str], wanted: list[str]) -> bool:
    return len(names) == len(wanted) and all(w in n for w, n in zip(wanted, names, strict=True))


def _word(terms: QueryTerms, part: Part | None) -> Any:
    parts = PARTS if part is None else (part,)
    words = [
        query.Term(words_field(each), word, boost=BOOSTS[each])
        for each in parts
        for word in terms.words
    ]
    grams = _any_of([_run(terms, each) for each in parts])
    return AndMaybe(grams, _any_of(words)) if words else grams


def _phrase(terms: QueryTerms | None, part: Part | None) -> Any:
    return None if terms is None else _word(terms, part)


def _run(terms: QueryTerms, part: Part) -> Any:
    field, boost = grams_field(part), BOOSTS[part] * GRAM_SHARE
    places = tuple(Place(slot.offset, slot.term.encode(), slot.prefix) for slot in terms.slots)
    if len(places) == 1 and not places[0].prefix:
        return query.Term(field, terms.slots[0].term, boost=boost)
    return Run(field, places, boost)


def _days(after: date | None, before: date | None, step: int) -> Any:
    """Return the days after ``after``, or before ``before``; ``step`` leads off the edge."""
    edge = after or before
    try:
        inner = (edge + timedelta(days=step)).isoformat() if edge else None
    except OverflowError:  # before the first day of the calendar, or after its last
        return query.NullQuery
    return query.TermRange("day", inner if after else None, inner if before else None)


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
