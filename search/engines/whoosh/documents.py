"""The documents of several sources as one file: their rows, and their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np

from search.engines.base import Known
from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.known import KnownWriter
from search.engines.whoosh.packing import smallest, stored_starts
from search.engines.whoosh.rows import SAMPLE_BYTES, RowPacker, make_dictionary
from search.engines.whoosh.schema import NO_DATE
from search.engines.whoosh.sources import Content

Contents = Sequence[tuple[Content, Array]]
"""Sources, and of each which documents are kept (a bool for each)."""


def write_documents(contents: Contents, out: ArrayWriter) -> None:
    """Write the rows and columns of the documents that are kept, in the order of the sources."""
    packer = _packer(contents)
    sizes: list[int] = []
    out.append("rows", b"")
    for row in _rows(contents, packer):
        out.append("rows", row)
        sizes.append(len(row))
    known = KnownWriter()
    for each in _all_known(contents):
        known.note(each)
    known.write(out)
    out.write("dictionary", np.frombuffer(packer.dictionary, np.uint8))
    out.write("row_starts", stored_starts(sizes))
    _write_dates(np.concatenate([each.date[kept] for each, kept in contents]), out)


def _write_dates(dates: Array, out: ArrayWriter) -> None:
    """Write ``dates`` (seconds, or `NO_DATE`) as what they are after the first; 0 for none."""
    dated = dates != NO_DATE
    base = int(dates.min(initial=np.iinfo(np.int64).max, where=dated)) - 1 if dated.any() else 0
    out.write("date_base", np.array([base], np.int64))
    out.write("date", smallest(np.where(dated, dates - base, 0)))


def _packer(contents: Contents) -> RowPacker:
    """Return the packer of the largest source that has a dictionary, or a new one."""
    having = [each for each, _ in contents if each.rows.dictionary]
    if having:
        return max(having, key=lambda each: each.doc_count).rows
    rows = (
        each.rows.decompress(each.row(doc)) for each, _ in contents for doc in range(each.doc_count)
    )
    sample: list[bytes] = []
    size = 0
    while size < SAMPLE_BYTES and (row := next(rows, None)):
        sample.append(row)
        size += len(row)
    return RowPacker(make_dictionary(sample))


def _rows(contents: Contents, packer: RowPacker) -> Iterator[bytes]:
    for content, kept in contents:
        same = content.rows.dictionary == packer.dictionary
        for doc in np.flatnonzero(kept).tolist():
            row = content.row(doc)
            yield row if same else packer.compress(content.rows.decompress(row))


def _all_known(contents: Contents) -> Iterator[Known]:
    for content, kept in contents:
        yield from compress(content.all_known(), kept.tolist())
