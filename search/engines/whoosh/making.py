"""The files of a new segment, made of runs and segments; those of a large one side by side."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import partial
from pathlib import Path
from typing import NamedTuple

from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec import ArraySegment
from search.engines.whoosh.merging import Merge, Source
from search.engines.whoosh.runs import StoredRun
from search.engines.whoosh.segment import SegmentArrays
from search.spawning import processors, spawning

LARGE_DOCS = 20_000
"""From so many documents on, further processes are worth their start of half a second."""


class SourceFiles(NamedTuple):
    """A run or a segment to make a segment of.

    Attributes:
        paths: of a segment's files by group; of a run's, by "run".
        deleted: which of its documents are to be left out (a bool for each).
    """

    paths: dict[str, Path]
    deleted: Array

    def open(self) -> Source:
        """Open it."""
        run = self.paths.get("run")
        return Source(StoredRun(run) if run else SegmentArrays(self.paths), self.deleted)


def make_segment(
    folder: Path,
    index_name: str,
    sources: Sequence[SourceFiles],
    dictionaries: Set[str] = frozenset(),
) -> ArraySegment:
    """Write the files of a segment with the documents of ``sources``, in their order.

    Args:
        folder: of the index.
        index_name: Whoosh's.
        sources: one or more.
        dictionaries: fingerprints of the user dictionaries that ``sources`` were cut with.
    """
    kept = sum(int((~source.deleted).sum()) for source in sources)
    segment = ArraySegment(index_name, kept, dictionaries)
    paths = segment.paths_in(folder)
    workers = min(processors(), len(paths))
    if kept < LARGE_DOCS or workers == 1:
        _write_files(sources, paths)
    else:
        _write_side_by_side(workers, sources, paths)
    return segment


def _write_side_by_side(
    workers: int, sources: Sequence[SourceFiles], paths: dict[str, Path]
) -> None:
    from concurrent.futures import ProcessPoolExecutor  # most commits need none

    with spawning() as context, ProcessPoolExecutor(workers, mp_context=context) as pool:
        each = [{group: path} for group, path in paths.items()]
        list(pool.map(partial(_write_files, sources), each))


def _write_files(sources: Sequence[SourceFiles], paths: dict[str, Path]) -> None:
    merge = Merge([source.open() for source in sources])
    for group, path in paths.items():
        with ArrayWriter(path) as out:
            merge.write(group, out)
