"""Search a folder of Chinese articles.

    >>> import search
    >>> with search.open_index("var/index") as index:  # doctest: +SKIP
    ...     page = index.search(search.SearchRequest(text="京东 物流", facets=("category",)))
    ...     print(page.total, [hit.article.title for hit in page.hits])

Names are loaded when first used, so that ``wensou --help`` does not wait for NumPy and Whoosh.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.article import Article
    from search.corpus import Problem, ReadOptions
    from search.errors import WensouError
    from search.indexer import Progress, Summary, index_paths
    from search.query.request import SearchRequest
    from search.results import Bucket, Explanation, Hit, Page, Snippet, Span, Suggestion
    from search.service import Index, IndexStats, open_index

_HOMES = {
    "Article": "article",
    "Bucket": "results",
    "Explanation": "results",
    "Hit": "results",
    "Index": "service",
    "IndexStats": "service",
    "Page": "results",
    "Problem": "corpus",
    "Progress": "indexer",
    "ReadOptions": "corpus",
    "SearchRequest": "query.request",
    "Snippet": "results",
    "Span": "results",
    "Suggestion": "results",
    "Summary": "indexer",
    "WensouError": "errors",
    "index_paths": "indexer",
    "open_index": "service",
}

__all__ = [
    "Article",
    "Bucket",
    "Explanation",
    "Hit",
    "Index",
    "IndexStats",
    "Page",
    "Problem",
    "Progress",
    "ReadOptions",
    "SearchRequest",
    "Snippet",
    "Span",
    "Suggestion",
    "Summary",
    "WensouError",
    "index_paths",
    "open_index",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'search' has no attribute {name!r}")
    return getattr(import_module(f"search.{_HOMES[name]}"), name)
