"""What a search gives back. Values only; the engines and the service make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from search.article import Article, CategoryPath


class Span(NamedTuple):
    """A stretch of a text: characters ``text[start:end]``, counted from 0, never empty."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of an article.

    Attributes:
        text: plain text on one line, at most about 200 characters; "…" stands at a cut end.
        spans: what in ``text`` matches the query; in order, apart from each other; () for nothing.
    """

    text: str
    spans: tuple[Span, ...] = ()


class Bucket(NamedTuple):
    """A value of a facet and how many matching articles carry it.

    A tuple is made in a third of the time of a frozen dataclass, and an answer has hundreds.

    Attributes:
        value: the author, the tag, the company, the category's own name, "2021" or "2021-06".
        count: of articles, exact, over all matches; an article counts once in each of its values.
        children: sub-categories of a category, months of a year; () elsewhere.
        path: of a category, from the top level to this one; () for other facets.
    """

    value: str
    count: int  # type: ignore[assignment] # not what a tuple's own method is for
    children: tuple[Bucket, ...] = ()
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches.

    Attributes:
        article: whole, as it was indexed.
        score: its relevance (in the order "hot", times its freshness), above 0 where words were
            searched, comparable within one answer only, and where some follow those with all
            words, only among the ones and among the others; 0.0 where the search had no words.
        snippet: the best passage of its body; the body's beginning where nothing in it is marked;
            empty where no snippets were asked for.
        title_spans: what in ``article.title`` matches the query; () likewise.
    """

    article: Article
    score: float
    snippet: Snippet
    title_spans: tuple[Span, ...] = ()


ContributionKind = Literal[
    "word", "pair", "character", "link", "pattern", "value", "constant", "closeness", "title"
]
"""What adds to a score:

    word       a word as the analyzer cuts it
    pair       two characters side by side that are no word
    character  one character of a script written without spaces
    link       the last character of a word and the first of the next
    pattern    all terms together that a beginning, a pattern or a near spelling stands for
    value      an author, a tag, a category, a company
    constant   what else scores the same wherever it matches, such as days
    closeness  two words near each other
    title      a whole title that is just what was asked for
"""


class Contribution(NamedTuple):
    """Something that adds to the score of an article.

    Attributes:
        kind: what it is.
        score: what it adds; above 0.
        part: of the article it stands in: "title", "body" or "tags"; "" for no part.
        texts: the term as it was folded; of closeness the two words, in the order typed; of a
            pattern its beginnings, with ``*`` behind; () where it is none in particular.
        frequency: times it stands in the part; 0 where that does not count.
        articles: that have it in the part, those removed since included; 0 likewise.
        weight: what its score was multiplied with: that of the part and that of the word together;
            0.0 likewise.
    """

    kind: ContributionKind
    score: float
    part: str = ""
    texts: tuple[str, ...] = ()
    frequency: int = 0
    articles: int = 0
    weight: float = 0.0


class Wanted(NamedTuple):
    """Something a query asks for, as it would be typed, and whether an article has it."""

    text: str
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an article ranks where it does for a query.

    Attributes:
        query: the text searched, as given.
        article: whole, as it was indexed.
        wanted: each thing that the query asks for, in its order: words one by one.
        rank: the article's place among all that match, from 1; None where it does not match.
        total: of matching articles.
        score: as in `Hit`; the sum of what the contributions add, times its freshness.
        contributions: what adds to the score, the most first; () where nothing does.
        is_preferred: whether it has all words, and so comes before those with some of them.
        freshness: above 0, at most 1: of the newest article; 1.0 in other orders than "hot".
        relaxed, let_go, notes: as in `Page`.
    """

    query: str
    article: Article
    wanted: tuple[Wanted, ...]
    rank: int | None
    total: int
    score: float
    contributions: tuple[Contribution, ...]
    is_preferred: bool = False
    freshness: float = 1.0
    relaxed: bool = False
    let_go: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer.

    Attributes:
        query: the text searched, as given.
        total: of matching articles, exact.
        hits: from the offset asked for, at most the limit asked for.
        facets: by name (of `FACETS`), those that were asked for; each in the order to show: by
            count, largest first, then by name; dates newest first.
        relaxed: whether too few articles had all words, so that those with some of them follow.
        let_go: words that no article has together with the others, so that it was searched without
            them; () where none had to be let go.
        notes: sentences for people on how the text was understood; () when as typed.
        suggestion: another text that finds more, where too few articles have all words of this
            one; None for none.
        took_ms: milliseconds that the search took, from 0.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Bucket, ...]] = field(default_factory=dict)
    relaxed: bool = False
    let_go: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    suggestion: str | None = None
    took_ms: float = 0.0


SuggestionKind = Literal["word", "company", "author", "category", "tag", "title"]
"""What a suggestion is of."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed.

    Attributes:
        kind: what it is.
        text: to be shown: a word, a name (of a category its own), a title.
        count: of articles that have it: exact for names, 1 for a title; of a word, those that have
            it in the part of an article where most do.
        query: the whole text that asks for it, what was typed before it included.
        path: of a category, from the top level to this one; () for other kinds.
        id: of the article whose title it is; "" for other kinds.
    """

    kind: SuggestionKind
    text: str
    count: int
    query: str
    path: CategoryPath = ()
    id: str = ""
