"""Engines to hold to the contract, and articles to put into them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.locating import open_engine, open_writer
from tests.articles import article

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


@pytest.fixture(scope="session")
def two_segments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two segments, some documents deleted; many share titles and dates."""
    dealer = random.Random(3)
    folder = tmp_path_factory.mktemp("finding") / "index"
    for numbers in (range(90), range(60, 110)):
        with open_writer(folder) as writer:
            for number in numbers:
                day = date(2021, 1, 1) + timedelta(days=dealer.randrange(200))
                made = article(
                    f"{number:03}",
                    title="".join(dealer.sample(["苹果", "手机", "新闻"], 2)),
                    text=" ".join(dealer.choices(["苹果", "手机", "电脑", "快递"], k=9)),
                    day=day.isoformat() if number % 5 else None,
                    authors=(dealer.choice("子丑"),),
                    categories=(("甲", dealer.choice("乙丙")),),
                )
                writer.put(made)
            writer.commit()
    return folder
