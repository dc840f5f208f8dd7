"""The one door to an index, used by the command line and the page alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from search.analysis import cut_words, dictionary_in_force, spelling, weight_of
from search.article import Article
from search.engines.base import Engine, EngineAnswer, EngineRequest, EngineStats, ScoredArticle
from search.engines.locating import open_engine
from search.errors import ArticleNotFound, RequestError
from search.query import Synonyms, as_typed, loosened, parse_synonyms, wanted
from search.query.model import Also, Prefer, Query
from search.query.request import BY_WORDS, NO_FILTERS, SearchRequest
from search.results import Explanation, Hit, Page, Snippet, Suggestion, Wanted
from search.settings import HALF_LIFE_DAYS, parse_half_life, read_lines
from search.snippets import Highlighter
from search.suggesting.renewing import Renewed
from search.typed_text import TypedText, TypedTexts

if TYPE_CHECKING:
    from search.suggesting.suggester import Suggester

RELAX_BELOW = 3
"""Articles that have all words, below which those with some of them follow (``match="auto"``)."""

FEW_OF_NO_WORD = 30
"""Articles below which another text is looked for where a word typed is none of the dictionary's:
characters that a slip leaves side by side stand so in some articles, across two words."""

MAX_TYPED_CHARS = 200
"""Of a text that is completed."""

MAX_SUGGESTIONS = 20
"""Completions of one text."""


def open_index(
    location: str | Path,
    *,
    synonyms: str | Path = "",
    half_life_days: int = HALF_LIFE_DAYS,
    memory: memoryview | None = None,
) -> Index:
    """Open the index at ``location``: a folder, or ``whoosh:///absolute/path``.

    Args:
        location: where it is.
        synonyms: a file of words that mean the same (see `search.query.synonyms`), read now.
        half_life_days: by which an article is older that counts half under ``sort="hot"``, 1 to
            36,500.
        memory: for what is remembered of searches, which other processes that answer from the index
            have a part in; None where there are none.

    Raises:
        SettingsError: the file cannot be used, or there is no such half-life.
        IndexNotFound: there is none.
        IndexOutdated: it is to be built anew.
        IndexDamaged: its files are missing or altered.
    """
    lines = read_lines(Path(synonyms)) if synonyms else ()
    groups = parse_synonyms(lines, spelling, cut_words)
    half_life = parse_half_life("half_life_days", half_life_days)
    return Index(str(location), open_engine(location, memory), groups, half_life)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStats(EngineStats):
    """The index in numbers (see `EngineStats`).

    Attributes:
        location: where it is, as it was given.
        other_dictionary: whether articles were cut with another user dictionary than the one in
            force: they are found all the same, but rank by the words of theirs.
    """

    location: str
    other_dictionary: bool = False


class _Answer(NamedTuple):
    """An answer, and the query as it was searched.

    Attributes:
        query: what is marked of it.
        searched: what the engine was asked.
        let_go: words of the query as typed that it was searched without.
        is_relaxed: whether articles with some of the words follow.
    """

    query: Query
    searched: Query
    found: EngineAnswer
    let_go: tuple[str, ...] = ()
    is_relaxed: bool = False


class Index:
    """An index, open for searching. A context manager; safe for many threads.

    It answers from the newest commit: what ``wensou index`` has finished is found at once.
    """

    def __init__(
        self,
        location: str,
        engine: Engine,
        synonyms: Synonyms,
        half_life_days: int = HALF_LIFE_DAYS,
    ) -> None:
        self.location = location
        self._engine = engine
        self._synonyms = synonyms
        self._texts = TypedTexts(synonyms)
        self._half_life_days = half_life_days
        self._settings = _digest(sorted(synonyms.others.items()), half_life_days)
        self._suggester = Renewed(self._new_suggester)

    @property
    def generation(self) -> int:
        """The commit it answers from; grows with every commit."""
        return self._engine.generation

    @property
    def edition(self) -> str:
        """All that decides an answer besides its request, as a few hexadecimal digits.

        Equal editions give equal answers, in other processes and after a restart too.
        """
        commit = self._engine.edition
        return _digest(
            commit,
            # Suggestions may be those of an earlier commit, until new ones are made.
            self._suggester.edition or commit,
            self._settings,
            dictionary_in_force().fingerprint,
        )

    def search(self, request: SearchRequest) -> Page:
        """Answer ``request``. Never raises for its text."""
        began = perf_counter()
        self._engine.refresh()
        typed = self._texts.read(request.text)
        answer = self._answer(request, typed)
        highlighter = typed.highlighter(answer.query) if request.snippets else None
        return Page(
            query=request.text,
            total=answer.found.total,
            hits=_hits(answer.found.hits, highlighter),
            facets=answer.found.facets,
            relaxed=answer.is_relaxed,
            let_go=answer.let_go,
            notes=typed.parsed.notes,
            suggestion=self._rewritten(request, typed, answer),
            took_ms=(perf_counter() - began) * 1000,
        )

    def _answer(self, request: SearchRequest, typed: TypedText) -> _Answer:
        query = typed.parsed.query
        if request.match == "any":
            return self._answer_to(request, typed.some or query)
        every = self._answer_to(request, query)
        enough = _enough(request)
        total = every.found.total
        if total >= enough or request.match == "all" or not (some := typed.some):
            return every
        if request.filters != NO_FILTERS:
            total = self._count(query)  # whatever the filters leave of them
            if total >= enough:
                return every
        let_go: tuple[str, ...] = ()
        if not total and (loose := loosened(query, _weight, self._count)):
            query, let_go = loose
            found = self._answer_to(request, Also(query, some), let_go)
            if found.found.total >= enough:
                return found
        more = self._answer_to(request, Prefer(query, some), let_go)
        if more.found.total == every.found.total:
            return every
        return more._replace(query=some, is_relaxed=True)

    def _answer_to(
        self, request: SearchRequest, query: Query, let_go: tuple[str, ...] = ()
    ) -> _Answer:
        return _Answer(query, query, self._ask(self._asked(request, query)), let_go)

    def _ask(self, request: EngineRequest) -> EngineAnswer:
        """Have the engine answer, for words that mean the same as well: all searches pass here."""
        query = self._synonyms.applied(request.query)
        is_same = query is request.query
        return self._engine.search(request if is_same else replace(request, query=query))

    def _asked(self, request: SearchRequest, query: Query) -> EngineRequest:
        return EngineRequest(
            query=query,
            filters=request.filters,
            sort=request.sort,
            offset=request.offset,
            limit=request.limit,
            facets=request.facets,
            buckets=request.buckets,
            half_life_days=self._half_life_days,
        )

    def _count(self, query: Query) -> int:
        return self._ask(EngineRequest(query=query, limit=0)).total

    def _rewritten(self, request: SearchRequest, typed: TypedText, answer: _Answer) -> str | None:
        """Return another text that finds more, where too few articles have all words of this.

        Who asks for any of the words did not ask for all, and is not asked back; nor is who writes
        a word that the synonyms know.
        """
        if request.match == "any" or not typed.parsed.words or not request.limit:
            return None
        if typed.has_synonyms:
            return None
        total = 0 if answer.is_relaxed or answer.let_go else answer.found.total
        if total >= FEW_OF_NO_WORD and typed.is_strict:  # as most are: no word is looked up
            return None
        few = FEW_OF_NO_WORD if typed.is_doubtful else RELAX_BELOW
        if total >= few and typed.is_strict:
            return None
        from search.suggesting.places import MAX_PIECES  # most searches need none

        if len(typed.parsed.words) > MAX_PIECES:  # as strings they take long, and are not rewritten
            return None
        is_counted = typed.is_strict and request.filters == NO_FILTERS and total > 0
        found = total if is_counted else self._count(typed.strict)
        if found >= few:
            return None
        suggester = self._suggester.get(self._engine.edition)
        rewriter = suggester.rewriter(request.text, typed.parsed, self._ask, request.filters)
        return rewriter.best(max(total, found) + 1, found)

    def explain(self, request: SearchRequest, article_id: str) -> Explanation:
        """Return why the article with that id ranks where it does in the answer to ``request``.

        Raises:
            ArticleNotFound: there is none.
        """
        article = self.article(article_id)
        typed = self._texts.read(request.text)
        parsed = typed.parsed
        answer = self._answer(replace(request, limit=0, facets=()), typed)
        things = wanted(parsed.query, cut_words)
        searched = self._synonyms.applied(answer.searched)
        found = self._engine.explain(self._asked(request, searched), article_id)
        there = self._engine.matching(list(map(self._synonyms.applied, things)), article_id)
        if found is None or there is None:  # removed by another process, in between
            raise ArticleNotFound("engine.no_article", id=article_id)
        return Explanation(
            query=request.text,
            article=article,
            wanted=tuple(map(Wanted, map(as_typed, things), there)),
            rank=found.rank,
            total=found.total,
            score=found.score,
            contributions=tuple(sorted(found.contributions, key=lambda each: -each.score)),
            is_preferred=found.is_preferred,
            freshness=found.freshness,
            relaxed=answer.is_relaxed,
            let_go=answer.let_go,
            notes=parsed.notes,
        )

    def _new_suggester(self) -> Suggester:
        from search.suggesting.suggester import Suggester  # most searches need none

        return Suggester(self._engine.vocabulary())

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return completions of what is being typed: words, names and titles, the best first.

        The first call makes them ready, for some seconds where there are many articles; after a
        commit those of before are given while new ones are made.

        Raises:
            RequestError: ``text`` is too long, or ``limit`` out of its range.
        """
        if len(text) > MAX_TYPED_CHARS:
            raise RequestError("request.typed", seen=len(text), most=MAX_TYPED_CHARS)
        if not 1 <= limit <= MAX_SUGGESTIONS:
            raise RequestError("request.suggestions", seen=limit, most=MAX_SUGGESTIONS)
        self._engine.refresh()
        return self._suggester.get(self._engine.edition).suggest(text, limit, self._engine.search)

    def prepare(self, then: Callable[[], None]) -> None:
        """Begin to make ready what suggestions need, so that nobody waits for it later.

        Args:
            then: called when it is, in a thread of its own.
        """
        self._suggester.prepare(self._engine.edition, then)

    def article(self, article_id: str) -> Article:
        """Return the article with that id.

        Raises:
            ArticleNotFound: there is none.
        """
        self._engine.refresh()
        found = self._engine.get(article_id)
        if found is None:
            raise ArticleNotFound("engine.no_article", id=article_id)
        return found

    def articles(self) -> Iterator[Article]:
        """Yield every article of the newest commit, in an order that no reading changes."""
        self._engine.refresh()
        return self._engine.articles()

    def highlighter(self, text: str) -> Highlighter:
        """Return what marks the matches of a query's text in other texts."""
        typed = self._texts.read(text)
        return typed.highlighter(typed.parsed.query)

    def stats(self) -> IndexStats:
        """Return the index in numbers."""
        self._engine.refresh()
        stats = self._engine.stats()
        return IndexStats(
            location=self.location,
            other_dictionary=not {*stats.dictionaries} <= {dictionary_in_force().fingerprint},
            **asdict(stats),
        )

    def check(self) -> list[str]:
        """Read everything; return what is wrong, a sentence each ([] when all is well)."""
        return self._engine.check()

    def refresh(self) -> bool:
        """Move on to the newest commit; return whether there was one."""
        return self._engine.refresh()

    def close(self) -> None:
        """Let go of the index's files. Closing twice is harmless."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _hits(found: Sequence[ScoredArticle], highlighter: Highlighter | None) -> tuple[Hit, ...]:
    """Return what was found, marked by ``highlighter``; None for not at all."""
    if highlighter is None:
        return tuple(Hit(article, score, Snippet("")) for article, score in found)
    marked = highlighter.marked([article for article, _ in found])
    return tuple(Hit(*each, *marks) for each, marks in zip(found, marked, strict=True))


def _enough(request: SearchRequest) -> int:
    """Return how many articles are enough, so that no others follow them.

    An order by date would bury the few among the many, so there only an empty answer is too few.
    """
    return RELAX_BELOW if request.sort in BY_WORDS else 1


def _digest(*facts: object) -> str:
    return blake2b(repr(facts).encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _weight(text: str) -> float:
    """Return what a text weighs: as much as the word in it that tells most."""
    return max(map(weight_of, cut_words(text)), default=1.0)
