"""How Whoosh itself reads our segments, through its own codec interface.

`whoosh.index.open_dir` finds the codec through the segment in its table of contents; its reader,
searcher, matchers, parser and spelling then work on the arrays, one Python object per posting:
right but slow. `evaluating` does the same over whole arrays, and tests hold the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.reading import TermInfo

from search.analysis import ANALYSIS_VERSION
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.field import Field
from search.engines.whoosh.places import DOC_BITS
from search.engines.whoosh.schema import FILES
from search.engines.whoosh.segment import SegmentArrays


class ArraySegment(base.Segment):  # type: ignore[misc] # Whoosh has no types
    """What the table of contents keeps of a segment: its name, its size and which are deleted.

    Args:
        indexname: Whoosh's.
        doc_count: deleted ones included.
        dictionaries: fingerprints of the user dictionaries that its articles were cut with.
    """

    def __init__(
        self, indexname: str, doc_count: int, dictionaries: Set[str] = frozenset()
    ) -> None:
        super().__init__(indexname)
        self._doc_count = doc_count
        self.analysis_version = ANALYSIS_VERSION  # of the terms in it
        self.dictionaries = frozenset(dictionaries)
        self._deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        """Return the codec that reads it."""
        return ArrayCodec()

    def paths_in(self, folder: Path) -> dict[str, Path]:
        """Return where its files are, by group, in the folder of the index."""
        return {group: folder / str(self.make_filename(f".{group}")) for group in FILES}

    def open_in(self, folder: Path) -> SegmentArrays:
        """Open its files in the folder of the index."""
        return SegmentArrays(self.paths_in(folder))

    def doc_count_all(self) -> int:
        """Return how many documents it has, deleted ones included."""
        return self._doc_count

    def deleted_count(self) -> int:
        """Return how many of its documents are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Yield the documents that are deleted, in no order."""
        return iter(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Return whether the document is deleted."""
        return docnum in self._deleted

    def without(self, docs: set[int]) -> ArraySegment:
        """Return the same segment with ``docs`` deleted too; this one stays as it is."""
        twin = ArraySegment(self.indexname, self._doc_count, self.dictionaries)
        twin.segid = self.segid
        twin.analysis_version = self.analysis_version
        twin._deleted = self._deleted | docs
        return twin

    def deleted_mask(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return for every document whether it is deleted."""
        mask = np.zeros(self._doc_count, bool)
        mask[list(self._deleted)] = True
        return mask


class OpenSegment(NamedTuple):
    """A segment as the contents name it, its arrays, and which documents are deleted."""

    entry: ArraySegment
    arrays: SegmentArrays
    deleted: Array


class ArrayCodec(base.Codec):  # type: ignore[misc] # Whoosh has no types
    """Reads segments made by `building` and `merging`; Whoosh's own writer is not served."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        """Return what Whoosh looks terms up in."""
        return ArrayTermsReader(segment.open_in(Path(storage.folder)))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocumentReader:
        """Return what Whoosh asks about documents."""
        return ArrayDocumentReader(segment.open_in(Path(storage.folder)), segment)


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc] # Whoosh has no types
    """Terms and postings of a segment, one at a time."""

    def __init__(self, segment: SegmentArrays) -> None:
        self._segment = segment

    def _number(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        field = self._segment.field(fieldname)
        number = field.find(text)
        if number < 0:
            raise KeyError((fieldname, text))
        return field, number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        fieldname, text = term
        return self._segment.field(fieldname).find(text) >= 0

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayFieldCursor:
        """Return a cursor over the field's terms."""
        return ArrayFieldCursor(self._segment.field(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield (field name, term) for every term, by field name, then by bytes."""
        for name in sorted(self.indexed_field_names()):
            for term in self._segment.field(name).terms:
                yield name, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of the field from ``prefix`` on."""
        field = self._segment.field(fieldname)
        for number in field.between(prefix, None):
            yield fieldname, field.terms[number]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every term with its numbers."""
        for name, term in self.terms():
            yield (name, term), self.term_info(name, term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Any, TermInfo]]:
        """Yield the terms of the field from ``prefix`` on, with their numbers."""
        for name, term in self.terms_from(fieldname, prefix):
            yield (name, term), self.term_info(name, term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the term's numbers; KeyError where the segment does not have it."""
        field, number = self._number(fieldname, text)
        docs, freqs = field.docs_of(number), field.freqs_of(number)
        lengths = field.lengths[docs] if field.lengths is not None else np.zeros(1)
        return TermInfo(
            weight=float(freqs.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(freqs.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often the term occurs; KeyError where it does not."""
        field, number = self._number(fieldname, text)
        return float(field.freqs_of(number).sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many documents the term stands; KeyError where in none."""
        field, number = self._number(fieldname, text)
        return field.doc_frequency(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return a matcher over the term's postings."""
        try:
            field, number = self._number(fieldname, text)
        except KeyError:
            return NullMatcher()
        freqs = field.freqs_of(number)
        values = None
        if field.has_positions:
            positions = field.places(number) & ((1 << DOC_BITS) - 1)
            each = np.split(positions, np.cumsum(freqs)[:-1])
            values = [format_.encode(positions.tolist()) for positions in each]
        return ListMatcher(
            field.docs_of(number).tolist(),
            weights=freqs.astype(float).tolist(),
            values=values,
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields that have terms."""
        return [field.name for field in self._segment.fields() if len(field.terms)]


class ArrayFieldCursor(base.FieldCursor):  # type: ignore[misc] # Whoosh has no types
    """A place among a field's terms, as Whoosh's spelling walks them."""

    def __init__(self, field: Field, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term and return it; None where there is none."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before ``term`` and return it; None at the end."""
        wanted = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._at = self._field.between(wanted, None).start
        return self.text()

    def next(self) -> str | None:
        """Go on by one term and return it; None at the end."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term it is at; None at the end."""
        if not self.is_valid():
            return None
        return str(self._fieldobj.from_bytes(self._field.terms[self._at]))

    def is_valid(self) -> bool:
        """Return whether it is at a term."""
        return self._at < len(self._field.terms)


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc] # Whoosh has no types
    """What Whoosh asks about documents: counts, deletions, lengths and what is stored."""

    def __init__(self, arrays: SegmentArrays, segment: ArraySegment) -> None:
        self._arrays = arrays
        self._segment = segment

    def doc_count(self) -> int:
        """Return how many documents are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones included."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Return whether any is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Return whether the document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Yield the documents that are deleted."""
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many terms the document has in the field."""
        lengths = self._arrays.field(fieldname).lengths
        return int(lengths[docnum]) if lengths is not None else default

    def field_length(self, fieldname: str) -> int:
        """Return how many terms all documents have in the field."""
        return self._arrays.field(fieldname).total_length

    def min_field_length(self, fieldname: str) -> int:
        """Return the fewest terms any document has in the field."""
        lengths = self._arrays.field(fieldname).lengths
        return int(lengths.min()) if lengths is not None and len(lengths) else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the most terms any document has in the field."""
        lengths = self._arrays.field(fieldname).lengths
        return int(lengths.max(initial=0)) if lengths is not None else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the document's article, under "article"."""
        row, known = self._arrays.row(docnum), self._arrays.known.of(docnum)
        return {"article": self._arrays.rows.unpack(row, known)}
