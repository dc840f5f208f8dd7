"""An open segment: names for the arrays of its files.

A segment is four files: ``grams``, ``words`` and ``values``, each with some of the fields, and
``documents``. In every field terms are numbered from 0 in the order of their UTF-8 bytes, and
articles of a segment (documents, in Whoosh's word) from 0 in the order they were put:

    <field>.terms          uint8   all terms in blocks (see `terms`)
    <field>.term_starts    uint    where each block starts
    <field>.counts         uint    documents that hold each term
    <field>.occurrences    uint    of each term in them (fields of text)
    <field>.records        uint    bytes of each term's record
    <field>.…_wide, …_wides        of these three, the terms and values that need more bits
    <field>.postings       uint8   the records (see `postings`)
    <field>.lengths        uint    terms of each document in the field (fields of text)
    <field>.position_bits  uint8   of each document: the width of its positions (gram fields)
    <field>.heads          uint8   characters that so many terms begin with that the documents of
                                   all together are kept, too: terms, in blocks (gram fields)
    <field>.head_starts, head_counts, head_records, head_postings   of these, as of terms
    <field>.sets           uint    which set of values each document has (facets)
    <field>.set_starts     int64   the terms of set s are set_terms[set_starts[s]:set_starts[s + 1]]
    <field>.set_terms      uint    ascending within a set

    id.of_docs             uint    of each document: the number of its id

and of the documents: ``date`` (seconds after ``date_base``, which is in seconds since 1970; 0 for
none), ``rows`` with ``row_starts`` and their ``dictionary`` (see `rows`), and what `known` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from search.article import Article
from search.engines.base import Known
from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.field import Field
from search.engines.whoosh.known import KnownColumns
from search.engines.whoosh.rows import RowPacker, deserialise
from search.engines.whoosh.schema import FIELDS_OF, NO_DATE
from search.engines.whoosh.sources import FieldSource
from search.engines.whoosh.terms import END
from search.errors import EngineError, IndexDamaged


class SegmentArrays:
    """The arrays of a segment, by what they mean.

    Args:
        paths: of its files, by group (see `schema.FILES`).
    """

    def __init__(self, paths: dict[str, Path]) -> None:
        self.files = {group: ArrayFile(path) for group, path in paths.items()}
        self.columns: dict[Any, Any] = {}  # what is made of the arrays once, when first asked for
        self._documents = self.files["documents"]
        self.doc_count = self._documents.size_of("date")
        self._fields = {
            name: Field(self.files[group], name, self.doc_count)
            for group, names in FIELDS_OF.items()
            for name in names
        }

        # No method: the columns would hold the segment, and that holds them.
        self.id_of = partial(_id_of, self.files["values"], self._fields["id"])
        self.known = KnownColumns(self._documents, self.id_of)

    @cached_property
    def date(self) -> Array:
        """Of each document, in seconds since 1970; `NO_DATE` for none."""
        after = self._documents["date"]
        base = int(self._documents["date_base"][0])
        return np.where(after > 0, after.astype(np.int64) + base, NO_DATE)

    @cached_property
    def id_key(self) -> Array:
        """Of each document, a number that orders ids nearly as their bytes do: the first eight."""
        terms = self.field("id").terms
        data = terms.bytes_between(0, len(terms))
        ends = np.flatnonzero(data == END[0])[:, None]
        starts = np.concatenate([np.zeros((min(1, len(ends)), 1), np.int64), ends[:-1] + 1])
        places = starts + np.arange(8)
        padded = np.concatenate([data, np.zeros(8, np.uint8)])
        first = np.where(places < ends, padded[places], 0).astype(np.uint8)
        return first.view(">u8").ravel().astype(np.uint64)[self.files["values"]["id.of_docs"]]

    @property
    def nbytes(self) -> int:
        """The size of its files in bytes."""
        return sum(file.nbytes for file in self.files.values())

    @cached_property
    def rows(self) -> RowPacker:
        """What packs and unpacks its rows."""
        return RowPacker(self._documents["dictionary"].tobytes())

    def row(self, doc: int) -> bytes:
        """Return the row of ``doc``, compressed."""
        starts = self._documents["row_starts"]
        return self._documents.read("rows", starts.item(doc), starts.item(doc + 1))

    def all_known(self) -> Iterator[Known]:
        """Yield what the indexer must know of every document."""
        return self.known.of_all(range(self.doc_count))

    def field(self, name: str) -> Field:
        """Return the field of that name, one of `TEXT_FIELDS` and `VALUE_FIELDS`."""
        return self._fields[name]

    def source(self, name: str) -> FieldSource:
        """Return a field as a source to merge."""
        field = self._fields[name]
        return FieldSource(
            lambda: list(field.terms),
            field.occurrences,
            field.postings,
            field.lengths,
            field.position_bits,
        )

    def fields(self) -> Iterator[Field]:
        """Yield every field."""
        yield from self._fields.values()


def _id_of(values: ArrayFile, ids: Field, doc: int) -> str:
    """Return the id of the article that is ``doc``."""
    return ids.terms[int(values["id.of_docs"][doc])].decode(errors="surrogatepass")


def read_article(segment: SegmentArrays, doc: int) -> Article:
    """Return the article that is ``doc``.

    Raises:
        IndexDamaged: its bytes are not those once written.
    """
    try:
        return segment.rows.unpack(segment.row(doc), segment.known.of(doc))
    except EngineError:
        raise
    except Exception as error:  # altered bytes fail in as many ways as there are decoders
        path = segment.files["documents"].path.name
        raise IndexDamaged("engine.damaged_row", path=path) from error


def read_articles(where: Sequence[tuple[SegmentArrays, int]]) -> list[Article]:
    """Return the articles that stand in segments at documents; see `read_article`.

    Each step is done for all of them before the next one: what it goes by, such as the dictionary
    of the rows, stays in the processor's cache. Of ten articles it takes a tenth less.
    """
    try:
        rows = [segment.rows.decompress(segment.row(doc)) for segment, doc in where]
        known = [segment.known.of(doc) for segment, doc in where]
        return list(map(deserialise, rows, known))
    except EngineError:
        raise
    except Exception:
        # One by one, it is said which of them it was.
        return [read_article(segment, doc) for segment, doc in where]
