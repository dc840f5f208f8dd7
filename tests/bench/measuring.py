"""Seconds, memory and bytes, as the kernel counts them (Linux: /proc)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

PROC = Path("/proc")
ROOT = Path(__file__).parent.parent.parent
"""The checkout: where children run, so that they import it and not another one."""

WENSOU = (sys.executable, "-c", "import sys; from search.cli import main; sys.exit(main())")
"""The command, as this checkout has it."""

_SAMPLE_S = 0.075
_MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ (?P<inode>\d+) *(?P<name>.*)")


@dataclass(frozen=True, slots=True)
class Run:
    """A command that was run.

    Attributes:
        seconds: from its start to its end.
        peak_bytes: the most that it and its children had at once, shared pages divided among
            those who share them (PSS), sampled every 75 ms.
        output: its standard output.
    """

    seconds: float
    peak_bytes: int
    output: str


class CommandError(Exception):
    """A command of the bench ended with an error, which the message holds."""


def run(command: Sequence[str | Path], *, watch_memory: bool = False) -> Run:
    """Run ``command`` in the checkout and wait for it.

    Raises:
        CommandError: it ended with an error.
    """
    began = perf_counter()
    child = subprocess.Popen(
        [str(each) for each in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = _Watch(child.pid)
    if watch_memory:
        watch.start()
    output, errors = child.communicate()
    seconds = perf_counter() - began
    watch.stop()
    if child.returncode:
        words = " ".join(map(str, command))
        raise CommandError(f"{words}: exit code {child.returncode}\n{errors[-2000:]}")
    return Run(seconds, watch.peak_bytes, output)


class _Watch(threading.Thread):
    """Samples the memory of a process and its children until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._pid = pid
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(_SAMPLE_S):
            now = sum(pss_bytes(pid) for pid in family(self._pid))
            self.peak_bytes = max(self.peak_bytes, now)

    def stop(self) -> None:
        """Take no more samples."""
        self._stopped.set()
        if self.is_alive():
            self.join()


def family(pid: int) -> Iterator[int]:
    """Yield ``pid`` and all processes below it."""
    yield pid
    for children in PROC.glob(f"{pid}/task/*/children"):
        with suppress(OSError):  # it ended meanwhile
            for child in children.read_text().split():
                yield from family(int(child))


def pss_bytes(pid: int) -> int:
    """Return the proportional set size of a process; 0 when it has ended."""
    with suppress(OSError):
        for line in (PROC / f"{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def private_bytes(pid: int | None = None) -> int:
    """Return the memory that a process alone has: no page of a mapped file, unless altered.

    Args:
        pid: the process; None for this one.
    """
    total = 0
    is_file = False
    for line in (PROC / str(pid or "self") / "smaps").read_text().splitlines():
        if mapping := _MAPPING.fullmatch(line):
            is_file = mapping["inode"] != "0"
            continue
        name, number, *_ = line.split()
        counted = ("Anonymous:",) if is_file else ("Private_Clean:", "Private_Dirty:")
        if name in counted:
            total += int(number) * 1024
    return total


def folder_bytes(folder: Path) -> int:
    """Return the bytes of all files under ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the least of ``values`` that ``percent`` of them do not exceed (nearest rank).

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50), percentile([1.0, 2.0], 95)
    (2.0, 2.0)
    """
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]
