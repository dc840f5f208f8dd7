"""A few rounds of `make soak`, and that it would notice a lost article."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

import search
from search.engines.locating import open_writer
from search.indexer import index_paths
from tests.soak.rounds import BrokenError, Soak


def test_an_index_follows_its_archive_through_kills(tmp_path: Path) -> None:
    rounds = list(islice(Soak(tmp_path / "soak", seed=5).rounds(), 5))
    assert rounds[-1].articles > 0
    assert any(each.killed for each in rounds)


def test_a_lost_article_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soak = Soak(tmp_path / "soak", seed=1)
    next(rounds := soak.rounds())
    monkeypatch.setattr("tests.soak.rounds.index_paths", _losing_one)
    with pytest.raises(BrokenError, match="after a run"):
        next(rounds)


def _losing_one(paths: list[Path], location: Path, **options: int) -> None:
    """Index ``paths``, and then take one article out where an index is brought up to date."""
    index_paths(paths, location, **options)
    if options:
        with search.open_index(location) as index:
            lost = next(index.articles())
        with open_writer(location) as writer:
            writer.delete(lost.id)
            writer.commit()
