"""From articles to a run: sorted postings, made without a Python object for each.

Terms are keys (see `search.analysis.bulk`). An occurrence is put as it comes: its key, its
document, its position. At the end terms are numbered in their order, and one sort of the numbers,
each with its place behind it in 64 bits, brings a term's occurrences together, in the order of
documents and positions in which they were put.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from search.analysis import BulkTerms, TermKeys, TermOrder, folded_name
from search.article import Article
from search.engines.base import Known
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import bit_lengths, smallest
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.rows import SAMPLE_BYTES, DictionaryFile, RowPacker, serialise
from search.engines.whoosh.schema import (
    NO_DATE,
    VALUE_FIELDS,
    category_terms,
    grams_field,
    words_field,
)
from search.engines.whoosh.terms import END
from search.query.model import PARTS

_BATCH_CHARS = 400_000
"""Text gathered before it is analysed: enough to make NumPy's fixed costs small."""

MAX_OCCURRENCES = 7 << 19
"""Of a field in a run, so that a term's number and a place fit in 64 bits even with the articles
that are analysed together; one large article may have more."""


class RunField(NamedTuple):
    """A field of a run; see `segment` for what the arrays are.

    Attributes:
        terms: ascending, in UTF-8, each with its `END`.
        all: the postings of all terms.
        lengths: None in a field of values.
        position_bits: None in a field without positions.
    """

    terms: bytes
    all: Postings
    lengths: Array | None
    position_bits: Array | None


@dataclass(frozen=True)
class Run:
    """Some articles, as arrays: what segments are made of.

    Attributes:
        fields: by name.
        rows: what packed the rows.
        packed: the rows.
        known: of each article.
        date: as in a segment.
    """

    fields: dict[str, RunField]
    rows: RowPacker
    packed: Sequence[bytes]
    known: Sequence[Known]
    date: Array


class _Occurrences:
    """The terms of one field as they come, document by document."""

    def __init__(self) -> None:
        self._keys: list[Array] = []
        self._positions: list[Array] = []
        self._counts: list[Array] = []  # terms of each document
        self.count = 0

    def add(self, keys: Array, counts: Array, positions: Array | None = None) -> None:
        """Add the terms of the next documents."""
        self._keys.append(keys)
        self._counts.append(counts)
        if positions is not None:
            self._positions.append(smallest(positions))
        self.count += len(keys)

    def field(self, terms: TermKeys, order: TermOrder, *, has_freqs: bool) -> RunField:
        """Return the field; what was gathered is let go of."""
        lengths = _joined(self._counts)
        keys = _joined(self._keys)
        positions = _joined(self._positions) if self._positions else None
        self._keys, self._positions, self._counts = [], [], []
        numbers, places = _sorted(order.of(keys))
        position_bits = None if positions is None else _position_bits(positions, lengths)
        docs = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[places]
        begins_term = _changes(numbers)
        first = np.flatnonzero(begins_term | _changes(docs))  # of each posting
        term_first = np.flatnonzero(begins_term[first])
        postings = Postings(
            np.diff(term_first, append=len(first)),
            docs[first],
            smallest(np.diff(first, append=len(keys))) if has_freqs else None,
            None if positions is None else positions[places],
        )
        distinct = keys[places[first[term_first]]]
        return RunField(
            terms.encoded(distinct, END),
            postings,
            lengths if has_freqs else None,
            position_bits,
        )


def _changes(values: Array) -> Array:
    """Return of each value whether it is another than the one before; of the first it is."""
    changes = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)


def _position_bits(positions: Array, lengths: Array) -> Array:
    """Return how many bits each document's last position needs."""
    last = np.zeros(len(lengths), np.int64)
    some = np.flatnonzero(lengths)
    last[some] = positions[np.cumsum(lengths)[some] - 1]
    return bit_lengths(last).astype(np.uint8)


def _sorted(numbers: Array) -> tuple[Array, Array]:
    """Return ``numbers`` (int64), sorted, and the place of each before."""
    place_bits = len(numbers).bit_length()
    if len(numbers) and int(numbers.max()).bit_length() + place_bits > 64:
        places = np.argsort(numbers, kind="stable")
        return numbers[places], places
    both = numbers.view(np.uint64) << np.uint64(place_bits)
    both |= np.arange(len(numbers), dtype=np.uint64)
    both.sort()
    places = (both & np.uint64((1 << place_bits) - 1)).view(np.int64)
    both >>= np.uint64(place_bits)
    return both.view(np.int64), places


class RunBuilder:
    """A run in the making.

    Args:
        dictionary: of the rows; made when there are enough of them.
    """

    def __init__(self, dictionary: DictionaryFile) -> None:
        self._dictionary = dictionary
        self._packer: RowPacker | None = None
        self._terms = TermKeys()
        self._fields: dict[str, _Occurrences] = {}
        for part in PARTS:
            self._fields[grams_field(part)] = _Occurrences()
            self._fields[words_field(part)] = _Occurrences()
        self._values = {name: (TermKeys(), _Occurrences()) for name in VALUE_FIELDS}
        self._new_values: dict[str, list[Sequence[str]]] = {name: [] for name in VALUE_FIELDS}
        self._texts: dict[str, list[str]] = {part: [] for part in PARTS}
        self._names: list[list[str]] = []  # of the articles of these texts
        self._chars = 0
        self._dates = array("q")
        self._rows: list[bytes] = []  # packed; behind these the others, as `serialise` made them
        self._packed = 0  # how many are packed
        self._unpacked_bytes = 0
        self._known: list[Known] = []

    def __len__(self) -> int:
        return len(self._known)

    @property
    def occurrences(self) -> int:
        """Occurrences analysed so far, of the field that has most."""
        return max(field.count for field in self._fields.values())

    def add(self, article: Article) -> int:
        """Add ``article`` and return its document number."""
        # A paragraph's end parts two tags, so that a phrase does not run from one into the next.
        texts = {"title": article.own_title, "body": article.text, "tags": "\n".join(article.tags)}
        for part, text in texts.items():
            self._texts[part].append(text)
            self._chars += len(text)
        self._names.append(_own_names(article))
        values = {
            "id": [article.id],
            "author": article.authors,
            "tag": article.tags,
            "category": category_terms(article.categories),
            "company": [each.name for each in article.entities],
            "day": [article.day.isoformat()] if article.day else [],
        }
        for name, each in values.items():
            self._new_values[name].append(list(dict.fromkeys(each)))
        self._dates.append(int(article.date.timestamp()) if article.date else NO_DATE)
        self._rows.append(serialise(article))
        self._unpacked_bytes += len(self._rows[-1])
        self._known.append(
            Known(
                article.id,
                article.source,
                article.path,
                article.fingerprint,
                article.draft,
                article.stamp,
            )
        )
        if self._chars >= _BATCH_CHARS:
            self._analyse()
            if self._packer:
                self._pack_rows()
        if self._unpacked_bytes >= SAMPLE_BYTES:  # also where the HTML is far more than the text
            self._pack_rows()
        return len(self) - 1

    def _pack_rows(self) -> RowPacker:
        """Pack the rows that are not yet; many together, in four fifths of the time of one by one.

        For the dictionary stays in the processor's cache meanwhile, and little else does.
        """
        if self._packer is None:
            self._packer = self._dictionary.packer(self._rows)
        self._rows[self._packed :] = map(self._packer.compress, self._rows[self._packed :])
        self._packed, self._unpacked_bytes = len(self._rows), 0
        return self._packer

    def _analyse(self) -> None:
        for part in PARTS:
            names = self._names if part != "tags" else ()
            found: BulkTerms = self._terms.analyse(self._texts[part], names)
            self._fields[grams_field(part)].add(found.grams, found.gram_counts, found.positions)
            self._fields[words_field(part)].add(found.words, found.word_counts)
            self._texts[part] = []
        self._names = []
        for name, (terms, field) in self._values.items():
            new = self._new_values[name]
            keys = terms.keys_of(list(chain.from_iterable(new)))
            field.add(keys, np.array(list(map(len, new)), np.int64))
            self._new_values[name] = []
        self._chars = 0

    def run(self) -> Run:
        """Return the run; the builder is done afterwards."""
        self._analyse()
        order = self._terms.order()
        fields = {
            name: field.field(self._terms, order, has_freqs=True)
            for name, field in self._fields.items()
        }
        for name, (terms, field) in self._values.items():
            fields[name] = field.field(terms, terms.order(), has_freqs=False)
        return Run(
            fields,
            self._pack_rows(),
            self._rows,
            self._known,
            np.array(self._dates, np.int64),
        )


def _own_names(article: Article) -> list[str]:
    """Return what an article names beside its text, as words that may stand in it, each once."""
    names = [each.name for each in article.entities]
    names += article.authors + article.tags + tuple(path[-1] for path in article.categories)
    return list(dict.fromkeys(filter(None, map(folded_name, names))))
