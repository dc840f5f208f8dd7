"""What a search can be narrowed by, and what narrows it, as the search page shows it.

What is chosen is always among the choices, with a count of 0 where nothing has it any more:
a form that is sent without it would lose it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from search.article import CategoryPath, format_category
from search.messages import say
from search.query.request import FacetName, SearchRequest
from search.results import Bucket, Page
from web.addresses import Addresses
from web.periods import period

SHOWN: tuple[FacetName, ...] = ("category", "author", "date", "tag", "company")
"""The facets of a page, in their order."""

MAX_CHOICES = 100
"""Choices in one list: a page stays of a size that loads at once, however many tags there are."""

OPEN_CHOICES = 8
"""Choices of a facet that stand open; the rest unfold."""

UNSEARCHED_CHOICES = 10
"""Choices of a facet that eyes find as fast as a search box."""

Days = tuple[date | None, date | None]
"""The first day and the last, inclusive; None for an open end."""


class Choice(NamedTuple):
    """A value of a facet.

    A tuple, as `search.results.Bucket` is, for a page has hundreds.

    Attributes:
        name: of its check box's parameter; "" where ``href`` chooses it.
        value: of its check box's parameter.
        text: to show.
        count: of articles.
        is_chosen: whether it narrows the search.
        children: below it, at most `MAX_CHOICES` and what is chosen.
        href: the search with it chosen, or without it where it is chosen; "" for check boxes.
        is_open: whether something below it is chosen.
    """

    name: str
    value: str
    text: str
    count: int  # type: ignore[assignment] # not what a tuple's own method is for
    is_chosen: bool
    children: tuple[Choice, ...] = ()
    href: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of an answer.

    Attributes:
        name: "category", "author", "date", "tag" or "company".
        title: its name, in the reader's language.
        shown: choices that stand open.
        rest: choices that unfold.
        left_out: how many choices there are that the page has no place for (see `left_out`).
    """

    name: str
    title: str
    shown: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    left_out: int = 0

    @property
    def has_tree(self) -> bool:
        """Whether something stands below a choice."""
        return any(each.children for each in (*self.shown, *self.rest))

    @property
    def has_chosen(self) -> bool:
        """Whether one of the choices, or something below one, is chosen."""
        return any(map(_stays, (*self.shown, *self.rest)))

    @property
    def has_search(self) -> bool:
        """Whether there are so many values that one looks for them by name."""
        is_flat = self.name not in ("category", "date")
        return is_flat and len(self.shown) + len(self.rest) > UNSEARCHED_CHOICES


def facets(asked: SearchRequest, page: Page, addresses: Addresses) -> list[Facet]:
    """Return the facets of an answer in the order to show, those without choices left out."""
    found = [_facet(name, asked, page.facets.get(name, ()), addresses) for name in SHOWN]
    return [facet for facet in found if facet.shown]


def left_out(
    name: FacetName, asked: SearchRequest, page: Page, addresses: Addresses
) -> list[Choice]:
    """Return the choices of a facet that the page has no place for; none of them is chosen."""
    choices = _choices(name, asked, page.facets.get(name, ()), addresses)
    return [each for each in choices[MAX_CHOICES:] if not _stays(each)]


def _facet(
    name: FacetName, asked: SearchRequest, buckets: Sequence[Bucket], addresses: Addresses
) -> Facet:
    # Where nothing of it is chosen, there is no need to look at what will not be shown.
    looked_at = buckets if _is_narrowed(name, asked) else buckets[:MAX_CHOICES]
    choices = _choices(name, asked, looked_at, addresses)
    kept = _bounded(choices)
    unseen = len(buckets) - len(looked_at) + len(choices) - len(kept)
    return Facet(name, say(f"web.{name}"), kept[:OPEN_CHOICES], kept[OPEN_CHOICES:], unseen)


def _is_narrowed(name: FacetName, asked: SearchRequest) -> bool:
    if name == "date":
        return bool(asked.date_from or asked.date_to)
    return bool(asked.categories if name == "category" else _chosen(name, asked))


def _choices(
    name: FacetName, asked: SearchRequest, buckets: Sequence[Bucket], addresses: Addresses
) -> list[Choice]:
    if name == "category":
        return _categories(buckets, asked.categories)
    if name == "date":
        return _dates(buckets, asked, addresses)
    return _values(name, buckets, _chosen(name, asked))


def _chosen(name: FacetName, asked: SearchRequest) -> Sequence[str]:
    """Return the values of a facet of names that narrow the search."""
    return {"author": asked.authors, "tag": asked.tags, "company": asked.companies}[name]


def _bounded(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    if len(choices) <= MAX_CHOICES:
        return tuple(choices)
    return (*choices[:MAX_CHOICES], *filter(_stays, choices[MAX_CHOICES:]))


def _stays(choice: Choice) -> bool:
    return choice.is_chosen or choice.is_open


def _categories(buckets: Sequence[Bucket], chosen: Sequence[CategoryPath]) -> list[Choice]:
    found = [_category(bucket, chosen) for bucket in buckets]
    known = set(_paths(buckets)) if chosen else ()
    return found + [
        Choice("category", format_category(path), " / ".join(path), 0, is_chosen=True)
        for path in chosen
        if path not in known
    ]


def _category(bucket: Bucket, chosen: Sequence[CategoryPath]) -> Choice:
    value, count, children, path = bucket
    below = _bounded([_category(child, chosen) for child in children])
    is_open = bool(chosen) and any(map(_stays, below))
    return Choice("category", _written(path), value, count, path in chosen, below, "", is_open)


_written = lru_cache(4_096)(format_category)


def _paths(buckets: Iterable[Bucket]) -> Iterator[CategoryPath]:
    for bucket in buckets:
        yield bucket.path
        yield from _paths(bucket.children)


def _values(name: str, buckets: Sequence[Bucket], chosen: Sequence[str]) -> list[Choice]:
    if not chosen:
        return [Choice(name, each.value, each.value, each.count, False) for each in buckets]
    counts = {bucket.value: bucket.count for bucket in buckets}
    counts |= {value: 0 for value in chosen if value not in counts}
    found = [Choice(name, value, value, counts[value], value in chosen) for value in counts]
    # What is chosen is not folded away.
    return sorted(found, key=lambda choice: not choice.is_chosen)


def _dates(buckets: Sequence[Bucket], asked: SearchRequest, addresses: Addresses) -> list[Choice]:
    chosen = (asked.date_from, asked.date_to)
    anywhen, before, after = addresses.gap(asked, "from", "to")
    is_narrowed = _is_narrowed("date", asked)

    def choice(bucket: Bucket) -> Choice:
        """Return a year or a month: one at a time can be chosen, so it is a link, no check box."""
        first, last, text, parameters = period(bucket.value)
        is_chosen = is_narrowed and chosen == (first, last)
        href = anywhen if is_chosen else f"{before}{parameters}{after}"
        below = tuple(map(choice, bucket.children))
        is_open = is_narrowed and any(map(_stays, below))
        return Choice("", bucket.value, text, bucket.count, is_chosen, below, href, is_open)

    return list(map(choice, buckets))
