"""The order "hot": what relevance is worth when half of it is gone with every half-life.

An article's age is counted from the newest of the index, not from today: the same question has the
same answer tomorrow. No order depends on it, as all are a factor apart; see docs/decisions.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.schema import NO_DATE
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.translating import PREFERRED

MOST_HALF_LIVES = 1_000
"""Older articles count as if they were so old: a float can still be halved 22 times."""

_DAY_S = 86_400


class Freshness(NamedTuple):
    """How fast relevance fades, from the dates (seconds since 1970) of the oldest and the newest.

    Where no article has a date, both are the same.
    """

    oldest: int
    newest: int
    half_life_days: float

    def factors(self, segment: SegmentArrays) -> Array:
        """Return of each document of a segment its freshness: above 0; of the newest article 1."""
        key = "freshness", *self
        if key not in segment.columns:
            dates = np.where(segment.date == NO_DATE, self.oldest, segment.date)
            ages = (self.newest - dates) / (self.half_life_days * _DAY_S)
            # Deleted ones may be newer than the newest, and are asked for by nobody.
            segment.columns[key] = np.exp2(-np.clip(ages, 0, MOST_HALF_LIVES))
        factors: Array = segment.columns[key]
        return factors


def faded(scores: Array, factors: Array) -> Array:
    """Return ``scores`` times ``factors``; what `Prefer` adds to its first choice does not fade."""
    if scores.max(initial=0.0) >= PREFERRED:
        preferred = np.where(scores >= PREFERRED, PREFERRED, 0.0)
        found: Array = (scores - preferred) * factors + preferred
    else:  # as in nearly all answers: a third of the work
        found = scores * factors
    return found
