"""The best matches without the scores of all: exact, whatever is left out.

Of every document something is found out that it scores no more than: for a term that many hold, a
byte each, remembered, which says how much of the most that the term is worth (Whoosh's and Lucene's
blocks of postings say that of a block; of F. Chang's idea of 1995, "impacts"). A few that may score
much are scored; what cannot come up to the best of these is left out, and the rest is scored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import query

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.evaluating import SegmentEvaluator, boost_of

_WORTH_IT = 10_000
"""Documents; to score fewer takes less than to choose among them."""

_SPARSE = 32
"""The same, as a share of all documents: of each of these a bound is found."""

_STRETCHES = 1_000
"""Of documents, from each of which one is scored, or four times as many as are wanted."""

_NEVER = np.float32(-1)  # less than any bound
_ROUNDING = 1e-5  # of a sum of bounds, which are floats of 32 bits


def best(evaluator: SegmentEvaluator, tree: Any, docs: DocSet, wanted: int) -> tuple[Array, Array]:
    """Return some of ``docs``, ascending, and their scores: the ``wanted`` best and all ties.

    Args:
        evaluator: of the segment.
        tree: a query that matches all of ``docs``.
        docs: of the segment.
        wanted: how many; of as few documents as match, all.
    """
    if not wanted:  # only counts were asked for
        return docs.docs[:0], np.zeros(0)
    chosen = docs.docs
    if len(docs) > max(_WORTH_IT, 4 * wanted, docs.below // _SPARSE):
        chosen = _promising(evaluator, tree, docs, wanted)
    return chosen, evaluator.score(tree, chosen)


def _promising(evaluator: SegmentEvaluator, tree: Any, docs: DocSet, wanted: int) -> Array:
    """Return those of ``docs``, ascending, that may be among the ``wanted`` best."""
    width = max(1, docs.below // max(_STRETCHES, 4 * wanted))
    bounds = np.zeros(-(-docs.below // width) * width, np.float32)
    if not _bound(evaluator, tree, docs, bounds[: docs.below]):
        return docs.docs
    bounds[docs.below :] = _NEVER
    bounds[: docs.below][~docs.mask] = _NEVER
    stretches = bounds.reshape(-1, width)
    some = np.arange(len(stretches)) * width + stretches.argmax(axis=1)
    some = some.compress(bounds.take(some) >= 0)
    if len(some) < wanted:
        return docs.docs
    scores = evaluator.score(tree, some)
    least = float(np.partition(scores, -wanted)[-wanted])
    promising: Array = (bounds >= least * (1 - _ROUNDING)).nonzero()[0]
    return promising


def _bound(evaluator: SegmentEvaluator, tree: Any, docs: DocSet, bounds: Array) -> bool:
    """Add to ``bounds`` what no document of ``docs`` scores more than; return whether it could."""
    parts = list(_parts(tree, 1.0))
    if any(boost < 0 or evaluator.bound(part) is None for part, boost in parts):
        return False
    for part, boost in parts:
        evaluator.add_bounds(part, boost, docs, bounds)
    return True


def _parts(tree: Any, boost: float, *, is_sure: bool = True) -> Iterator[tuple[Any, float]]:
    """Yield parts of ``tree`` whose scores, each times its boost, sum to the tree's.

    Each scores where it matches, and nothing elsewhere. What all documents match (``is_sure``)
    scores as its parts do; else a conjunction scores only where it matches as a whole.
    """
    match tree:
        case query.Or():
            for each in tree.subqueries:
                yield from _parts(each, boost * boost_of(tree), is_sure=False)
        case query.And() if is_sure:
            for each in tree.subqueries:
                yield from _parts(each, boost * boost_of(tree))
        case query.AndMaybe() if is_sure:
            yield from _parts(tree.a, boost)
            yield from _parts(tree.b, boost, is_sure=False)
        case query.Require() | query.AndNot() if is_sure:
            yield from _parts(tree.a, boost)
        case _:
            yield tree, boost
