"""The documents that may come first by words, with their scores: once for all orders by words.

Where all that is found is scored, the best by relevance and the best by freshness are known in one
go, and of few documents all are kept: then by date as well nothing is scored again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.closeness import EXACT_TITLE
from search.engines.whoosh.freshness import faded


class Contenders(NamedTuple):
    """Documents of one segment; as it is kept, nothing in it is changed.

    Attributes:
        docs: ascending.
        scores: what the query gives each, and nothing else.
        titled: the places in ``docs`` of those whose whole title is what was asked for.
    """

    docs: Array
    scores: Array
    titled: Array

    @classmethod
    def of(cls, docs: Array, scores: Array, titled: Array) -> Contenders:
        """Return ``docs``, which hold those of such a title, ``titled``; both ascend."""
        return cls(docs, scores, docs.searchsorted(titled))

    def ranked(self) -> Array:
        """Return the scores that put them in order, but for closeness."""
        scores = self.scores.copy()
        scores[self.titled] += EXACT_TITLE
        return scores

    def best(self, wanted: int, factors: Array) -> Contenders:
        """Return those that are among the ``wanted`` best, faded or not, and all ties.

        Args:
            wanted: how many, 1 or more.
            factors: of every document its freshness.
        """
        if wanted >= len(self.docs):
            return self
        scores = self.ranked()
        is_best = _among_best(scores, wanted)
        is_best |= _among_best(faded(scores, factors.take(self.docs)), wanted)
        is_titled = np.zeros(len(scores), bool)
        is_titled[self.titled] = True
        best = is_best.nonzero()[0]
        return Contenders(
            self.docs.take(best), self.scores.take(best), is_titled.take(best).nonzero()[0]
        )

    @property
    def nbytes(self) -> int:
        """Bytes of memory of the arrays."""
        return self.docs.nbytes + self.scores.nbytes + self.titled.nbytes


def _among_best(scores: Array, wanted: int) -> Array:
    least = np.partition(scores, -wanted)[-wanted]
    found: Array = scores >= least
    return found
