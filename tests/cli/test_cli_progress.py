"""How far an index is: plain lines in measured time, a bar on a terminal."""

from __future__ import annotations

import io

import pytest

from search.cli.progress import _bar, _lines, _redraw, reporting
from search.indexer import Progress
from search.messages import use_language


def test_lines_come_every_three_seconds_with_the_rate(capsys):
    now = iter([0.0, 1.0, 4.0, 6.9, 8.0])
    report = _lines(lambda: next(now))
    with use_language("en"):
        for done in (100, 400, 690, 1600):
            report(Progress(done, 2000, "a.md"))
    assert capsys.readouterr().err == (
        "Files read: 400/2000, 100 a second\nFiles read: 1600/2000, 200 a second\n"
    )


def test_lines_leave_out_a_total_that_is_not_known(capsys):
    now = iter([0.0, 4.0])
    report = _lines(lambda: next(now))
    with use_language("en"):
        report(Progress(10, None, "a.jsonl"))
    assert capsys.readouterr().err == "Files read: 10, 2 a second\n"


def test_quiet_reports_nothing():
    with reporting(quiet=True) as report:
        assert report is None


@pytest.mark.parametrize(("done", "what"), [(1, "Reading"), (2, "Writing")])
def test_the_bar_says_what_goes_on(done, what):
    with use_language("en"):
        bar = _bar()
        _redraw(bar)(Progress(done, 2, "a.md"))
    (task,) = bar.tasks
    assert (task.completed, task.total, task.description) == (done, 2, what)


def test_the_bar_shows_counts_and_rate():
    with use_language("en"):
        bar = _bar()
        bar.console.file = io.StringIO()
        _redraw(bar)(Progress(2, 2, "a.md"))
        bar.console.print(bar.get_renderable())
    assert "2/2" in bar.console.file.getvalue()
    assert "/s" in bar.console.file.getvalue()
