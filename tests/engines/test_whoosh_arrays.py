"""One file of arrays: what is read of it is what was written, or an error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import PAGE_BYTES, ArrayFile
from search.errors import IndexDamaged

LONG = bytes(range(256)) * (PAGE_BYTES // 64)  # four pages


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "arrays"
    with ArrayWriter(path) as out:
        out.append("long", LONG[:1000])
        out.write("numbers", np.arange(5, dtype=np.int32))
        out.append("long", memoryview(LONG)[1000:])
        out.write("none", np.empty(0, np.uint16))
    return path


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_arrays_come_back(path: Path) -> None:
    file = ArrayFile(path)
    assert file["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert file["none"].tolist() == []
    assert file["long"].tobytes() == LONG
    assert file.part("long", 100, 103).tobytes() == LONG[100:103]
    assert file.altered() == []


def test_only_the_pages_that_are_read_are_looked_at(path: Path) -> None:
    at = path.read_bytes().index(LONG) + 2 * PAGE_BYTES
    flip(path, at)
    file = ArrayFile(path)
    assert file.part("long", 0, 2 * PAGE_BYTES).tobytes() == LONG[: 2 * PAGE_BYTES]
    assert file.part("long", 3 * PAGE_BYTES, 3 * PAGE_BYTES + 5).tobytes() == LONG[:5]
    for start, stop in ((2 * PAGE_BYTES, 2 * PAGE_BYTES + 1), (0, len(LONG))):
        with pytest.raises(IndexDamaged, match="arrays"):
            file.part("long", start, stop)
    with pytest.raises(IndexDamaged, match="arrays"):
        file["long"]
    assert file.altered() == ["long"]


@pytest.mark.parametrize(("start", "stop"), [(-1, 3), (5, 4), (0, len(LONG) + 1)])
def test_a_part_that_is_not_there_is_damage(path: Path, start: int, stop: int) -> None:
    with pytest.raises(IndexDamaged):
        ArrayFile(path).part("long", start, stop)


def break_off(path: Path) -> None:
    with ArrayWriter(path) as out:
        out.write("numbers", np.arange(5))
        raise ZeroDivisionError


def test_a_writer_left_by_an_exception_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        break_off(tmp_path / "arrays")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 20, 100])
def test_a_file_cut_short_is_damaged(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(IndexDamaged):
        ArrayFile(path)
