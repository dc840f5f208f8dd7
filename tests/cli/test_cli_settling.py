"""A server takes what it has when it is ready for what stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from search.cli import settling
from search.cli.settling import _own

HUGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")

SMAPS = """\
00400000-00800000 r-xp 00000000 08:01 42                                 /usr/bin/a program
Rss:                4096 kB
10000000-10800000 rw-p 00000000 00:00 0                                  [heap]
Size:               8192 kB
Rss:                8000 kB
20000000-20800000 rw-p 00000000 00:00 0 
Rss:                6145 kB
30000000-30800000 rw-p 00000000 00:00 0 
Rss:                6144 kB
40000000-40800000 rw-s 00000000 00:01 9                                  /dev/zero (deleted)
Rss:                8192 kB
50000000-50800000 rw-p 00000000 08:01 43                                 /index/MAIN.grams
Rss:                8192 kB
60000000-60800000 rw-p 00000000 00:00 0                                  [stack]
Rss:                8192 kB
70000000-70800000 ---p 00000000 00:00 0 
Rss:                   0 kB
VmFlags: mr mw me sd 
"""  # noqa: W291 -- as Linux writes it

SETTLED = """
import gc, resource, sys
from search.cli.settling import settle, use_huge_pages
kept = [bytes([each % 251]) * 1_000_000 for each in range(100)]
settle()
assert gc.get_freeze_count() > 1_000
assert all(text.count(at % 251) == len(text) == 1_000_000 for at, text in enumerate(kept))
print(use_huge_pages())
"""


def test_memory_of_its_own_that_is_used_is_found(tmp_path: Path):
    smaps = tmp_path / "smaps"
    smaps.write_text(SMAPS, encoding="utf-8")
    assert list(_own(smaps)) == [(0x10000000, 0x10800000), (0x20000000, 0x20800000)]


def test_where_the_system_does_not_tell_of_its_memory_nothing_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(settling, "_MAPPINGS", tmp_path / "smaps")
    monkeypatch.setattr(settling.ctypes, "CDLL", None)  # as Windows has none of that name
    assert settling.use_huge_pages() == 0


def test_what_a_process_has_is_the_same_when_it_has_settled():
    ran = subprocess.run(
        [sys.executable, "-c", SETTLED],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    if not HUGE_PAGES.exists():
        pytest.skip("this system has no huge pages to ask for")
    assert int(ran.stdout) > 50_000_000
