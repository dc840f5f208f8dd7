"""Reading in several processes gives what reading in one gives, and breaks off as cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import search
from search.article import Article
from search.corpus import Entry, ReadOptions, discover
from search.engines.base import Gatherer
from search.engines.whoosh import making
from search.errors import EngineError
from search.indexer import index_paths, run
from search.indexer.crew import Crew
from search.indexer.work import Job


@pytest.fixture
def many_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others help from the third file on, and with the last merge."""
    monkeypatch.setattr(run, "CREW_AFTER", 2)
    monkeypatch.setattr(making, "LARGE_DOCS", 5)


def in_index(location: Path) -> dict[str, Article]:
    with search.open_index(location) as index:
        assert index.check() == []
        # Whether a file was settled when it was read depends on how long ago it was written.
        return {article.path: replace(article, stamp="") for article in index.articles()}


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    for number in range(90):
        body = f"京东物流在第{number}天扩建了仓库。" * (1 + number % 5)
        write(folder, f"{number:02}.md", f"---\ntitle: 第{number}篇\ntags: [物流]\n---\n{body}\n")
    write(folder, "draft.md", "---\ntitle: 草稿\ndraft: true\n---\n还没写完\n")
    write(folder, "empty.md", "")
    return folder


@pytest.mark.usefixtures("many_hands")
def test_many_hands_make_the_same_index(
    posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_many = index_paths([posts], tmp_path / "many")
    monkeypatch.setattr(run, "CREW_AFTER", 10**9)
    by_one = index_paths([posts], tmp_path / "one")
    assert in_index(tmp_path / "many") == in_index(tmp_path / "one")
    assert len(in_index(tmp_path / "many")) == 90
    assert sorted(map(str, by_many.errors)) == sorted(map(str, by_one.errors))
    plain = {"seconds": 0.0, "errors": (), "warnings": ()}
    assert replace(by_many, **plain) == replace(by_one, **plain)


@pytest.mark.usefixtures("many_hands")
def test_many_hands_bring_an_index_up_to_date(posts: Path, tmp_path: Path) -> None:
    index_paths([posts], tmp_path / "index")
    for number in range(10):
        write(posts, f"{number:02}.md", f"---\ntitle: 新{number}\n---\n改过了\n")
        (posts / f"8{number}.md").unlink()
        write(posts, f"new-{number}.md", f"新的第{number}篇")
    summary = index_paths([posts], tmp_path / "index")
    assert (summary.added, summary.updated, summary.removed) == (10, 10, 10)
    found = in_index(tmp_path / "index")
    assert len(found) == 90
    assert found["03.md"].title == "新3"


@pytest.mark.usefixtures("many_hands")
def test_of_articles_with_one_id_the_first_that_can_be_read_counts(tmp_path: Path) -> None:
    lines = ['{"id": "a", "title": "草稿", "draft": true}', '{"id": "b", "title": "乙"}']
    lines += [f'{{"id": "{n}", "title": "第{n}篇"}}' for n in range(9)]
    write(tmp_path, "one.jsonl", "\n".join(lines))
    write(tmp_path, "two.jsonl", '{"id": "b", "title": "又是乙"}\n{"id": "a", "title": "甲"}')
    sources = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    summary = index_paths(sources, tmp_path / "index")
    found = in_index(tmp_path / "index")
    assert found["one.jsonl#b"].title == "乙"
    assert found["two.jsonl#a"].title == "甲"
    assert [(each.path, each.line) for each in summary.errors] == [("two.jsonl#b", 1)]


def test_a_small_memory_makes_many_runs_and_the_same_index(posts: Path, tmp_path: Path) -> None:
    index_paths([posts], tmp_path / "small", memory=10_000)
    index_paths([posts], tmp_path / "large")
    assert in_index(tmp_path / "small") == in_index(tmp_path / "large")


class DyingGatherer:
    """One whose process is killed by the system when it is to take an article."""

    def put(self, article: Article) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def finish(self) -> None:
        """Never called."""


def have_read(size: int, gatherer: Callable[[], Gatherer], entries: list[Entry]) -> None:
    with Crew(size, ReadOptions(), gatherer) as crew:
        for entry in entries:
            list(crew.give(Job(entry, "a", "")))
        list(crew.finish())


def test_a_process_that_is_killed_is_an_error_of_ours(posts: Path) -> None:
    entries = [each for each in discover([posts]) if isinstance(each, Entry)]
    with pytest.raises(EngineError, match="--memory"):
        have_read(2, DyingGatherer, entries)


class FullGatherer(DyingGatherer):
    """One that finds no room on the disk."""

    def put(self, article: Article) -> None:
        raise OSError(28, "No space left on device")


def test_an_error_in_another_process_is_raised_in_this_one(posts: Path) -> None:
    entries = [each for each in discover([posts]) if isinstance(each, Entry)]
    with pytest.raises(OSError, match="No space"):
        have_read(1, FullGatherer, entries)


INTERRUPTED = """
import sys
from search.indexer import index_paths, run
if __name__ == "__main__":
    run.CREW_AFTER = 2
    index_paths([sys.argv[1]], sys.argv[2], progress=lambda seen: print(seen.done, flush=True))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_ctrl_c_ends_every_process_and_leaves_the_index(posts: Path, tmp_path: Path) -> None:
    index_paths([posts], tmp_path / "index")
    before = {path: path.read_bytes() for path in (tmp_path / "index").iterdir()}
    for number in range(4_000):
        write(posts, f"more-{number}.md", "物流" * 500)
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), str(posts), str(tmp_path / "index")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert any(int(line) > 1_000 for line in process.stdout)
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.close()
        assert process.wait(30) != 0
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _is_alive(process.pid):
        time.sleep(0.05)
    assert not _is_alive(process.pid)
    assert {path: path.read_bytes() for path in (tmp_path / "index").iterdir()} == before


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_files_whose_size_and_times_stay_are_not_read_again(
    posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.corpus.discovery._SETTLED_NS", 0)
    index_paths([posts], tmp_path / "index")
    read: list[str] = []
    monkeypatch.setattr(run, "do", lambda job, *rest: read.append(job.entry.path) or DO(job, *rest))
    write(posts, "05.md", "---\ntitle: 改过\n---\n改过\n")
    summary = index_paths([posts], tmp_path / "index")
    assert (summary.updated, summary.unchanged) == (1, 89)
    assert sorted(read) == ["05.md", "draft.md", "empty.md"]
    again = index_paths([posts], tmp_path / "index", options=ReadOptions(timezone="Asia/Shanghai"))
    assert again.updated == 90


DO = run.do
