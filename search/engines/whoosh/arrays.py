r"""Named arrays in one file, memory-mapped: the only file format of ours.

    magic     8 bytes   b"WENSOU\0" and the format's version as one byte
    length    8 bytes   of the directory, little-endian
    crc32     4 bytes   of the directory
    directory           JSON: {"size": bytes of the whole file,
                               "arrays": {name: [dtype, count, offset, crc32]}}
    arrays              one-dimensional, little-endian, each at a multiple of 64 bytes

A file is written beside its place, flushed to the disk and renamed: it is there whole or not.
Nothing in it is code, so a foreign file can mislead but not act (unlike a pickle).
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from search.errors import IndexDamaged, IndexOutdated

Array: TypeAlias = npt.NDArray[Any]

FORMAT_VERSION = 1
"""Raised whenever files of before can no longer be read, or would mean something else."""

_MAGIC = b"WENSOU\0"
_HEAD = struct.Struct("<8sQI")
_ALIGNMENT = 64  # a cache line; more than any dtype needs


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write ``arrays`` to ``path``, durably and all at once."""
    directory, size = _directory(arrays)
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as out:
        out.write(
            _HEAD.pack(_MAGIC + bytes([FORMAT_VERSION]), len(directory), zlib.crc32(directory))
        )
        out.write(directory)
        for array in arrays.values():
            out.write(b"\0" * (-out.tell() % _ALIGNMENT))
            out.write(_bytes(array))
        assert out.tell() == size  # noqa: S101 -- a slip here would be found only when read
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def _directory(arrays: Mapping[str, Array]) -> tuple[bytes, int]:
    """Return the directory as bytes and the size of the whole file.

    The directory names offsets that depend on its own length; offsets are written with a fixed
    width, so a first pass with zeros has the final length.
    """
    sums = {name: zlib.crc32(_bytes(array)) for name, array in arrays.items()}

    def render(offsets: Mapping[str, int], size: int) -> bytes:
        entries = {
            name: [array.dtype.str, len(array), f"{offsets[name]:016x}", sums[name]]
            for name, array in arrays.items()
        }
        return json.dumps({"size": f"{size:016x}", "arrays": entries}).encode()

    at = _HEAD.size + len(render(dict.fromkeys(arrays, 0), 0))
    offsets = {}
    for name, array in arrays.items():
        at += -at % _ALIGNMENT
        offsets[name] = at
        at += array.nbytes
    return render(offsets, at), at


def _bytes(array: Array) -> memoryview:
    contiguous = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
    return contiguous.view(np.uint8).data


class ArrayFile(Mapping[str, Array]):
    """An open file of arrays: a mapping from name to a read-only array on the mapped file.

    Raises:
        IndexDamaged: the file is missing, cut short, or its directory is altered.
        IndexOutdated: the file has another format version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._map = _map(path)
        try:
            self._entries = _read_directory(path, self._map)
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise IndexDamaged("engine.damaged_directory", path=path.name) from error

    def __getitem__(self, name: str) -> Array:
        dtype, count, offset, _ = self._entries[name]
        return np.frombuffer(self._map, dtype=np.dtype(dtype), count=count, offset=offset)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """The size of the file in bytes."""
        return len(self._map)

    def altered(self) -> list[str]:
        """Read everything; return the names of arrays whose bytes are not those once written."""
        return [
            name
            for name, (_, _, _, crc) in self._entries.items()
            if zlib.crc32(self[name].data) != crc
        ]


def _map(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise IndexDamaged("engine.file_missing", path=path.name) from error
    except ValueError as error:  # an empty file cannot be mapped
        raise IndexDamaged("engine.file_short", path=path.name) from error


def _read_directory(path: Path, data: mmap.mmap) -> dict[str, tuple[str, int, int, int]]:
    magic, length, crc = _HEAD.unpack_from(data)
    if magic[:-1] != _MAGIC:
        raise IndexDamaged("engine.damaged_directory", path=path.name)
    if magic[-1] != FORMAT_VERSION:
        raise IndexOutdated("engine.format", path=path.name, seen=magic[-1], known=FORMAT_VERSION)
    directory = data[_HEAD.size : _HEAD.size + length]
    if zlib.crc32(directory) != crc:
        raise IndexDamaged("engine.damaged_directory", path=path.name)
    content = json.loads(directory)
    if int(content["size"], 16) != len(data):
        raise IndexDamaged("engine.file_short", path=path.name)
    return {
        name: (dtype, count, int(offset, 16), total)
        for name, (dtype, count, offset, total) in content["arrays"].items()
    }
