"""What narrows and what is counted, over whole arrays.

A value's postings say which documents carry it, so a facet is one look-up of all postings of a
field in a map of the matching documents, summed by term: exact, and an article counts once in each
value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.schema import LEVEL
from search.engines.whoosh.segment import Field, SegmentArrays
from search.query.request import FacetName, Filters
from search.results import Bucket

MAX_BUCKETS = 1_000
"""Values of one facet, or below one category, that are given back: those with most articles."""

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


def passing(docs: Array, maps: Mapping[FacetName, Array], leave_out: FacetName | None) -> Array:
    """Return those of ``docs`` that pass every filter but that of ``leave_out``."""
    for name, through in maps.items():
        if name != leave_out:
            docs = docs[through[docs]]
    return docs


def count(segment: SegmentArrays, name: FacetName, docs: Array) -> Counter[str]:
    """Return how many of ``docs`` carry each value of the facet, values with none left out."""
    field = segment.field(FACET_FIELDS[name])
    starts = field.set_of("set_starts")
    of_sets = np.bincount(field.set_of("sets")[docs], minlength=len(starts) - 1)
    terms = field.set_of("set_terms")
    each = np.repeat(of_sets, np.diff(starts))
    counts = np.bincount(terms, weights=each, minlength=len(field.terms)).astype(np.int64)
    carried = np.flatnonzero(counts)
    values = map(field.values.__getitem__, carried.tolist())
    return Counter(dict(zip(values, counts[carried].tolist(), strict=True)))


def buckets(name: FacetName, counts: Counter[str]) -> tuple[Bucket, ...]:
    """Return ``counts`` as the facet's buckets, in the order to show (see `Page.facets`)."""
    if name == "category":
        return _category_buckets(counts)
    if name == "date":
        return _date_buckets(counts)
    return _most(Bucket(value, number) for value, number in counts.items())


def _most(found: Iterable[Bucket]) -> tuple[Bucket, ...]:
    return tuple(sorted(found, key=lambda each: (-each.count, each.value))[:MAX_BUCKETS])


def _category_buckets(counts: Counter[str]) -> tuple[Bucket, ...]:
    """Build the tree from its deepest level up: a bucket needs its children."""
    children: dict[tuple[str, ...], list[Bucket]] = {}
    paths = {tuple(term.split(LEVEL)): number for term, number in counts.items()}
    for path in sorted(paths, key=len, reverse=True):
        below = _most(children.pop(path, ()))
        bucket = Bucket(path[-1], paths[path], children=below, path=path)
        children.setdefault(path[:-1], []).append(bucket)
    return _most(children.get((), ()))


def _date_buckets(counts: Counter[str]) -> tuple[Bucket, ...]:
    """Sum days (YYYY-MM-DD) to months and years; the newest first."""
    years: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for day, number in counts.items():
        years[day[:4]] += number
        months[day[:7]] += number
    return tuple(
        Bucket(
            year,
            years[year],
            children=tuple(
                Bucket(month, months[month])
                for month in sorted(months, reverse=True)
                if month.startswith(year)
            ),
        )
        for year in sorted(years, reverse=True)
    )
