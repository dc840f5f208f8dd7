"""How far ``wensou index`` is: a bar on a terminal, a line now and then elsewhere. On stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

from search.cli.printing import console
from search.messages import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import Task
    from rich.text import Text

    from search.indexer import Progress

REDRAW_S = 0.1
"""Seconds between two looks of the bar; drawn after every file it would cost more than reading."""

LINE_EVERY_S = 3.0
"""Seconds between two lines where there is no terminal."""

Report = Callable[["Progress"], None]


@contextmanager
def reporting(*, quiet: bool) -> Iterator[Report | None]:
    """Yield what is to be called after every file; None for ``quiet``."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield _redraw(bar)
    else:
        yield _lines(monotonic)


def _redraw(bar: Bar) -> Report:
    """Return what shows the progress on ``bar``."""
    task = bar.add_task(say("cli.progress_reading"), total=None)
    drawn = 0.0

    def report(progress: Progress) -> None:
        nonlocal drawn
        now, last = monotonic(), progress.done == progress.total
        if last or now - drawn >= REDRAW_S:
            drawn = now
            # What follows the last file, merging and writing to disk, takes a while, too.
            what = say("cli.progress_writing") if last else say("cli.progress_reading")
            bar.update(task, completed=progress.done, total=progress.total, description=what)

    return report


def _lines(clock: Callable[[], float]) -> Report:
    """Return what prints a line of progress every `LINE_EVERY_S` seconds of ``clock``."""
    began = printed = clock()

    def report(progress: Progress) -> None:
        nonlocal printed
        now = clock()
        if now - printed >= LINE_EVERY_S:
            printed = now
            total = "" if progress.total is None else f"/{progress.total}"
            rate = f"{progress.done / (now - began):.0f}"
            click.echo(say("cli.progress", done=f"{progress.done}{total}", rate=rate), err=True)

    return report


def _bar() -> Bar:
    """Make the bar: what is done, how far, files a second, time left."""
    from rich import progress
    from rich.text import Text

    class Rate(progress.ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(say("cli.rate", rate=f"{task.speed or 0:.0f}"))

    return progress.Progress(
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        Rate(),
        progress.TimeRemainingColumn(elapsed_when_finished=True),
        console=console(err=True),
        transient=True,
    )
