"""From files to an index: what is new, changed and gone; nothing lost, nothing half-done."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import search
from search.article import Article
from search.corpus import ReadOptions
from search.errors import SourceNotFound
from search.indexer import Progress, Summary, index_paths


@pytest.fixture(autouse=True, params=[10**12, 0], ids=["just written", "settled"])
def age(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as written just now, so that they are read again, or as settled."""
    monkeypatch.setattr("search.corpus.discovery._SETTLED_NS", request.param)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    for name in ("a", "b/c", "b/d"):
        write(folder, name, f"第 {name} 篇")
    return folder


def write(folder: Path, name: str, text: str, title: str = "题") -> None:
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\n---\n{text}\n", encoding="utf-8")


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    """Added, updated, removed, unchanged, failed."""
    return (
        summary.added,
        summary.updated,
        summary.removed,
        summary.unchanged,
        summary.failed,
    )


def in_index(location: Path) -> dict[str, Article]:
    with search.open_index(location) as index:
        return {article.path: article for article in index.articles()}


def test_a_first_run_adds_and_a_second_changes_nothing(posts: Path, tmp_path: Path) -> None:
    location = tmp_path / "index"
    assert counts(index_paths([posts], location)) == (3, 0, 0, 0, 0)
    before = {path: path.stat().st_mtime_ns for path in location.iterdir()}
    assert counts(index_paths([posts], location)) == (0, 0, 0, 3, 0)
    files = {path: path.stat().st_mtime_ns for path in location.iterdir()}
    assert {p: t for p, t in files.items() if "LOCK" not in p.name} == {
        p: t for p, t in before.items() if "LOCK" not in p.name
    }


def test_new_changed_and_vanished_files_are_told_apart(posts: Path, tmp_path: Path) -> None:
    location = tmp_path / "index"
    index_paths([posts], location)
    old_id = in_index(location)["a.md"].id
    write(posts, "a", "换了")
    write(posts, "e", "新的")
    (posts / "b/c.md").unlink()
    assert counts(index_paths([posts], location)) == (1, 1, 1, 1, 0)
    found = in_index(location)
    assert sorted(found) == ["a.md", "b/d.md", "e.md"]
    assert found["a.md"].text == "换了"
    assert found["a.md"].id == old_id


def test_one_file_under_two_names_is_two_articles(posts: Path, tmp_path: Path) -> None:
    """Of one size, age and number on the disk; one of the names goes, another comes."""
    os.link(posts / "a.md", posts / "e.md")
    os.link(posts / "a.md", posts / "f.md")
    assert counts(index_paths([posts], tmp_path / "ix")) == (5, 0, 0, 0, 0)
    (posts / "e.md").rename(posts / "b/e.md")
    (posts / "a.md").unlink()
    summary = index_paths([posts], tmp_path / "ix")
    assert (summary.added, summary.removed) == (1, 2)
    paths = {each.path for each in in_index(tmp_path / "ix").values()}
    assert paths == {"b/c.md", "b/d.md", "b/e.md", "f.md"}


def test_a_file_touched_but_equal_is_unchanged(posts: Path, tmp_path: Path) -> None:
    index_paths([posts], tmp_path / "index")
    os.utime(posts / "a.md", (1, 1))
    assert counts(index_paths([posts], tmp_path / "index")) == (0, 0, 0, 3, 0)


def test_a_file_that_had_no_stamp_gets_one_once_it_has_settled(
    posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.corpus.discovery._SETTLED_NS", 10**12)
    (posts / "a.md").write_text("---\ntitle: 题\ndate: 某日\n---\n文\n", encoding="utf-8")
    assert len(index_paths([posts], tmp_path / "index").warnings) == 1
    assert {each.stamp for each in in_index(tmp_path / "index").values()} == {""}
    monkeypatch.setattr("search.corpus.discovery._SETTLED_NS", 0)
    summary = index_paths([posts], tmp_path / "index")
    assert (counts(summary), summary.warnings) == ((0, 0, 0, 3, 0), ())
    assert "" not in {each.stamp for each in in_index(tmp_path / "index").values()}


def test_an_index_brought_up_to_date_equals_one_built_anew(posts: Path, tmp_path: Path) -> None:
    index_paths([posts], tmp_path / "index")
    write(posts, "a", "换了")
    write(posts, "b/c", "---\ntitle: [坏的\n---")
    (posts / "b/d.md").write_bytes(b"")
    index_paths([posts], tmp_path / "index")
    index_paths([posts], tmp_path / "anew")
    assert in_index(tmp_path / "index") == in_index(tmp_path / "anew")


def test_a_file_that_fails_is_named_and_the_rest_goes_on(posts: Path, tmp_path: Path) -> None:
    (posts / "b/c.md").write_bytes(b"")
    summary = index_paths([posts], tmp_path / "index")
    assert counts(summary) == (2, 0, 0, 0, 1)
    assert [(each.path, each.line) for each in summary.errors] == [("b/c.md", None)]


def test_a_file_that_fails_after_it_was_indexed_leaves_the_index(
    posts: Path, tmp_path: Path
) -> None:
    index_paths([posts], tmp_path / "index")
    (posts / "a.md").write_bytes(b"")
    assert counts(index_paths([posts], tmp_path / "index")) == (0, 0, 1, 2, 1)
    assert sorted(in_index(tmp_path / "index")) == ["b/c.md", "b/d.md"]


def test_a_rebuild_starts_anew(posts: Path, tmp_path: Path) -> None:
    index_paths([posts], tmp_path / "index")
    other = tmp_path / "other"
    write(other, "z", "别处的")
    assert counts(index_paths([other], tmp_path / "index", rebuild=True)) == (1, 0, 0, 0, 0)
    assert list(in_index(tmp_path / "index")) == ["z.md"]


def test_articles_of_other_sources_stay_and_ids_never_clash(posts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other, "a", "别处的")
    index_paths([posts], tmp_path / "index")
    assert counts(index_paths([other], tmp_path / "index")) == (1, 0, 0, 0, 0)
    assert counts(index_paths([posts, other], tmp_path / "index")) == (0, 0, 0, 4, 0)
    with search.open_index(tmp_path / "index") as index:
        found = list(index.articles())
    assert len({article.id for article in found}) == 4
    assert sorted(article.text for article in found if article.path == "a.md") == [
        "别处的",
        "第 a 篇",
    ]


def test_a_source_that_is_not_there_changes_nothing(posts: Path, tmp_path: Path) -> None:
    index_paths([posts], tmp_path / "index")
    with pytest.raises(SourceNotFound):
        index_paths([posts, tmp_path / "nowhere"], tmp_path / "index")
    assert len(in_index(tmp_path / "index")) == 3


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_run_broken_off_leaves_the_old_index(
    posts: Path, tmp_path: Path, at: int, rebuild: bool
) -> None:
    index_paths([posts], tmp_path / "index")
    before = in_index(tmp_path / "index")
    for name in ("a", "b/c", "b/d"):
        write(posts, name, "换了")

    def interrupt(progress: Progress) -> None:
        if progress.done == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_paths([posts], tmp_path / "index", rebuild=rebuild, progress=interrupt)
    assert in_index(tmp_path / "index") == before
    assert counts(index_paths([posts], tmp_path / "index")) == (0, 3, 0, 0, 0)


def test_drafts_stay_out_unless_they_are_asked_for(posts: Path, tmp_path: Path) -> None:
    (posts / "e.md").write_text("---\ntitle: e\ndraft: true\n---\n草稿", encoding="utf-8")
    location = tmp_path / "index"
    assert index_paths([posts], location).drafts == 1
    with_drafts = ReadOptions(drafts=True)
    assert counts(index_paths([posts], location, options=with_drafts)) == (1, 0, 0, 3, 0)
    assert counts(index_paths([posts], location)) == (0, 0, 1, 3, 0)


def test_another_time_zone_reads_every_file_anew(posts: Path, tmp_path: Path) -> None:
    (posts / "a.md").write_text("---\ndate: 2021-06-16 02:00\n---\na", encoding="utf-8")
    location = tmp_path / "index"
    index_paths([posts], location)
    assert counts(index_paths([posts], location, options=ReadOptions("Asia/Shanghai")))[1] == 3
    article = in_index(location)["a.md"]
    assert article.date
    assert article.day
    assert (article.date.isoformat(), article.day.isoformat()) == (
        "2021-06-15T18:00:00+00:00",
        "2021-06-16",
    )


def test_lines_with_ids_of_their_own(posts: Path, tmp_path: Path) -> None:
    lines = tmp_path / "dump.jsonl"
    rows = [{"id": "甲/1", "title": "一"}, {"title": "二"}, {"id": "甲/1", "title": "三"}]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    summary = index_paths([lines], tmp_path / "index")
    assert counts(summary) == (2, 0, 0, 0, 1)
    with search.open_index(tmp_path / "index") as index:
        assert index.article("甲/1").title == "一"
    assert [each.line for each in summary.errors] == [3]


def test_an_id_given_that_another_source_has_is_an_error(posts: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.jsonl").write_text('{"id": "x", "title": "x"}', encoding="utf-8")
    index_paths([tmp_path / "one.jsonl"], tmp_path / "index")
    summary = index_paths([tmp_path / "two.jsonl"], tmp_path / "index")
    assert counts(summary) == (0, 0, 0, 0, 1)
    assert "one.jsonl" in summary.errors[0].message


def test_progress_counts_every_file(posts: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    index_paths([posts], tmp_path / "index", progress=seen.append)
    assert seen == [(1, 3, "a.md"), (2, 3, "b/c.md"), (3, 3, "b/d.md")]


def test_the_folder_can_move(posts: Path, tmp_path: Path) -> None:
    """Another place is another source; the old one's articles go when it is indexed as empty."""
    index_paths([posts], tmp_path / "index")
    shutil.rmtree(posts)
    posts.mkdir()
    assert counts(index_paths([posts], tmp_path / "index")) == (0, 0, 3, 0, 0)


@pytest.mark.shared
def test_generated_posts_agree_with_their_manifest(shared_dir: Path, tmp_path: Path) -> None:
    """Added, failed, and what `wensou export` gives; then ten deleted, changed and added."""
    import subprocess
    import sys

    from search.wire import article_json

    folder = tmp_path / "posts"
    script = shared_dir / "corpus/make_posts.py"
    subprocess.run([sys.executable, script, "300", folder], check=True, capture_output=True)
    manifest = folder / "manifest.jsonl"
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    good = {row["path"]: row for row in rows if row["indexed"]}
    location = tmp_path / "index"
    summary = index_paths([folder], location)
    assert counts(summary) == (len(good), 0, 0, 0, len(rows) - len(good))
    assert {e.path for e in summary.errors} == {row["path"] for row in rows} - set(good)
    exported = {path: article_json(article) for path, article in in_index(location).items()}
    assert set(exported) == set(good)
    for path, row in good.items():
        wanted = [row["categories"]] if row["categories"] else []
        assert exported[path]["categories"] == wanted
        assert exported[path]["author"] == row["author"]
        assert exported[path]["date"] == row["date"]
        assert row["title"] in (exported[path]["title"], None)
    assert counts(index_paths([folder], location))[:3] == (0, 0, 0)
    paths = sorted(good)
    for path in paths[:10]:
        (folder / path).unlink()
    for path in paths[10:20]:
        with (folder / path).open("ab") as stream:
            stream.write("\n又一段\n".encode())
    for number in range(10):
        write(folder, f"new-{number}", "新的")
    assert counts(index_paths([folder], location))[:3] == (10, 10, 10)
