"""Changes to the index, all or nothing.

New articles gather in a `SegmentBuilder`; when it is full it becomes a file that no contents name
yet. `WhooshWriter.commit` makes one segment of such files, merges small old segments, and writes a
new table of contents: the one step that makes everything visible. What a killed writer leaves
behind is named nowhere and is swept by the next commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np
from whoosh.index import clean_files

from search.article import Article
from search.engines.base import Known
from search.engines.whoosh.arrays import write_arrays
from search.engines.whoosh.building import SegmentBuilder
from search.engines.whoosh.codec import ArraySegment
from search.engines.whoosh.contents import (
    INDEX_NAME,
    DurableStorage,
    latest_generation,
    read_contents,
    write_contents,
)
from search.engines.whoosh.merging import Source, merge
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import open_snapshot
from search.errors import IndexDamaged, IndexLocked, IndexOutdated

RUN_OCCURRENCES = 20_000_000
"""Terms gathered before they become a file: about 240 MB of integers, and as much to sort them."""

_WIDTH = 4  # segments of like size that are merged into one of the next size
_MOST_DELETED = 0.3  # a segment with a larger share of deleted articles is written anew


class _Run(NamedTuple):
    """Articles of this writer that are a file already, and which of them were replaced since."""

    entry: ArraySegment
    replaced: set[int]


class WhooshWriter:
    """The one writer of an index (see `search.engines.base.Writer`)."""

    def __init__(self, folder: Path, *, rebuild: bool) -> None:
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
        self._deleted: dict[int, set[int]] = {}  # of the snapshot's segments, by their number
        self._runs: list[_Run] = []
        self._places: dict[str, tuple[int, int]] = {}  # id -> run and document; of this writer's
        self._start_run()

    def _start_run(self) -> None:
        self._builder = SegmentBuilder()
        self._replaced: set[int] = set()

    def known(self) -> Iterator[Known]:
        """Yield what the indexer must know of every article there was when the writer began."""
        return self._before.known() if self._before else iter(())

    def put(self, article: Article) -> None:
        """Add ``article``, or replace the one with its id."""
        self.delete(article.id)
        self._places[article.id] = len(self._runs), self._builder.add(article)
        if self._builder.occurrences >= RUN_OCCURRENCES:
            self._finish_run()

    def delete(self, article_id: str) -> None:
        """Remove the article with that id; nothing happens where there is none."""
        if article_id in self._places:
            run, doc = self._places.pop(article_id)
            (self._runs[run].replaced if run < len(self._runs) else self._replaced).add(doc)
        found = self._before.find(article_id) if self._before else None
        if found:
            self._deleted.setdefault(found[0], set()).add(found[1])

    def commit(self) -> None:
        """Make every change visible at once, and durable."""
        self._finish_run()
        try:
            if self._runs or self._deleted or self._rebuild:
                segments = self._merged(self._old_segments(), self._new_segments())
                write_contents(self._folder, segments)
        finally:
            self._sweep()
            self._lock.release()

    def _finish_run(self) -> None:
        if len(self._builder):
            entry = self._write_segment(self._builder.arrays(), len(self._builder))
            self._runs.append(_Run(entry, self._replaced))
        self._start_run()

    def _write_segment(self, arrays: dict[str, Any], doc_count: int) -> ArraySegment:
        entry = ArraySegment(INDEX_NAME, doc_count)
        write_arrays(entry.path_in(self._folder), arrays)
        return entry

    def _old_segments(self) -> list[ArraySegment]:
        before = self._before.segments if self._before else ()
        return [
            segment.entry.without(self._deleted.get(number, set()))
            for number, segment in enumerate(before)
        ]

    def _new_segments(self) -> list[ArraySegment]:
        entries = [run.entry.without(run.replaced) for run in self._runs]
        return entries if len(entries) <= 1 else [self._merge(entries)]

    def _merged(self, old: list[ArraySegment], new: list[ArraySegment]) -> list[ArraySegment]:
        """Return the segments of the next commit: few, none of them empty."""
        segments = [each for each in (*old, *new) if each.doc_count()]
        while group := _to_merge(segments):
            rest = [each for each in segments if each not in group]
            segments = [*rest, self._merge(group)]
        return segments

    def _merge(self, entries: list[ArraySegment]) -> ArraySegment:
        sources = [
            Source(SegmentArrays(entry.path_in(self._folder)), entry.deleted_mask())
            for entry in entries
        ]
        return self._write_segment(merge(sources), sum(int(each.doc_count()) for each in entries))

    def _sweep(self) -> None:
        """Remove the files that the newest contents do not name."""
        with suppress(FileNotFoundError):
            for path in self._folder.glob(f".{INDEX_NAME}_*.tmp"):
                path.unlink()
        generation = latest_generation(self._folder)
        # Contents that cannot be read may name any file: then everything stays for `--rebuild`.
        with suppress(IndexDamaged, IndexOutdated):
            named = read_contents(self._folder).segments if generation >= 0 else []
            clean_files(self._storage, INDEX_NAME, generation, named)

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


def _to_merge(segments: list[ArraySegment]) -> list[ArraySegment]:
    """Return segments to make one of; [] when all is well.

    As a log-structured merge tree does: `_WIDTH` segments of one order of size become one of the
    next, so an article is rewritten a logarithmic number of times.
    """
    levels: dict[int, list[ArraySegment]] = {}
    for each in segments:
        if each.deleted_count() > _MOST_DELETED * each.doc_count_all():
            return [each]
        levels.setdefault(int(np.log(each.doc_count()) / np.log(_WIDTH)), []).append(each)
    return next((group for group in levels.values() if len(group) >= _WIDTH), [])
