r"""Named arrays in one file, memory-mapped: the only file format of ours.

    magic      8 bytes   b"WENSOU\0" and the format's version as one byte
    arrays               one-dimensional, little-endian, each at a multiple of 64 bytes
    sums                 CRC-32 of every page of every array: 4 bytes each, little-endian
    directory            JSON: {"size": bytes of the whole file, "sums": [offset, count, crc32],
                                "arrays": {name: [dtype, count, offset, number of its first sum]}}
    length     8 bytes   of the directory, little-endian
    crc32      4 bytes   of the directory
    magic      8 bytes   again: a file cut short does not end so

A page is 16 KiB of an array, from its beginning. It is compared with its sum when it is first
touched, so what was altered is never taken for what was written, and opening a file reads hardly
any of it. Nothing in a file is code: a foreign one can mislead but not act (unlike a pickle).
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from search.errors import IndexDamaged, IndexOutdated

Array: TypeAlias = npt.NDArray[Any]

FORMAT_VERSION = 6
"""Raised whenever files of before can no longer be read, or would mean something else."""

NAME = b"WENSOU\0"
MAGIC = NAME + bytes([FORMAT_VERSION])
TAIL = struct.Struct("<QI8s")
PAGE_BYTES = 2**14
"""Small enough that a short list of postings costs 10 microseconds to verify."""


class _Entry:
    """Where an array stands, and which of its pages have been found as they were written."""

    def __init__(self, dtype: str, count: int, offset: int, sums: Array) -> None:
        self.dtype = np.dtype(dtype)
        self.count = count
        self.offset = offset
        self.nbytes = self.dtype.itemsize * count
        self.sums = sums
        self.unverified = bytearray(b"\1" * len(sums))
        self.whole: Array | None = None


class ArrayFile(Mapping[str, Array]):
    """An open file of arrays: a mapping from name to a read-only array on the mapped file.

    Raises:
        IndexDamaged: the file is missing, cut short, or what is read of it is altered.
        IndexOutdated: the file has another format version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._map = _map(path)
        self._view = memoryview(self._map)
        try:
            self._entries = _read_directory(path, self._map)
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise IndexDamaged("engine.damaged_directory", path=path.name) from error

    def __getitem__(self, name: str) -> Array:
        """Return a whole array; all of it is verified when it is first asked for."""
        entry = self._entries[name]
        if entry.whole is None:
            self._verify(entry, 0, entry.nbytes)
            entry.whole = np.frombuffer(self._map, entry.dtype, entry.count, entry.offset)
        return entry.whole

    def part(self, name: str, start: int, stop: int) -> Array:
        """Return bytes ``start`` to ``stop`` of an array of bytes; its pages are verified."""
        offset = self._verified(name, start, stop)
        return np.frombuffer(self._map, np.uint8, stop - start, offset)

    def read(self, name: str, start: int, stop: int) -> bytes:
        """Return a copy of what `part` gives."""
        offset = self._verified(name, start, stop)
        return self._map[offset : offset + stop - start]

    def _verified(self, name: str, start: int, stop: int) -> int:
        """Return at which byte of the file those bytes of an array begin; they are verified."""
        entry = self._entries[name]
        if not 0 <= start <= stop <= entry.nbytes:
            raise IndexDamaged("engine.damaged_arrays", path=self.path.name)
        self._verify(entry, start, stop)
        return entry.offset + start

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def size_of(self, name: str) -> int:
        """Return how many values an array has; nothing of it is read."""
        return self._entries[name].count

    def place_of(self, name: str) -> tuple[np.dtype[Any], int, int]:
        """Return an array's type, how many values it has, and at which byte it begins."""
        entry = self._entries[name]
        return entry.dtype, entry.count, entry.offset

    @property
    def nbytes(self) -> int:
        """The size of the file in bytes."""
        return len(self._map)

    def altered(self) -> list[str]:
        """Read everything; return the names of arrays whose bytes are not those once written."""
        return [
            name
            for name, entry in self._entries.items()
            if not all(self._is_sound(entry, page) for page in range(len(entry.sums)))
        ]

    def _verify(self, entry: _Entry, start: int, stop: int) -> None:
        first, last = start // PAGE_BYTES, -(-stop // PAGE_BYTES)
        page = entry.unverified.find(1, first, last)
        while page >= 0:
            if not self._is_sound(entry, page):
                raise IndexDamaged("engine.damaged_arrays", path=self.path.name)
            entry.unverified[page] = 0
            page = entry.unverified.find(1, page, last)

    def _is_sound(self, entry: _Entry, page: int) -> bool:
        start = entry.offset + page * PAGE_BYTES
        stop = min(start + PAGE_BYTES, entry.offset + entry.nbytes)
        return zlib.crc32(self._view[start:stop]) == int(entry.sums[page])


def page_sums(data: memoryview) -> Iterator[int]:
    """Yield the CRC-32 of each page of an array's bytes."""
    for start in range(0, len(data), PAGE_BYTES):
        yield zlib.crc32(data[start : start + PAGE_BYTES])


def _map(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise IndexDamaged("engine.file_missing", path=path.name) from error
    except ValueError as error:  # an empty file cannot be mapped
        raise IndexDamaged("engine.file_short", path=path.name) from error


def _read_directory(path: Path, data: mmap.mmap) -> dict[str, _Entry]:
    if data[: len(NAME)] != NAME:
        raise IndexDamaged("engine.damaged_directory", path=path.name)
    if data[len(NAME)] != FORMAT_VERSION:
        seen = data[len(NAME)]
        raise IndexOutdated("engine.format", path=path.name, seen=seen, known=FORMAT_VERSION)
    length, crc, magic = TAIL.unpack(data[-TAIL.size :])
    if magic != MAGIC:
        raise IndexDamaged("engine.file_short", path=path.name)
    end = len(data) - TAIL.size
    directory = data[max(0, end - length) : end]
    if zlib.crc32(directory) != crc:
        raise IndexDamaged("engine.damaged_directory", path=path.name)
    content: dict[str, Any] = json.loads(directory)
    if int(content["size"], 16) != len(data):
        raise IndexDamaged("engine.file_short", path=path.name)
    offset, count, crc = content["sums"]
    sums = np.frombuffer(data, "<u4", count, offset)
    if zlib.crc32(sums.data) != crc:
        raise IndexDamaged("engine.damaged_directory", path=path.name)
    entries = {}
    for name, (dtype, size, at, first) in content["arrays"].items():
        pages = -(-np.dtype(dtype).itemsize * size // PAGE_BYTES)
        entries[name] = _Entry(dtype, size, at, sums[first : first + pages])
    return entries
