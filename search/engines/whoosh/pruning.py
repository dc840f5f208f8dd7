"""The best matches without the scores of all: exact, whatever is left out.

A word stands in the bodies of many articles and in the titles of few, and there it weighs more. So
the parts of a query that may score most are scored first. What all others together may add has a
bound; a document that cannot come up to the best even so is not looked at again. (MaxScore, of
H. Turtle and J. Flood, "Query evaluation: strategies and optimizations", 1995; over whole arrays.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import query

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import among, union
from search.engines.whoosh.evaluating import SegmentEvaluator, boost_of

_WORTH_IT = 10_000
"""Documents; to score fewer takes less than to choose among them."""

_LEFT = 0.2  # of all that a document may score, what parts may that are not looked at first
_ROUNDING = 1e-9  # of a sum of scores; sums in another order differ by less


def best(evaluator: SegmentEvaluator, tree: Any, docs: Array, wanted: int) -> tuple[Array, Array]:
    """Return some of ``docs`` and their scores, the ``wanted`` best and all ties among them.

    Args:
        evaluator: of the segment.
        tree: a query that matches all of ``docs``.
        docs: ascending.
        wanted: how many; of as few documents as match, all.
    """
    if not wanted:  # only counts were asked for
        return docs[:0], np.zeros(0)
    if len(docs) > max(_WORTH_IT, 4 * wanted):
        docs = _promising(evaluator, tree, docs, wanted)
    return docs, evaluator.score(tree, docs)


def _promising(evaluator: SegmentEvaluator, tree: Any, docs: Array, wanted: int) -> Array:
    """Return those of ``docs``, ascending, that may be among the ``wanted`` best."""
    telling, left = _telling(evaluator, tree)
    if not telling:
        return docs
    matched = union((evaluator.match(part, docs) for part, _ in telling), evaluator.doc_count)
    some = docs.compress(among(docs, matched, evaluator.doc_count))
    if len(some) < wanted:
        return docs
    scores = np.zeros(len(some))
    for part, boost in telling:
        scores += evaluator.score_where(part, some) * boost
    least = float(np.partition(scores, -wanted)[-wanted]) * (1 - _ROUNDING)
    return docs if left >= least else some[scores + left >= least]


def _telling(evaluator: SegmentEvaluator, tree: Any) -> tuple[list[tuple[Any, float]], float]:
    """Return the parts of ``tree`` that may score most, and what all others may score together.

    Each with its boost. None where what some part may score is not known.
    """
    parts = []
    for part, boost in _parts(tree, 1.0):
        bound = evaluator.bound(part)
        if bound is None or boost < 0:
            return [], 0.0
        parts.append((bound * boost, part, boost))
    parts.sort(key=lambda each: -each[0])
    most = left = sum(bound for bound, _, _ in parts)
    telling = []
    for bound, part, boost in parts:
        if left <= most * _LEFT:
            break
        telling.append((part, boost))
        left -= bound
    return telling, left


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
