"""Further processes of this program, started so that arrays are quick in them.

They are spawned, not forked: a thread that shows progress may hold a lock just then. glibc and
NumPy read how they are to behave from the environment of a process that starts, so it has some
variables more while these start; what the user has set stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctypes import Array, c_ubyte
    from multiprocessing.context import SpawnContext

    SharedMemory = Array[c_ubyte]

BUSY = {
    # Freed memory is kept: to have the system's pages cleared anew for every array took a tenth of
    # the time of indexing. The first is the highest that glibc takes.
    "MALLOC_MMAP_THRESHOLD_": str(2**25),
    "MALLOC_TRIM_THRESHOLD_": str(2**28),
    "MALLOC_TOP_PAD_": str(2**24),
}
"""For processes that go from array to array until all is done."""

MODEST = {
    # What a thread has freed the others use, too: with four threads, a tenth less memory.
    "MALLOC_ARENA_MAX": "1",
}
"""For processes with several threads that stay, and mostly wait."""

_SORT = {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_SKX"}
"""What makes NumPy (by either name, of 2.4 and of before) sort without AVX-512."""

_CPUINFO = Path("/proc/cpuinfo")
_CPUINFO_BYTES = 4096  # the first processor's lines


@contextmanager
def spawning(malloc: Mapping[str, str] = BUSY) -> Iterator[SpawnContext]:
    """Yield what processes are to be started by, within the ``with``.

    Args:
        malloc: how glibc is to keep memory for them: `BUSY` or `MODEST`.
    """
    import multiprocessing  # a program that starts none loads none of it

    wanted = {**malloc, **(_SORT if _sorts_slowly(_CPUINFO) else {})}
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield multiprocessing.get_context("spawn")
    finally:
        for name in added:
            del os.environ[name]


def shared_memory(size: int) -> SharedMemory | None:
    """Return ``size`` bytes, all 0, that this process has in common with those it is handed to.

    None where the system has no place for it, such as one where nothing can be written.
    """
    from ctypes import c_ubyte
    from multiprocessing.sharedctypes import RawArray

    try:
        return RawArray(c_ubyte, size)
    except OSError:
        return None


def processors() -> int:
    """Return how many processors this program may use: in a container, often not all."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def keep_to_a_processor(number: int, processes: int) -> None:
    """Have this thread, and those it starts, run on one processor, each process on another.

    Only where there are just as many of both: with fewer processes, one might stay where something
    else runs while other processors have nothing to do. At 100,000 posts and 16 clients, two
    processes made 4 % more pages so: what a processor's caches hold stays of use (measured).

    Args:
        number: of the process, from 0.
        processes: how many there are.
    """
    if processes == processors() and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[number]})


def _sorts_slowly(cpuinfo: Path) -> bool:
    """Return whether this is AMD's Zen 4, on which AVX-512 sorts five times slower than AVX2 does.

    It stores compressed vectors in microcode (https://github.com/numpy/x86-simd-sort/issues/6).
    Family 25 is Zen 3, which has no AVX-512, and Zen 4.
    """
    try:
        with cpuinfo.open(encoding="ascii", errors="replace") as file:
            seen = file.read(_CPUINFO_BYTES)
    except OSError:
        return False
    return "AuthenticAMD" in seen and "cpu family\t: 25\n" in seen and "avx512f" in seen
