"""Writing a file of arrays (see `arrays` for the format), also of arrays longer than memory."""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np

from search.engines.whoosh.arrays import MAGIC, PAGE_BYTES, TAIL, Array, page_sums

_ALIGNMENT = 64  # a cache line; more than any dtype needs
_SPOOL_BYTES = 4 * 2**20  # of an array that is still growing, before it goes to the disk


class ArrayWriter:
    """Writes one file of arrays. A context manager: leaving it by an exception leaves no file.

    The file is written beside its place and renamed: it is there whole or not.

    Args:
        path: of the file to be.
        durable: whether it must survive a power cut; not for files of this run only.
    """

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self._path = path
        self._durable = durable
        self._temporary = path.with_name(f".{path.name}.tmp")
        self._entries: dict[str, list[Any]] = {}
        self._sums: list[int] = []
        self._growing: dict[str, IO[bytes]] = {}

    def __enter__(self) -> Self:
        self._out: IO[bytes] = self._temporary.open("wb")
        self._out.write(MAGIC)
        return self

    def write(self, name: str, array: Array) -> None:
        """Add a whole array."""
        self._begin(name, array.dtype, len(array))
        self._put(_bytes(array))

    def append(self, name: str, data: bytes | memoryview) -> None:
        """Add to an array of bytes that grows; b"" begins one."""
        if name not in self._growing:
            # Closed by `__exit__`; it has no name that could be left behind.
            self._growing[name] = tempfile.SpooledTemporaryFile(  # noqa: SIM115
                _SPOOL_BYTES, dir=str(self._path.parent)
            )
        self._growing[name].write(data)

    def _begin(self, name: str, dtype: np.dtype[Any], count: int) -> None:
        self._out.write(b"\0" * (-self._out.tell() % _ALIGNMENT))
        self._entries[name] = [dtype.str, count, self._out.tell(), len(self._sums)]

    def _put(self, data: memoryview) -> None:
        self._sums += page_sums(data)
        self._out.write(data)

    def _finish(self) -> None:
        for name, spool in self._growing.items():
            self._begin(name, np.dtype(np.uint8), spool.tell())
            spool.seek(0)
            while data := spool.read(64 * PAGE_BYTES):
                self._put(memoryview(data))
        sums = np.array(self._sums, "<u4")
        place = [self._out.tell(), len(sums), zlib.crc32(sums.data)]
        self._out.write(sums.data)
        directory = self._directory(place, self._out.tell())
        self._out.write(directory)
        self._out.write(TAIL.pack(len(directory), zlib.crc32(directory), MAGIC))
        self._out.flush()
        if self._durable:
            os.fsync(self._out.fileno())

    def _directory(self, sums: list[int], at: int) -> bytes:
        """Return the directory, which begins at ``at``; the size it names takes a fixed width."""

        def render(size: int) -> bytes:
            content = {"size": f"{size:016x}", "sums": sums, "arrays": self._entries}
            return json.dumps(content).encode()

        return render(at + len(render(0)) + TAIL.size)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._out.close()
            for spool in self._growing.values():
                spool.close()
        if kind is None:
            self._temporary.replace(self._path)
        else:
            self._temporary.unlink()


def _bytes(array: Array) -> memoryview:
    contiguous = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
    return contiguous.view(np.uint8).data
