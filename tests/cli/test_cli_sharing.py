"""Connections are shared evenly by processes that accept on the same sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cli.sharing import PATIENCE_S, SharedListener, Shares
from tests.running import running


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def listening(opened: ExitStack) -> socket.socket:
    """A socket to accept on, which does not wait."""
    made = opened.enter_context(socket.socket())
    made.bind(("127.0.0.1", 0))
    made.listen()
    made.setblocking(False)
    return made


def begun(memory: bytearray, number: int) -> Shares:
    shares = Shares(memory, number)
    shares.begin()
    return shares


def taken(listener: SharedListener) -> socket.socket | None:
    try:
        return listener.accept()[0]
    except BlockingIOError:
        return None


def test_a_connection_is_left_to_who_has_fewer(opened, listening):
    memory = bytearray(Shares.bytes_for(2))
    ours, theirs = begun(memory, 0), begun(memory, 1)
    address = listening.getsockname()
    listener = opened.enter_context(SharedListener(listening, ours))
    listener.setblocking(False)
    for _ in range(3):
        opened.enter_context(socket.create_connection(address))
    first = taken(listener)
    assert first is not None
    assert (ours.mine, taken(listener)) == (1, None)
    theirs.add(1)
    second = taken(listener)
    assert second is not None
    assert (ours.mine, taken(listener)) == (2, None)
    first.close()
    first.close()
    assert ours.mine == 1
    third = taken(listener)
    assert third is not None
    assert taken(listener) is None  # there is no other
    second.close()
    third.close()


def test_a_connection_that_nobody_takes_is_taken_in_the_end(opened, listening, monkeypatch):
    memory = bytearray(Shares.bytes_for(2))
    ours = begun(memory, 0)
    begun(memory, 1)
    now = [100.0]
    monkeypatch.setattr("search.cli.sharing.monotonic", lambda: now[0])
    address = listening.getsockname()
    listener = opened.enter_context(SharedListener(listening, ours))
    listener.setblocking(False)
    ours.add(1)
    for _ in range(2):  # the second is as patient as the first
        opened.enter_context(socket.create_connection(address))
        waited = 0.0
        while (found := taken(listener)) is None:
            now[0] += PATIENCE_S / 10
            waited += PATIENCE_S / 10
        opened.enter_context(found)
        assert PATIENCE_S <= waited < PATIENCE_S * 1.5
        now[0] += 10


def test_who_does_not_answer_yet_is_left_nothing(opened, listening):
    memory = bytearray(Shares.bytes_for(3))
    Shares(memory, 0)
    ours = begun(memory, 1)
    ours.add(5)
    address = listening.getsockname()
    listener = opened.enter_context(SharedListener(listening, ours))
    listener.setblocking(False)
    opened.enter_context(socket.create_connection(address))
    found = taken(listener)
    assert found is not None
    found.close()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 5)), max_size=30))
def test_each_knows_what_all_have(changes):
    memory = bytearray(Shares.bytes_for(4))
    shares = [begun(memory, number) for number in range(4)]
    counts = [0] * 4
    for number, change in changes:
        if counts[number] + change >= 0:
            counts[number] += change
            shares[number].add(change)
    assert [each.mine for each in shares] == counts
    assert [each.others_have_fewer() for each in shares] == [min(counts) < own for own in counts]


def test_who_takes_anothers_place_has_none():
    memory = bytearray(Shares.bytes_for(2))
    begun(memory, 0).add(7)
    assert begun(memory, 0).mine == 0


def test_who_has_ended_is_left_nothing():
    memory = bytearray(Shares.bytes_for(2))
    ours = begun(memory, 0)
    begun(memory, 1)
    ours.add(5)
    assert ours.others_have_fewer()
    Shares.forget(memory, 1)
    assert not ours.others_have_fewer()


def test_what_a_server_closes_is_no_longer_counted(listening):
    shares = begun(bytearray(Shares.bytes_for(1)), 0)
    address = listening.getsockname()
    shared = SharedListener(listening, shares)
    with running(list, [shared], idle_s=1), socket.create_connection(address) as connection:
        connection.sendall(b"GET")
        sleep(0.5)
        assert shares.mine == 1
        assert connection.recv(1) == b""
        sleep(0.5)
        assert shares.mine == 0
