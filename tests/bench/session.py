"""One run of the bench: its steps, each in processes of its own."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench import corpus
from tests.bench.asks import Ask
from tests.bench.figures import Figures, Growth, PeerFigures, Times
from tests.bench.measuring import WENSOU, Run, folder_bytes, run
from tests.bench.peers import EXACT
from tests.bench.queries import WARM_UP
from tests.bench.worker import read_asks

NEW_FILES = 100
"""That come in when arrivals are measured."""

_COLD_RUNS = 5
_COLD_WORD = "人工智能"
_WORKER = (sys.executable, "-m", "tests.bench.worker")

_Answers = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is to be measured.

    Attributes:
        work: a folder for corpora and indexes; the posts stay in it for the next run.
        posts: files to make.
        stock: articles for stock Whoosh, at most.
        million: articles to deal anew, a tenth of them first; 0 for none.
        queries: timed questions of each kind.
        rounds: times that all questions are asked, peer by peer; the middle of them is reported.
        seed: of posts dealt anew and of questions.
        peers: names of those beside wensou.
        tell: is called with what begins now.
    """

    work: Path
    posts: int
    stock: int
    million: int
    queries: int
    rounds: int
    seed: int
    peers: tuple[str, ...]
    tell: Callable[[str], None]

    def measure(self) -> Figures:
        """Measure everything but growth."""
        self.tell(f"{self.posts:,} posts")
        corpus.make_posts(self.posts, self._posts)
        made = {"wensou": self._wensou(), **{name: self._indexed(name) for name in self.peers}}
        rounds = [{name: self._search(name) for name in made} for _ in range(self.rounds)]
        ours = rounds[0]["wensou"]["answers"]
        peers = {
            name: replace(
                each,
                kinds=_middle([found[name]["kinds"] for found in rounds]),
                private_bytes=max(found[name]["private_bytes"] for found in rounds),
                disagreements=self._disagreements(ours, rounds[0][name]["answers"])
                if name in EXACT
                else None,
            )
            for name, each in made.items()
        }
        return Figures(
            posts=self.posts,
            queries=self.queries,
            rounds=self.rounds,
            seed=self.seed,
            machine=_machine(),
            peers=peers,
            cold_s=self._cold(),
            arrivals_s=self._arrivals(),
        )

    def measure_growth(self, figures: Figures) -> Figures:
        """Return ``figures`` with growth, which takes as long as all else together."""
        sizes = sorted({self.million // 10, self.million} - {0})
        return replace(figures, growth=tuple(map(self._growth, sizes)))

    @property
    def _posts(self) -> Path:
        return self.work / f"posts-{self.posts}"

    @property
    def _articles(self) -> Path:
        return self.work / "articles.pickle"

    @property
    def _asks(self) -> Path:
        return self.work / "asks.json"

    def _index(self, name: str) -> Path:
        return self.work / f"index-{name}"

    def _wensou(self) -> PeerFigures:
        """Index the posts by the command, then choose the questions."""
        self.tell("wensou: indexing")
        index = self._index("wensou")
        shutil.rmtree(index, ignore_errors=True)
        done = _wensou("index", self._posts, "--index", index, "--rebuild", "--quiet")
        self.tell("choosing questions")
        seed, count = str(self.seed), str(self.queries)
        size, _ = _work("prepare", index, self.work, "--seed", seed, "--queries", count)
        return PeerFigures(
            **size,
            seconds=done.seconds,
            index_bytes=folder_bytes(index),
            peak_bytes=done.peak_bytes,
            private_bytes=0,
            kinds={},
        )

    def _indexed(self, name: str) -> PeerFigures:
        self.tell(f"{name}: indexing")
        most = ("--most", str(self.stock)) if name == "stock_whoosh" else ()
        found, done = _work("index", name, self._articles, self._index(name), *most)
        return PeerFigures(**found, peak_bytes=done.peak_bytes, private_bytes=0, kinds={})

    def _search(self, name: str) -> dict[str, Any]:
        """Ask a peer all questions; return what the worker says (see `worker.search`)."""
        self.tell(f"{name}: searching")
        return _work("search", name, self._index(name), self._asks)[0]

    def _disagreements(self, ours: _Answers, theirs: _Answers) -> tuple[str, ...]:
        pairs = zip(timed_asks(read_asks(self._asks)), ours, theirs, strict=True)
        return tuple(
            f"{ask.text}: {our['total']}, not {their['total']}"
            if our["total"] != their["total"]
            else f"{ask.text}: other buckets"
            for ask, our, their in pairs
            if our != their
        )

    def _cold(self) -> float:
        self.tell("wensou: cold searches")
        index = self._index("wensou")
        command = ("search", _COLD_WORD, "--limit", "1", "--index", index)
        return statistics.median(_wensou(*command).seconds for _ in range(_COLD_RUNS))

    def _arrivals(self) -> dict[str, float]:
        """Bring in new files twice; the index is of no more use for comparing afterwards."""
        self.tell(f"wensou: {NEW_FILES} new files")
        own = self.work / "new-files"
        inside = self._posts / "new-files"
        try:
            corpus.write_fresh(own, NEW_FILES, "arrivedapart")
            apart = self._arrival(own, "arrivedapart")
            corpus.write_fresh(inside, NEW_FILES, "arrivedinside")
            return {"own folder": apart, "same folder": self._arrival(self._posts, "arrivedinside")}
        finally:
            shutil.rmtree(own, ignore_errors=True)
            shutil.rmtree(inside, ignore_errors=True)

    def _arrival(self, folder: Path, marker: str) -> float:
        index = self._index("wensou")
        began = perf_counter()
        _wensou("index", folder, "--index", index, "--quiet")
        page = _wensou("search", marker, "--limit", "1", "--json", "--index", index)
        seconds = perf_counter() - began
        total = json.loads(page.output)["total"]
        if total != NEW_FILES:
            raise RuntimeError(f"{total} of {NEW_FILES} new files in {folder} are found")
        return seconds

    def _growth(self, count: int) -> Growth:
        self.tell(f"wensou: {count:,} articles dealt anew")
        index = self._index("dealt")
        seed = str(self.seed)
        made, done = _work("deal", self._articles, index, "--count", str(count), "--seed", seed)
        self.tell(f"wensou: searching {count:,} articles")
        found, _ = _work("search", "wensou", index, self._asks, "--kind", "facets")
        shutil.rmtree(index)
        return Growth(
            **made,
            peak_bytes=done.peak_bytes,
            private_bytes=found["private_bytes"],
            times=found["kinds"]["facets"],
        )


def timed_asks(asks: list[Ask]) -> list[Ask]:
    """Return the questions that are timed: in each kind those after the first `WARM_UP`."""
    groups = groupby(asks, key=lambda ask: ask.kind)
    return [ask for _, group in groups for ask in list(group)[WARM_UP:]]


def _middle(rounds: list[dict[str, Times]]) -> dict[str, Times]:
    """Return for each kind and percentile the median of all rounds."""
    return {
        kind: {
            percent: statistics.median(each[kind][percent] for each in rounds) for percent in times
        }
        for kind, times in rounds[0].items()
    }


def _wensou(*words: str | Path) -> Run:
    return run([*WENSOU, *words], watch_memory=words[0] == "index")


def _work(*words: str | Path) -> tuple[dict[str, Any], Run]:
    done = run([*_WORKER, *words], watch_memory=True)
    return json.loads(done.output), done


def _machine() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    name = names[0] if names else platform.machine()
    return f"{os.cpu_count()} cores, {name}, Python {platform.python_version()}"
