"""What is indexed: posts made by the shared corpus, and articles dealt anew from their paragraphs.

Peers that are measured without files are given the articles that wensou read, in a stream of
pickles: a file that is read article by article, so no peer has to hold them all.
"""

from __future__ import annotations

import pickle
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from search.article import Article, article_id
from tests.bench.measuring import ROOT, run

MAKE_POSTS = ROOT.parent / "shared" / "corpus" / "make_posts.py"
_EPOCH = datetime(2019, 1, 1, tzinfo=UTC)
_MAX_SOURCES = 6_000  # articles whose paragraphs are dealt anew; make_posts has as many


def make_posts(count: int, folder: Path) -> None:
    """Make ``folder`` a folder of ``count`` posts, unless it is one already."""
    done = folder.parent / f"{folder.name}.done"
    if done.exists():
        return
    run([sys.executable, MAKE_POSTS, str(count), folder])
    done.touch()


def write_articles(articles: Iterable[Article], path: Path) -> None:
    """Write ``articles`` for `read_articles`."""
    with path.open("wb") as stream:
        for article in articles:
            pickle.dump(article, stream, pickle.HIGHEST_PROTOCOL)


def read_articles(path: Path, most: int | None = None) -> Iterator[Article]:
    """Yield the articles of a file, the first ``most`` of them."""
    return islice(_pickled(path), most)


def _pickled(path: Path) -> Iterator[Article]:
    with path.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)
            except EOFError:
                return


@dataclass(frozen=True, slots=True)
class Size:
    """How many articles there are, and the UTF-8 bytes of their titles and texts."""

    articles: int
    text_bytes: int


def size_of(articles: Iterable[Article]) -> Size:
    """Return the size of ``articles``."""
    count = text_bytes = 0
    for article in articles:
        count += 1
        text_bytes += len(article.title.encode()) + len(article.text.encode())
    return Size(count, text_bytes)


def dealt_anew(path: Path, count: int, seed: int) -> Iterator[Article]:
    """Yield ``count`` articles of paragraphs of those in ``path``; the same for the same seed."""
    dealer = random.Random(seed)
    sources = list(read_articles(path, _MAX_SOURCES))
    paragraphs = [line for each in sources for line in each.text.split("\n") if len(line) > 14]
    for number in range(count):
        source = dealer.choice(sources)
        chosen = [dealer.choice(paragraphs) for _ in range(dealer.randint(4, 24))]
        when = _EPOCH + timedelta(seconds=dealer.randrange(6 * 365 * 86_400))
        name = f"dealt-{number}.md"
        yield replace(
            source,
            id=article_id(name),
            path=name,
            source="/dealt",
            fingerprint=article_id(name, "bytes"),
            text="\n".join(chosen),
            html="\n".join(f"<p>{each}</p>" for each in chosen),
            date=when,
            day=when.date(),
        )


def write_fresh(folder: Path, count: int, marker: str) -> None:
    """Write ``count`` posts in the shape of a feed archive, ``marker`` in every title."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = f"第 {number} 篇新到的文章，说的是{marker}。" + "物流与仓储，配送与供应链。" * 40
        (folder / f"{marker}-{number}.md").write_text(
            f"\n---\ntitle: '{marker} 第 {number} 篇'\ncategories: \n - 新媒体\n - 36kr\n - 快讯\n"
            f"author: 36kr\ndate: Wed, 16 Jun 2021 09:{number % 60:02}:00 GMT\n---\n\n"
            f"<div><p>{text}</p></div>\n",
            encoding="utf-8",
        )
