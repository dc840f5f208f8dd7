"""A value is made once for a commit, and the old one serves until the new one is there."""

from __future__ import annotations

import threading

from search.suggesting.renewing import Renewed

A_WHILE_S = 30


def test_many_who_ask_first_wait_for_one_making():
    made = []

    def make():
        made.append(None)
        return len(made)

    renewed = Renewed(make)
    threads = [threading.Thread(target=renewed.get, args=("1",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert renewed.get("1") == len(made) == 1


def test_the_old_value_serves_while_the_new_one_is_made():
    values = iter(["old", "new"])
    may_finish = threading.Event()

    def make():
        value = next(values)
        if value == "new":
            may_finish.wait(A_WHILE_S)
        return value

    renewed = Renewed(make)
    assert renewed.edition is None
    assert renewed.get("1") == "old"
    before = set(threading.enumerate())
    assert [renewed.get("2") for _ in range(3)] == ["old"] * 3
    assert renewed.edition == "1"
    [maker] = set(threading.enumerate()) - before
    may_finish.set()
    maker.join(A_WHILE_S)
    assert (renewed.get("2"), renewed.edition) == ("new", "2")


def test_what_is_prepared_is_made_before_anyone_asks():
    made, went_on = [], threading.Event()
    renewed = Renewed(lambda: made.append("made"))
    renewed.prepare("1", went_on.set)
    assert went_on.wait(A_WHILE_S)
    assert made == ["made"]
