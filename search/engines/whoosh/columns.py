"""The fields that are counted, as columns: which values each document of a segment has.

Many documents have the same values, so each has the number of a set of them (see `sets`): what is
counted are sets, and then for each value those that hold it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.field import Field
from search.engines.whoosh.packing import ranges, smallest, starts_of
from search.engines.whoosh.segment import SegmentArrays
from search.query.request import FacetName

TOGETHER: tuple[FacetName, ...] = ("category", "author", "date")
"""Facets that are counted in one pass over the documents, then from the combinations found.

A source has few authors and categories, so there are far fewer combinations than articles."""

FACET_FIELDS: Mapping[FacetName, str] = {
    "category": "category",
    "author": "author",
    "tag": "tag",
    "company": "company",
    "date": "day",
}
"""The field that a facet counts and filters by."""

Counts = dict[FacetName, dict[str, int]]
"""Of each facet how many documents carry each value; the values ascend."""

Carried = Sequence[tuple[str, int]]
"""The values of a facet that any document carries, ascending, and how many carry each."""

_FEW_MEMBERS = 2_000  # of all sets together; to go through all takes less than to choose among them
_FEW_SETS = 3  # of a column's sets, one in so many or fewer are looked at by themselves

_DOCS_A_COMBINATION = 16  # or more, else it is not worth it


class Sets(NamedTuple):
    """Which of the sets of values in a field each document has.

    Attributes:
        of_docs: of each document, the number of its set; of a small type, to stay in the cache.
        totals: of each set, how many documents have it.
    """

    of_docs: Array
    totals: Array

    def counted(self, docs: DocSet) -> Array:
        """Return of each set how many of ``docs`` have it."""
        if docs.is_dense and 2 * len(docs) > docs.below:  # then the others are fewer
            return self.totals - self._count(docs.others)
        return self._count(docs.docs)

    def _count(self, docs: Array) -> Array:
        return np.bincount(self.of_docs.take(docs), minlength=len(self.totals))


class Column(NamedTuple):
    """A field of one segment, ready to be counted.

    Attributes:
        sets: the sets of values.
        of_set: the value of each set, where none has several; past the values for none.
        starts, members: else the values of set s are members[starts[s]:starts[s + 1]].
        owners: of each of ``members`` its set; None where they are many.
        values: by number.
    """

    sets: Sets
    of_set: Array | None
    starts: Array
    members: Array
    owners: Array | None
    values: list[str]

    def counts_in(self, docs: DocSet) -> dict[str, int]:
        """Return how many of ``docs`` carry each value, values with none left out."""
        return self.counts_of(self.sets.counted(docs)) if self.values else {}

    def counts_of(self, of_sets: Array) -> dict[str, int]:
        """Return how many documents carry each value, if so many have each set."""
        if self.of_set is not None:
            numbers, counts = self.of_set, of_sets
        else:
            numbers, counts = self._weighed(of_sets)
        totals = np.bincount(numbers, weights=counts, minlength=len(self.values))
        carried = totals[: len(self.values)].nonzero()[0]
        values = map(self.values.__getitem__, carried.tolist())
        return dict(zip(values, map(int, totals.take(carried).tolist()), strict=True))

    def members_of(self, sets: Array) -> tuple[Array, Array]:
        """Return the values of some sets, by numbers, and of each value whose it is, by places."""
        if self.of_set is not None:
            values = self.of_set.take(sets)
            owners = (values < len(self.values)).nonzero()[0]
            return owners, values.take(owners)
        starts = self.starts.take(sets)
        sizes = self.starts.take(sets + 1) - starts
        return np.arange(len(sets)).repeat(sizes), self.members.take(ranges(starts, sizes))

    def _weighed(self, of_sets: Array) -> tuple[Array, Array]:
        """Return the values of sets, one behind another, and of each how many have that set."""
        if self.owners is not None:
            return self.members, of_sets.take(self.owners)
        some = of_sets.nonzero()[0]
        if _FEW_SETS * len(some) > len(of_sets):  # to gather them would take longer
            return self.members, of_sets.repeat(np.diff(self.starts))
        owners, values = self.members_of(some)
        return values, of_sets.take(some).take(owners)


class Joint(NamedTuple):
    """Several facets in one: each combination of their sets is a set.

    Attributes:
        sets: the combinations.
        carriers: those that hold a value, value by value.
        starts: where each value begins in ``carriers``.
        values: of each facet those that any document carries, in the same order.
    """

    sets: Sets
    carriers: Array
    starts: Array
    values: Mapping[FacetName, list[str]]

    def counts_in(self, docs: DocSet) -> Counts:
        """Return how many of ``docs`` carry each value, values with none left out."""
        of_sets = self.sets.counted(docs)
        totals = np.add.reduceat(of_sets.take(self.carriers), self.starts).tolist()
        found: Counts = {}
        at = 0
        for name, values in self.values.items():
            counts = totals[at : at + len(values)]
            carried = zip(compress(values, counts), filter(None, counts), strict=True)
            found[name] = dict(carried)
            at += len(values)
        return found


def joint_of(segment: SegmentArrays, docs_of: Mapping[FacetName, DocSet]) -> Joint | None:
    """Return the facets that are counted together; None where that is not worth it."""
    docs = docs_of.get(TOGETHER[0])
    if docs is None or any(docs_of.get(name) is not docs for name in TOGETHER):
        return None
    if "joint" not in segment.columns:
        segment.columns["joint"] = _new_joint(segment)
    joint: Joint | None = segment.columns["joint"]
    return joint


def _new_joint(segment: SegmentArrays) -> Joint | None:
    columns = {name: column_of(segment, name) for name in TOGETHER}
    keys = np.zeros(segment.doc_count, np.int64)
    for column in columns.values():
        keys *= len(column.sets.totals)
        keys += column.sets.of_docs
    found, first, of_docs = np.unique(keys, return_index=True, return_inverse=True)
    if not len(found) or len(found) * _DOCS_A_COMBINATION > segment.doc_count:
        return None
    carriers, sizes, values = [], [], {}
    for name, column in columns.items():
        owners, members = column.members_of(column.sets.of_docs.take(first))
        order = np.argsort(members, kind="stable")
        carriers.append(owners.take(order))
        carried, counts = np.unique(members, return_counts=True)
        sizes.append(counts)
        values[name] = [column.values[each] for each in carried.tolist()]
    starts = starts_of(np.concatenate(sizes))[:-1]
    if not len(starts):
        return None
    totals = np.bincount(of_docs, minlength=len(found))
    return Joint(Sets(smallest(of_docs), totals), np.concatenate(carriers), starts, values)


def column_of(segment: SegmentArrays, name: FacetName) -> Column:
    """Return a facet of a segment, made ready when it is first asked for."""
    if name not in segment.columns:
        segment.columns[name] = _new_column(segment.field(FACET_FIELDS[name]), name)
    column: Column = segment.columns[name]
    return column


def _new_column(field: Field, name: FacetName) -> Column:
    """Return a facet, ready to be counted."""
    column = values_of(field)
    if name != "date":
        return column
    months = sorted({day[:7] for day in column.values})
    number_of = {month: number for number, month in enumerate(months)}
    of_day = np.array([number_of[day[:7]] for day in column.values], np.int64)
    if column.of_set is None:
        return column._replace(members=of_day[column.members], values=months)
    of_docs = np.append(of_day, len(months))[column.of_set].take(column.sets.of_docs)
    of_set = np.arange(len(months) + 1)
    sets = Sets(smallest(of_docs), np.bincount(of_docs, minlength=len(of_set)))
    return column._replace(sets=sets, of_set=of_set, values=months)


def values_of(field: Field) -> Column:
    """Return the values of a field, ready to be counted."""
    starts = field.facet_array("set_starts").astype(np.int64)
    members = field.facet_array("set_terms").astype(np.int64)
    sizes = np.diff(starts)
    owners = np.arange(len(sizes)).repeat(sizes) if len(members) <= _FEW_MEMBERS else None
    of_set = None
    if sizes.max(initial=0) <= 1:
        of_set = np.full(len(sizes), len(field.values))
        of_set[sizes > 0] = members
    of_docs = field.facet_array("sets")
    sets = Sets(of_docs, np.bincount(of_docs, minlength=len(sizes)))
    return Column(sets, of_set, starts, members, owners, field.values)
