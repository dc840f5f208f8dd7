"""Which articles are there?"""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from search.corpus import MAX_BYTES, SUFFIXES, Entry, Problem, discover, discovery, source_of
from search.errors import ArticleError, SourceNotFound
from search.messages import use_language


def made(folder: Path, names: Iterable[str]) -> Path:
    """Make files under ``folder``, each with something in it."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return folder


def found(*paths: Path | str) -> list[str]:
    return [each.path for each in discover(paths)]


def test_files_go_before_folders_each_by_name(tmp_path: Path) -> None:
    made(tmp_path, ["b.md", "a.md", "b/a.md", "a/c/d.md", "a/z.md", "文.md"])
    assert found(tmp_path) == ["a.md", "b.md", "文.md", "a/z.md", "a/c/d.md", "b/a.md"]


def test_the_suffixes_of_articles_in_any_case(tmp_path: Path) -> None:
    assert {".md", ".markdown", ".mdown", ".html", ".htm", ".txt"} == SUFFIXES
    made(tmp_path, ["a.md", "b.MD", "c.markdown", "d.mdown", "e.html", "f.Htm", "g.txt"])
    made(tmp_path, ["h.mdx", "i.rst", "j", "k.md~", "l.md.swp", "m.jsonl", "n.png", "o.md.bak"])
    assert found(tmp_path) == [
        "a.md", "b.MD", "c.markdown", "d.mdown", "e.html", "f.Htm", "g.txt",
    ]  # fmt: skip


def test_hidden_and_ignored_stay_out(tmp_path: Path) -> None:
    made(
        tmp_path, [".a.md", ".git/a.md", ".obsidian/b.md", "node_modules/c.md", "__pycache__/d.md"]
    )
    made(tmp_path, ["a.md", "_drafts/e.md", "b/.c/f.md"])
    assert found(tmp_path) == ["a.md", "_drafts/e.md"]


@pytest.mark.parametrize(
    "name",
    [
        " .md",
        "a b.md",
        "“引号”'\".md",
        "😀.md",
        "文" * 80 + ".md",
        "a#b?c%20.md",
        "a\nb.md",
        "-rf.md",
    ],
)
def test_any_file_name_is_an_article_that_can_be_read(tmp_path: Path, name: str) -> None:
    (entry,) = discover([made(tmp_path, [name])])
    assert isinstance(entry, Entry)
    assert (entry.path, entry.load()) == (name, b"text")


@pytest.mark.parametrize("given", ["", "/\udcce\udcc4.md"])
def test_a_name_that_is_no_utf_8_is_written_in_escapes(tmp_path: Path, given: str) -> None:
    folder = tmp_path / "\udcce"  # how Python names the byte CE
    try:
        made(folder, ["\udcce\udcc4.md"])
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    (entry,) = discover([f"{folder}{given}"])
    assert isinstance(entry, Entry)
    assert (entry.path, entry.load()) == ("\\xce\\xc4.md", b"text")
    assert entry.source.startswith(f"{tmp_path.as_posix()}/\\xce")


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    made(tmp_path, ["posts/a.md", "posts/b/c.md", "outside/d.md"])
    posts = tmp_path / "posts"
    (posts / "out").symlink_to(tmp_path / "outside")
    (posts / "out.md").symlink_to(tmp_path / "outside/d.md")
    (posts / "e.md").symlink_to("b/c.md")
    (posts / "gone.md").symlink_to("nowhere.md")
    (posts / "self.md").symlink_to("self.md")
    (posts / "z").symlink_to("b")
    assert found(posts) == ["a.md", "e.md", "b/c.md", "z/c.md"]


def test_links_in_a_circle_or_many_to_one_folder_end(tmp_path: Path) -> None:
    made(tmp_path, ["a/b/c.md"])
    (tmp_path / "a/b/up").symlink_to("..")
    (tmp_path / "a/b/top").symlink_to(tmp_path)
    (tmp_path / "x").symlink_to("a")
    (tmp_path / "y").symlink_to("a")
    assert found(tmp_path) == ["a/b/c.md", "x/b/c.md"]


def test_a_folder_given_by_a_link_keeps_the_name_given(tmp_path: Path) -> None:
    made(tmp_path, ["real/a.md"])
    (tmp_path / "link").symlink_to("real")
    (entry,) = discover([tmp_path / "link"])
    assert isinstance(entry, Entry)
    assert (entry.source, entry.path) == (str(tmp_path / "link"), "a.md")


def test_a_source_is_absolute_and_without_detours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert source_of("a/../b/") == source_of(tmp_path / "b") == f"{tmp_path.as_posix()}/b"


def test_several_paths_in_their_order_and_none_twice(tmp_path: Path) -> None:
    made(tmp_path, ["b/x.md", "a/y.md", "z.md"])
    paths = [tmp_path / "b", tmp_path / "z.md", tmp_path / "a", f"{tmp_path}/a/../b/"]
    assert found(*paths) == ["x.md", "z.md", "y.md"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("nowhere", "corpus.source_missing"),
        ("nowhere.md", "corpus.source_missing"),
        ("picture.png", "corpus.source_suffix"),
    ],
)
def test_a_path_of_no_use_is_refused_before_anything_is_read(
    tmp_path: Path, name: str, key: str
) -> None:
    made(tmp_path, ["a.md", "picture.png"])
    with pytest.raises(SourceNotFound) as caught:
        discover([tmp_path, tmp_path / name])
    assert caught.value.key == key
    assert name in str(caught.value)


def test_what_is_neither_folder_nor_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(SourceNotFound):
        discover([tmp_path / "a.md"])
    assert found(tmp_path) == []


def test_a_folder_that_cannot_be_listed_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    made(tmp_path, ["a.md", "b/c.md", "d/e.md"])
    walk = discover([tmp_path])
    assert next(walk).path == "a.md"
    shutil.rmtree(tmp_path / "b")
    with use_language("en"):
        problem, entry = walk
    assert isinstance(problem, Problem)
    assert str(problem).startswith("b/: the folder cannot be read (No such file or directory).")
    assert entry.path == "d/e.md"


def test_an_entry_is_small_and_crosses_processes(tmp_path: Path) -> None:
    (entry,) = discover([made(tmp_path, ["a.md"])])
    assert pickle.loads(pickle.dumps(entry)) == entry
    assert len(pickle.dumps(entry)) < 1000


def stamps(*paths: Path) -> list[str]:
    return [each.stamp for each in discover(paths) if isinstance(each, Entry)]


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files written just now count as settled."""
    monkeypatch.setattr(discovery, "_SETTLED_NS", 0)


def test_a_file_changed_a_moment_ago_has_no_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    assert stamps(tmp_path) == [""]


@pytest.mark.usefixtures("settled")
def test_a_stamp_stays_while_the_file_does_however_it_is_found(tmp_path: Path) -> None:
    made(tmp_path, ["a.md", "文/b.md"])
    (first, second) = stamps(tmp_path)
    assert first
    assert second not in ("", first)
    assert stamps(tmp_path) == [first, second]
    assert stamps(tmp_path / "a.md", tmp_path / "文/b.md") == [first, second]


@pytest.mark.usefixtures("settled")
def test_a_stamp_changes_with_what_is_in_the_file(tmp_path: Path) -> None:
    file = made(tmp_path, ["a.md"]) / "a.md"
    seen = stamps(tmp_path)
    file.write_text("texts", encoding="utf-8")
    seen += stamps(tmp_path)
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns + 1
    os.utime(file, ns=times)
    seen += stamps(tmp_path)
    (tmp_path / "b").write_text("other", encoding="utf-8")
    os.utime(tmp_path / "b", ns=times)
    (tmp_path / "b").rename(file)
    seen += stamps(tmp_path)
    assert len(set(seen)) == 4


def test_the_stamp_of_a_link_is_that_of_the_file_it_leads_to(tmp_path: Path) -> None:
    made(tmp_path, ["a.md", "b.md"])
    (tmp_path / "c.md").symlink_to("a.md")
    first, second, linked = stamps(tmp_path)
    assert linked == first
    (tmp_path / "c.md").unlink()
    (tmp_path / "c.md").symlink_to("b.md")
    assert stamps(tmp_path) == [first, second, second]


def test_lines_of_json_lines_files_have_no_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "a"}\n{"title": "b"}\n', encoding="utf-8")
    assert stamps(tmp_path / "a.jsonl") == ["", ""]


def test_without_descriptors_of_folders_the_same_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, ["a.md", "b/c.md", "b/文.md"])
    (tmp_path / "d").symlink_to("b")
    before = list(discover([tmp_path]))
    monkeypatch.setattr(os, "supports_fd", set())
    assert list(discover([tmp_path])) == before


def test_a_file_that_vanished_is_an_error(tmp_path: Path) -> None:
    (entry,) = discover([made(tmp_path, ["a.md"])])
    assert isinstance(entry, Entry)
    (tmp_path / "a.md").unlink()
    with pytest.raises(ArticleError) as caught:
        entry.load()
    assert caught.value.key == "corpus.vanished"


def test_16_mib_are_read_and_a_byte_more_is_an_error(tmp_path: Path) -> None:
    for name, size in (("a.md", MAX_BYTES), ("b.md", MAX_BYTES + 1)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)
    most, beyond = (each for each in discover([tmp_path]) if isinstance(each, Entry))
    assert len(most.load()) == 16 * 1024 * 1024
    with pytest.raises(ArticleError, match="16 MiB"):
        beyond.load()
