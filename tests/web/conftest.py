"""The application on an index of the seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.indexer import index_paths
from search.service import Index, open_index
from web import create_app


@pytest.fixture(scope="module")
def index(seed_index: Path) -> Iterator[Index]:
    with open_index(seed_index) as index:
        yield index


@pytest.fixture(scope="module")
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


@pytest.fixture
def client_of(tmp_path: Path) -> Iterator[object]:
    """Makes a client on an index of posts: file name -> text."""
    opened: list[Index] = []

    def make(**posts: str) -> FlaskClient:
        folder = tmp_path / "posts"
        folder.mkdir()
        for name, text in posts.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        index_paths([folder], tmp_path / "index")
        opened.append(open_index(tmp_path / "index"))
        return create_app(opened[-1]).test_client()

    yield make
    for index in opened:
        index.close()
