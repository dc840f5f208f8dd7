"""Values in memory that processes share."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.slots import Slots, key_of
from search.spawning import shared_memory, spawning

SLOT_BYTES = 2048

KEYS = [bytes([number] * 16) for number in range(1, 5)]


def test_of_two_places_a_value_takes_that_of_the_value_written_earlier(monkeypatch):
    slots = Slots(bytearray(2 * SLOT_BYTES), SLOT_BYTES)
    keys = [bytes([0, *[0] * 7, 1, *[0] * 6, number]) for number in range(3)]
    for second, key in enumerate(keys, 1):
        monkeypatch.setattr("search.slots.time", lambda now=second: now)
        slots.put(key, key)
    assert [slots.find(key) for key in keys] == [None, *keys[1:]]


@pytest.mark.parametrize(("size", "is_kept"), [(SLOT_BYTES - 40, True), (SLOT_BYTES - 39, False)])
def test_a_value_that_no_slot_has_room_for_is_not_kept(size, is_kept):
    slots = Slots(bytearray(SLOT_BYTES), SLOT_BYTES)
    slots.put(KEYS[0], b"a" * size)
    assert (slots.find(KEYS[0]) is not None) == is_kept


@given(st.integers(0, SLOT_BYTES - 1), st.integers(0, 255))
def test_what_is_not_as_it_was_written_is_no_value(at: int, byte: int):
    memory = bytearray(SLOT_BYTES)
    slots = Slots(memory, SLOT_BYTES)
    slots.put(KEYS[0], b"a" * 1000)
    is_as_written = memory[at] == byte or at in range(32, 36) or at >= 1040
    memory[at] = byte
    assert slots.find(KEYS[0]) == (b"a" * 1000 if is_as_written else None)
    assert slots.find(KEYS[1]) is None


@given(st.integers(0, 2**32), st.integers(100, SLOT_BYTES))
def test_in_memory_that_held_anything_else_there_is_nothing_and_room(seed: int, size: int):
    slots = Slots(bytearray(random.Random(seed).randbytes(4 * SLOT_BYTES)), size)
    assert slots.find(KEYS[0]) is None
    slots.put(KEYS[0], b"value")
    assert slots.find(KEYS[0]) == b"value"


def test_what_was_written_in_a_time_to_come_was_written_by_nobody():
    memory = bytearray(b"\xff" * 2 * SLOT_BYTES)
    slots = Slots(memory, SLOT_BYTES)
    keys = [bytes([0, *[0] * 7, 1, *[0] * 6, number]) for number in range(2)]
    for key in keys:
        slots.put(key, key)
    assert [slots.find(key) for key in keys] == keys


def test_processes_have_their_values_in_common():
    memory = shared_memory(4 * SLOT_BYTES)
    with spawning() as context:
        other = context.Process(target=_put_in, args=(memory,))
        other.start()
    other.join()
    assert Slots(memoryview(memory), SLOT_BYTES).find(_key()) == b"value"


def _put_in(memory) -> None:
    Slots(memoryview(memory), SLOT_BYTES).put(_key(), b"value")


def _key() -> bytes:
    return key_of("a", ("快递", None), 1)
