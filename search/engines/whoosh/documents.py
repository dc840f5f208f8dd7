"""The documents of several sources as one file: their rows, and their columns."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice

import numpy as np

from search.engines.base import Known
from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import smallest, starts_of
from search.engines.whoosh.rows import (
    KNOWN_BLOCK,
    SAMPLE_BYTES,
    RowPacker,
    make_dictionary,
    pack_known,
)
from search.engines.whoosh.schema import NO_DATE
from search.engines.whoosh.segment import NO_STAMP
from search.engines.whoosh.sources import Content

_STAMP = re.compile("[0-9a-f]{16}")  # any other is never among `stamps` of a writer

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
    known_sizes: list[int] = []
    out.append("known", b"")
    columns = _KnownColumns()
    for block in _known_blocks(columns.noted(_all_known(contents))):
        out.append("known", block)
        known_sizes.append(len(block))
    columns.write(out)
    out.write("dictionary", np.frombuffer(packer.dictionary, np.uint8))
    out.write("rows_starts", smallest(starts_of(np.array(sizes, np.int64))))
    out.write("known_starts", smallest(starts_of(np.array(known_sizes, np.int64))))
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


class _KnownColumns:
    """The source and the stamp of each document: most runs of the indexer need know no more."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_docs = array("I")
        self._stamps = bytearray()

    def noted(self, known: Iterable[Known]) -> Iterator[Known]:
        """Pass on what is known of each document, but what goes into columns."""
        for each in known:
            self._of_docs.append(self._numbers.setdefault(each.source, len(self._numbers)))
            has_stamp = _STAMP.fullmatch(each.stamp) and not each.draft
            self._stamps += bytes.fromhex(each.stamp if has_stamp else NO_STAMP)
            yield each._replace(stamp="") if has_stamp else each

    def write(self, out: ArrayWriter) -> None:
        """Write what was noted."""
        out.write("source", smallest(np.frombuffer(self._of_docs, np.uintc).astype(np.int64)))
        names = "\0".join(self._numbers).encode(errors="surrogatepass")
        out.write("source_names", np.frombuffer(names, np.uint8))
        out.write("stamps", np.frombuffer(self._stamps, np.uint8))


def _known_blocks(known: Iterator[Known]) -> Iterator[bytes]:
    while block := list(islice(known, KNOWN_BLOCK)):
        yield pack_known(block)
