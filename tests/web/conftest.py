"""The application on an index of the seeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
    """One that keeps no cookies: no test chooses a language for those after it."""
    return create_app(index).test_client(use_cookies=False)


Make = Callable[..., FlaskClient]


@pytest.fixture
def client_of(tmp_path: Path) -> Iterator[Make]:
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


@pytest.fixture
def index_of(tmp_path: Path) -> Iterator[Callable[..., Index]]:
    """Makes an index of articles given as objects of JSON Lines."""
    opened: list[Index] = []

    def make(*articles: dict[str, Any]) -> Index:
        source = tmp_path / "articles.jsonl"
        source.write_text("".join(f"{json.dumps(each)}\n" for each in articles), encoding="utf-8")
        index_paths([source], tmp_path / "index")
        opened.append(open_index(tmp_path / "index"))
        return opened[-1]

    yield make
    for index in opened:
        index.close()
