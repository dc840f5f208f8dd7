"""An article as bytes, and back: what a segment keeps to show and to compare."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, date, datetime
from typing import Any

from search.article import Article, Entity
from search.engines.base import Known

_LEVEL = 3  # of zlib; of 9.6 MB in 597 posts level 1 leaves 3.04 MB, 3 leaves 2.86, 6 leaves 2.76


def pack_row(article: Article) -> bytes:
    """Return ``article``, whole, compressed."""
    values = {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "text": article.text,
        "html": article.html,
        "categories": article.categories,
        "authors": article.authors,
        "tags": article.tags,
        "date": int(article.date.timestamp()) if article.date else None,
        "day": article.day.isoformat() if article.day else None,
        "url": article.url,
        "thumbnail": article.thumbnail,
        "entities": article.entities,
        "draft": article.draft,
        "source": article.source,
        "fingerprint": article.fingerprint,
        "encoding": article.encoding,
    }
    return zlib.compress(
        json.dumps(values, ensure_ascii=False).encode(errors="surrogatepass"), _LEVEL
    )


def unpack_row(row: bytes) -> Article:
    """Return the article that `pack_row` packed.

    Raises:
        ValueError, KeyError, TypeError, zlib.error: the bytes are altered.
    """
    values: dict[str, Any] = json.loads(zlib.decompress(row).decode(errors="surrogatepass"))
    stamp, day = values.pop("date"), values.pop("day")
    return Article(
        categories=tuple(tuple(path) for path in values.pop("categories")),
        authors=tuple(values.pop("authors")),
        tags=tuple(values.pop("tags")),
        entities=tuple(Entity(*entity) for entity in values.pop("entities")),
        date=None if stamp is None else datetime.fromtimestamp(stamp, UTC),
        day=None if day is None else date.fromisoformat(day),
        **values,
    )


def pack_known(article: Article) -> bytes:
    """Return what the indexer must know of ``article``; small, for it is read for every article."""
    known = [article.id, article.source, article.path, article.fingerprint, article.draft]
    return json.dumps(known, ensure_ascii=False).encode(errors="surrogatepass")


def unpack_known(packed: bytes) -> Known:
    """Return what `pack_known` packed."""
    return Known(*json.loads(packed.decode(errors="surrogatepass")))
