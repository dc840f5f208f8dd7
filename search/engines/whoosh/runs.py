"""Runs on the disk: what was gathered and sorted, until a segment is made of it.

A run's file is read once, soon, by the program that wrote it. So nothing in it is packed but the
rows, and it need not survive a power cut.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search.engines.base import Known
from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.building import Run, RunField
from search.engines.whoosh.packing import starts_of
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.rows import RowPacker
from search.engines.whoosh.terms import END

_OPTIONAL = ("freqs", "positions", "lengths", "position_bits")


def write_run(path: Path, run: Run) -> None:
    """Write ``run`` to ``path``."""
    with ArrayWriter(path, durable=False) as out:
        for name, field in run.fields.items():
            out.write(f"{name}.terms", _bytes(b"".join(term + END for term in field.terms)))
            arrays = {**field.all._asdict(), **field._asdict()}
            for each in ("counts", "docs", *_OPTIONAL):
                if arrays[each] is not None:
                    out.write(f"{name}.{each}", arrays[each])
        known = json.dumps(run.known).encode()
        out.write("known", _bytes(known))
        out.write("dictionary", _bytes(run.rows.dictionary))
        out.write("rows", _bytes(b"".join(run.packed)))
        out.write("row_starts", starts_of(np.array(list(map(len, run.packed)), np.int64)))
        out.write("date", run.date)
        out.write("id_key", run.id_key)


def _bytes(data: bytes) -> Array:
    return np.frombuffer(data, np.uint8)


class _Rows(Sequence[bytes]):
    """The rows of a run's file."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._arrays = arrays
        self._starts = arrays["row_starts"].tolist()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override] # rows are not sliced
        start, stop = self._starts[index], self._starts[index + 1]
        return self._arrays.part("rows", start, stop).tobytes()


def read_run(path: Path) -> Run:
    """Return the run at ``path``, its arrays mapped."""
    arrays = ArrayFile(path)
    names = [name.removesuffix(".terms") for name in arrays if name.endswith(".terms")]
    return Run(
        {name: _field(arrays, name) for name in names},
        RowPacker(arrays["dictionary"].tobytes()),
        _Rows(arrays),
        _known(arrays),
        arrays["date"],
        arrays["id_key"],
    )


def read_known(path: Path) -> list[Known]:
    """Return what the indexer must know of the articles of the run at ``path``."""
    return _known(ArrayFile(path))


def _known(arrays: ArrayFile) -> list[Known]:
    return [Known(*each) for each in json.loads(arrays["known"].tobytes())]


def _field(arrays: ArrayFile, name: str) -> RunField:
    freqs, positions, lengths, position_bits = (arrays.get(f"{name}.{each}") for each in _OPTIONAL)
    postings = Postings(arrays[f"{name}.counts"], arrays[f"{name}.docs"], freqs, positions)
    terms = arrays[f"{name}.terms"].tobytes().split(END)[:-1]
    return RunField(terms, postings, lengths, position_bits)
