"""What narrows and what is counted, over whole arrays.

A value's postings say which documents carry it, so a facet is one look-up of all postings of a
field in a map of the matching documents, summed by term: exact, and an article counts once in each
value.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet, union
from search.engines.whoosh.field import Field
from search.engines.whoosh.packing import ranges
from search.engines.whoosh.schema import LEVEL
from search.engines.whoosh.segment import SegmentArrays
from search.query.request import FacetName, Filters
from search.results import Bucket

_PATHS_REMEMBERED = 10_000  # of categories

_TOGETHER: tuple[FacetName, ...] = ("category", "author", "date")
"""Facets that are counted in one pass over the documents, then from the combinations found.

A source has few authors and categories, so there are far fewer combinations than articles."""

Counts = dict[FacetName, dict[str, int]]
"""Of each facet how many documents carry each value."""

_BucketFields = tuple[str, int, tuple[Bucket, ...], tuple[str, ...]]
_VALUE, _COUNT = itemgetter(0), itemgetter(1)  # of these, faster than by name
_DEPTH, _NAME = itemgetter(2), itemgetter(3)  # of a category's place behind them

_bucket: Callable[[_BucketFields], Bucket] = partial(tuple.__new__, Bucket)
"""Makes a bucket of all its fields in half the time: an answer has a hundred."""

_FEW_MEMBERS = 2_000  # of all sets together; to go through all takes less than to choose among them
_FEW_SETS = 3  # of a column's sets, one in so many or fewer are looked at by themselves

_DOCS_A_COMBINATION = 16  # or more, else it is not worth it

FACET_FIELDS: Mapping[FacetName, str] = {
    "category": "category",
    "author": "author",
    "tag": "tag",
    "company": "company",
    "date": "day",
}
"""The field that a facet counts and filters by."""


def filter_maps(segment: SegmentArrays, filters: Filters) -> dict[FacetName, Array]:
    """Return for each facet that is filtered which documents pass its filter (a bool each)."""
    maps: dict[FacetName, Array] = {}
    values: dict[FacetName, Iterable[str]] = {
        "category": [LEVEL.join(path) for path in filters.categories],
        "author": filters.authors,
        "tag": filters.tags,
        "company": filters.companies,
    }
    for name, chosen in values.items():
        if chosen:
            maps[name] = _holding(segment.field(name), chosen)
    if filters.date_from or filters.date_to:
        field = segment.field("day")
        low, high = (
            day.isoformat().encode() if day else None
            for day in (filters.date_from, filters.date_to)
        )
        maps["date"] = _between(field, field.between(low, high))
    return maps


def _between(field: Field, numbers: range) -> Array:
    """Return of each document whether it has a value among ``numbers``: by its set of values."""
    sizes: Array = np.diff(field.facet_array("set_starts").astype(np.int64))
    members = field.facet_array("set_terms")
    within = (members >= numbers.start) & (members < numbers.stop)
    passes = np.zeros(len(sizes), bool)
    passes[np.arange(len(sizes)).repeat(sizes)[within]] = True
    through: Array = passes.take(field.facet_array("sets"))
    return through


def _holding(field: Field, values: Iterable[str]) -> Array:
    numbers = [field.find(value.encode(errors="surrogatepass")) for value in values]
    return union((field.set_of(each) for each in numbers if each >= 0), field.doc_count).mask


def passing(
    docs: DocSet, maps: Mapping[FacetName, Array], leave_out: FacetName | None = None
) -> DocSet:
    """Return those of ``docs`` that pass every filter but that of ``leave_out``."""
    for name, through in maps.items():
        if name != leave_out:
            docs = docs.where(through)
    return docs


def count(segment: SegmentArrays, docs_of: Mapping[FacetName, DocSet]) -> Counts:
    """Return for each facet how many of its documents carry each value, values with none left out.

    Of dates the months (YYYY-MM) are counted.
    """
    counts = {}
    joint = _joint_of(segment, docs_of)
    of_joint = joint.sets.counted(docs_of[_TOGETHER[0]]) if joint else None
    for name, docs in docs_of.items():
        column = _column(segment, name)
        if joint and name in joint.sets_of:
            size = len(column.sets.totals)
            of_sets = np.bincount(joint.sets_of[name], of_joint, size).astype(np.int64)
            counts[name] = column.counts_of(of_sets)
        else:
            counts[name] = column.counts_in(docs)
    return counts


def merged(several: Sequence[Counts]) -> Counts:
    """Return what `count` gave of several segments, or of the only one, as one."""
    if len(several) == 1:
        return several[0]
    counts: defaultdict[FacetName, Counter[str]] = defaultdict(Counter)
    for each in several:
        for name, found in each.items():
            counts[name].update(found)
    return dict(counts)


class Sets(NamedTuple):
    """Which of the sets of values in a field each document has.

    Attributes:
        of_docs: of each document, the number of its set; of the type that NumPy counts by.
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
            numbers, counts = self._members_of(of_sets)
        totals = np.bincount(numbers, weights=counts, minlength=len(self.values))
        carried = totals[: len(self.values)].nonzero()[0]
        values = map(self.values.__getitem__, carried.tolist())
        return dict(zip(values, map(int, totals.take(carried).tolist()), strict=True))

    def _members_of(self, of_sets: Array) -> tuple[Array, Array]:
        """Return the values of sets, one behind another, and of each how many have that set."""
        if self.owners is not None:
            return self.members, of_sets.take(self.owners)
        some = of_sets.nonzero()[0]
        if _FEW_SETS * len(some) > len(of_sets):  # to gather them would take longer
            return self.members, of_sets.repeat(np.diff(self.starts))
        sizes = self.starts[some + 1] - self.starts[some]
        return self.members[ranges(self.starts[some], sizes)], of_sets[some].repeat(sizes)


class _Joint(NamedTuple):
    """Several facets in one: each combination of their sets is a set.

    Attributes:
        sets: the combinations.
        sets_of: of each combination, the set of each facet.
    """

    sets: Sets
    sets_of: Mapping[FacetName, Array]


def _joint_of(segment: SegmentArrays, docs_of: Mapping[FacetName, DocSet]) -> _Joint | None:
    """Return the facets that are counted together; None where that is not worth it."""
    docs = docs_of.get(_TOGETHER[0])
    if docs is None or any(docs_of.get(name) is not docs for name in _TOGETHER):
        return None
    if "joint" not in segment.columns:
        segment.columns["joint"] = _new_joint(segment)
    joint: _Joint | None = segment.columns["joint"]
    return None if joint is None or len(docs) < len(joint.sets.totals) else joint


def _new_joint(segment: SegmentArrays) -> _Joint | None:
    columns = {name: _column(segment, name) for name in _TOGETHER}
    keys = np.zeros(segment.doc_count, np.int64)
    for column in columns.values():
        keys *= len(column.sets.totals)
        keys += column.sets.of_docs
    found, first, of_docs = np.unique(keys, return_index=True, return_inverse=True)
    if len(found) * _DOCS_A_COMBINATION > segment.doc_count:
        return None
    totals = np.bincount(of_docs, minlength=len(found))
    sets_of = {name: column.sets.of_docs[first] for name, column in columns.items()}
    return _Joint(Sets(of_docs, totals), sets_of)


def _column(segment: SegmentArrays, name: FacetName) -> Column:
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
    of_docs = np.append(of_day, len(months))[column.of_set][column.sets.of_docs]
    of_set = np.arange(len(months) + 1)
    sets = Sets(of_docs, np.bincount(of_docs, minlength=len(of_set)))
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
    of_docs = field.facet_array("sets").astype(np.intp)
    sets = Sets(of_docs, np.bincount(of_docs, minlength=len(sizes)))
    return Column(sets, of_set, starts, members, owners, field.values)


def buckets(name: FacetName, counts: Mapping[str, int], most: int) -> tuple[Bucket, ...]:
    """Return ``counts`` as the facet's buckets, in the order to show (see `Page.facets`).

    Of one facet, and below one category, ``most`` at most: those with most articles.
    """
    if name == "category":
        return _category_buckets(counts, most)
    if name == "date":
        return _date_buckets(counts)
    return tuple(_bucket((*each, (), ())) for each in _largest(counts)[:most])


def _largest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return values with their counts, the largest first."""
    found = sorted(counts.items(), key=_VALUE)
    found.sort(key=_COUNT, reverse=True)  # which leaves equal ones in their order
    return found


def _category_buckets(counts: Mapping[str, int], most: int) -> tuple[Bucket, ...]:
    """Build the tree from its deepest level up: a bucket needs its children.

    All are put in order at once, which is that of the children of each.
    """
    children: defaultdict[str, list[Bucket]] = defaultdict(list)
    found = [(term, number, *_place_of(term)) for term, number in counts.items()]
    found.sort(key=_NAME)
    found.sort(key=_COUNT, reverse=True)
    found.sort(key=_DEPTH, reverse=True)
    for term, number, _, name, above, path in found:
        below = tuple(children.pop(term)[:most]) if term in children else ()
        children[above].append(_bucket((name, number, below, path)))
    return tuple(children[""][:most])


@lru_cache(_PATHS_REMEMBERED)
def _place_of(term: str) -> tuple[int, str, str, tuple[str, ...]]:
    """Return how deep a category is, its name, what is above it ("" for nothing), and its path."""
    above, _, name = term.rpartition(LEVEL)
    path = tuple(term.split(LEVEL))
    return len(path), name, above, path


def _date_buckets(counts: Mapping[str, int]) -> tuple[Bucket, ...]:
    """Sum months (YYYY-MM) to years; the newest first."""
    months: dict[str, list[Bucket]] = {}
    for month, number in sorted(counts.items(), reverse=True):
        months.setdefault(month[:4], []).append(_bucket((month, number, (), ())))
    return tuple(
        _bucket((year, sum(map(_COUNT, inside)), tuple(inside), ()))
        for year, inside in months.items()
    )
