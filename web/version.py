"""Which program answers: the version that stands in the addresses of files and in ETags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

_PACKAGES = (Path(__file__).parent, Path(__file__).parent.parent / "search")
_KINDS = frozenset((".py", ".html", ".toml", ".css", ".js", ".svg"))


def read_version(folders: Iterable[Path] = _PACKAGES) -> str:
    """Return twelve hexadecimal digits; others as soon as a byte of a file below is another.

    Of its files and not of its number alone, for who works on the program changes only the files.
    """
    digest = blake2b(version("bootstrap-flask").encode(), digest_size=6)
    for path in _files(folders):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.suffix in _KINDS)


VERSION = read_version()
"""Of the files as they were when the program began."""
