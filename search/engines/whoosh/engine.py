"""The embedded engine: the `Engine` protocol over a folder on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from search.article import Article
from search.engines.base import (
    DEFAULT_MEMORY,
    EngineAnswer,
    EngineExplanation,
    EngineRequest,
    EngineStats,
    VocabularyEntry,
)
from search.engines.whoosh.caching import forget_postings
from search.engines.whoosh.contents import NO_COMMIT, latest_commit
from search.engines.whoosh.segment import read_article
from search.engines.whoosh.snapshot import Snapshot, open_snapshot
from search.errors import EngineError, IndexDamaged
from search.messages import say
from search.query.model import Query

if TYPE_CHECKING:
    from search.engines.whoosh.writer import WhooshWriter


class WhooshEngine:
    """An index in a folder (see `search.engines.base.Engine`).

    Args:
        folder: where the index is.
        memory: for what is remembered of searches (see `search.engines.whoosh.snapshot`).

    Raises:
        IndexNotFound, IndexOutdated, IndexDamaged: see `search.engines.whoosh.snapshot`.
    """

    def __init__(self, folder: Path, memory: memoryview | None = None) -> None:
        self._folder = folder
        self._memory = memory
        self._snapshot = open_snapshot(folder, memory)

    @staticmethod
    def new_writer(
        folder: Path, *, rebuild: bool = False, memory: int = DEFAULT_MEMORY
    ) -> WhooshWriter:
        """Return a writer on ``folder``, which need not hold an index yet.

        Raises:
            IndexLocked: another process holds one.
        """
        from search.engines.whoosh.writer import WhooshWriter  # a search needs none

        return WhooshWriter(folder, rebuild=rebuild, memory=memory)

    @property
    def generation(self) -> int:
        """The commit it answers from; grows with every commit."""
        return self._snapshot.commit.generation

    @property
    def edition(self) -> str:
        """What no other commit has."""
        return self._snapshot.edition

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Answer ``request``."""
        with _blaming_damage(self._snapshot) as snapshot:
            return snapshot.search(request)

    def explain(self, request: EngineRequest, article_id: str) -> EngineExplanation | None:
        """Return why the article with that id ranks where it does; None where there is none."""
        from search.engines.whoosh.explaining import explain  # a search needs none

        with _blaming_damage(self._snapshot) as snapshot:
            return explain(snapshot, request, article_id)

    def matching(self, queries: Sequence[Query], article_id: str) -> tuple[bool, ...] | None:
        """Return of each query whether it matches the article; None where there is none."""
        from search.engines.whoosh.explaining import matching  # a search needs none

        with _blaming_damage(self._snapshot) as snapshot:
            return matching(snapshot, queries, article_id)

    def get(self, article_id: str) -> Article | None:
        """Return the article with that id, or None."""
        with _blaming_damage(self._snapshot) as snapshot:
            return snapshot.get(article_id)

    def articles(self) -> Iterator[Article]:
        """Yield every article, in the order of segments and documents."""
        return self._snapshot.articles()

    def vocabulary(self) -> Iterator[VocabularyEntry]:
        """Yield what can be suggested, each kind by itself, those with most articles first."""
        from search.engines.whoosh.vocabulary import entries  # few searches need one

        with _blaming_damage(self._snapshot) as snapshot:
            yield from entries(snapshot)

    def writer(self, *, rebuild: bool = False) -> WhooshWriter:
        """Return a writer; with ``rebuild`` its commit replaces everything there was."""
        return self.new_writer(self._folder, rebuild=rebuild)

    def refresh(self) -> bool:
        """Move on to the newest commit; return whether there was one."""
        if latest_commit(self._folder) == self._snapshot.commit:
            return False
        self._snapshot = open_snapshot(self._folder, self._memory)
        forget_postings()
        return True

    def stats(self) -> EngineStats:
        """Return the index in numbers."""
        segments = self._snapshot.segments
        with _blaming_damage(self._snapshot) as snapshot:
            counts = snapshot.count_values()
        days = sorted(counts["day"])
        return EngineStats(
            articles=self._snapshot.article_count,
            authors=len(counts["author"]),
            categories=len(counts["category"]),
            tags=len(counts["tag"]),
            companies=len(counts["company"]),
            undated=self._snapshot.article_count - sum(counts["day"].values()),
            first_day=date.fromisoformat(days[0]) if days else None,
            last_day=date.fromisoformat(days[-1]) if days else None,
            segments=len(segments),
            deleted=sum(each.entry.deleted_count() for each in segments),
            bytes=sum(each.arrays.nbytes for each in segments),
            terms=sum(len(field.terms) for each in segments for field in each.arrays.fields()),
            generation=self.generation,
            dictionaries=tuple(sorted({d for each in segments for d in each.entry.dictionaries})),
        )

    def check(self) -> list[str]:
        """Read every byte and every article; return what is wrong, a sentence each."""
        # Opened anew: the snapshot in use would not notice a file altered or gone since.
        # What is wrong with a file is the same for many articles.
        return list(dict.fromkeys(_problems(open_snapshot(self._folder))))

    def close(self) -> None:
        """Let go of the snapshot; its files are unmapped when the last answer is done with them."""
        self._snapshot = Snapshot(NO_COMMIT, ())
        forget_postings()


@contextmanager
def _blaming_damage(snapshot: Snapshot) -> Iterator[Snapshot]:
    """Turn an error that altered arrays led to into one of ours that names their file.

    Whether arrays are as they were written is looked at only then: it means reading them all.
    """
    try:
        yield snapshot
    except EngineError:
        raise
    except Exception as error:
        for segment in snapshot.segments:
            for file in segment.arrays.files.values():
                if file.altered():
                    raise IndexDamaged("engine.damaged_arrays", path=file.path.name) from error
        raise


def _problems(snapshot: Snapshot) -> Iterator[str]:
    seen: set[str] = set()
    for segment in snapshot.segments:
        for file in segment.arrays.files.values():
            for name in file.altered():
                yield say("engine.altered", path=file.path.name, name=name)
        for doc in range(segment.arrays.doc_count):
            try:
                article = read_article(segment.arrays, doc)
            except EngineError as error:
                yield str(error)
                continue
            if segment.deleted[doc]:
                continue
            if article.id in seen:
                yield say("engine.twice", id=article.id)
            seen.add(article.id)
