"""Runs on the disk: what was gathered and sorted, until a segment is made of it.

A run's file is read once, soon, by the program that wrote it. So nothing in it is packed but the
rows, and it need not survive a power cut.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from search.engines.base import Known
from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.building import Run
from search.engines.whoosh.packing import smallest, starts_of
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.rows import RowPacker
from search.engines.whoosh.sources import FieldSource
from search.engines.whoosh.terms import END

_OPTIONAL = ("freqs", "positions", "lengths", "position_bits")


def write_run(path: Path, run: Run) -> None:
    """Write ``run`` to ``path``."""
    with ArrayWriter(path, durable=False) as out:
        for name, field in run.fields.items():
            out.write(f"{name}.terms", _bytes(field.terms))
            arrays = {**field.all._asdict(), **field._asdict()}
            for each in ("counts", "docs", *_OPTIONAL):
                if arrays[each] is not None:
                    array = smallest(arrays[each]) if each == "counts" else arrays[each]
                    out.write(f"{name}.{each}", array)
            if field.all.freqs is not None:
                out.write(f"{name}.sizes", smallest(field.all.occurrences()))
        known = json.dumps(run.known).encode()
        out.write("known", _bytes(known))
        out.write("dictionary", _bytes(run.rows.dictionary))
        out.write("rows", _bytes(b"".join(run.packed)))
        out.write("row_starts", starts_of(np.array(list(map(len, run.packed)), np.int64)))
        out.write("date", run.date)


def _bytes(data: bytes) -> Array:
    return np.frombuffer(data, np.uint8)


class _Sums:
    """Where stretches of given lengths lie, one after another; best asked for in their order.

    A table of all starts would be eight bytes a term, and a merge has hundreds of runs open.
    """

    def __init__(self, lengths: Array) -> None:
        self._lengths = lengths
        self._reached, self._start = 0, 0

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the stretches from ``first`` up to, not with, ``last`` begin and end."""
        if first < self._reached:
            self._reached, self._start = 0, 0
        start = self._start + self._sum(self._reached, first)
        self._reached, self._start = last, start + self._sum(first, last)
        return start, self._start

    def _sum(self, first: int, last: int) -> int:
        return int(self._lengths[first:last].sum(dtype=np.int64))


class StoredRun:
    """A run on the disk. What is asked for is read into memory: nothing of it is kept there.

    Its fields, like those of a segment, are the sources that segments are made of.

    Args:
        path: where it was written to.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._arrays = ArrayFile(path)
        self._starts = self._arrays["row_starts"].tolist()
        self.doc_count = len(self._starts) - 1

    @cached_property
    def rows(self) -> RowPacker:
        """What packs and unpacks its rows."""
        return RowPacker(self._arrays["dictionary"].tobytes())

    @property
    def date(self) -> Array:
        """As in a segment."""
        return self._arrays["date"]

    def row(self, doc: int) -> bytes:
        """Return the row of ``doc``, compressed."""
        return self._arrays.part("rows", self._starts[doc], self._starts[doc + 1]).tobytes()

    def all_known(self) -> Iterator[Known]:
        """Yield what the indexer must know of every document."""
        yield from (Known(*each) for each in json.loads(self._arrays["known"].tobytes()))

    def source(self, name: str) -> FieldSource:
        """Return a field as a source to merge."""
        counts = self._read(f"{name}.counts", 0, None)
        sizes = counts
        if f"{name}.freqs" in self._arrays:
            sizes = self._read(f"{name}.sizes", 0, None)
        of_postings, of_occurrences = _Sums(counts), _Sums(sizes)

        def postings(first: int, last: int) -> Postings:
            span = of_postings.span(first, last)
            inside = of_occurrences.span(first, last)
            return Postings(
                counts[first:last].astype(np.int64),
                self._read(f"{name}.docs", *span),
                self._optional(f"{name}.freqs", *span),
                self._optional(f"{name}.positions", *inside),
            )

        return FieldSource(
            lambda: self._read(f"{name}.terms", 0, None).tobytes().split(END)[:-1],
            sizes,
            postings,
            self._optional(f"{name}.lengths", 0, None),
            self._optional(f"{name}.position_bits", 0, None),
        )

    def _optional(self, name: str, start: int, stop: int | None) -> Array | None:
        return self._read(name, start, stop) if name in self._arrays else None

    def _read(self, name: str, start: int, stop: int | None) -> Array:
        dtype, count, offset = self._arrays.place_of(name)
        size = (count if stop is None else stop) - start
        return np.fromfile(self._path, dtype, size, offset=offset + start * dtype.itemsize)
