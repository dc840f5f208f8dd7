"""Articles gathered within a memory budget, by the writer's process or by others that help it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from whoosh.util import random_name

from search.article import Article
from search.engines.whoosh.building import MAX_OCCURRENCES, RunBuilder
from search.engines.whoosh.rows import DictionaryFile
from search.engines.whoosh.runs import write_run

_OCCURRENCE_BYTES = 70
"""Of memory for each while a run is sorted: measured, the run's rows and the sorting together."""


class RunFile(NamedTuple):
    """A run on the disk, and how many articles it has."""

    path: Path
    doc_count: int


class RunGatherer:
    """Gathers articles in runs (see `search.engines.base.Gatherer`).

    Args:
        folder: of the index.
        dictionary: the writer's.
        memory: bytes that gathering may take.
    """

    def __init__(self, folder: Path, dictionary: Path, memory: int) -> None:
        self._folder = folder
        self._dictionary = DictionaryFile(dictionary)
        self._most = max(1, min(memory // _OCCURRENCE_BYTES, MAX_OCCURRENCES))
        self._runs: list[RunFile] = []
        self._builder = RunBuilder(self._dictionary)

    def put(self, article: Article) -> tuple[int, int]:
        """Add ``article``; return the number of its run, and its document there."""
        place = len(self._runs), self._builder.add(article)
        if self._builder.occurrences >= self._most:
            self._spill()
        return place

    def finish(self) -> list[RunFile]:
        """Return the runs, in order."""
        if len(self._builder):
            self._spill()
        return self._runs

    def _spill(self) -> None:
        # A name of the kind that Whoosh gives, so that what is left of a killed writer is swept.
        path = self._folder / f"MAIN_{random_name(16)}.run"
        write_run(path, self._builder.run())
        self._runs.append(RunFile(path, len(self._builder)))
        self._builder = RunBuilder(self._dictionary)
