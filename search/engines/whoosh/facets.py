"""What narrows and what is counted, over whole arrays.

A value's postings say which documents carry it, so a facet is one look-up of all postings of a
field in a map of the matching documents, summed by term: exact, and an article counts once in each
value.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.field import Field
from search.engines.whoosh.packing import ranges
from search.engines.whoosh.schema import LEVEL
from search.engines.whoosh.segment import SegmentArrays
from search.query.request import FacetName, Filters
from search.results import Bucket

MAX_BUCKETS = 1_000
"""Values of one facet, or below one category, that are given back: those with most articles."""

_PATHS_REMEMBERED = 10_000  # of categories

FACET_FIELDS: Mapping[FacetName, str] = {
    "category": "category",
    "author": "author",
    "tag": "tag",
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
    }
    for name, chosen in values.items():
        if chosen:
            maps[name] = _holding(segment, segment.field(name), chosen)
    if filters.date_from or filters.date_to:
        field = segment.field("day")
        low, high = (
            day.isoformat().encode() if day else None
            for day in (filters.date_from, filters.date_to)
        )
        numbers = field.between(low, high)
        maps["date"] = _map(segment, field.postings(numbers.start, numbers.stop).docs)
    return maps


def _holding(segment: SegmentArrays, field: Field, values: Iterable[str]) -> Array:
    numbers = [field.find(value.encode(errors="surrogatepass")) for value in values]
    docs = [field.docs_of(number) for number in numbers if number >= 0]
    return _map(segment, *docs)


def _map(segment: SegmentArrays, *docs: Array) -> Array:
    through = np.zeros(segment.doc_count, bool)
    for each in docs:
        through[each] = True
    return through


def passing(docs: DocSet, maps: Mapping[FacetName, Array], leave_out: FacetName | None) -> DocSet:
    """Return those of ``docs`` that pass every filter but that of ``leave_out``."""
    for name, through in maps.items():
        if name != leave_out:
            docs = docs.where(through)
    return docs


def count(segment: SegmentArrays, name: FacetName, docs: DocSet) -> Counter[str]:
    """Return how many of ``docs`` carry each value of the facet, values with none left out.

    Of dates the months (YYYY-MM) are counted.
    """
    return _column(segment, name).counts_in(docs)


class Column(NamedTuple):
    """A field of one segment, ready to be counted.

    Attributes:
        sets: of each document, the number of its set of values; of the type that NumPy counts by.
        totals: of each set, how many documents have it.
        of_set: the value of each set, where none has several; past the values for none.
        starts, members: else the values of set s are members[starts[s]:starts[s + 1]].
        values: by number.
    """

    sets: Array
    totals: Array
    of_set: Array | None
    starts: Array
    members: Array
    values: list[str]

    def counts_in(self, docs: DocSet) -> Counter[str]:
        """Return how many of ``docs`` carry each value, values with none left out."""
        if not self.values:
            return Counter()
        if docs.is_dense and 2 * len(docs) > docs.below:  # then the others are fewer
            of_sets = self.totals - self._in_sets(docs.others)
        else:
            of_sets = self._in_sets(docs.docs)
        if self.of_set is not None:
            numbers, counts = self.of_set, of_sets
        else:
            some = of_sets.nonzero()[0]
            sizes = self.starts[some + 1] - self.starts[some]
            members = self.members[ranges(self.starts[some], sizes)]
            numbers, counts = members, of_sets[some].repeat(sizes)
        totals = np.bincount(numbers, weights=counts, minlength=len(self.values))
        carried = totals[: len(self.values)].nonzero()[0]
        values = map(self.values.__getitem__, carried.tolist())
        return Counter(dict(zip(values, totals[carried].astype(int).tolist(), strict=True)))

    def _in_sets(self, docs: Array) -> Array:
        return np.bincount(self.sets.take(docs), minlength=len(self.totals))


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
    of_set = column.of_set
    if of_set is not None:
        of_set = np.append(of_day, len(months))[of_set]
    return column._replace(of_set=of_set, members=of_day[column.members], values=months)


def values_of(field: Field) -> Column:
    """Return the values of a field, ready to be counted."""
    starts = field.facet_array("set_starts").astype(np.int64)
    members = field.facet_array("set_terms").astype(np.int64)
    sizes = np.diff(starts)
    of_set = None
    if sizes.max(initial=0) <= 1:
        of_set = np.full(len(sizes), len(field.values))
        of_set[sizes > 0] = members
    sets = field.facet_array("sets").astype(np.intp)
    totals = np.bincount(sets, minlength=len(sizes))
    return Column(sets, totals, of_set, starts, members, field.values)


def buckets(name: FacetName, counts: Counter[str]) -> tuple[Bucket, ...]:
    """Return ``counts`` as the facet's buckets, in the order to show (see `Page.facets`)."""
    if name == "category":
        return _category_buckets(counts)
    if name == "date":
        return _date_buckets(counts)
    return _most(Bucket(value, number) for value, number in counts.items())


def _most(found: Iterable[Bucket]) -> tuple[Bucket, ...]:
    return tuple(sorted(found, key=_place)[:MAX_BUCKETS])


def _place(bucket: Bucket) -> tuple[int, str]:
    return -bucket.count, bucket.value


def _category_buckets(counts: Counter[str]) -> tuple[Bucket, ...]:
    """Build the tree from its deepest level up: a bucket needs its children."""
    children: defaultdict[tuple[str, ...], list[Bucket]] = defaultdict(list)
    paths = [(_path_of(term), number) for term, number in counts.items()]
    paths.sort(key=lambda each: -len(each[0]))
    for path, number in paths:
        below = _most(children.pop(path)) if path in children else ()
        children[path[:-1]].append(Bucket(path[-1], number, below, path))
    return _most(children[()])


@lru_cache(_PATHS_REMEMBERED)
def _path_of(term: str) -> tuple[str, ...]:
    return tuple(term.split(LEVEL))


def _date_buckets(counts: Counter[str]) -> tuple[Bucket, ...]:
    """Sum months (YYYY-MM) to years; the newest first."""
    months: dict[str, list[Bucket]] = {}
    for month in sorted(counts, reverse=True):
        months.setdefault(month[:4], []).append(Bucket(month, counts[month]))
    return tuple(
        Bucket(year, sum(each.count for each in inside), children=tuple(inside))
        for year, inside in months.items()
    )
