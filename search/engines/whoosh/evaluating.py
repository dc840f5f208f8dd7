"""Whoosh's query trees answered over whole arrays: no Python loop over postings or documents.

Two walks over the tree. `SegmentEvaluator.match` gives the documents that match, as a set;
`SegmentEvaluator.score` gives what given documents score. Scores are worked out only for documents
that match, and equal those of Whoosh's searcher with the same weighting.

Of Whoosh's own types it takes ``Term``, ``Phrase``, ``Prefix``, ``Wildcard``, ``FuzzyTerm``,
``TermRange``, ``Every``, ``And``, ``Or``, ``Not``, ``DisjunctionMax``, ``Require``, ``AndMaybe``,
``AndNot``, ``ConstantScoreQuery`` and ``NullQuery``: what Whoosh's parser makes can be asked, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import chain
from typing import Any

import numpy as np
from whoosh import query

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.caching import remembered_sets
from search.engines.whoosh.docsets import DocSet, union
from search.engines.whoosh.expanding import terms_of
from search.engines.whoosh.field import Field
from search.engines.whoosh.positions import Unit, docs_with
from search.engines.whoosh.queries import Near, Place, Run
from search.engines.whoosh.scoring import Collection, TermScorer, Weighed
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.taking_apart import (
    boost_of,
    distinct,
    scoring_of,
    sure_parts_of,
    weighed,
)
from search.engines.whoosh.terms import to_bytes

_MANY_TERMS = query.Prefix | query.Wildcard | query.FuzzyTerm | query.TermRange
_PRELOADED_UP_TO = 5_000  # documents in a segment; see `SegmentEvaluator._many_terms_scores`


class SegmentEvaluator:
    """Answers one query on one segment, remembering what its leaves matched; one a query."""

    def __init__(self, segment: SegmentArrays, collection: Collection) -> None:
        self.segment = segment
        """What it answers on."""
        self.terms = TermScorer(segment, collection)
        """What scores single terms."""
        # By the id of a part of the tree, which lives as long as its answer is worked on: among
        # which documents it was looked for (None for all), and where it was found.
        self._standing: dict[int, tuple[DocSet | None, DocSet]] = {}
        self._meant: dict[int, Sequence[int]] = {}

    def match(self, tree: Any, wanted: DocSet | None = None) -> DocSet:  # noqa: C901 -- as below
        """Return the documents that match, those deleted included.

        Args:
            tree: see the module.
            wanted: the only documents that matter: whether others are returned that match is left
                open. None for all.

        Raises:
            TypeError: a type of query is not among those that are answered here.
        """
        match tree:
            case query.Term():
                field = self.field(tree.fieldname)
                number = field.find(to_bytes(tree.text))
                return field.set_of(number) if number >= 0 else self._none()
            case Run() | Near() | query.Phrase():
                return self._standing_docs(tree, wanted)
            case query.Or(scale=None) | query.DisjunctionMax():
                each = (self.match(sub, wanted) for sub in distinct(tree.subqueries))
                return union(each, self.doc_count)
            case query.And():
                return self._match_all(tree.subqueries, wanted)
            case query.Not():
                every = self._all() if wanted is None else wanted
                return every - self.match(tree.query, every)
            case query.Require():
                return self._match_all([tree.a, tree.b], wanted)
            case query.AndMaybe():
                return self.match(tree.a, wanted)
            case query.AndNot():
                found = self.match(tree.a, wanted)
                return found - self.match(tree.b, found)
            case query.ConstantScoreQuery():
                return self.match(tree.child, wanted)
            case query.Every():
                return self._every(tree.fieldname)
        if isinstance(tree, _MANY_TERMS):
            return self._every(tree.fieldname) if _is_every(tree) else self._many_terms(tree)
        if tree == query.NullQuery:
            return self._none()
        raise TypeError(f"no evaluation for {type(tree).__name__}")

    def score(self, tree: Any, docs: Array) -> Array:
        """Return the score of each of ``docs``, ascending, all of which the tree matches.

        All terms are scored together, whatever they are parts of.
        """
        terms: list[Weighed] = []
        runs: list[tuple[list[Weighed], Array]] = []
        rests, scores = np.zeros(len(docs)), np.zeros(len(docs))
        for part, boost, is_sure in sure_parts_of(tree):
            if isinstance(part, query.Term):
                terms.append(weighed(part, boost))
                continue
            at = None if is_sure else self.holds(part, docs).nonzero()[0]
            if isinstance(part, Run):
                of_run, rest = scoring_of(part, boost)
                if at is None:
                    terms += of_run
                    rests += rest
                elif len(at):
                    runs.append((of_run, at))
                    rests[at] += rest
            elif at is None:
                scores += self._alone(part, docs) * boost
            elif len(at):
                scores[at] += self._alone(part, docs.take(at)) * boost
        return self.terms.scores(terms, docs, runs) + rests + scores

    def _alone(self, tree: Any, docs: Array) -> Array:
        """Return what a part scores that is not taken apart, of documents which it matches."""
        match tree:
            case Near():
                each = [scoring_of(run) for run in tree.runs]
                terms = chain.from_iterable(of_run for of_run, _ in each)
                return self.terms.scores(terms, docs) + np.float64(sum(rest for _, rest in each))
            case query.Phrase():
                boost = float(tree.boost)
                words = [Weighed(tree.fieldname, to_bytes(word), boost) for word in tree.words]
                return self.terms.scores(words, docs)
            case query.DisjunctionMax():
                found = [self.score_where(sub, docs) for sub in tree.subqueries]
                return reduce(np.maximum, found, np.zeros(len(docs))) * boost_of(tree)
            case query.ConstantScoreQuery():
                return np.full(len(docs), float(tree.score))
            case query.Every():
                return np.full(len(docs), float(tree.boost))
            case query.And() | query.Require() | query.AndMaybe() | query.AndNot():
                return self.score(tree, docs)  # of those it matches, it can be taken apart
        if isinstance(tree, _MANY_TERMS):
            return self._many_terms_scores(tree, docs)
        return np.ones(len(docs))  # what a query that only refuses lets through

    def score_where(self, tree: Any, docs: Array) -> Array:
        """Return the score of each of ``docs``, ascending; 0.0 where the tree does not match."""
        at = self.holds(tree, docs).nonzero()[0]
        scores = np.zeros(len(docs))
        scores[at] = self.score(tree, docs.take(at))
        return scores

    def _match_all(self, trees: Sequence[Any], wanted: DocSet | None) -> DocSet:
        """Return what all of ``trees`` match: each is looked for where those before it matched."""
        if not trees:
            return self._none()
        first, *others = sorted(distinct(trees), key=self.most)
        found = self.match(first, wanted)
        for each in others:
            if found.is_dense:
                found &= self.match(each, found)
            else:
                found = DocSet(found.below, found.docs.compress(self.holds(each, found.docs)))
        return found

    def holds(self, tree: Any, docs: Array) -> Array:
        """Return for each of ``docs``, ascending, whether the tree matches it."""
        match tree:
            case query.Term():
                return self._holds_term(tree.fieldname, to_bytes(tree.text), docs)
            case query.Or(scale=None):
                found: Array = np.zeros(len(docs), bool)
                for each in distinct(tree.subqueries):
                    found |= self.holds(each, docs)
                return found
            case query.AndMaybe():
                return self.holds(tree.a, docs)
            case Run(places=[Place() as place]):
                if place.prefix:
                    return self.field(tree.fieldname).holds_beginning(place.term, docs)
                return self._holds_term(tree.fieldname, place.term, docs)
        return self.match(tree, DocSet(self.doc_count, docs)).holds(docs)

    def _holds_term(self, name: str, term: bytes, docs: Array) -> Array:
        field = self.field(name)
        number = field.find(term)
        return field.holds(number, docs) if number >= 0 else np.zeros(len(docs), bool)

    def most(self, tree: Any) -> int:
        """Return about how many documents match, at most; nothing is read for it but counts."""
        every = self.segment.doc_count
        match tree:
            case query.Term():
                field = self.field(tree.fieldname)
                number = field.find(to_bytes(tree.text))
                return field.doc_frequency(number) if number >= 0 else 0
            case Run():
                exact = [each for each in tree.places if isinstance(each, Place) and each.is_exact]
                terms = [query.Term(tree.fieldname, each.term) for each in exact]
                return min(map(self.most, terms), default=every)
            case query.Or():
                return min(every, sum(map(self.most, tree.subqueries)))
            case query.AndMaybe() | query.Require() | query.AndNot():
                return self.most(tree.a)
        return 0 if tree == query.NullQuery else every

    def field(self, name: str) -> Field:
        """Return a field of the segment."""
        return self.segment.field(name)

    @property
    def doc_count(self) -> int:
        """The documents of the segment, deleted ones included."""
        return self.segment.doc_count

    def _none(self) -> DocSet:
        return DocSet(self.doc_count)

    def _all(self) -> DocSet:
        return DocSet.all(self.doc_count)

    def _every(self, name: str | None) -> DocSet:
        """Return the documents with a term in the field; all of them for None."""
        if name is None:
            return self._all()
        field = self.field(name)
        if field.lengths is not None:
            return DocSet.of_mask(field.lengths > 0)
        return DocSet.of_any(field.postings(0, len(field.terms)).docs, self.doc_count)

    def _numbers(self, tree: Any) -> Sequence[int]:
        """Return the numbers of the terms that a query on many terms stands for."""
        if id(tree) not in self._meant:
            self._meant[id(tree)] = terms_of(self.field(tree.fieldname), tree)
        return self._meant[id(tree)]

    def _many_terms(self, tree: Any) -> DocSet:
        field, numbers = self.field(tree.fieldname), self._numbers(tree)
        if isinstance(numbers, range):
            docs = field.postings(numbers.start, numbers.stop).docs
            return DocSet.of_any(docs, self.doc_count)
        return union(map(field.set_of, numbers), self.doc_count)

    def _many_terms_scores(self, tree: Any, docs: Array) -> Array:
        """Return what Whoosh's searcher gives, for tests to hold the two equal.

        Whoosh means a constant, but scores: one term as if it stood alone, without the boost; two
        of them, or fewer than 1,024 in a large segment, as their sum. (For its ``Or`` asks the
        searcher for terms without a weighting, and gets them with the searcher's own.) Only when
        it reads everything beforehand is a match worth 1.0, whatever the boost.
        """
        if _is_every(tree):
            return np.full(len(docs), float(tree.boost))
        terms = self.field(tree.fieldname).terms
        numbers = self._numbers(tree)
        is_preloaded = len(numbers) > 2 and (
            len(numbers) >= query.Or.TOO_MANY_CLAUSES or self.segment.doc_count <= _PRELOADED_UP_TO
        )
        if is_preloaded and tree.constantscore:
            return np.ones(len(docs))
        boost = 1.0 if len(numbers) == 1 else float(tree.boost)
        each = (Weighed(tree.fieldname, terms[number], boost) for number in numbers)
        return self.terms.scores(each, docs)

    def _standing_docs(self, tree: Run | Near | query.Phrase, wanted: DocSet | None) -> DocSet:
        if id(tree) in self._standing:
            asked, found = self._standing[id(tree)]
            if asked is None or (wanted is not None and wanted.is_within(asked)):
                return found
        field = self.field(tree.fieldname)
        # To look for words near each other takes long, and filters change nothing.
        if isinstance(tree, Near) and wanted is None:
            key = field.serial, tree
            packed = remembered_sets.get(key, lambda: self._found_standing(tree, None).packed())
            found = DocSet.of_packed(packed, self.doc_count)
        else:
            found = self._found_standing(tree, wanted)
        self._standing[id(tree)] = wanted, found
        return found

    def _found_standing(self, tree: Run | Near | query.Phrase, wanted: DocSet | None) -> DocSet:
        field = self.field(tree.fieldname)
        units, slop = _units(tree, field)
        return docs_with(field, units, slop, wanted, self._known(tree)) if units else self._none()

    def _known(self, tree: Run | Near | query.Phrase) -> DocSet | None:
        """Return documents in which a run is known to stand by its sign; None for none."""
        if not isinstance(tree, Run) or tree.sign is None:
            return None
        name, term = tree.sign
        return self.match(query.Term(name, term))


def _units(tree: Run | Near | query.Phrase, field: Field) -> tuple[list[Unit], int]:
    """Return what must stand one after another, and the most positions between.

    Raises:
        QueryError: of Whoosh, as its own searcher does: the field has no positions.
    """
    if not field.has_positions:
        raise query.qcore.QueryError(f"field {tree.fieldname!r} has no positions")
    if isinstance(tree, Run):
        return [Unit(tree.places, tree.length)], 0
    if isinstance(tree, Near):
        return [Unit(run.places, run.length) for run in tree.runs], tree.slop
    # Whoosh's slop counts the step to the next word, too: 1 is side by side.
    return [Unit([Place(0, to_bytes(word), False)], 1) for word in tree.words], tree.slop - 1


def _is_every(tree: Any) -> bool:
    """Return whether a query on many terms stands for all terms of its field."""
    return (isinstance(tree, query.Prefix) and not tree.text) or (
        isinstance(tree, query.Wildcard) and tree.text == "*"
    )
