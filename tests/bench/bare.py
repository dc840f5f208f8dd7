"""What searching alone leaves room for, when many ask: processor time of a faceted question.

Of each engine, through its own interface in one process, ten hits and four facets: no marks, no
page, no server. ``make bench-page`` prints how many a second two processors could answer so.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

from tests.bench.asks import Ask
from tests.bench.measuring import percentile
from tests.bench.peers import load

PEERS = ("wensou", "tantivy")
ASKED = 600
"""Questions that are timed; a sixth as many before them are not."""


def bare(work: Path, asks: Iterable[Ask], seed: int) -> list[dict[str, Any]]:
    """Ask the engines whose index is in ``work``; return milliseconds of the processor."""
    faceted = [replace(ask, kind="filtered" if _is_narrowed(ask) else "facets") for ask in asks]
    random.Random(seed).shuffle(faceted)
    return [
        {"engine": name, **_asked(name, work / f"index-{name}", faceted)}
        for name in PEERS
        if (work / f"index-{name}").is_dir()
    ]


def _is_narrowed(ask: Ask) -> bool:
    return bool(ask.category) or ask.has_days


def _asked(name: str, index: Path, asks: list[Ask]) -> dict[str, Any]:
    searching = load(name).open(index)
    warm_up = min(len(asks), ASKED) // 6
    for ask in asks[:warm_up]:
        searching.search(ask)
    times = []
    for ask in asks[warm_up:][:ASKED]:
        began = process_time()  # of all threads: an engine may have some
        searching.search(ask)
        times.append((process_time() - began) * 1000)
    mean = sum(times) / len(times)
    return {
        "mean": mean,
        **{f"p{each}": percentile(times, each) for each in (50, 95)},
        "two_processors_per_s": 2 * 1000 / mean,
    }
