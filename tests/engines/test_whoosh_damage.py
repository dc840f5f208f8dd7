"""An index whose files were cut, altered or taken away says so, and can be built anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engines.base import EngineRequest
from search.engines.locating import open_engine, open_writer
from search.engines.whoosh.caching import remembered_terms
from search.errors import IndexDamaged, IndexNotFound, IndexOutdated
from search.query import model
from search.query.request import FACETS
from tests.articles import article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two segments."""
    folder = tmp_path / "index"
    for name in ("abcd", "e"):
        with open_writer(folder) as writer:
            for each in name:
                writer.put(article(each, f"第{each}篇", "京东物流" * 20, "2021-06-16"))
            writer.commit()
    return folder


def use(folder: Path) -> list[str]:
    """Open the index, search it, read it whole, check it."""
    engine = open_engine(folder)
    engine.search(EngineRequest(query=model.Phrase("京东物流"), facets=FACETS))
    list(engine.articles())
    found = engine.check()
    engine.close()
    return found


def contents_of(folder: Path) -> tuple[object, ...]:
    engine = open_engine(folder)
    answer = engine.search(EngineRequest(query=model.Phrase("京东物流"), facets=FACETS))
    found = answer, tuple(engine.articles()), engine.stats()
    engine.close()
    return found


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("MAIN_*.*"))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def directory_altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-40] ^= 0xFF
    path.write_bytes(data)


def magic_altered(path: Path) -> None:
    path.write_bytes(b"?" + path.read_bytes()[1:])


@pytest.mark.parametrize(
    "damage", [Path.unlink, cut_short, emptied, directory_altered, magic_altered]
)
def test_a_damaged_segment_is_named_when_the_index_is_opened(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    damaged = segments(folder)[0]
    damage(damaged)
    with pytest.raises((IndexDamaged, IndexOutdated), match=damaged.name):
        open_engine(folder)


@pytest.mark.parametrize("seed", range(120))
def test_a_changed_byte_is_never_taken_for_what_was_written(folder: Path, seed: int) -> None:
    chosen = random.Random(seed)
    path = chosen.choice(segments(folder))
    data = bytearray(path.read_bytes())
    data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
    sound = contents_of(folder)
    path.write_bytes(data)
    try:
        assert contents_of(folder) == sound
        found = use(folder)
    except (IndexDamaged, IndexOutdated):
        return
    # What is altered has not been asked for; or it lies between two arrays, and never is.
    assert not found or path.name in found[0]


def test_a_sound_index_checks_out(folder: Path) -> None:
    assert use(folder) == []


def test_damaged_contents_are_named(folder: Path) -> None:
    """Altered or cut short, their pickle is not loaded."""
    (contents,) = folder.glob("_MAIN_*.toc")
    data = contents.read_bytes()
    for damaged in (data[:50], data[:-3], data[:-9] + b"?" + data[-8:], b"", b"\0" * 500):
        contents.write_bytes(damaged)
        with pytest.raises((IndexDamaged, IndexOutdated), match="--rebuild"):
            open_engine(folder)


def test_a_damaged_index_can_be_built_anew(folder: Path) -> None:
    segments(folder)[0].unlink()
    with pytest.raises(IndexDamaged):
        open_writer(folder).__enter__()
    with open_writer(folder, rebuild=True) as writer:
        writer.put(article("z", "新的"))
        writer.commit()
    assert use(folder) == []


def test_an_index_of_another_format_says_what_to_do(folder: Path) -> None:
    path = segments(folder)[0]
    data = bytearray(path.read_bytes())
    data[7] += 1  # the version, after the magic
    path.write_bytes(data)
    with pytest.raises(IndexOutdated, match="--rebuild"):
        open_engine(folder)


def test_an_index_of_other_terms_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.whoosh.snapshot.ANALYSIS_VERSION", 0)
    with pytest.raises(IndexOutdated, match="--rebuild"):
        open_engine(folder)


def test_a_folder_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexNotFound, match="wensou index"):
            open_engine(place)
    assert not (tmp_path / "nowhere").exists()


def test_what_a_killed_writer_leaves_is_swept_by_the_next_commit(folder: Path) -> None:
    before = {path.name for path in folder.iterdir()}
    writer = open_writer(folder)
    writer.__enter__()
    writer.put(article("left"))
    writer._own.finish()  # type: ignore[attr-defined] -- as when its memory was full
    writer._lock.release()  # type: ignore[attr-defined] -- as the system does for a dead process
    unfinished = [folder / "_MAIN_2.toc.1700000000.5", folder / ".MAIN_0123456789abcdef.grams.tmp"]
    for path in unfinished:
        path.touch()
    assert {path.name for path in folder.iterdir()} > before
    with open_writer(folder) as writer:
        writer.delete("c")
        writer.commit()
    engine = open_engine(folder)
    assert sorted(each.id for each in engine.articles()) == ["a", "b", "d", "e"]
    named = {each.entry.segment_id() for each in engine._snapshot.segments}  # type: ignore[attr-defined]
    assert {path.stem for path in segments(folder)} == named
    assert not [path for path in unfinished if path.exists()]
    engine.close()


def test_what_is_wrong_with_a_file_is_said_once_not_for_each_article(folder: Path) -> None:
    path = max(folder.glob("*.documents"), key=lambda each: each.stat().st_size)
    data = bytearray(path.read_bytes())
    data[64] ^= 0xFF  # of the first array, the rows: of all four articles of the larger segment
    path.write_bytes(data)
    engine = open_engine(folder)
    problems = engine.check()
    engine.close()
    assert problems
    assert len(problems) == len(set(problems)) <= 2
    assert all(path.name in problem for problem in problems)


def test_after_a_refresh_nothing_of_segments_that_are_gone_is_kept(folder: Path) -> None:
    engine = open_engine(folder)
    engine.search(EngineRequest(query=model.Phrase("京东物流"), facets=FACETS))
    with open_writer(folder, rebuild=True) as writer:
        writer.put(article("new", "京东物流"))
        writer.commit()
    assert engine.refresh()
    assert not remembered_terms._values
    engine.close()
