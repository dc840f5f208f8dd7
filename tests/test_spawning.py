"""Processes that work beside this one have an environment in which arrays are quick."""

from __future__ import annotations

import os

import pytest

from search.spawning import _sorts_slowly, keep_to_a_processor, processors, spawning

ZEN_4 = "vendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\nflags\t\t: sse avx2 avx512f\n"


def value_in_child(name: str) -> str | None:
    with spawning() as context, context.Pool(1) as pool:
        return pool.apply(os.getenv, (name,))


def test_a_process_keeps_freed_memory_and_this_one_is_as_before():
    before = dict(os.environ)
    assert value_in_child("MALLOC_MMAP_THRESHOLD_") == "33554432"
    assert dict(os.environ) == before


def test_what_the_user_has_set_stays(monkeypatch):
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "1000000")
    assert value_in_child("MALLOC_MMAP_THRESHOLD_") == "1000000"
    assert os.environ["MALLOC_MMAP_THRESHOLD_"] == "1000000"


@pytest.mark.parametrize(
    ("cpuinfo", "expected"),
    [
        (ZEN_4, True),
        (ZEN_4.replace(" avx512f", ""), False),
        (ZEN_4.replace(": 25", ": 26"), False),
        (ZEN_4.replace("AuthenticAMD", "GenuineIntel"), False),
        ("", False),
    ],
    ids=["Zen 4", "Zen 3", "Zen 5", "Intel", "unknown"],
)
def test_numpy_sorts_without_avx_512_on_zen_4_only(tmp_path, cpuinfo, expected):
    (tmp_path / "cpuinfo").write_text(cpuinfo)
    assert _sorts_slowly(tmp_path / "cpuinfo") is expected


def test_where_the_system_does_not_tell_nothing_is_turned_off(tmp_path):
    assert not _sorts_slowly(tmp_path / "cpuinfo")


def test_only_processors_that_this_program_may_use_count(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    assert processors() == 1
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="of this system none can be kept")
def test_as_many_processes_as_processors_have_one_each():
    every = sorted(os.sched_getaffinity(0))
    kept = [processors_in_child(number, len(every)) for number in (0, len(every) - 1)]
    assert kept == [{every[0]}, {every[-1]}]
    assert processors_in_child(0, len(every) + 1) == set(every)


def processors_in_child(number: int, processes: int) -> set[int]:
    with spawning() as context, context.Pool(1) as pool:
        return pool.apply(_kept, (number, processes))


def _kept(number: int, processes: int) -> set[int]:
    keep_to_a_processor(number, processes)
    return os.sched_getaffinity(0)
