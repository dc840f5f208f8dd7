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

from search.article import MAX_LEVELS
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.columns import TOGETHER, Carried, Counts, column_of, joint_of
from search.engines.whoosh.docsets import DocSet, union
from search.engines.whoosh.field import Field
from search.engines.whoosh.schema import LEVEL
from search.engines.whoosh.segment import SegmentArrays
from search.query.request import MAX_CATEGORIES, FacetName, Filters
from search.results import Bucket

_PATHS_REMEMBERED = 10_000  # of categories

_BucketFields = tuple[str, int, tuple[Bucket, ...], tuple[str, ...]]
_COUNT = itemgetter(1)  # of these and of a value with its count, faster than by name

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
        passes = _sets_with_any(field, field.between(low, high))
        found["date"] = partial(DocSet.where_value, passes=passes, values=field.facet_array("sets"))
    return found


def _sets_with_any(field: Field, numbers: range) -> Array:
    """Return of each set of values whether one of them is among ``numbers``."""
    sizes: Array = np.diff(field.facet_array("set_starts").astype(np.int64))
    members = field.facet_array("set_terms")
    within = (members >= numbers.start) & (members < numbers.stop)
    passes = np.zeros(len(sizes), bool)
    passes[np.arange(len(sizes)).repeat(sizes)[within]] = True
    return passes


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
    return {name: dict(sorted(found.items())) for name, found in counts.items()}


def buckets(name: FacetName, counts: Carried, most: int) -> tuple[Bucket, ...]:
    """Return ``counts`` as the facet's buckets, in the order to show (see `Page.facets`).

    Of one facet, and below one category, ``most`` at most: those with most articles.
    """
    if name == "category":
        return _category_buckets(counts, most)
    if name == "date":
        return _date_buckets(counts)
    found = sorted(counts, key=_COUNT, reverse=True)  # which leaves equal ones in their order
    return tuple([_bucket((*each, (), ())) for each in found[:most]])


def _category_buckets(counts: Carried, most: int) -> tuple[Bucket, ...]:
    """Build the tree from its leaves up: a bucket needs its children.

    None has more articles than what is above it, and of equals that stands before it: so the last
    come first, and the children of each are put in order with all others.
    """
    children: defaultdict[str, list[Bucket]] = defaultdict(list)
    first = -most - 1
    # Nothing deeper is indexed any more, but it may have been.
    found = [each for each in counts if each[0].count(LEVEL) < MAX_LEVELS]
    found.reverse()
    found.sort(key=_COUNT)
    for term, number in found[-MAX_CATEGORIES:]:
        name, above, path = _place_of(term)
        below = tuple(children[term][:first:-1]) if term in children else ()
        children[above].append(_bucket((name, number, below, path)))
    return tuple(children[""][:first:-1])


@lru_cache(_PATHS_REMEMBERED)
def _place_of(term: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the name of a category, the term of what is above it ("" for nothing), its path."""
    above, _, name = term.rpartition(LEVEL)
    return name, above, tuple(term.split(LEVEL))


def _date_buckets(counts: Carried) -> tuple[Bucket, ...]:
    """Sum months (YYYY-MM) to years; the newest first."""
    months: dict[str, list[Bucket]] = {}
    for month, number in reversed(counts):
        months.setdefault(month[:4], []).append(_bucket((month, number, (), ())))
    return tuple(
        [
            _bucket((year, sum(map(_COUNT, inside)), tuple(inside), ()))
            for year, inside in months.items()
        ]
    )
