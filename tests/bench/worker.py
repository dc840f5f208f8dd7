"""What is measured runs here, in a process of its own: ``python -m tests.bench.worker DO …``.

    prepare INDEX FOLDER --seed N --queries N    articles and questions for the others, of an index
    index PEER ARTICLES INDEX [--most N]         an index of them
    deal ARTICLES INDEX --count N --seed N       a wensou index of articles dealt anew
    search PEER INDEX ASKS [--kind KIND]         every question (of the kind), timed

It prints one JSON object.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any

from search.article import Article
from search.engines.locating import open_engine
from tests.bench import corpus, queries
from tests.bench.asks import KINDS, Answer, Ask
from tests.bench.measuring import folder_bytes, percentile, private_bytes
from tests.bench.peers import Searching, load

PERCENTS = (50, 95, 99)


def prepare(index: Path, folder: Path, seed: int, count: int) -> dict[str, Any]:
    """Write the articles of a wensou index, and questions chosen from them, into ``folder``."""
    engine = open_engine(index)
    articles = folder / "articles.pickle"
    corpus.write_articles(engine.articles(), articles)
    asks = queries.choose(corpus.read_articles(articles), count, seed)
    lines = json.dumps([ask.as_json() for ask in asks], ensure_ascii=False, indent=1)
    (folder / "asks.json").write_text(lines, encoding="utf-8")
    return asdict(corpus.size_of(corpus.read_articles(articles)))


class _Clock:
    """Passes articles on, and knows how long it took to get them (they are in memory then)."""

    def __init__(self, articles: Iterator[Article]) -> None:
        self._articles = articles
        self.waited_s = 0.0
        self.count = 0
        self.text_bytes = 0

    def __iter__(self) -> Iterator[Article]:
        return self

    def __next__(self) -> Article:
        began = perf_counter()
        try:
            article = next(self._articles)
            self.count += 1
            self.text_bytes += len(article.title.encode()) + len(article.text.encode())
            return article
        finally:
            self.waited_s += perf_counter() - began


def index_articles(
    name: str, articles: Iterator[Article], folder: Path, *, is_waiting_counted: bool = False
) -> dict[str, Any]:
    """Index ``articles`` with a peer; time to get them counts only with ``is_waiting_counted``.

    Without, a peer with threads of its own gains by it: it works on while it waits.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    clock = _Clock(articles)
    peer = load(name)
    began = perf_counter()
    peer.index(clock, folder)
    seconds = perf_counter() - began - (0 if is_waiting_counted else clock.waited_s)
    return {
        "articles": clock.count,
        "seconds": seconds,
        "text_bytes": clock.text_bytes,
        "index_bytes": folder_bytes(folder),
    }


def search(name: str, folder: Path, asks: list[Ask]) -> dict[str, Any]:
    """Ask a peer every question; return percentiles in milliseconds by kind, and the answers."""
    searching = load(name).open(folder)
    kinds: dict[str, dict[str, float]] = {}
    answers: list[Answer] = []
    for kind, group in groupby(asks, key=lambda ask: ask.kind):
        warm_up, timed = _split(list(group))
        for ask in warm_up:
            searching.search(ask)
        gc.collect()
        found = [_timed(searching, ask) for ask in timed]
        times = [ms for ms, _ in found]
        kinds[kind] = {f"p{percent}": percentile(times, percent) for percent in PERCENTS}
        answers += [answer for _, answer in found]
    memory = private_bytes()
    facts = [{"total": each.total, "facets": each.facets} for each in answers]
    return {"kinds": kinds, "private_bytes": memory, "answers": facts}


def _split(asks: list[Ask]) -> tuple[list[Ask], list[Ask]]:
    return asks[: queries.WARM_UP], asks[queries.WARM_UP :]


def _timed(searching: Searching, ask: Ask) -> tuple[float, Answer]:
    began = perf_counter()
    answer = searching.search(ask)
    return (perf_counter() - began) * 1000, answer


def read_asks(path: Path) -> list[Ask]:
    """Return the questions that `prepare` wrote."""
    return [Ask.from_json(each) for each in json.loads(path.read_text(encoding="utf-8"))]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    todo = parser.add_subparsers(dest="todo", required=True)
    each = todo.add_parser("prepare")
    each.add_argument("index", type=Path)
    each.add_argument("folder", type=Path)
    each.add_argument("--seed", type=int, required=True)
    each.add_argument("--queries", type=int, required=True)
    each = todo.add_parser("index")
    each.add_argument("peer")
    each.add_argument("articles", type=Path)
    each.add_argument("index", type=Path)
    each.add_argument("--most", type=int)
    each = todo.add_parser("deal")
    each.add_argument("articles", type=Path)
    each.add_argument("index", type=Path)
    each.add_argument("--count", type=int, required=True)
    each.add_argument("--seed", type=int, required=True)
    each = todo.add_parser("search")
    each.add_argument("peer")
    each.add_argument("index", type=Path)
    each.add_argument("asks", type=Path)
    each.add_argument("--kind", choices=KINDS)
    return parser.parse_args()


def main() -> None:
    """Do what the arguments say."""
    todo = _arguments()
    match todo.todo:
        case "prepare":
            found = prepare(todo.index, todo.folder, todo.seed, todo.queries)
        case "index":
            articles = corpus.read_articles(todo.articles, todo.most)
            found = index_articles(todo.peer, articles, todo.index)
        case "deal":
            articles = corpus.dealt_anew(todo.articles, todo.count, todo.seed)
            found = index_articles("wensou", articles, todo.index, is_waiting_counted=True)
        case _:
            asks = [ask for ask in read_asks(todo.asks) if todo.kind in (None, ask.kind)]
            found = search(todo.peer, todo.index, asks)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
