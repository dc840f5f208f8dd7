"""Which articles are there? Walks the folders and files given to ``wensou index``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from search.corpus import jsonl
from search.corpus.entry import Entry, Problem, problem
from search.errors import SourceNotFound

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".html", ".htm", ".txt"})
"""Of files that are articles, in lower case; others, editors' ``a.md~`` and ``.a.md.swp`` among
them, are passed over."""

LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
"""Of JSON Lines files: read when given, not when met in a folder, where they hold other things."""

IGNORED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders of programs, besides all whose name begins with a dot."""

_SETTLED_NS = 2 * 10**9
"""A file changed a moment ago may change again with the same time: clocks of disks are coarse."""

_NAMES_ARE_UTF_8 = sys.getfilesystemencoding() == "utf-8"


def source_of(path: str | Path) -> str:
    r"""Return what `Article.source` is for a folder or file: its absolute path, with ``/``.

    Symbolic links stay in it, so that a link set to a new place is the same source. Bytes of it
    that are not UTF-8 stand as ``\xNN``.
    """
    return _printable(Path(_absolute(path)).as_posix())


def _absolute(path: str | Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 -- takes ".." out, unlike Path


def discover(paths: Iterable[str | Path]) -> Iterator[Entry | Problem]:
    """Find the articles in ``paths``: folders, files, and JSON Lines files.

    The order is that of the paths; inside a folder its files by name, then its folders by name.
    Nothing is read but JSON Lines files, and those line by line.

    Returns:
        An entry for each article; a problem for each folder that cannot be read, and for each
        line of a JSON Lines file that is no object or repeats an id.

    Raises:
        SourceNotFound: at the call, one of ``paths`` is not there or is of no use.
    """
    places = {source_of(path): Path(_absolute(path)) for path in paths}
    for source, path in places.items():
        _check(source, path)
    return chain.from_iterable(_entries(source, path) for source, path in places.items())


def _check(source: str, path: Path) -> None:
    if not path.exists():
        raise SourceNotFound("corpus.source_missing", path=source)
    if path.is_file():
        if _suffix(source) not in SUFFIXES | LINE_SUFFIXES:
            allowed = " ".join(sorted(SUFFIXES | LINE_SUFFIXES))
            raise SourceNotFound("corpus.source_suffix", path=source, allowed=allowed)
        return
    if not path.is_dir():
        raise SourceNotFound("corpus.source_kind", path=source)
    try:
        os.scandir(path).close()
    except OSError as error:
        raise SourceNotFound(
            "corpus.source_unreadable", path=source, reason=error.strerror
        ) from error


def _entries(source: str, path: Path) -> Iterator[Entry | Problem]:
    if path.is_dir():
        return _walk(source, str(path))
    if _suffix(source) in LINE_SUFFIXES:
        return jsonl.entries(source, path)
    stamp = _stamp(path.stat, time.time_ns())
    return iter([Entry(source, _printable(path.name), str(path), stamp=stamp)])


class _Folder(NamedTuple):
    """A ``path`` to open it by, its ``prefix`` in article paths, the real ``chain`` down to it."""

    path: str
    prefix: str
    chain: tuple[str, ...]


def _walk(source: str, top: str) -> Iterator[Entry | Problem]:
    walk = _Walk(source, os.path.realpath(top))
    waiting = [_Folder(top, "", (walk.root,))]
    while waiting:
        folder = waiting.pop()
        try:
            with _opened(folder.path) as place, os.scandir(place) as items:
                files, folders = walk.sort_out(folder, items)
        except OSError as error:
            path = folder.prefix or "/"
            yield problem(path, "corpus.folder_unreadable", reason=error.strerror)
            continue
        yield from files
        waiting += reversed(folders)


@contextmanager
def _opened(folder: str) -> Iterator[str | int]:
    """Give what to scan a folder by: its descriptor, as its files are faster asked from there."""
    if os.scandir not in os.supports_fd:
        yield folder
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@dataclass(slots=True)
class _Walk:
    """A walk through a source, from its ``root``; it knows to which folders links have led."""

    source: str
    root: str
    linked: set[str] = field(default_factory=set)

    def sort_out(
        self, folder: _Folder, items: Iterable[os.DirEntry[str]]
    ) -> tuple[list[Entry], list[_Folder]]:
        """Return the articles among ``items``, and the folders to walk; both by name."""
        files, folders = [], []
        base = os.path.join(folder.path, "")  # noqa: PTH118 -- str for speed, here and below
        source, prefix, began = self.source, folder.prefix, time.time_ns()
        for item in items:
            name = item.name
            if name[0] == "." or (item.is_symlink() and not self._is_inside(base + name)):
                continue
            # No name begins with a dot here, so that all from the last one on is the suffix.
            if name[name.rfind(".") :].lower() in SUFFIXES and _is(item.is_file):
                path, stamp = prefix + _printable(name), _stamp(item.stat, began)
                files.append(Entry(source, path, base + name, None, None, None, stamp))
            elif _is(item.is_dir):
                folders.append(item)
        # Files were asked in the disk's order, which is the fastest.
        files.sort(key=attrgetter("file"))
        folders.sort(key=attrgetter("name"))
        return files, [each for item in folders for each in self._enter(item, folder)]

    def _enter(self, item: os.DirEntry[str], folder: _Folder) -> list[_Folder]:
        """Return the folder to walk, or nothing: ignored, a loop, or linked to a second time."""
        if item.name in IGNORED_FOLDERS:
            return []
        path = os.path.join(folder.path, item.name)  # noqa: PTH118
        if item.is_symlink():
            real = os.path.realpath(path)
            # Two links in each of n folders would make 2**n ways down; each target is linked to
            # once.
            if real in folder.chain or real in self.linked:
                return []
            self.linked.add(real)
        else:
            real = os.path.join(folder.chain[-1], item.name)  # noqa: PTH118
        prefix = f"{folder.prefix}{_printable(item.name)}/"
        return [_Folder(path, prefix, (*folder.chain, real))]

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return real == self.root or real.startswith(self.root.rstrip(os.sep) + os.sep)


def _is(kind: Callable[[], bool]) -> bool:
    try:
        return kind()
    except OSError:  # a link to itself
        return False


def stamped(entry: Entry) -> Entry:
    """Return the entry of a file with a stamp, if it may have one by now; any other as it is."""
    if entry.stamp or entry.raw is not None:
        return entry
    return entry._replace(stamp=_stamp(Path(entry.file).stat, time.time_ns()))


def _stamp(stat: Callable[[], os.stat_result], now_ns: int) -> str:
    """Return `Entry.stamp` of a file; ``now_ns`` may be a little earlier."""
    try:
        found = stat()
    except OSError:  # gone since: reading says so
        return ""
    changed = found.st_ctime_ns
    if now_ns - changed < _SETTLED_NS:
        return ""
    # Half the time of an f-string.
    return "%x-%x-%x-%x" % (found.st_size, found.st_mtime_ns, changed, found.st_ino)  # noqa: UP031


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 -- Path would cost most of the walk


def _printable(name: str) -> str:
    r"""Return a file name as text; bytes that are not UTF-8 become ``\xNN``, each its own."""
    if name.isascii() or (_NAMES_ARE_UTF_8 and name.isprintable()):  # without lone surrogates
        return name
    return os.fsencode(name).decode("utf-8", "backslashreplace")
