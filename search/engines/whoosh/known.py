"""What the indexer must know of each document (`Known`), in columns; a page's articles take it too.

    source              uint    of each document, a number among ``source_names``
    folder              uint    of its path, a number among ``folders``
    names, name_starts          what follows the folder in each path
    prints              uint8   of each its fingerprint and its stamp, 8 bytes; zeros for none
    flags               uint8   its id is not the hash of its path, it is a draft, it is odd
    odd                 uint8   JSON: fingerprints and stamps that are no 8 bytes, by document

An id that is not the hash of its path is found in the field of ids.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Collection, Iterable
from functools import cached_property

import numpy as np

from search.article import article_id
from search.engines.base import Known
from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.packing import smallest, starts_of
from search.engines.whoosh.terms import END

NO_STAMP = "0" * 16

_DIGITS = re.compile("[0-9a-f]{16}")
_BYTES = 16  # of two prints

_GIVEN_ID, _DRAFT, _ODD = 1, 2, 4
"""The flags of a document: its id is in the field of ids, it is a draft, it is among ``odd``."""


class KnownWriter:
    """Notes what is known of one document after another, and writes it."""

    def __init__(self) -> None:
        self._sources: dict[str, int] = {}
        self._folders: dict[str, int] = {}
        self._source, self._folder, self._sizes = array("I"), array("I"), array("I")
        self._names: list[bytes] = []
        self._prints, self._flags = bytearray(), bytearray()
        self._odd: dict[int, tuple[str, str]] = {}

    def note(self, known: Known) -> None:
        """Add the next document."""
        folder, slash, name = known.path.rpartition("/")
        self._source.append(self._sources.setdefault(known.source, len(self._sources)))
        self._folder.append(self._folders.setdefault(folder + slash, len(self._folders)))
        self._names.append(_utf_8(name))
        self._sizes.append(len(self._names[-1]))
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
        out.write("source_names", _joined(self._sources))
        out.write("folder", _numbers(self._folder))
        out.write("folders", _joined(self._folders))
        out.write("names", _bytes(b"".join(self._names)))
        out.write("name_starts", smallest(starts_of(_numbers(self._sizes))))
        out.write("prints", _bytes(self._prints))
        out.write("flags", _bytes(self._flags))
        out.write("odd", _bytes(json.dumps(self._odd).encode()))


class KnownColumns:
    """What is known of the documents of a segment.

    Args:
        arrays: that hold the columns.
        id_of: tells a document's id.
    """

    def __init__(self, arrays: ArrayFile, id_of: Callable[[int], str]) -> None:
        self._arrays = arrays
        self._id_of = id_of

    def of(self, doc: int) -> Known:
        """Return what is known of one document."""
        start, stop = self._starts[doc : doc + 2].tolist()
        name = self._arrays.read("names", start, stop).decode(errors="surrogatepass")
        path = self._folders[self._folder[doc]] + name
        flags = self._flags[doc]
        if flags & _ODD:
            fingerprint, stamp = self._odd[doc]
        else:
            prints = self._arrays.read("prints", doc * _BYTES, (doc + 1) * _BYTES).hex()
            fingerprint, stamp = prints[:16], prints[16:].replace(NO_STAMP, "")
        return Known(
            self._id_of(doc) if flags & _GIVEN_ID else article_id(path),
            self._sources[self._source[doc]],
            path,
            fingerprint,
            bool(flags & _DRAFT),
            stamp,
        )

    def is_from(self, sources: Collection[str]) -> Array:
        """Return for each document whether `Article.source` is one of ``sources``."""
        is_wanted = np.array([name in sources for name in self._sources], bool)
        found: Array = is_wanted[self._source]
        return found

    def stamps(self) -> list[str]:
        """Return `Article.stamp` of each document; `NO_STAMP` for none, and for drafts."""
        stamps = self._arrays["prints"].reshape(-1, _BYTES)[:, _BYTES // 2 :].copy()
        stamps[(self._flags & _DRAFT) > 0] = 0
        digits = stamps.tobytes().hex()
        return [digits[at : at + 16] for at in range(0, len(digits), 16)]

    @cached_property
    def _starts(self) -> Array:
        return self._arrays["name_starts"]

    @cached_property
    def _folder(self) -> Array:
        return self._arrays["folder"]

    @cached_property
    def _source(self) -> Array:
        return self._arrays["source"]

    @cached_property
    def _flags(self) -> Array:
        return self._arrays["flags"]

    @cached_property
    def _sources(self) -> list[str]:
        return _parted(self._arrays["source_names"])

    @cached_property
    def _folders(self) -> list[str]:
        return _parted(self._arrays["folders"])

    @cached_property
    def _odd(self) -> dict[int, tuple[str, str]]:
        odd = json.loads(self._arrays["odd"].tobytes())
        return {int(doc): tuple(each) for doc, each in odd.items()}


def _utf_8(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _bytes(data: bytes | bytearray) -> Array:
    return np.frombuffer(data, np.uint8)


def _numbers(numbers: array[int]) -> Array:
    return smallest(np.frombuffer(numbers, np.uintc).astype(np.int64))


def _joined(texts: Iterable[str]) -> Array:
    return _bytes(END.join(map(_utf_8, texts)))


def _parted(joined: Array) -> list[str]:
    return [text.decode(errors="surrogatepass") for text in joined.tobytes().split(END)]
