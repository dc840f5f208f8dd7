"""One answer at a time, and nobody behind what is slow for long."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from time import perf_counter
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from web.turns import Turns


class Kitchen:
    """An application whose answers are made until they are let go on; it counts those in hand."""

    def __init__(self) -> None:
        self.begun = {name: Event() for name in ("slow", "quick", "other")}
        self.may_end = {name: Event() for name in self.begun}
        self.in_hand = self.most_in_hand = 0
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, _: StartResponse) -> Iterable[bytes]:
        name = environ["PATH_INFO"]
        with self._lock:
            self.in_hand += 1
            self.most_in_hand = max(self.most_in_hand, self.in_hand)
        self.begun[name].set()
        assert self.may_end[name].wait(10)
        with self._lock:
            self.in_hand -= 1
        if name == "other":
            raise ValueError(name)
        return [name.encode()]


def answer(turns: Turns, name: str) -> list[bytes]:
    environ: WSGIEnvironment = {}
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = name
    return list(turns(environ, lambda *_: lambda _: None))


def test_one_answer_is_made_at_a_time_also_after_one_that_failed() -> None:
    kitchen = Kitchen()
    turns = Turns(kitchen, patience=30)
    with ThreadPoolExecutor(3) as threads:
        first: Future[list[bytes]] = threads.submit(answer, turns, "other")
        assert kitchen.begun["other"].wait(10)
        rest = [threads.submit(answer, turns, name) for name in ("slow", "quick")]
        for event in kitchen.may_end.values():
            event.set()
        with pytest.raises(ValueError, match="other"):
            first.result(10)
        assert [each.result(10) for each in rest] == [[b"slow"], [b"quick"]]
    assert kitchen.most_in_hand == 1


def test_who_has_waited_long_goes_before_what_is_slow_which_then_holds_up_nobody() -> None:
    kitchen = Kitchen()
    turns = Turns(kitchen, patience=0.2)
    kitchen.may_end["quick"].set()
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(answer, turns, "slow")
        assert kitchen.begun["slow"].wait(10)
        began = perf_counter()
        for _ in range(50):  # only the first of them waits
            assert threads.submit(answer, turns, "quick").result(10) == [b"quick"]
        assert 0.2 <= perf_counter() - began < 5  # each waiting would be 10
        assert not slow.done()
        kitchen.may_end["slow"].set()
        assert slow.result(10) == [b"slow"]


def test_what_is_slow_does_not_end_the_turn_of_another_when_it_ends() -> None:
    kitchen = Kitchen()
    turns = Turns(kitchen, patience=0.2)
    with ThreadPoolExecutor(3) as threads:
        slow = threads.submit(answer, turns, "slow")
        assert kitchen.begun["slow"].wait(10)
        other = threads.submit(answer, turns, "other")
        assert kitchen.begun["other"].wait(10)
        kitchen.may_end["slow"].set()
        assert slow.result(10) == [b"slow"]
        quick = threads.submit(answer, turns, "quick")
        assert not kitchen.begun["quick"].wait(0.1)
        for event in kitchen.may_end.values():
            event.set()
        assert quick.result(10) == [b"quick"]
        assert isinstance(other.exception(10), ValueError)
