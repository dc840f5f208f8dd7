"""What a search can be narrowed by, and what narrows it, as the search page shows it.

What is chosen is always among the choices, with a count of 0 where nothing has it any more:
a form that is sent without it would lose it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from search.article import MAX_LEVELS, CategoryPath
from search.messages import say
from search.query.request import FacetName, SearchRequest
from search.results import Bucket, Page

SHOWN: tuple[FacetName, ...] = ("category", "author", "date", "tag", "company")
"""The facets of a page, in their order."""

SOUGHT: tuple[FacetName, ...] = ("author", "tag", "company")
"""Those whose values one looks for by name, where there are many."""

MAX_CHOICES = 100
"""Choices in one list: a page stays of a size that loads at once, however many tags there are."""

MAX_BELOW = 300
"""Choices below others, in a whole tree: likewise, however many lists there are."""

OPEN_CHOICES = 8
"""Choices of a facet that stand open; the rest unfold."""

UNSEARCHED_CHOICES = 10
"""Choices of a facet that eyes find as fast as a search box."""

Key = str | CategoryPath
"""What tells a value of a facet from the others: its path if it is a category, else itself."""

_NOTHING: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of an answer. Its choices are the answer's buckets: a page has hundreds.

    Attributes:
        name: "category", "author", "date", "tag" or "company".
        title: its name, in the reader's language.
        shown: choices that stand open.
        rest: choices that unfold.
        left_out: how many choices there are that the page has no place for (see `left_out`).
        chosen: keys of the values that narrow the search.
        opened: keys of the values that have one of these somewhere below them.
    """

    name: FacetName
    title: str
    shown: Sequence[Bucket]
    rest: Sequence[Bucket] = ()
    left_out: int = 0
    chosen: Set[Key] = _NOTHING
    opened: Set[Key] = _NOTHING

    @property
    def has_tree(self) -> bool:
        """Whether something stands below a choice."""
        return any(each.children for each in chain(self.shown, self.rest))

    @property
    def has_search(self) -> bool:
        """Whether there are so many values that one looks for them by name."""
        return self.name in SOUGHT and len(self.shown) + len(self.rest) > UNSEARCHED_CHOICES

    def stays(self, bucket: Bucket) -> bool:
        """Return whether a choice, or something below it, is chosen."""
        key = key_of(bucket)
        return key in self.chosen or key in self.opened

    def bounded(self, buckets: Sequence[Bucket]) -> Sequence[Bucket]:
        """Return at most `MAX_CHOICES` of ``buckets``, and what is chosen."""
        if len(buckets) <= MAX_CHOICES:
            return buckets
        if not self.chosen:
            return buckets[:MAX_CHOICES]
        return [*buckets[:MAX_CHOICES], *filter(self.stays, buckets[MAX_CHOICES:])]

    def pruned(self, tree: Sequence[Bucket]) -> Sequence[Bucket]:
        """Return ``tree`` with at most `MAX_BELOW` choices below others, and what is chosen.

        What is right below something chosen comes first, then what has most articles.
        """
        below = list(self._below(tree))
        if len(below) > MAX_BELOW:
            below.sort(key=lambda each: (each[0], -each[1].count))
        kept = {each.path for _, each in below[:MAX_BELOW]}
        return [self._with(each, kept) for each in tree]

    def _below(self, tree: Iterable[Bucket]) -> Iterator[tuple[bool, Bucket]]:
        """Yield what there may be place for below others, and whether it comes later."""
        for bucket in tree:
            children = self.bounded(bucket.children)
            comes_later = not self.stays(bucket)
            yield from ((comes_later, each) for each in children)
            yield from self._below(children)

    def _with(self, bucket: Bucket, kept: Set[CategoryPath]) -> Bucket:
        """Return a choice with what is chosen or ``kept`` below it."""
        children = tuple(
            self._with(each, kept)
            for each in self.bounded(bucket.children)
            if each.path in kept or self.stays(each)
        )
        return bucket._replace(children=children)


def key_of(bucket: Bucket) -> Key:
    """Return the key of a facet's value."""
    return bucket.path or bucket.value


def facets(asked: SearchRequest, page: Page) -> list[Facet]:
    """Return the facets of an answer in the order to show, those without choices left out."""
    found = [_facet(name, asked, page) for name in SHOWN]
    return [facet for facet in found if facet.shown]


def whole(name: FacetName, asked: SearchRequest, page: Page) -> Facet:
    """Return a facet that shows all its choices."""
    buckets = page.facets.get(name, ())
    title = say(f"web.{name}")
    if name == "category":
        paths = asked.categories
        return Facet(
            name,
            title,
            [*buckets, *_missing(buckets, paths)] if paths else buckets,
            chosen=frozenset(paths),
            opened=frozenset(above for path in paths for above in _above(path)),
        )
    if name == "date":  # its choices are in `web.months`
        return Facet(name, title, buckets)
    names = {"author": asked.authors, "tag": asked.tags, "company": asked.companies}[name]
    return Facet(name, title, _chosen_first(buckets, names), chosen=frozenset(names))


def left_out(facet: Facet) -> Sequence[Bucket]:
    """Return which of all choices the page has no place for; none of them is chosen."""
    others = facet.shown[MAX_CHOICES:]
    return [each for each in others if not facet.stays(each)] if facet.chosen else others


def _facet(name: FacetName, asked: SearchRequest, page: Page) -> Facet:
    facet = whole(name, asked, page)
    kept = facet.bounded(facet.shown)
    left_out = len(facet.shown) - len(kept)
    if name == "category" and _size(facet.shown) > MAX_CHOICES:
        kept = facet.pruned(kept)
        left_out = _size(facet.shown) - _size(kept)
    shown, rest = kept[:OPEN_CHOICES], kept[OPEN_CHOICES:]
    return replace(facet, shown=shown, rest=rest, left_out=left_out)


def _missing(buckets: Sequence[Bucket], chosen: Iterable[CategoryPath]) -> list[Bucket]:
    known = set(_paths(buckets))
    return [
        Bucket(" / ".join(path), 0, (), path) for path in dict.fromkeys(chosen) if path not in known
    ]


def _paths(buckets: Iterable[Bucket]) -> Iterator[CategoryPath]:
    for bucket in buckets:
        yield bucket.path
        yield from _paths(bucket.children)


def _size(tree: Sequence[Bucket]) -> int:
    """Return how many choices a tree has."""
    return len(tree) + sum([_size(each.children) for each in tree if each.children])


def _above(path: CategoryPath) -> Iterator[CategoryPath]:
    """Yield what is above a category; of a path as long as an address may be, what there can be."""
    return (path[:depth] for depth in range(1, min(len(path), MAX_LEVELS)))


def _chosen_first(buckets: Sequence[Bucket], chosen: Sequence[str]) -> Sequence[Bucket]:
    """Return ``buckets``, and those that have none: what is chosen is not folded away."""
    if not chosen:
        return buckets
    known = {bucket.value for bucket in buckets}
    found = [*buckets, *(Bucket(each, 0) for each in dict.fromkeys(chosen) if each not in known)]
    return sorted(found, key=lambda bucket: bucket.value not in chosen)
