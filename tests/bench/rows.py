"""An article as bytes: what every peer but wensou stores, so that all store and load as much."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from datetime import UTC, date, datetime

from search.article import Article, Entity
from tests.bench.asks import LEVEL

_ZLIB_LEVEL = 3


def pack(article: Article) -> bytes:
    """Return ``article``, whole, compressed."""
    text = json.dumps(asdict(article), ensure_ascii=False, default=str)
    return zlib.compress(text.encode(), _ZLIB_LEVEL)


def unpack(row: bytes) -> Article:
    """Return the article that `pack` packed."""
    values = json.loads(zlib.decompress(row))
    when, day = values.pop("date"), values.pop("day")
    return Article(
        categories=tuple(tuple(path) for path in values.pop("categories")),
        authors=tuple(values.pop("authors")),
        tags=tuple(values.pop("tags")),
        entities=tuple(Entity(*entity) for entity in values.pop("entities")),
        date=None if when is None else datetime.fromisoformat(when).astimezone(UTC),
        day=None if day is None else date.fromisoformat(day),
        **values,
    )


def category_levels(article: Article) -> set[str]:
    """Return a term for every level of every category path of ``article``."""
    paths = article.categories
    return {LEVEL.join(path[:depth]) for path in paths for depth in range(1, len(path) + 1)}
