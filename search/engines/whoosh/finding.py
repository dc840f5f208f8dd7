"""What a query and its filters find, whatever the order and the page, and what of it is kept.

Who turns the page, or wants another order, asks for the same once more: which documents match, and
how many carry each value. Both are kept as small as they get: half of all searches find some
hundred articles, and of many a map of bits takes less than their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from search.engines.whoosh import facets
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.columns import Carried, Counts
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.query.request import FacetName, Filters

_ENTRY_BYTES = 1_500
"""Of what is kept, the objects; measured."""


@dataclass(frozen=True)
class Found:
    """What a query and its filters find.

    Attributes:
        total: how many documents there are in all segments.
        counts: of each facet the values that any document carries.
        read: returns `docs`.
    """

    total: int
    counts: Mapping[FacetName, Carried]
    read: Callable[[], tuple[DocSet, ...]]

    @classmethod
    def of(cls, docs: tuple[DocSet, ...], counts: Counts) -> Found:
        """Return what is at hand already."""
        carried = {name: list(each.items()) for name, each in counts.items()}
        return cls(sum(map(len, docs)), carried, lambda: docs)

    @cached_property
    def docs(self) -> tuple[DocSet, ...]:
        """Of each segment the documents, without those deleted; a page that is known needs none."""
        return self.read()


def find(
    evaluators: Sequence[SegmentEvaluator],
    deleted: Sequence[Array | None],
    tree: Any,
    filters: Filters,
    wanted: Sequence[FacetName],
) -> Found:
    """Return what matches ``tree`` and passes ``filters``.

    Args:
        evaluators: one of each segment.
        deleted: of each segment a map of the documents deleted; None for none.
        tree: see `evaluating`.
        filters: what narrows.
        wanted: facets to count; each ignores its own filter.
    """
    docs, counts = [], []
    for evaluator, gone in zip(evaluators, deleted, strict=True):
        matched = evaluator.match(tree)
        if gone is not None:
            matched = matched.where(~gone)
        narrow = facets.narrowing(evaluator.segment, filters)
        passed = facets.passing(matched, narrow)
        docs_of = {
            name: facets.passing(matched, narrow, leave_out=name) if name in narrow else passed
            for name in wanted
        }
        docs.append(passed)
        counts.append(facets.count(evaluator.segment, docs_of))
    return Found.of(tuple(docs), facets.merged(counts))


class Kept(NamedTuple):
    """`Found`, packed.

    Attributes:
        total: documents found.
        sizes: documents of each segment, found or not.
        docs: of each segment those found, see `DocSet.packed`.
        counts: of each facet its name, the values that some carry, and how many carry each.
    """

    total: int
    sizes: tuple[int, ...]
    docs: tuple[Array, ...]
    counts: tuple[tuple[FacetName, tuple[str, ...], Array], ...]

    @classmethod
    def of(cls, found: Found) -> Kept:
        """Pack ``found``."""
        return cls(
            found.total,
            tuple(each.below for each in found.docs),
            tuple(each.packed() for each in found.docs),
            tuple(
                (
                    name,
                    tuple(map(itemgetter(0), carried)),
                    np.fromiter(map(itemgetter(1), carried), np.int32, len(carried)),
                )
                for name, carried in found.counts.items()
            ),
        )

    def found(self) -> Found:
        """Return what was packed."""
        counts = {
            name: list(zip(values, numbers.tolist(), strict=True))
            for name, values, numbers in self.counts
        }
        return Found(self.total, counts, self._unpacked)

    def _unpacked(self) -> tuple[DocSet, ...]:
        return tuple(map(DocSet.of_packed, self.docs, self.sizes))

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes, and what it is kept by."""
        of_counts = sum(8 * len(values) + counts.nbytes for _, values, counts in self.counts)
        return _ENTRY_BYTES + of_counts + sum(docs.nbytes for docs in self.docs)
