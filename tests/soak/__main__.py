"""``make soak``: an index that follows a changing archive for minutes, killed now and then."""

from __future__ import annotations

import argparse
import resource
import tempfile
from pathlib import Path
from time import monotonic

from rich.console import Console

from tests.soak.rounds import Soak


def main() -> None:
    """Go on until the time is over or something is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    console = Console()
    until = monotonic() + asked.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        for number, done in enumerate(Soak(Path(folder) / "soak", asked.seed).rounds(), start=1):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            killed = ", killed" if done.killed else ""
            console.print(
                f"{number}: {done.changes} changes{killed}; {done.articles} articles, {peak} MB"
            )
            if monotonic() > until:
                break


if __name__ == "__main__":
    main()
