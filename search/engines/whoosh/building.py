"""From articles to a run: sorted postings, made without a Python object for each.

Terms are keys (see `search.analysis.bulk`). A posting is put as it comes: its key, its document,
its position. One sort of the keys, each with its place behind it in one 64-bit number, brings a
term's occurrences together, in the order of documents and positions in which they were put.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from search.analysis import KEY_BITS, BulkTerms, TermKeys
from search.article import Article
from search.engines.base import Known
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import bit_lengths, ranges, smallest, starts_of
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.rows import SAMPLE_BYTES, DictionaryFile, RowPacker, serialise
from search.engines.whoosh.schema import (
    VALUE_FIELDS,
    category_terms,
    grams_field,
    words_field,
)
from search.engines.whoosh.segment import NO_DATE
from search.query.model import PARTS

_BATCH_CHARS = 200_000
"""Text gathered before it is analysed: enough to make NumPy's fixed costs small."""

_PLACE_BITS = 64 - KEY_BITS
MAX_OCCURRENCES = 1 << _PLACE_BITS
"""Of a field in a run, so that keys can be sorted together with their places; a single article may
have more."""


class RunField(NamedTuple):
    """A field of a run; see `segment` for what the arrays are.

    Attributes:
        terms: ascending.
        all: the postings of all terms.
        lengths: None in a field of values.
        position_bits: None in a field without positions.
    """

    terms: Sequence[bytes]
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

    def field(self, terms: TermKeys, *, has_freqs: bool) -> RunField:
        """Return the field; what was gathered is let go of."""
        lengths = _joined(self._counts)
        docs = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        keys = _joined(self._keys)
        positions = _joined(self._positions) if self._positions else None
        self._keys, self._positions, self._counts = [], [], []
        position_bits = None
        if positions is not None:
            position_bits = _position_bits(positions, lengths)
        keys, order = _sorted(keys)
        docs = docs[order]
        new_term = np.diff(keys, prepend=-1) != 0
        first = np.flatnonzero(new_term | (np.diff(docs, prepend=-1) != 0))  # of each posting
        term_first = np.flatnonzero(new_term[first])
        postings = Postings(
            np.diff(term_first, append=len(first)),
            docs[first],
            smallest(np.diff(first, append=len(keys))) if has_freqs else None,
            positions[order] if positions is not None else None,
        )
        distinct = keys[first[term_first]]
        return _by_terms(
            terms.terms(distinct),
            RunField((), postings, lengths if has_freqs else None, position_bits),
        )


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)


def _position_bits(positions: Array, lengths: Array) -> Array:
    """Return how many bits each document's last position needs."""
    last = np.zeros(len(lengths), np.int64)
    some = np.flatnonzero(lengths)
    last[some] = positions[np.cumsum(lengths)[some] - 1]
    return bit_lengths(last).astype(np.uint8)


def _sorted(keys: Array) -> tuple[Array, Array]:
    """Return ``keys``, sorted, and the place of each before."""
    if len(keys) > MAX_OCCURRENCES:
        order = np.argsort(keys, kind="stable")
        return keys[order], order
    both = keys.astype(np.uint64) << np.uint64(_PLACE_BITS)
    both |= np.arange(len(keys), dtype=np.uint64)
    both.sort()
    order = (both & np.uint64(MAX_OCCURRENCES - 1)).astype(np.int64)
    return (both >> np.uint64(_PLACE_BITS)).astype(np.int64), order


def _by_terms(terms: Sequence[str], field: RunField) -> RunField:
    """Put the terms of ``field``, which have the order of their keys, in that of their bytes."""
    encoded = [term.encode(errors="surrogatepass") for term in terms]
    order = np.array(sorted(range(len(encoded)), key=encoded.__getitem__), np.int64)
    if (order == np.arange(len(order))).all():
        return field._replace(terms=encoded)
    counts, docs, freqs, positions = field.all
    starts = starts_of(counts)[:-1][order]
    places = ranges(starts, counts[order])
    if positions is not None and freqs is not None:
        occurrences = field.all.occurrences()
        starts = starts_of(occurrences)[:-1][order]
        positions = positions[ranges(starts, occurrences[order])]
    ordered = Postings(
        counts[order], docs[places], None if freqs is None else freqs[places], positions
    )
    return field._replace(terms=[encoded[number] for number in order.tolist()], all=ordered)


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
        self._chars = 0
        self._dates = array("q")
        self._rows: list[bytes] = []  # serialised; compressed as soon as there is a packer
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
        texts = {"title": article.title, "body": article.text, "tags": "\n".join(article.tags)}
        for part, text in texts.items():
            self._texts[part].append(text)
            self._chars += len(text)
        values = {
            "id": [article.id],
            "author": article.authors,
            "tag": article.tags,
            "category": category_terms(article.categories),
            "day": [article.day.isoformat()] if article.day else [],
        }
        for name, each in values.items():
            self._new_values[name].append(list(dict.fromkeys(each)))
        self._dates.append(int(article.date.timestamp()) if article.date else NO_DATE)
        self._add_row(serialise(article))
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
        return len(self) - 1

    def _add_row(self, row: bytes) -> None:
        if self._packer:
            self._rows.append(self._packer.compress(row))
            return
        self._rows.append(row)
        self._unpacked_bytes += len(row)
        if self._unpacked_bytes >= SAMPLE_BYTES:
            self._pack_rows()

    def _pack_rows(self) -> RowPacker:
        if self._packer is None:
            self._packer = self._dictionary.packer(self._rows)
            self._rows = [self._packer.compress(row) for row in self._rows]
        return self._packer

    def _analyse(self) -> None:
        for part in PARTS:
            found: BulkTerms = self._terms.analyse(self._texts[part])
            self._fields[grams_field(part)].add(found.grams, found.gram_counts, found.positions)
            self._fields[words_field(part)].add(found.words, found.word_counts)
            self._texts[part] = []
        for name, (terms, field) in self._values.items():
            new = self._new_values[name]
            keys = terms.keys_of(list(chain.from_iterable(new)))
            field.add(keys, np.array(list(map(len, new)), np.int64))
            self._new_values[name] = []
        self._chars = 0

    def run(self) -> Run:
        """Return the run; the builder is done afterwards."""
        self._analyse()
        fields = {
            name: field.field(self._terms, has_freqs=True) for name, field in self._fields.items()
        }
        for name, (terms, field) in self._values.items():
            fields[name] = field.field(terms, has_freqs=False)
        return Run(
            fields,
            self._pack_rows(),
            self._rows,
            self._known,
            np.array(self._dates, np.int64),
        )
