"""What the libraries alone take of indexing: ``python -m tests.bench.floor FOLDER``.

In two processes every file is read, its body made safe by nh3, its Han cut by jieba in Rust and it
is packed by zstd, and nothing else is done: no front matter, no terms, no index. No indexer with
these libraries is faster on the machine.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import zstandard

from search.analysis import UNSPACED
from search.analysis.segmenting import segmenter
from search.corpus.safe_html import sanitise

_RUN = re.compile(f"[{UNSPACED}]+")
_BATCH = 250  # files
_LEVEL = 5


class Shares(NamedTuple):
    """Seconds of processor time, of all files together."""

    reading: float
    html: float
    words: float
    packing: float


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.floor", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=20_000, help="files")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    paths = sorted(asked.folder.rglob("*.md"))[: asked.most]
    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    with get_context("spawn").Pool(asked.processes) as pool:
        pool.map(take, [paths[:_BATCH]] * asked.processes, chunksize=1)  # loads the dictionary
        began = perf_counter()
        shares = pool.map(take, batches, chunksize=1)
        took = perf_counter() - began
    print(f"{len(paths) / took:,.0f} posts a second")
    for name, each in zip(Shares._fields, zip(*shares, strict=True), strict=True):
        print(f"{name}: {sum(each) / len(paths) * 1e6:.0f} µs a post")


def take(paths: Sequence[Path]) -> Shares:
    """Do with files what no indexer can leave undone."""
    packer = zstandard.ZstdCompressor(level=_LEVEL)
    times = [perf_counter()]
    spent = [0.0] * len(Shares._fields)
    for path in paths:
        text = path.read_bytes().decode(errors="replace")
        times.append(perf_counter())
        safe = sanitise(text)
        times.append(perf_counter())
        segmenter().cut_for_search("\n".join(_RUN.findall(safe)))
        times.append(perf_counter())
        packer.compress(safe.encode())
        times.append(perf_counter())
        for part in range(len(spent)):
            spent[part] += times[part + 1] - times[part]
        times = times[-1:]
    return Shares(*spent)


if __name__ == "__main__":
    main()
