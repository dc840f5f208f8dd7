"""Changes to the index, all or nothing.

New articles gather in runs: sorted files that no contents name. `WhooshWriter.commit` makes one
segment of them and of small old segments, and writes a new table of contents: the one step that
makes everything visible. What a killed writer leaves behind is named nowhere and is swept by the
next commit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence, Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from whoosh.index import clean_files
from whoosh.util import random_name

from search.analysis import dictionary_in_force
from search.article import Article
from search.engines.base import DEFAULT_MEMORY, Known
from search.engines.whoosh.codec import ArraySegment
from search.engines.whoosh.contents import (
    INDEX_NAME,
    DurableStorage,
    latest_generation,
    read_contents,
    write_contents,
)
from search.engines.whoosh.gathering import RunFile, RunGatherer
from search.engines.whoosh.making import SourceFiles, make_segment
from search.engines.whoosh.policy import to_merge
from search.engines.whoosh.rows import DictionaryFile
from search.engines.whoosh.runs import StoredRun
from search.engines.whoosh.snapshot import open_snapshot
from search.errors import IndexDamaged, IndexLocked, IndexOutdated

_OTHERS, _OWN = range(2)  # who gathered a run


class WhooshWriter:
    """The one writer of an index (see `search.engines.base.Writer`)."""

    def __init__(self, folder: Path, *, rebuild: bool, memory: int = DEFAULT_MEMORY) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._storage = DurableStorage(str(folder))
        self._lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")  # the name Whoosh's writer uses
        if not self._lock.acquire():
            raise IndexLocked("engine.locked", location=folder)
        try:
            self._rebuild = rebuild or latest_generation(folder) < 0
            self._before = None if self._rebuild else open_snapshot(folder)
        except BaseException:
            self._lock.release()
            raise
        self._memory = memory
        self._dictionary = folder / f"{INDEX_NAME}_{random_name(16)}.dictionary"
        if self._before:
            DictionaryFile(self._dictionary).offer(self._before.dictionary())
        self._deleted: dict[int, set[int]] = {}  # of the snapshot's segments, by their number
        self._runs: list[RunFile] = []  # of others that gathered
        self._replaced: dict[tuple[int, int], set[int]] = {}  # of runs, by gatherer and number
        self._places: dict[str, tuple[int, int, int]] = {}  # id -> gatherer, run, document
        self._own = self.gatherer(1)()
        self._named = [each.entry for each in self._before.segments] if self._before else []

    def stamps(self, sources: Collection[str]) -> Set[str]:
        """Return the stamps of the articles of these sources."""
        return self._before.stamps(sources) if self._before else frozenset()

    def known(self, sources: Collection[str], without: Set[str] = frozenset()) -> Iterator[Known]:
        """Yield what the indexer must know of the articles of these sources."""
        return self._before.known(sources, without) if self._before else iter(())

    def owner(self, article_id: str) -> Known | None:
        """Return what is known of the article that had the id when the writer began."""
        return self._before.owner(article_id) if self._before else None

    def gatherer(self, processes: int) -> Callable[[], RunGatherer]:
        """Return what makes a gatherer, one of as many as there are ``processes``."""
        memory = self._memory // processes
        return partial(RunGatherer, self._folder, self._dictionary, memory)

    def adopt(self, gathered: Sequence[RunFile]) -> None:
        """Take over what a gatherer of this writer has finished."""
        for run in gathered:
            for doc, known in enumerate(StoredRun(run.path).all_known()):
                self.delete(known.id)
                self._places[known.id] = _OTHERS, len(self._runs), doc
            self._runs.append(run)

    def put(self, article: Article) -> None:
        """Add ``article``, or replace the one with its id."""
        self.delete(article.id)
        self._places[article.id] = _OWN, *self._own.put(article)

    def delete(self, article_id: str) -> None:
        """Remove the article with that id; nothing happens where there is none."""
        if article_id in self._places:
            *run, doc = self._places.pop(article_id)
            self._replaced.setdefault((run[0], run[1]), set()).add(doc)
        found = self._before.find(article_id) if self._before else None
        if found:
            self._deleted.setdefault(found[0], set()).add(found[1])

    def commit(self) -> None:
        """Make every change visible at once, and durable."""
        try:
            new = self._new_files()
            if new or self._deleted or self._rebuild:
                self._named = self._segments(new)
                write_contents(self._folder, self._named)
        finally:
            self._sweep()
            self._lock.release()

    def _new_files(self) -> list[SourceFiles]:
        runs = {_OTHERS: self._runs, _OWN: self._own.finish()}
        found = []
        for gatherer, files in runs.items():
            for number, run in enumerate(files):
                deleted = np.zeros(run.doc_count, bool)
                deleted[list(self._replaced.get((gatherer, number), ()))] = True
                if not deleted.all():
                    found.append(SourceFiles({"run": run.path}, deleted))
        return found

    def _segments(self, new: list[SourceFiles]) -> list[ArraySegment]:
        """Return the segments of the next commit: few, none of them empty."""
        before = self._before.segments if self._before else ()
        old = [
            segment.entry.without(self._deleted.get(number, set()))
            for number, segment in enumerate(before)
        ]
        old = [each for each in old if each.doc_count()]
        new_docs = sum(int((~source.deleted).sum()) for source in new)
        merged = to_merge(old, new_docs)
        if not new and not merged:
            return old
        sources = [self._files_of(each) for each in merged] + new
        rest = [each for each in old if each not in merged]
        cut_with = _dictionaries(merged) | ({dictionary_in_force().fingerprint} if new else set())
        return [*rest, make_segment(self._folder, INDEX_NAME, sources, cut_with)]

    def _files_of(self, segment: ArraySegment) -> SourceFiles:
        return SourceFiles(segment.paths_in(self._folder), segment.deleted_mask())

    def _sweep(self) -> None:
        """Remove the files that the newest contents do not name."""
        with suppress(FileNotFoundError):
            for unfinished in (f".{INDEX_NAME}_*.tmp", f"_{INDEX_NAME}_*.toc.*"):
                for path in self._folder.glob(unfinished):
                    path.unlink()
        generation = latest_generation(self._folder)
        # Contents that cannot be read may name any file: then everything stays for `--rebuild`.
        with suppress(IndexDamaged, IndexOutdated):
            named = read_contents(self._folder).segments if generation >= 0 else []
            clean_files(self._storage, INDEX_NAME, generation, named)

    def dictionaries(self) -> Set[str]:
        """Return the fingerprints of the dictionaries that articles of the newest commit have."""
        return _dictionaries(self._named)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock.fd is not None:  # not committed
            self._sweep()
            self._lock.release()


def _dictionaries(segments: Sequence[ArraySegment]) -> frozenset[str]:
    return frozenset().union(*(each.dictionaries for each in segments))
