"""Engines to hold to the contract, and articles to put into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.locating import open_engine, open_writer

LOCATIONS: dict[str, Callable[[Path], str]] = {"whoosh": lambda folder: str(folder / "index")}
"""By kind of engine, where a new index of it can be."""


@pytest.fixture(params=LOCATIONS)
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an index may be made; there is none yet."""
    return LOCATIONS[request.param](tmp_path)


@pytest.fixture
def engine(location: str) -> Iterator[Engine]:
    """An engine on an empty index."""
    with open_writer(location) as writer:
        writer.commit()
    engine = open_engine(location)
    yield engine
    engine.close()
