"""The archive in numbers, for the front page."""

from __future__ import annotations

from search.service import Index, IndexStats


class Figures:
    """Counts the index once a commit: some milliseconds where there are 100,000 articles.

    Safe for many threads: at worst two of them count the same commit.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: tuple[str, IndexStats] | None = None

    def now(self) -> IndexStats:
        """Return the numbers of the commit that the index answers from."""
        kept, edition = self._kept, self._index.edition
        if kept is None or kept[0] != edition:
            # Should there be a newer commit by now, these are its numbers, and counted once more.
            kept = self._kept = edition, self._index.stats()
        return kept[1]
