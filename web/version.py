"""Which program answers: the version that stands in the addresses of files and in ETags."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

_PACKAGES = (Path(__file__).parent, Path(__file__).parent.parent / "search")
_KINDS = frozenset((".py", ".html", ".toml", ".css", ".js", ".svg"))


def read_version() -> str:
    """Return twelve hexadecimal digits; others as soon as a byte of the program is other.

    Of its files and not of its number alone, for who works on the program changes only the files.
    """
    digest = blake2b(version("bootstrap-flask").encode(), digest_size=6)
    for path in _files():
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for package in _PACKAGES:
        yield from sorted(path for path in package.rglob("*") if path.suffix in _KINDS)


VERSION = read_version()
"""Of the files as they were when the program began."""
