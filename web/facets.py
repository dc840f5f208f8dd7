"""What a search can be narrowed by, and what narrows it, as the search page shows it.

What is chosen is always among the choices, with a count of 0 where nothing has it any more:
a form that is sent without it would lose it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from search.article import CategoryPath, format_category
from search.messages import say
from search.query.days import days_of
from search.query.request import SearchRequest
from search.results import Bucket, Page
from web.addresses import Addresses

MAX_CHOICES = 100
"""Choices in one list: a page stays of a size that loads at once, however many tags there are."""

OPEN_CHOICES = 8
"""Choices of a facet that stand open; the rest unfold."""

UNSEARCHED_CHOICES = 10
"""Choices of a facet that eyes find as fast as a search box."""

Days = tuple[date | None, date | None]
"""The first day and the last, inclusive; None for an open end."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet.

    Attributes:
        name: of its check box's parameter; "" where ``href`` chooses it.
        value: of its check box's parameter.
        text: to show.
        count: of articles.
        is_chosen: whether it narrows the search.
        children: below it, at most `MAX_CHOICES` and what is chosen.
        href: the search with it chosen, or without it where it is chosen; "" for check boxes.
    """

    name: str
    value: str
    text: str
    count: int
    is_chosen: bool
    children: tuple[Choice, ...] = ()
    href: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something below it is chosen."""
        return any(each.is_chosen or each.is_open for each in self.children)


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of an answer.

    Attributes:
        name: "category", "author", "date", "tag" or "company".
        title: its name, in the reader's language.
        shown: choices that stand open.
        rest: choices that unfold.
        left_out: choices that the page has no place for; none of them is chosen.
    """

    name: str
    title: str
    shown: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    left_out: tuple[Choice, ...] = ()

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
    buckets = page.facets
    found = [
        _facet(
            "category",
            say("web.category"),
            _categories(buckets.get("category", ()), asked.categories),
        ),
        _facet(
            "author", say("web.author"), _values("author", buckets.get("author", ()), asked.authors)
        ),
        _facet("date", say("web.date"), _dates(buckets.get("date", ()), asked, addresses)),
        _facet("tag", say("web.tag"), _values("tag", buckets.get("tag", ()), asked.tags)),
        _facet(
            "company",
            say("web.company"),
            _values("company", buckets.get("company", ()), asked.companies),
        ),
    ]
    return [facet for facet in found if facet.shown]


def period_text(value: str) -> str:
    """Return a year ("2021") or a month ("2021-06") as people write it."""
    year, _, month = value.partition("-")
    if not month:
        return say("web.year", year=year)
    return say("web.year_month", year=year, month=int(month))


def _facet(name: str, title: str, choices: Sequence[Choice]) -> Facet:
    kept = _bounded(choices)
    left_out = tuple(each for each in choices[MAX_CHOICES:] if not _stays(each))
    return Facet(name, title, kept[:OPEN_CHOICES], kept[OPEN_CHOICES:], left_out)


def _bounded(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return (*choices[:MAX_CHOICES], *filter(_stays, choices[MAX_CHOICES:]))


def _stays(choice: Choice) -> bool:
    return choice.is_chosen or choice.is_open


def _categories(buckets: Iterable[Bucket], chosen: Sequence[CategoryPath]) -> list[Choice]:
    found = [_category(bucket, chosen) for bucket in buckets]
    known = set(_paths(buckets))
    return found + [
        Choice("category", format_category(path), " / ".join(path), 0, is_chosen=True)
        for path in chosen
        if path not in known
    ]


def _category(bucket: Bucket, chosen: Sequence[CategoryPath]) -> Choice:
    return Choice(
        "category",
        format_category(bucket.path),
        bucket.value,
        bucket.count,
        bucket.path in chosen,
        _bounded([_category(child, chosen) for child in bucket.children]),
    )


def _paths(buckets: Iterable[Bucket]) -> Iterator[CategoryPath]:
    for bucket in buckets:
        yield bucket.path
        yield from _paths(bucket.children)


def _values(name: str, buckets: Iterable[Bucket], chosen: Sequence[str]) -> list[Choice]:
    counts = {bucket.value: bucket.count for bucket in buckets}
    counts |= {value: 0 for value in chosen if value not in counts}
    found = [Choice(name, value, value, counts[value], value in chosen) for value in counts]
    # What is chosen is not folded away.
    return sorted(found, key=lambda choice: not choice.is_chosen)


def _dates(buckets: Iterable[Bucket], asked: SearchRequest, addresses: Addresses) -> list[Choice]:
    chosen = (asked.date_from, asked.date_to)
    anywhen = addresses.search(replace(asked, date_from=None, date_to=None, offset=0))
    within = addresses.of_days(asked)

    def href(days: tuple[date, date] | None) -> str:
        return anywhen if days is None or days == chosen else within(*days)

    return [_date(bucket, chosen, href) for bucket in buckets]


def _date(bucket: Bucket, chosen: Days, href: Callable[[tuple[date, date] | None], str]) -> Choice:
    """Return a year or a month: one at a time can be chosen, so it is a link, no check box."""
    days = days_of(bucket.value)
    return Choice(
        "",
        bucket.value,
        period_text(bucket.value),
        bucket.count,
        days == chosen,
        tuple(_date(child, chosen, href) for child in bucket.children),
        href(days),
    )
