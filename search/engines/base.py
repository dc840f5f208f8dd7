"""The seam between wensou and whatever holds the index.

An engine stores articles and answers requests. Peers stand behind this one protocol
(`search.engines.whoosh`, later a cluster); the contract tests in tests/engines run on each.

The contract, in prose:

* **Identity.** An article is known by `Article.id`. Putting one whose id is there replaces it.
* **Equality.** `get` and `articles` return an article equal to the one put.
* **Atomicity.** Nothing a writer does is seen before `Writer.commit` returns; afterwards all of it
  is. A writer left without commit, by an exception, a signal or a power cut, leaves the index as it
  was. One writer at a time; readers never wait and never see half.
* **Snapshots.** An `Engine` answers from the last commit it has seen; `refresh` moves it on.
* **Matching** is as `search.query.model` says, over the terms of `search.analysis`; **filters** as
  `search.query.request.Filters` says. Same terms, same matches, on every engine.
* **Counting** is exact: totals and buckets over all matches; a facet ignores its own filter.
* **Order** is total: relevance (BM25F) with ties by id; by date, those without one last. Under
  "hot" an article scores its relevance times its freshness: one half to the power of how many
  half-lives it is older than the newest of the index; one without a date is as old as the oldest;
  more half-lives than 1,000 count as 1,000. Without words, both are newest first. `Prefer` ranks
  what its ``all`` matches first under "relevance" and "hot", however old.
* **Explaining** tells of any one article what `search` goes by: its rank in the order asked for,
  and what adds to its score. These parts, times its freshness, sum to the score that `search`
  gives it.
* **Vocabulary** is what can be suggested to someone who types: of each kind of value, those that
  most articles carry, counted exactly; and the words that stand in most articles, in two at least.
  The count of a word is that of the part which most articles have it in; articles removed since
  may be counted. An engine may leave out rare words, and pairs of characters that are none.
* **Errors** are those of `search.errors`; nothing of a library underneath gets through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import inf
from types import TracebackType
from typing import Any, Literal, NamedTuple, Protocol, Self

from search.article import Article, CategoryPath
from search.query.model import Query
from search.query.request import NO_FILTERS, USUAL_BUCKETS, FacetName, Filters, Sort
from search.results import Bucket, Contribution


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRequest:
    """A `SearchRequest` whose text has been understood.

    Attributes:
        query: what must match, and what scores.
        filters, sort, offset, limit, facets, buckets: as in `SearchRequest`, already checked.
        half_life_days: under "hot" (see the module), above 0; without end, nothing fades.
    """

    query: Query
    filters: Filters = NO_FILTERS
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[FacetName, ...] = ()
    buckets: int = USUAL_BUCKETS
    half_life_days: float = inf


class ScoredArticle(NamedTuple):
    """An article that matches, and its relevance (0.0 where nothing scores)."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """What an engine found: ``hits`` from the offset on, exact ``total``, ``facets`` by name."""

    total: int
    hits: tuple[ScoredArticle, ...]
    facets: dict[str, tuple[Bucket, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineExplanation:
    """What an engine goes by when it ranks an article.

    Attributes:
        rank: the article's place in the whole order, from 1, whatever the offset and the limit of
            the request; None where it does not match, or a filter leaves it out.
        total: as in `EngineAnswer`.
        contributions: what adds to its score, in no order; () where it does not match.
        is_preferred: whether it is what a `Prefer` ranks first, which is in no score.
        freshness: what the sum of the contributions is multiplied with; 1.0 but under "hot".
    """

    rank: int | None
    total: int
    contributions: tuple[Contribution, ...] = ()
    is_preferred: bool = False
    freshness: float = 1.0

    @property
    def score(self) -> float:
        """The score that `search` gives it."""
        return sum(each.score for each in self.contributions) * self.freshness


VocabularyKind = Literal["author", "category", "company", "tag", "word"]
"""What an entry of the vocabulary is: the name of a facet, a company, or a word of the texts."""

MAX_WORDS = 200_000
"""Words of a vocabulary."""

MAX_NAMES = 50_000
"""Of each other kind."""


class VocabularyEntry(NamedTuple):
    """Something that can be suggested.

    Attributes:
        kind: what it is.
        text: a name as articles have it; of a category its own; a word as the analyzer folds it.
        count: of articles (see the module).
        path: of a category, from the top level to this one; () for other kinds.
    """

    kind: VocabularyKind
    text: str
    count: int  # type: ignore[assignment] # not what a tuple's own method is for
    path: CategoryPath = ()


class Known(NamedTuple):
    """What the indexer must know of an article that is in the index (see `Article`)."""

    id: str
    source: str
    path: str
    fingerprint: str
    draft: bool
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStats:
    """The index in numbers.

    Attributes:
        articles: in the index.
        authors, tags, companies: distinct names.
        categories: distinct paths, every level counted.
        undated: articles without a date.
        first_day, last_day: of the articles with a date; None where there is none.
        segments: parts of the index (shards of a cluster).
        deleted: articles removed or replaced whose room has not been won back yet.
        bytes: on disk.
        terms: distinct terms in all fields, summed over segments.
        generation: grows with every commit; part of cache keys.
        dictionaries: fingerprints of the user dictionaries that articles were cut with ("" for
            none), in their order.
    """

    articles: int
    authors: int
    categories: int
    tags: int
    companies: int
    undated: int
    first_day: date | None
    last_day: date | None
    segments: int
    deleted: int
    bytes: int
    terms: int
    generation: int
    dictionaries: tuple[str, ...] = ()


DEFAULT_MEMORY = 512 * 2**20
"""Bytes that gathering articles may take, of all processes together."""


class Gatherer(Protocol):
    """Takes articles for a writer, perhaps in another process than the writer's."""

    def put(self, article: Article) -> object:
        """Take ``article``."""

    def finish(self) -> object:
        """Return what `Writer.adopt` of the writer takes; it can be pickled."""


class Writer(Protocol):
    """Changes to an index, all or nothing. A context manager: leaving it uncommitted cancels."""

    def stamps(self, sources: Collection[str]) -> Set[str]:
        """Return `Article.stamp` of the articles of these sources, but of drafts, and but "".

        As they were when the writer began. Nothing for a rebuild, which takes nothing over.
        """

    def known(self, sources: Collection[str], without: Set[str] = frozenset()) -> Iterator[Known]:
        """Yield what the indexer must know of the articles of these sources.

        Those with a stamp that is among `stamps` and in ``without`` are left out.
        """

    def owner(self, article_id: str) -> Known | None:
        """Return what is known of the article of any source that had that id; None for none."""

    def put(self, article: Article) -> None:
        """Add ``article``, or replace the one with its id."""

    def gatherer(self, processes: int) -> Callable[[], Gatherer]:
        """Return what makes a gatherer, one of as many as there are ``processes``.

        It can be pickled, and called in another process.
        """

    def adopt(self, gathered: Any) -> None:
        """Put every article that a gatherer of this writer took; ``gathered`` as it finished."""

    def delete(self, article_id: str) -> None:
        """Remove the article with that id; nothing happens where there is none."""

    def commit(self) -> None:
        """Make every change visible at once, and durable. The writer is done afterwards."""

    def dictionaries(self) -> Set[str]:
        """Return the fingerprints of the user dictionaries that articles were cut with.

        Of the articles of the newest commit, which may be this writer's; "" is for none.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Engine(Protocol):
    """An index, open for reading; see the module for the contract."""

    @property
    def generation(self) -> int:
        """The commit it answers from; grows with every commit."""

    @property
    def edition(self) -> str:
        """What no other commit has, not even of an index made anew at the same place."""

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Answer ``request``."""

    def explain(self, request: EngineRequest, article_id: str) -> EngineExplanation | None:
        """Return why the article with that id ranks where it does; None where there is none."""

    def matching(self, queries: Sequence[Query], article_id: str) -> tuple[bool, ...] | None:
        """Return of each query whether it matches the article; None where there is none."""

    def get(self, article_id: str) -> Article | None:
        """Return the article with that id, or None."""

    def articles(self) -> Iterator[Article]:
        """Yield every article, in an order that does not change between commits."""

    def vocabulary(self) -> Iterator[VocabularyEntry]:
        """Yield what can be suggested, each kind by itself, those with most articles first."""

    def writer(self, *, rebuild: bool = False) -> Writer:
        """Return a writer; with ``rebuild`` its commit replaces everything there was.

        Raises:
            IndexLocked: another process holds one.
        """

    def refresh(self) -> bool:
        """Move on to the newest commit; return whether there was one."""

    def stats(self) -> EngineStats:
        """Return the index in numbers."""

    def check(self) -> list[str]:
        """Read everything; return what is wrong, a sentence each ([] when all is well)."""

    def close(self) -> None:
        """Let go of files and connections. Closing twice is harmless."""
