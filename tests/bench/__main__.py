"""``make bench``: wensou, tantivy, SQLite's FTS5 and stock Whoosh side by side, in one run."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.measuring import ROOT
from tests.bench.peers import PEERS
from tests.bench.plot import draw
from tests.bench.report import make_console, print_report
from tests.bench.session import Session
from tests.bench.targets import targets

_STOCK = 10_000
"""Articles that stock Whoosh is given at most: it indexes some tens a second."""


def main() -> None:
    """Measure, print, and write the results."""
    asked = _arguments()
    console = make_console()
    work = Path(asked.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    session = Session(
        work=work,
        posts=asked.posts,
        stock=asked.stock or min(asked.posts, _STOCK),
        million=asked.million,
        queries=asked.queries,
        rounds=asked.rounds,
        seed=asked.seed,
        peers=tuple(asked.peers),
        tell=lambda text: console.print(f"[dim]{text}[/]"),
    )
    figures = session.measure()
    # Growth takes as long again: what is known by now is not lost if that is broken off.
    figures.write(work / "results.json", [each.as_json() for each in targets(figures)])
    figures = session.measure_growth(figures)
    found = targets(figures)
    figures.write(work / "results.json", [each.as_json() for each in found])
    print_report(figures, found, console)
    draw(figures, ROOT / asked.plot if asked.plot else work / "benchmarks.svg")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    number = {"type": int, "metavar": "N"}
    parser.add_argument("--posts", default=100_000, help="files to make and to index", **number)
    parser.add_argument("--stock", default=0, help="articles for stock Whoosh", **number)
    parser.add_argument("--million", default=1_000_000, help="dealt anew; 0: none", **number)
    parser.add_argument("--queries", default=200, help="questions of each kind", **number)
    parser.add_argument("--rounds", default=1, help="of questions; the median counts", **number)
    parser.add_argument("--seed", default=1, help="of articles and questions", **number)
    parser.add_argument(
        "--peers", nargs="*", default=PEERS[1:], choices=PEERS[1:], help="beside wensou"
    )
    parser.add_argument("--work", default=ROOT / "var" / "bench", help="folder for indexes")
    parser.add_argument("--plot", help="where the picture goes; else into the folder")
    return parser.parse_args()


if __name__ == "__main__":
    main()
