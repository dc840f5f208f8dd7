"""The engines measured side by side, behind one small protocol; `load` gives one by name.

A peer is imported only when it is asked for, so what is not installed is missed only there.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol

from search.article import Article
from tests.bench.asks import Answer, Ask

PEERS = ("wensou", "tantivy", "fts5", "stock_whoosh")
"""Names of the peers; each is the module of `tests.bench.peers` that has a ``PEER``."""

EXACT = ("tantivy", "fts5")
"""Those that are asked the same question of the same terms as wensou, and must find the same."""


class Searching(Protocol):
    """An index, open."""

    def search(self, ask: Ask) -> Answer:
        """Answer ``ask``, the articles of its hits loaded."""

    def close(self) -> None:
        """Let go of its files."""


class Peer(Protocol):
    """An engine to be measured."""

    def index(self, articles: Iterator[Article], folder: Path) -> None:
        """Make an index of ``articles`` in ``folder`` (empty, there already)."""

    def open(self, folder: Path) -> Searching:
        """Open the index in ``folder``."""


def load(name: str) -> Peer:
    """Return the peer of that name.

    Raises:
        ImportError: its library is not installed.
    """
    peer: Peer = import_module(f"tests.bench.peers.{name}").PEER
    return peer
