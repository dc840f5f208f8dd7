"""Fixtures that several areas share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.thoroughness import examples

ROOT = Path(__file__).parent.parent

settings.register_profile("wensou", examples(100))
settings.load_profile("wensou")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The shared corpus beside the checkout; without it the test is skipped, not passed."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared corpus (../shared) is not here")
    return folder


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an index of ``seeds/`` is. Shared by all tests of a worker: read it, never write it."""
    from search.corpus import ReadOptions
    from search.indexer import index_paths

    location = tmp_path_factory.mktemp("seeds") / "index"
    index_paths([ROOT / "seeds"], location, options=ReadOptions())
    return location


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
