"""What every peer is asked, and what it answers; values that go from process to process as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from search.query.request import FacetName, Filters
from search.results import Bucket

Kind = Literal["top-10", "facets", "phrase", "filtered", "newest", "prefix"]

KINDS: dict[Kind, str] = {
    "top-10": "one to four words, ten hits",
    "facets": "one to four words, ten hits, four facets",
    "phrase": "two to four words in quotes, ten hits",
    "filtered": "one or two words, a category and a span of days, ten hits, four facets",
    "newest": "one to four words, the ten newest",
    "prefix": "the beginning of a word, at times another word, ten hits",
}
"""Every kind of question, and what it is."""

HITS = 10
"""Hits wanted of every question."""

FACETS: tuple[FacetName, ...] = ("category", "author", "tag", "date")
"""Facets that are counted: those that every peer has."""

MAX_BUCKETS = 1_000
"""Values of one facet that are counted out, those with most articles."""

LEVEL = "\x1f"
"""Between the names of a category path in a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question.

    Attributes:
        kind: see `KINDS`.
        text: in the query language.
        category: a path the articles must be under; () for any.
        first_day, last_day: taken in; None for no bound.
    """

    kind: Kind
    text: str
    category: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None

    @property
    def facets(self) -> bool:
        """Whether the facets of `FACETS` are counted."""
        return self.kind in ("facets", "filtered")

    @property
    def newest(self) -> bool:
        """Whether hits are wanted by date instead of by relevance."""
        return self.kind == "newest"

    @property
    def has_days(self) -> bool:
        """Whether there is a bound to the days."""
        return self.first_day is not None or self.last_day is not None

    @property
    def filters(self) -> Filters:
        """The same as the product has it."""
        return Filters(
            categories=(self.category,) if self.category else (),
            date_from=self.first_day,
            date_to=self.last_day,
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as `from_json` reads it."""
        values = asdict(self)
        for name in ("first_day", "last_day"):
            values[name] = values[name] and values[name].isoformat()
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Ask:
        """Return what `as_json` wrote."""
        days = {
            name: values[name] and date.fromisoformat(values[name])
            for name in ("first_day", "last_day")
        }
        return cls(
            kind=values["kind"], text=values["text"], category=tuple(values["category"]), **days
        )


Counts = dict[str, int]
"""Articles by value. A category is its names joined by `LEVEL`, a date is YYYY-MM."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer found: ``total`` matches, ids of the ``hits``, ``facets`` by name."""

    total: int
    hits: tuple[str, ...]
    facets: dict[str, Counts] = field(default_factory=dict)


def flat_counts(name: str, buckets: Iterable[Bucket]) -> Counts:
    """Return wensou's buckets as counts: every level of a category, only months of a date."""
    found: Counts = {}
    for bucket in buckets:
        if name != "date" or not bucket.children:
            found[LEVEL.join(bucket.path) or bucket.value] = bucket.count
        found |= flat_counts(name, bucket.children)
    return found
