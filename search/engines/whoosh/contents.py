"""The table of contents: the one file that says what the index is, and since when.

It is Whoosh's own (`whoosh.index.TOC`), so that Whoosh reads it. Behind what Whoosh reads stands a
check sum of ours, for Whoosh has none, and the contents are a pickle: altered, it is never loaded.

    Whoosh's table  any length
    magic           4 bytes   b"WSUM"
    CRC-32          4 bytes   of Whoosh's table, little-endian
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, EmptyIndexError, IndexVersionError

from search.engines.whoosh.codec import ArraySegment
from search.engines.whoosh.schema import make_schema
from search.errors import IndexDamaged, IndexNotFound, IndexOutdated

INDEX_NAME = "MAIN"  # Whoosh's own default, so that open_dir needs no name

_CONTENTS = TOC._pattern(INDEX_NAME)
_SEAL = struct.Struct("<4sI")
_MAGIC = b"WSUM"


def latest_generation(folder: Path) -> int:
    """Return the number of the newest commit in ``folder``; -1 where there is none."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 -- every search asks: no path is made of each
    except (FileNotFoundError, NotADirectoryError):
        return -1
    found = map(_CONTENTS.match, names)
    return max((int(each[1]) for each in found if each), default=-1)


class Commit(NamedTuple):
    """What tells a commit from all others in its folder, also from those of an index in its place.

    Attributes:
        generation: its number; -1 for none. An index that takes another's place counts anew.
        file: what the system tells of the file of its contents, which is never written to: where
            it is, its bytes, and when it was made and renamed. A number of a file (an inode) may
            be given out again, and a clock may stand still for some milliseconds, but not both
            while an index is made. () where it is gone again.
    """

    generation: int
    file: tuple[int, ...]


NO_COMMIT = Commit(-1, ())


def latest_commit(folder: Path) -> Commit:
    """Return the newest commit in ``folder``; `NO_COMMIT` where there is none."""
    generation = latest_generation(folder)
    if generation < 0:
        return NO_COMMIT
    try:
        told = os.stat(f"{folder}/{TOC._filename(INDEX_NAME, generation)}")  # noqa: PTH116 -- as above
    except FileNotFoundError:  # taken away by a commit just now
        return Commit(generation, ())
    file = told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns
    return Commit(generation, file)


def read_contents(folder: Path) -> Any:
    """Return the newest contents (a `whoosh.index.TOC`).

    Raises:
        IndexNotFound: there are none.
        IndexOutdated: they were not written by this version of wensou.
        IndexDamaged: they are not as they were written.
    """
    generation = latest_generation(folder)
    if generation < 0:
        raise IndexNotFound("engine.not_found", location=folder)
    name = TOC._filename(INDEX_NAME, generation)
    memory = RamStorage()
    memory.files[name] = _unsealed(folder, name)
    try:
        contents = TOC.read(memory, INDEX_NAME)
    except (EmptyIndexError, IndexVersionError) as error:
        raise IndexOutdated("engine.foreign", location=folder) from error
    if contents.schema.names() != make_schema().names():
        raise IndexOutdated("engine.foreign", location=folder)
    return contents


def _unsealed(folder: Path, name: str) -> bytes:
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError as error:  # taken away by a commit just now: tried again
        raise IndexDamaged("engine.contents", location=folder) from error
    table, seal = data[: -_SEAL.size], data[-_SEAL.size :]
    magic, crc = _SEAL.unpack(seal) if len(seal) == _SEAL.size else (b"", 0)
    if magic == _MAGIC and crc == zlib.crc32(table):
        return table
    if _MAGIC in data[-2 * _SEAL.size :]:
        raise IndexDamaged("engine.contents", location=folder)
    raise IndexOutdated("engine.foreign", location=folder)  # another Whoosh index, or a stump


def write_contents(folder: Path, segments: list[ArraySegment]) -> None:
    """Make ``segments`` the index, at once and durably: the next commit."""
    contents = TOC(make_schema(), segments, latest_generation(folder) + 1)
    contents.write(DurableStorage(str(folder)), INDEX_NAME)


class DurableStorage(FileStorage):  # type: ignore[misc] # Whoosh has no types
    """Whoosh's storage, but what it renames into place is sealed, and on the disk before.

    Whoosh renames nothing but new contents.
    """

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; durable when it returns."""
        folder = Path(self.folder)
        _seal(folder / oldname)
        _flush(folder / oldname)
        super().rename_file(oldname, newname, safe=safe)
        if os.name == "posix":  # Windows has no way to flush a folder, and needs none
            _flush(folder)


def _seal(path: Path) -> None:
    with path.open("r+b") as stream:
        table = stream.read()
        stream.write(_SEAL.pack(_MAGIC, zlib.crc32(table)))


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
