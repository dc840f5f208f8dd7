"""One thread does all, as long as it keeps up; nothing waits behind what is slow for long."""

from __future__ import annotations

import random
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, get_ident
from time import monotonic, sleep

import pytest

from web.dispatching import Dispatcher


class Errand:
    """A task that notes who did it, and ends when it is let."""

    def __init__(self, *, may_end: bool = True, fails: bool = False) -> None:
        self.begun, self.done, self.cancelled, self.may_end = Event(), Event(), Event(), Event()
        self.began = 0.0
        self.times = 0
        self.thread = 0
        self._fails = fails
        if may_end:
            self.may_end.set()

    def service(self) -> None:
        self.times += 1
        self.thread, self.began = get_ident(), monotonic()
        self.begun.set()
        assert self.may_end.wait(20)
        self.done.set()
        if self._fails:
            raise SystemExit

    def cancel(self) -> None:
        self.cancelled.set()


@contextmanager
def dispatcher(patience: float) -> Iterator[Dispatcher]:
    found = Dispatcher(threads=3, patience=patience)
    yield found
    assert found.shutdown()


def add(to: Dispatcher, *errands: Errand) -> None:
    for errand in errands:
        to.add_task(errand)


@pytest.mark.parametrize("pause", [0, 0.01])
def test_one_thread_does_all_in_the_order_it_came(pause: float) -> None:
    errands = [Errand() for _ in range(20)]
    with dispatcher(patience=30) as found:
        for errand in errands:
            add(found, errand)
            sleep(pause)
        assert all(errand.done.wait(10) for errand in errands)
    assert len({errand.thread for errand in errands}) == 1
    assert sorted(errands, key=lambda errand: errand.began) == errands


def test_what_fails_is_told_of_and_the_rest_is_done(caplog: pytest.LogCaptureFixture) -> None:
    failing, other = Errand(fails=True), Errand()
    with dispatcher(patience=30) as found:
        add(found, failing, other)
        assert other.done.wait(10)
    assert other.thread == failing.thread
    assert "A request was not answered" in caplog.text


def test_only_the_first_waits_behind_what_is_slow() -> None:
    slow, quick = Errand(may_end=False), [Errand() for _ in range(50)]
    with dispatcher(patience=0.5) as found:
        add(found, slow)
        assert slow.begun.wait(10)
        began = monotonic()
        for errand in quick:
            add(found, errand)
            assert errand.done.wait(10)
        assert 0.5 <= monotonic() - began < 12  # each waiting would be 25
        assert len({errand.thread for errand in quick} | {slow.thread}) == 2
        slow.may_end.set()
        assert slow.done.wait(10)
        after = Errand()
        add(found, after)
        assert after.done.wait(10)
        assert after.thread == quick[0].thread


def test_as_much_that_is_slow_is_in_hand_as_there_are_threads() -> None:
    slow = [Errand(may_end=False) for _ in range(4)]
    with dispatcher(patience=0.05) as found:
        add(found, *slow)
        assert all(errand.begun.wait(10) for errand in slow[:3])
        assert not slow[3].begun.wait(0.2)
        slow[0].may_end.set()
        assert slow[3].begun.wait(10)
        for errand in slow:
            errand.may_end.set()


def test_nobody_is_relieved_who_keeps_up() -> None:
    errands = [Errand(may_end=False) for _ in range(10)]
    with dispatcher(patience=1) as found:
        add(found, *errands)
        for errand in errands:  # there is always one that waits, but none for long
            assert errand.begun.wait(10)
            sleep(0.15)
            errand.may_end.set()
        assert errands[-1].done.wait(10)
    assert len({errand.thread for errand in errands}) == 1


def test_what_nobody_has_begun_is_given_up_in_the_end() -> None:
    slow, waiting = Errand(may_end=False), Errand()
    found = Dispatcher(threads=1, patience=30)
    add(found, slow)
    assert slow.begun.wait(10)
    add(found, waiting)
    assert not found.shutdown(timeout=0.05)
    assert waiting.cancelled.is_set()
    slow.may_end.set()
    assert found.shutdown(timeout=10)
    assert (slow.cancelled.is_set(), waiting.times) == (False, 0)


def test_nothing_is_held_of_what_is_done() -> None:
    with dispatcher(patience=30) as found:
        errand = Errand()
        add(found, errand)
        assert errand.done.wait(10)
        held = weakref.ref(errand)
        del errand
        deadline = monotonic() + 10
        while held() is not None and monotonic() < deadline:
            sleep(0.01)
        assert held() is None


def test_each_is_done_once_whatever_takes_how_long() -> None:
    chooser = random.Random(1)
    with dispatcher(patience=0.002) as found:
        errands = [Errand(may_end=False) for _ in range(300)]
        for errand in errands:
            add(found, errand)
            if chooser.random() < 0.2:
                sleep(chooser.random() * 0.006)
            chooser.choice(errands).may_end.set()
        for errand in errands:
            errand.may_end.set()
        assert all(errand.done.wait(10) for errand in errands)
    assert {errand.times for errand in errands} == {1}
