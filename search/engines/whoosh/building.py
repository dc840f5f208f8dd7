"""From articles to the arrays of a segment, without a Python object for each posting.

Terms are numbered as they are first met; their occurrences are kept as flat integers in the order
they stand in the text. One stable sort by term at the end brings together each term's occurrences,
already in order of document and position, because that is how they were put.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import count

import numpy as np

from search.analysis import index_terms
from search.article import Article
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.rows import pack_known, pack_row
from search.engines.whoosh.schema import (
    TEXT_FIELDS,
    VALUE_FIELDS,
    category_terms,
    grams_field,
    words_field,
)
from search.engines.whoosh.segment import NO_DATE, ByteStrings
from search.query.model import PARTS

PART_GAP = 1
"""Positions left free between two tags, so that a phrase does not run from one into the next."""


def smallest(values: Array) -> Array:
    """Return non-negative ``values`` in the smallest unsigned type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))), copy=False)


def starts_of(counts: Array) -> Array:
    """Return where each of consecutive runs of ``counts`` items starts, and where the last ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


class _FieldBuilder:
    """Occurrences of one field, as they come."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self.occurrences = array("i")
        self.positions = array("i")
        self.lengths = array("i")

    def add(self, terms: Iterable[str], positions: Iterable[int] = ()) -> None:
        """Add the terms of the next document."""
        before = len(self.occurrences)
        self.occurrences.extend(map(self.numbers.__getitem__, terms))
        self.positions.extend(positions)
        self.lengths.append(len(self.occurrences) - before)

    def arrays(self, *, is_text: bool, has_positions: bool) -> dict[str, Array]:
        """Return the arrays of the field (see `segment`), without the field's name before them."""
        terms = sorted(self.numbers)
        rank = np.empty(len(terms), np.int32)
        rank[[self.numbers[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        occurrences = rank[np.asarray(self.occurrences, np.int32)]
        lengths = np.asarray(self.lengths, np.int32)
        docs = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        order = np.argsort(occurrences, kind="stable")
        occurrences, docs = occurrences[order], docs[order]
        new = np.ones(len(docs), bool)  # whether an occurrence is a posting's first
        new[1:] = (occurrences[1:] != occurrences[:-1]) | (docs[1:] != docs[:-1])
        first = np.flatnonzero(new)
        data, term_starts = ByteStrings.pack([term.encode() for term in terms])
        found = {
            "terms": data,
            "term_starts": term_starts,
            "starts": starts_of(np.bincount(occurrences[first], minlength=len(terms))),
            "docs": docs[first],
        }
        if is_text:
            found["freqs"] = smallest(np.diff(first, append=len(docs)))
            found["lengths"] = lengths.astype(np.uint32)
        if has_positions:
            found["positions"] = smallest(np.asarray(self.positions, np.int32)[order])
            found["pos_starts"] = starts_of(np.bincount(occurrences, minlength=len(terms)))
        return found


class SegmentBuilder:
    """A segment in the making. Memory grows with `occurrences`, about 12 bytes each."""

    def __init__(self) -> None:
        self._fields = {name: _FieldBuilder() for name in (*TEXT_FIELDS, *VALUE_FIELDS)}
        self._dates = array("q")
        self._id_keys = array("Q")
        self._rows: list[bytes] = []
        self._known: list[bytes] = []
        self.occurrences = 0

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, article: Article) -> int:
        """Add ``article`` and return its document number."""
        texts = {"title": [article.title], "body": [article.text], "tags": list(article.tags)}
        for part in PARTS:
            self._add_text(grams_field(part), words_field(part), texts[part])
        self._fields["id"].add([article.id])
        self._fields["author"].add(article.authors)
        self._fields["tag"].add(article.tags)
        self._fields["category"].add(category_terms(article.categories))
        self._fields["day"].add([article.day.isoformat()] if article.day else [])
        self._dates.append(int(article.date.timestamp()) if article.date else NO_DATE)
        self._id_keys.append(id_key(article.id))
        self._rows.append(pack_row(article))
        self._known.append(pack_known(article))
        return len(self._rows) - 1

    def _add_text(self, grams: str, words: str, texts: list[str]) -> None:
        all_grams: list[str] = []
        all_positions: list[int] = []
        all_words: list[str] = []
        for text in texts:
            terms = index_terms(text)
            offset = all_positions[-1] + 1 + PART_GAP if all_positions else 0
            all_grams += terms.grams
            all_positions += [p + offset for p in terms.positions] if offset else terms.positions
            all_words += terms.words
        self._fields[grams].add(all_grams, all_positions)
        self._fields[words].add(all_words)
        self.occurrences += len(all_grams) + len(all_words)

    def arrays(self) -> dict[str, Array]:
        """Return the arrays of the segment file (see `segment`)."""
        rows, row_starts = ByteStrings.pack(self._rows)
        known, known_starts = ByteStrings.pack(self._known)
        found = {
            "date": np.asarray(self._dates, np.int64),
            "id_key": np.asarray(self._id_keys, np.uint64),
            "rows": rows,
            "row_starts": row_starts,
            "known": known,
            "known_starts": known_starts,
        }
        for name, builder in self._fields.items():
            is_text = name in TEXT_FIELDS
            arrays = builder.arrays(is_text=is_text, has_positions=name.endswith("_grams"))
            found |= {f"{name}.{array_name}": each for array_name, each in arrays.items()}
        return found


def id_key(article_id: str) -> int:
    """Return a number that orders ids nearly as their bytes do: by the first eight of them.

    >>> id_key("a") < id_key("b") < id_key("ba")
    True
    """
    return int.from_bytes(article_id.encode(errors="surrogatepass")[:8].ljust(8, b"\0"), "big")
