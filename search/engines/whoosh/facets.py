"""What narrows and what is counted, over whole arrays.

A value's postings say which documents carry it, so a facet is one look-up of all postings of a
field in a map of the matching documents, summed by term: exact, and an article counts once in each
value.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from operator import and_, itemgetter

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.columns import TOGETHER, Counts, column_of, joint_of
from search.engines.whoosh.docsets import DocSet, union
from search.engines.whoosh.field import Field
from search.engines.whoosh.schema import LEVEL
from search.engines.whoosh.segment import SegmentArrays
from search.query.request import FacetName, Filters
from search.results import Bucket

_PATHS_REMEMBERED = 10_000  # of categories

_BucketFields = tuple[str, int, tuple[Bucket, ...], tuple[str, ...]]
_VALUE, _COUNT = itemgetter(0), itemgetter(1)  # of these, faster than by name
_DEPTH, _NAME = itemgetter(2), itemgetter(3)  # of a category's place behind them

_bucket: Callable[[_BucketFields], Bucket] = partial(tuple.__new__, Bucket)
"""Makes a bucket of all its fields in half the time: an answer has a hundred."""


Narrow = Callable[[DocSet], DocSet]
"""Returns those of some documents that pass a filter."""


def narrowing(segment: SegmentArrays, filters: Filters) -> dict[FacetName, Narrow]:
    """Return what narrows documents, for each facet that is filtered."""
    found: dict[FacetName, Narrow] = {}
    values: dict[FacetName, Iterable[str]] = {
        "category": [LEVEL.join(path) for path in filters.categories],
        "author": filters.authors,
        "tag": filters.tags,
        "company": filters.companies,
    }
    for name, chosen in values.items():
        if chosen:
            found[name] = partial(and_, _holding(segment.field(name), chosen))
    if filters.date_from or filters.date_to:
        field = segment.field("day")
        low, high = (
            day.isoformat().encode() if day else None
            for day in (filters.date_from, filters.date_to)
        )
        found["date"] = partial(_with_any, field, field.between(low, high))
    return found


def _with_any(field: Field, numbers: range, docs: DocSet) -> DocSet:
    """Return those of ``docs`` that have a value among ``numbers``: by their sets of values."""
    sizes: Array = np.diff(field.facet_array("set_starts").astype(np.int64))
    members = field.facet_array("set_terms")
    within = (members >= numbers.start) & (members < numbers.stop)
    passes = np.zeros(len(sizes), bool)
    passes[np.arange(len(sizes)).repeat(sizes)[within]] = True
    return docs.where_value(passes, field.facet_array("sets"))


def _holding(field: Field, values: Iterable[str]) -> DocSet:
    numbers = [field.find(value.encode(errors="surrogatepass")) for value in values]
    return union((field.set_of(each) for each in numbers if each >= 0), field.doc_count)


def passing(
    docs: DocSet, filters: Mapping[FacetName, Narrow], leave_out: FacetName | None = None
) -> DocSet:
    """Return those of ``docs`` that pass every filter but that of ``leave_out``."""
    for name, narrow in filters.items():
        if name != leave_out:
            docs = narrow(docs)
    return docs


def count(segment: SegmentArrays, docs_of: Mapping[FacetName, DocSet]) -> Counts:
    """Return for each facet how many of its documents carry each value, values with none left out.

    Of dates the months (YYYY-MM) are counted.
    """
    joint = joint_of(segment, docs_of)
    together = joint.counts_in(docs_of[TOGETHER[0]]) if joint else {}
    return {
        name: together[name] if name in together else column_of(segment, name).counts_in(docs)
        for name, docs in docs_of.items()
    }


def merged(several: Sequence[Counts]) -> Counts:
    """Return what `count` gave of several segments, or of the only one, as one."""
    if len(several) == 1:
        return several[0]
    counts: defaultdict[FacetName, Counter[str]] = defaultdict(Counter)
    for each in several:
        for name, found in each.items():
            counts[name].update(found)
    return dict(counts)


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
