"""The measures of a ranking: pure functions of names and grades.

A grade above 0 means relevant; what nobody judged has grade 0. A ranking is best first and names
nothing twice. All scores are from 0 to 1. The definitions are those of trec_eval 9 (``recip_rank``
cut at 10, ``ndcg_cut``, ``recall``), so that its users read the same numbers here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import astuple, dataclass

DEPTH = 100
"""Ranks that are looked at: the deepest of any score."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one ranking, or their means over several."""

    mrr_at_10: float
    ndcg_at_10: float
    recall_at_10: float
    recall_at_100: float


def score(ranking: Sequence[str], grades: Mapping[str, float]) -> Scores:
    """Return the scores of a ranking.

    Args:
        ranking: names of documents, best first; () for nothing found.
        grades: of the judged documents, by name; at least one is above 0.

    >>> score(["b", "a"], {"a": 1})
    Scores(mrr_at_10=0.5, ndcg_at_10=0.6309297535714575, recall_at_10=1.0, recall_at_100=1.0)
    """
    relevant = {name for name, grade in grades.items() if grade > 0}
    return Scores(
        mrr_at_10=reciprocal_rank(ranking, relevant, 10),
        ndcg_at_10=ndcg(ranking, grades, 10),
        recall_at_10=recall(ranking, relevant, 10),
        recall_at_100=recall(ranking, relevant, DEPTH),
    )


def mean(scores: Collection[Scores]) -> Scores:
    """Return the means, every ranking weighing the same; there is at least one.

    >>> mean([Scores(1, 1, 1, 1), Scores(0, 0, 0, 1)])
    Scores(mrr_at_10=0.5, ndcg_at_10=0.5, recall_at_10=0.5, recall_at_100=1.0)
    """
    columns = zip(*map(astuple, scores), strict=True)
    return Scores(*(math.fsum(column) / len(scores) for column in columns))


def reciprocal_rank(ranking: Sequence[str], relevant: Set[str], depth: int) -> float:
    """Return 1 over the rank, from 1, of the first relevant of the first ``depth``; 0 for none.

    >>> reciprocal_rank(["a", "b", "c"], {"c", "b"}, 10), reciprocal_rank(["a", "b"], {"b"}, 1)
    (0.5, 0.0)
    """
    ranks = (rank for rank, name in enumerate(ranking[:depth], start=1) if name in relevant)
    first = next(ranks, None)
    return 0.0 if first is None else 1 / first


def recall(ranking: Sequence[str], relevant: Set[str], depth: int) -> float:
    """Return the share of the relevant that stands among the first ``depth``.

    >>> recall(["a", "b", "c"], {"a", "c", "x", "y"}, 10)
    0.5
    """
    return sum(name in relevant for name in ranking[:depth]) / len(relevant)


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Return the normalised discounted cumulative gain of the first ``depth``.

    The sum of grade / log2(rank + 1), ranks from 1, over the greatest sum that any ranking of the
    judged documents reaches (Järvelin and Kekäläinen 2002, with the discount of Burges et al. 2005;
    the grade itself is the gain, as in trec_eval). A grade below 0 gains nothing.

    >>> round(ndcg(["a", "x", "b"], {"a": 1, "b": 3}, 10), 4)
    0.6885
    """
    gains = [max(grades.get(name, 0.0), 0.0) for name in ranking[:depth]]
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth]
    return _discounted(gains) / _discounted(best)


def _discounted(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
