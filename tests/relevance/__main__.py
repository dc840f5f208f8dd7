"""``make relevance``: how good the answers are, beside plain baselines, in one run."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.measuring import ROOT
from tests.bench.report import make_console, target_table
from tests.relevance.report import result_table
from tests.relevance.results import Result, targets, write_results
from tests.relevance.session import POSTS, SYSTEMS, Session, shared_sets


def main() -> None:
    """Measure, print, and write the results."""
    asked = _arguments()
    console = make_console()
    folder: Path = asked.work.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    session = Session(
        work=folder,
        corpora=tuple(asked.corpora),
        systems=tuple(asked.systems),
        posts=asked.posts,
        titles=asked.titles,
        seed=asked.seed,
        tell=lambda text: console.print(f"[dim]{text}[/]"),
    )
    results: list[Result] = []
    for each in session.measure():
        # Stock Whoosh takes long: what is known by now is not lost if that is broken off.
        results.append(each)
        write_results(folder / "results.json", results, targets(results, asked.posts))
    console.print(
        f"known items: {asked.titles:,} titles of {asked.posts:,} posts, seed {asked.seed}; any"
        " article with the title is right; wensou on “one wrong” and “pinyin”: after help"
    )
    console.print(result_table(results), target_table(targets(results, asked.posts)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    number = {"type": int, "metavar": "N"}
    corpora = (*shared_sets(), POSTS)
    parser.add_argument("--corpora", nargs="+", default=corpora, choices=corpora)
    parser.add_argument("--systems", nargs="+", default=SYSTEMS, choices=SYSTEMS)
    parser.add_argument("--posts", default=10_000, help="files to make for known items", **number)
    parser.add_argument("--titles", default=500, help="that are asked for", **number)
    parser.add_argument("--seed", default=1, help="of the titles and their words", **number)
    parser.add_argument(
        "--work", type=Path, default=ROOT / "var" / "relevance", help="folder for indexes"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
