"""A command does not wait for what it does not need: which modules a new process has loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LIBRARIES = {
    "asyncio", "concurrent.futures", "email", "flask", "http.client", "jinja2", "markdown_it",
    "multiprocessing", "nh3", "numpy", "opencc", "rich", "rjieba", "selectolax", "socket", "ssl",
    "urllib.request", "waitress", "whoosh", "yaml", "zstandard",
}  # fmt: skip
"""Whatever takes a while to load, ours or not."""

OURS = {
    "search.corpus", "search.engines.whoosh.writer", "search.indexer", "search.indexer.crew",
    "search.query", "search.service", "search.suggesting.suggester", "web",
}  # fmt: skip

PROGRAM = """
import sys
from search.cli import main
code = main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


def loaded(*words: object, folder: Path) -> set[str]:
    """Return which of all these a new process has loaded when it has done a command."""
    command = [sys.executable, "-c", PROGRAM, *map(str, words)]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=folder)
    return set(ran.stderr.split()) & (LIBRARIES | OURS)


@pytest.mark.parametrize("words", ["快递", "京东物流 快递", "物流 OR 茶*", "a~"])
def test_a_search_loads_what_searches(words, seed_index, tmp_path):
    found = loaded("search", words, "--index", seed_index, folder=tmp_path)
    assert found == {
        "numpy", "opencc", "rich", "whoosh", "zstandard", "search.query", "search.service",
    }  # fmt: skip


def test_a_search_that_finds_little_loads_what_suggests_and_no_segmenter(seed_index, tmp_path):
    found = loaded("search", "人工智能", "--index", seed_index, folder=tmp_path)
    assert "search.suggesting.suggester" in found
    assert "rjieba" not in found


def test_numpy_is_whole_but_for_its_docstrings():
    program = """
from search.cli.lean import spare_docstrings
spare_docstrings()
import numpy
assert numpy.arange(3).sum() == 3 and numpy.arange.__doc__ is None and numpy.mean.__doc__
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    program = program.replace("spare_docstrings()", "").replace("is None", "is not None")
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_search_for_programs_loads_no_rich(seed_index, tmp_path):
    found = loaded("search", "快递", "--json", "--index", seed_index, folder=tmp_path)
    assert "rich" not in found


def test_help_loads_nothing(tmp_path):
    assert loaded("--help", folder=tmp_path) == set()


def test_a_few_files_are_indexed_in_one_process(posts, tmp_path):
    found = loaded("index", posts, "--quiet", folder=tmp_path)
    assert "rjieba" in found
    assert not found & {"multiprocessing", "urllib.request", "flask", "rich", "search.indexer.crew"}
