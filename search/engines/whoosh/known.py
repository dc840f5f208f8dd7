"""What the indexer must know of each document (`Known`), in columns; a page's articles take it too.

    source              uint    of each document, a number among ``source_names``
    folder              uint    of its path, a number among ``folders``, which begin at
                                ``folder_starts``
    names, name_starts          what follows the folder in each path
    prints              uint8   of each its fingerprint and its stamp, 8 bytes; zeros for none
    flags               uint8   its id is not the hash of its path, it is a draft, it is odd
    odd                 uint8   JSON: fingerprints and stamps that are no 8 bytes, or all zeros, by
                                document

An id that is not the hash of its path is found in the field of ids.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

import numpy as np

from search.article import article_id
from search.engines.base import Known
from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.packing import smallest, stored_starts
from search.engines.whoosh.terms import END, to_bytes, to_text

NO_STAMP = "0" * 16

_DIGITS = re.compile("[0-9a-f]{16}")
_BYTES = 16  # of two prints
_FOLDERS_REMEMBERED = 1_000  # of a segment; some 200 KB

_GIVEN_ID, _DRAFT, _ODD = 1, 2, 4
"""The flags of a document: its id is in the field of ids, it is a draft, it is among ``odd``."""


class KnownWriter:
    """Notes what is known of one document after another, and writes it."""

    def __init__(self) -> None:
        self._sources: dict[str, int] = {}
        self._folders: dict[str, int] = {}
        self._source, self._folder, self._sizes = array("I"), array("I"), array("I")
        self._names, self._prints, self._flags = bytearray(), bytearray(), bytearray()
        self._odd: dict[int, tuple[str, str]] = {}

    def note(self, known: Known) -> None:
        """Add the next document."""
        folder, slash, name = known.path.rpartition("/")
        self._source.append(self._sources.setdefault(known.source, len(self._sources)))
        self._folder.append(self._folders.setdefault(folder + slash, len(self._folders)))
        encoded = to_bytes(name)
        self._sizes.append(len(encoded))
        self._names += encoded
        digits = [known.fingerprint, known.stamp or NO_STAMP]
        kept = [each if _DIGITS.fullmatch(each) else NO_STAMP for each in digits]
        is_odd = kept != digits or known.stamp == NO_STAMP
        if is_odd:
            self._odd[len(self._flags)] = known.fingerprint, known.stamp
        self._prints += bytes.fromhex("".join(kept))
        self._flags.append(
            (known.id != article_id(known.path)) * _GIVEN_ID | known.draft * _DRAFT | is_odd * _ODD
        )

    def write(self, out: ArrayWriter) -> None:
        """Write what was noted."""
        out.write("source", _numbers(self._source))
        out.write("source_names", _bytes(END.join(map(to_bytes, self._sources))))
        folders = list(map(to_bytes, self._folders))
        out.write("folder", _numbers(self._folder))
        out.write("folders", _bytes(b"".join(folders)))
        out.write("folder_starts", stored_starts(list(map(len, folders))))
        out.write("names", _bytes(self._names))
        out.write("name_starts", stored_starts(self._sizes))
        out.write("prints", _bytes(self._prints))
        out.write("flags", _bytes(self._flags))
        out.write("odd", _bytes(to_bytes(json.dumps(self._odd, ensure_ascii=False))))


class KnownColumns:
    """What is known of the documents of a segment.

    Args:
        arrays: that hold the columns.
        id_of: tells a document's id.
    """

    def __init__(self, arrays: ArrayFile, id_of: Callable[[int], str]) -> None:
        self._arrays = arrays
        self._id_of = id_of
        self._folder = lru_cache(_FOLDERS_REMEMBERED)(self._read_folder)

    def of(self, doc: int) -> Known:
        """Return what is known of one document."""
        starts = self._arrays["name_starts"]
        start, stop = starts.item(doc), starts.item(doc + 1)
        name = self._arrays.read("names", start, stop)
        return self._known(doc, name, self._arrays.read("prints", doc * _BYTES, (doc + 1) * _BYTES))

    def of_all(self, docs: Iterable[int]) -> Iterator[Known]:
        """Yield what is known of many documents, each in two thirds of the time."""
        names, prints = (self._arrays[name].tobytes() for name in ("names", "prints"))
        starts = self._arrays["name_starts"]
        for doc in docs:
            name = names[int(starts[doc]) : int(starts[doc + 1])]
            yield self._known(doc, name, prints[doc * _BYTES : (doc + 1) * _BYTES])

    def _known(self, doc: int, name: bytes, prints: bytes) -> Known:
        path = to_text(self._folder(self._arrays["folder"].item(doc)) + name)
        flags = self._arrays["flags"].item(doc)
        if flags & _ODD:
            fingerprint, stamp = self._odd[doc]
        else:
            digits = prints.hex()
            fingerprint, stamp = digits[:16], digits[16:].replace(NO_STAMP, "")
        return Known(
            self._id_of(doc) if flags & _GIVEN_ID else article_id(path),
            self._sources[self._arrays["source"].item(doc)],
            path,
            fingerprint,
            bool(flags & _DRAFT),
            stamp,
        )

    def _read_folder(self, number: int) -> bytes:
        starts = self._arrays["folder_starts"]
        return self._arrays.read("folders", starts.item(number), starts.item(number + 1))

    def is_from(self, sources: Collection[str]) -> Array:
        """Return for each document whether `Article.source` is one of ``sources``."""
        is_wanted = np.array([name in sources for name in self._sources], bool)
        found: Array = is_wanted[self._arrays["source"]]
        return found

    def stamps(self) -> list[str]:
        """Return `Article.stamp` of each document; `NO_STAMP` for none, and for drafts."""
        stamps = self._arrays["prints"].reshape(-1, _BYTES)[:, _BYTES // 2 :].copy()
        stamps[(self._arrays["flags"] & _DRAFT) > 0] = 0
        digits = stamps.tobytes().hex()
        return [digits[at : at + 16] for at in range(0, len(digits), 16)]

    @cached_property
    def _sources(self) -> list[str]:
        return list(map(to_text, self._arrays["source_names"].tobytes().split(END)))

    @cached_property
    def _odd(self) -> dict[int, tuple[str, str]]:
        odd = json.loads(to_text(self._arrays["odd"].tobytes()))
        return {int(doc): tuple(each) for doc, each in odd.items()}


def _bytes(data: bytes | bytearray) -> Array:
    return np.frombuffer(data, np.uint8)


def _numbers(numbers: Sequence[int]) -> Array:
    return smallest(np.array(numbers, np.int64))
