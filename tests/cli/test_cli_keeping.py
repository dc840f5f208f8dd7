"""Processes that answer side by side are kept, and ended together."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from search.cli.keeping import MAX_RESTARTS, serve_side_by_side
from search.errors import ServingError, SettingsError
from search.messages import say


def _answer_while_another_starts(ready, number, folder):
    """Answer, in one process; in the other be where what is raised is swallowed, as in imports."""
    if number == 1:
        while not (folder / "starting").exists():
            sleep(0.01)
        ready()
        sleep(30)

    class Module:
        """Anything that can be referred to weakly."""

    def swallow(_):
        (folder / "starting").touch()
        sleep(30)

    module = Module()
    _reference = weakref.ref(module, swallow)
    del module
    sleep(30)


def test_a_process_that_still_starts_ends_without_a_word(tmp_path, capfd):
    def interrupted():
        raise SystemExit

    serve_side_by_side(2, _answer_while_another_starts, (tmp_path,), interrupted)
    assert capfd.readouterr().err == ""


def test_processes_that_end_again_and_again_are_given_up():
    with pytest.raises(ServingError) as seen:
        serve_side_by_side(1, _die, (3,), ready=lambda: None)
    assert seen.value.facts == {"count": 6, "seconds": 60, "code": 3}


def _die(ready: Callable[[], None], number: int, code: int) -> None:
    os._exit(code)


def test_who_says_why_it_cannot_answer_is_started_again_and_again(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("search.cli.keeping.RETRY_S", 0.01)
    gone: list[int] = []

    def note(number: int) -> None:
        gone.append(number)
        if len(gone) == MAX_RESTARTS + 2:
            raise SystemExit

    serve_side_by_side(2, _fail_in_one, (tmp_path,), lambda: None, note)
    assert set(gone) == {1}
    said = say("cli.worker_waits", seconds=0.01, reason=say("cli.port_taken", port=1, other=2))
    assert {each.message for each in caplog.records} == {said}


def test_a_process_that_cannot_answer_is_not_started_again_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("search.cli.keeping.RETRY_S", 3)
    times: list[float] = []

    def note(number: int) -> None:
        times.append(monotonic())
        if len(times) == 2:
            raise SystemExit

    serve_side_by_side(2, _fail_in_one, (tmp_path,), lambda: None, note)
    assert 3 <= times[1] - times[0] < 10


def _fail_in_one(ready: Callable[[], None], number: int, folder: Path) -> None:
    """Answer, in one process; in the other, once that does, say why one cannot."""
    if number == 0:
        ready()
        (folder / "ready").touch()
        sleep(60)
    while not (folder / "ready").exists():
        sleep(0.01)
    raise SettingsError("cli.port_taken", port=1, other=2)
