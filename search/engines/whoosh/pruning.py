"""The best matches without the scores of all: exact, whatever is left out.

Of every document something is found out that it scores no more than. A few that may score much are
scored; what cannot come up to the best of these is left out, and the rest is scored. (Block-max
indexes know such bounds of blocks of postings: S. Ding and T. Suel, "Faster top-k document
retrieval using block-max indexes", 2011. Here a document is a block.)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh import query

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.freshness import faded
from search.engines.whoosh.queries import Run
from search.engines.whoosh.scoring import Weighed
from search.engines.whoosh.taking_apart import boost_of, parts_of, scoring_of, weighed

_WORTH_IT = 10_000
"""Documents; to score fewer takes less than to choose among them."""

_SPARSE = 32
"""The same, as a share of all documents: of each of these a bound is found."""

_STRETCHES = 256
"""Of documents, from each of which one is scored, or four times as many as are wanted."""

_LATER = 0.4
"""Terms that together score no more than this share wait until it is known who needs them."""

_FEW = 64
"""Less than one in so many documents are scored as soon as one more term is looked at."""

_OTHERS = np.float32(-1e30)  # the bound of what does not match, whatever is added to it
_ROUNDING = 1e-5  # of a sum of bounds, which are floats of 32 bits


def best(
    evaluator: SegmentEvaluator,
    tree: Any,
    docs: DocSet,
    wanted: int,
    factors: Array | None = None,
) -> tuple[Array, Array]:
    """Return some of ``docs``, ascending, and their scores: the ``wanted`` best and all ties.

    Args:
        evaluator: of the segment.
        tree: a query that matches all of ``docs``.
        docs: of the segment.
        wanted: how many; of as few documents as match, all.
        factors: of every document its freshness, by which the best are meant; None for none. The
            scores that are returned have not faded.
    """
    if not wanted:  # only counts were asked for
        return docs.docs[:0], np.zeros(0)
    chosen = docs.docs
    if is_worth_it(docs, wanted):
        chosen = _promising(evaluator, tree, docs, wanted, factors)
    return chosen, evaluator.score(tree, chosen)


def is_worth_it(docs: DocSet, wanted: int) -> bool:
    """Return whether to choose among ``docs`` takes less than to score them all."""
    return len(docs) > max(_WORTH_IT, 4 * wanted, docs.below // _SPARSE)


def _promising(
    evaluator: SegmentEvaluator, tree: Any, docs: DocSet, wanted: int, factors: Array | None
) -> Array:
    """Return those of ``docs``, ascending, that may be among the ``wanted`` best."""
    width = max(1, docs.below // max(_STRETCHES, 4 * wanted))
    bounds = np.empty(-(-docs.below // width) * width, np.float32)
    of_docs = bounds[: docs.below]
    bounds[docs.below :] = _OTHERS
    np.multiply(~docs.mask, _OTHERS, out=of_docs)
    terms = _bound(evaluator, tree, docs, of_docs)
    if terms is None:
        return docs.docs
    # Terms that may score much are looked at first: often the others need not be.
    most = {term: evaluator.terms.bound(term) for term in terms}
    terms.sort(key=most.__getitem__, reverse=True)
    left = np.cumsum([0.0, *(most[term] for term in reversed(terms))])[::-1]
    done = int((left > _LATER * left[0]).sum())
    evaluator.terms.add_bounds(terms[:done], of_docs)
    least = _least(evaluator, tree, bounds.reshape(-1, width), wanted, factors)
    if least <= 0:
        return docs.docs
    promising = _reach(of_docs, least, left[done], factors)
    while done < len(terms) and np.count_nonzero(promising) * _FEW > docs.below:
        evaluator.terms.add_bounds(terms[done : done + 1], of_docs)
        done += 1
        promising = _reach(of_docs, least, left[done], factors)
    chosen: Array = promising.nonzero()[0]
    return chosen


def _reach(bounds: Array, least: float, left: float, factors: Array | None) -> Array:
    """Return which documents may score ``least``; ``left`` is what may be added to their bounds."""
    if factors is None:
        return bounds >= least - left
    # Rounded up before they fade: what is preferred must not fall below what marks it.
    return faded((bounds + left) * (1 + _ROUNDING), factors) >= least


def _least(
    evaluator: SegmentEvaluator, tree: Any, stretches: Array, wanted: int, factors: Array | None
) -> float:
    """Return what the ``wanted`` best score at least, by scoring the best bound of each stretch.

    0.0 where that is not known.
    """
    some = np.arange(len(stretches)) * stretches.shape[1] + stretches.argmax(axis=1)
    some = some.compress(stretches.take(some) >= 0)
    if len(some) < wanted:
        return 0.0
    scores = evaluator.score(tree, some)
    if factors is not None:
        scores = faded(scores, factors.take(some))
    return float(np.partition(scores, -wanted)[-wanted]) * (1 - _ROUNDING)


def _bound(
    evaluator: SegmentEvaluator, tree: Any, docs: DocSet, bounds: Array
) -> list[Weighed] | None:
    """Add to ``bounds`` what no document of ``docs`` scores more than, but for some terms.

    Returns these terms; None where there are no bounds.
    """
    parts = list(parts_of(tree, 1.0))
    if any(boost < 0 or _most(evaluator, part) is None for part, boost in parts):
        return None
    terms: list[Weighed] = []
    for part, boost in parts:
        if isinstance(part, query.Term):
            terms.append(weighed(part, boost))
            continue
        matched = evaluator.match(part, docs)
        if not matched.is_dense:
            bounds[matched.docs] += boost * evaluator.score(part, matched.docs)
        elif isinstance(part, Run):
            of_run, rest = scoring_of(part, boost)
            terms += of_run
            bounds += np.float32(rest)
        else:
            bounds += matched.mask * np.float32(boost * (_most(evaluator, part) or 0.0))
    return terms


def _most(evaluator: SegmentEvaluator, tree: Any) -> float | None:
    """Return what no document scores more than.

    None where that is not known, or where some may score less than nothing.
    """
    if getattr(tree, "boost", 1.0) < 0:
        return None
    match tree:
        case Run() if not evaluator.most(tree):
            return 0.0
        case query.NullQuery:
            return 0.0
        case query.Term():
            return evaluator.terms.bound(weighed(tree))
        case Run():
            terms, rest = scoring_of(tree)
            return sum(map(evaluator.terms.bound, terms)) + rest
        case query.And() | query.Or():
            return _sum(evaluator, tree.subqueries, boost_of(tree))
        case query.AndMaybe():
            return _sum(evaluator, [tree.a, tree.b], 1.0)
        case query.Require() | query.AndNot():
            return _most(evaluator, tree.a)
        case query.ConstantScoreQuery():
            return float(tree.score) if tree.score >= 0 else None
    return None


def _sum(evaluator: SegmentEvaluator, trees: Iterable[Any], boost: float) -> float | None:
    bounds = [_most(evaluator, each) for each in trees]
    known = [bound for bound in bounds if bound is not None]
    return sum(known) * boost if len(known) == len(bounds) else None
