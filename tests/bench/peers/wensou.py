"""wensou itself, through its seam: a writer, an engine, an `EngineRequest`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from search.article import Article
from search.engines.base import Engine, EngineRequest
from search.engines.locating import open_engine, open_writer
from search.query import parse
from tests.bench.asks import FACETS, HITS, Answer, Ask, flat_counts


class _Searching:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(self, ask: Ask) -> Answer:
        """Answer ``ask``."""
        answer = self._engine.search(
            EngineRequest(
                query=parse(ask.text).query,
                filters=ask.filters,
                sort="newest" if ask.newest else "relevance",
                limit=HITS,
                facets=FACETS if ask.facets else (),
            )
        )
        return Answer(
            answer.total,
            tuple(hit.article.id for hit in answer.hits),
            {name: flat_counts(name, buckets) for name, buckets in answer.facets.items()},
        )

    def close(self) -> None:
        """Let go of its files."""
        self._engine.close()


class _Wensou:
    def index(self, articles: Iterator[Article], folder: Path) -> None:
        """Make an index through the writer; the whole command is measured by `tests.bench`."""
        with open_writer(folder, rebuild=True) as writer:
            for article in articles:
                writer.put(article)
            writer.commit()

    def open(self, folder: Path) -> _Searching:
        """Open the index in ``folder``."""
        return _Searching(open_engine(folder))


PEER = _Wensou()
