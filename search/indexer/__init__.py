"""Bringing an index up to date: `index_paths`, what it reports while it runs and at its end."""

from search.indexer.report import Progress, Summary
from search.indexer.run import index_paths

__all__ = ["Progress", "Summary", "index_paths"]
