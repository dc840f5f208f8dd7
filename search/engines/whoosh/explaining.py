"""Why an article ranks where it does: the parts of its score, each with what is known of it.

No score is worked out in another way than in a search: `taking_apart.parts_of` gives the parts of
the tree, `TermScorer` scores single terms, `closeness.Order` what their order adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from whoosh import query

from search.analysis import Asked, asked, pieces, query_phrase
from search.analysis.piecing import PAIR
from search.engines.base import EngineExplanation, EngineRequest
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.closeness import CLOSEST, EXACT_TITLE, Order
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.queries import Near, Place, Run
from search.engines.whoosh.ranking import Ranked, rank
from search.engines.whoosh.schema import grams_field, words_field
from search.engines.whoosh.scoring import Weighed
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.taking_apart import parts_of, scoring_of, weighed
from search.engines.whoosh.translating import PREFERRED, has_words, translate
from search.query import leaves, model
from search.query.request import BY_WORDS
from search.results import Contribution, ContributionKind

_PART_OF = {name(part): part for part in model.PARTS for name in (grams_field, words_field)}


def matching(
    snapshot: Snapshot, queries: Sequence[model.Query], article_id: str
) -> tuple[bool, ...] | None:
    """Return of each query whether it matches the article; None where there is none."""
    found = snapshot.find(article_id)
    if found is None:
        return None
    number, doc = found
    # All trees live as long as the evaluator, which knows them by their place in memory.
    trees = [translate(each, snapshot) for each in queries]
    evaluator = SegmentEvaluator(snapshot.segments[number].arrays, snapshot)
    return tuple(bool(evaluator.holds(tree, np.array([doc]))[0]) for tree in trees)


def explain(
    snapshot: Snapshot, request: EngineRequest, article_id: str
) -> EngineExplanation | None:
    """Return why the article ranks where it does; None where there is none.

    All that matches is scored, and nothing of it read.
    """
    found = snapshot.find(article_id)
    if found is None:
        return None
    number, doc = found
    ranked = snapshot.searcher.ranked(
        replace(request, offset=0, limit=snapshot.article_count, facets=())
    )
    matches = ranked.matches
    places = np.flatnonzero((matches.segments == number) & (matches.docs == doc)).tolist()
    if not places:
        return EngineExplanation(rank=None, total=ranked.found.total)
    at = rank(matches, ranked.sort, places[0], ranked.id_of)
    if not has_words(request.query):
        return EngineExplanation(rank=at, total=ranked.found.total)
    walk = _Walk(snapshot, request.query, ranked.evaluators[number], np.array([doc]))
    return EngineExplanation(
        rank=at,
        total=ranked.found.total,
        contributions=(*walk.tree(ranked.tree), *_of_order(walk, ranked, at)),
        is_preferred=walk.is_preferred,
        freshness=_freshness(ranked, number, doc),
    )


def _of_order(walk: _Walk, ranked: Ranked, at: int) -> Iterator[Contribution]:
    """Yield what the order of the words adds to the score of the article at that rank."""
    if ranked.sort not in BY_WORDS:
        return
    yield from walk.title(ranked.order)
    if at <= CLOSEST:  # closeness moves articles among these, none out of them
        yield from walk.closeness(ranked.order)


def _freshness(ranked: Ranked, number: int, doc: int) -> float:
    if ranked.freshness is None:
        return 1.0
    return float(ranked.freshness.factors(ranked.evaluators[number].segment)[doc])


class _Walk:
    """What adds to the score of one document, in one answer.

    Attributes:
        is_preferred: whether a `Prefer` ranks it first; known when `tree` is done.
    """

    def __init__(
        self, snapshot: Snapshot, parsed: model.Query, evaluator: SegmentEvaluator, doc: Array
    ) -> None:
        self.is_preferred = False
        self._snapshot = snapshot
        self._evaluator = evaluator
        self._doc = doc
        self._kinds = _Kinds.of(parsed)

    def tree(self, tree: Any) -> Iterator[Contribution]:
        """Yield what the terms of a query add, which matches; each term once in each field."""
        terms: dict[tuple[str, bytes], float] = {}
        for part, boost in self._parts(tree, 1.0):
            here, rest = self._scoring(part, boost)
            for name, term, weight in here:
                terms[name, term] = terms.get((name, term), 0.0) + weight
            if rest is not None:
                yield rest
        for (name, term), weight in terms.items():
            yield self._term(Weighed(name, term, weight))

    def _parts(self, tree: Any, boost: float) -> Iterator[tuple[Any, float]]:
        """Yield parts that match and are made of no others, and what their scores count."""
        for part, times in parts_of(tree, boost):
            if part is tree:
                yield part, times
            elif self._evaluator.holds(part, self._doc).all():
                yield from self._parts(part, times)

    def _scoring(self, part: Any, boost: float) -> tuple[list[Weighed], Contribution | None]:
        """Return the terms of a part that score, and what it scores besides; None for nothing."""
        match part:
            case query.Term():
                return [weighed(part, boost)], None
            case Run() | Near():
                runs = part.runs if isinstance(part, Near) else (part,)
                each = [scoring_of(run, boost) for run in runs]
                terms = [term for of_run, _ in each for term in of_run]
                return terms, _pattern(runs, sum(rest for _, rest in each))
            case query.ConstantScoreQuery() if part.score == PREFERRED and not self.is_preferred:
                self.is_preferred = True
                return [], None
        score = float(self._evaluator.score(part, self._doc)[0]) * boost
        return [], Contribution("constant", score) if score else None

    def _term(self, term: Weighed) -> Contribution:
        field = self._evaluator.field(term.field)
        text = term.term.decode(errors="surrogatepass")
        score = float(self._evaluator.terms.scores([term], self._doc)[0])
        if field.lengths is None:
            return Contribution("value", score, texts=(text,), weight=term.weight)
        _, frequencies = field.term(field.find(term.term)).meet(self._doc)
        part = _PART_OF[term.field]
        return Contribution(
            "word" if term.field == words_field(part) else self._kinds.kind(text),
            score,
            part,
            (text,),
            int(frequencies[0]),
            self._snapshot.doc_frequency(term.field, term.term),
            term.weight,
        )

    def title(self, order: Order) -> Iterator[Contribution]:
        """Yield what a whole title adds that is what was asked for; nothing where it is not."""
        titled = order.titled(self._evaluator, DocSet(self._evaluator.doc_count, self._doc))
        if len(titled):
            yield Contribution("title", EXACT_TITLE, "title")

    def closeness(self, order: Order) -> Iterator[Contribution]:
        """Yield what words near each other add."""
        for pair in order.pairs(self._evaluator, self._doc):
            if pair.scores[0]:
                part = _PART_OF[pair.fieldname]
                yield Contribution("closeness", float(pair.scores[0]), part, pair.texts)


def _pattern(runs: Sequence[Run], score: float) -> Contribution | None:
    """Return what the places of runs score that stand for many terms; None where there is none."""
    if not score:
        return None
    beginnings = (
        f"{place.term.decode(errors='surrogatepass')}*"
        for run in runs
        for place in run.places
        if isinstance(place, Place) and place.prefix
    )
    return Contribution("pattern", score, _PART_OF[runs[0].fieldname], tuple(beginnings))


class _Kinds(NamedTuple):
    """Which grams of a query are ``words``, and which are but ``links`` between words."""

    words: frozenset[str]
    links: frozenset[str]

    @classmethod
    def of(cls, parsed: model.Query) -> _Kinds:
        texts = [text for leaf in leaves(parsed) for text in _asked(leaf)]
        slots = [slot for text in texts for terms in text.words for slot in terms.slots]
        links = {link.term for text in texts for link in text.links}
        return cls(
            frozenset(slot.term for slot in slots if slot.is_word),
            frozenset(links.difference(slot.term for slot in slots)),
        )

    def kind(self, gram: str) -> ContributionKind:
        if gram in self.words:
            return "word"
        if gram in self.links:
            return "link"
        if any(piece.kind != "run" for piece in pieces(gram)):
            return "word"
        return "pair" if len(gram) == PAIR else "character"


def _asked(leaf: model.Leaf) -> Iterator[Asked]:
    """Yield the texts of a leaf; what is looked for in one piece has no links."""
    match leaf:
        case model.Word(text):
            yield asked(text)
        case model.Some(texts):
            yield from map(asked, texts)
        case _:
            texts = leaf.texts if isinstance(leaf, model.Near) else (leaf.text,)
            yield Asked(tuple(filter(None, map(query_phrase, texts))), ())
