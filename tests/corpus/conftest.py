"""Files made in a line, and what is read of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from search.article import Article
from search.corpus import Entry, Reading, ReadOptions, read
from search.errors import ArticleError


def _reading(content: str | bytes, path: str = "a.md", **options: object) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    entry = Entry(source="/posts", path=path, file=str(PurePosixPath("/posts", path)))
    return read(entry, raw, ReadOptions(**options))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def reading_of() -> Callable[..., Reading]:
    """What comes of a file: its content, its path, and options of reading."""
    return _reading


@pytest.fixture(scope="session")
def article_of() -> Callable[..., Article]:
    """The article that a file holds."""

    def article(content: str | bytes, path: str = "a.md", **options: object) -> Article:
        found = _reading(content, path, **options).article
        assert found is not None, "a draft was left out"
        return found

    return article


@pytest.fixture(scope="session")
def fault_of() -> Callable[..., ArticleError]:
    """The error that reading a file ends in."""

    def fault(content: str | bytes, path: str = "a.md", **options: object) -> ArticleError:
        with pytest.raises(ArticleError) as caught:
            _reading(content, path, **options)
        return caught.value

    return fault


@pytest.fixture(scope="session")
def fields_of(article_of: Callable[..., Article]) -> Callable[[str], Article]:
    """The article of a YAML front matter."""
    return lambda block: article_of(f"---\n{block}\n---\nbody\n")
