"""What could not be looked at is not gone: its articles stay in the index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import search
from search.indexer import Progress, Summary, index_paths


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Articles in two folders, and JSON Lines beside them."""
    for name in ("posts/a.md", "posts/b/c.md", "posts/bc/d.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    write_lines(tmp_path, '{"id": "n", "title": "n"}', '{"id": "m", "title": "m"}')
    return tmp_path / "posts"


def write_lines(folder: Path, *lines: str) -> None:
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")


def run(posts: Path, *, losing: Path | None = None) -> Summary:
    """Index the articles; the folder ``losing`` goes away while they are read."""

    def lose(progress: Progress) -> None:
        if losing and progress.done == 1:
            shutil.rmtree(losing)

    paths = [posts, posts.parent / "lines.jsonl"]
    return index_paths(paths, posts.parent / "index", progress=lose)


def paths_in_index(posts: Path) -> list[str]:
    with search.open_index(posts.parent / "index") as index:
        return sorted(article.path for article in index.articles())


def test_articles_of_a_folder_that_cannot_be_listed_stay(posts: Path) -> None:
    run(posts)
    (posts / "bc/d.md").unlink()
    summary = run(posts, losing=posts / "b")
    assert [each.path for each in summary.errors] == ["b/"]
    assert (summary.removed, summary.failed) == (1, 1)
    assert paths_in_index(posts) == ["a.md", "b/c.md", "lines.jsonl#m", "lines.jsonl#n"]


def test_a_bad_line_keeps_no_vanished_line_of_its_file(posts: Path) -> None:
    run(posts)
    write_lines(posts.parent, "{", '{"id": "m", "title": "m"}')
    summary = run(posts)
    assert [(each.path, each.line) for each in summary.errors] == [("lines.jsonl", 1)]
    assert summary.removed == 1
    assert paths_in_index(posts) == ["a.md", "b/c.md", "bc/d.md", "lines.jsonl#m"]
