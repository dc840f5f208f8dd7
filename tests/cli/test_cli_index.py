"""``wensou index``: the summary, the files that failed, what the flags change."""

from __future__ import annotations

import re


def seconds_apart(text: str) -> str:
    return re.sub(r"\d+\.\d", "0.0", text)


def test_the_summary_says_what_was_done_and_every_failed_file_is_named(wensou, posts):
    ran = wensou("index", posts)
    assert ran.code == 0
    assert seconds_apart(ran.out) == (
        "Added 3, updated 0, removed 0, unchanged 0, failed 1, in 0.0 s\n"
        "Drafts left out: 1; take them in with --drafts\n"
        "Faults in files that were indexed nevertheless: 1; name them with --warnings\n"
        "The index is at var/index\n"
    )
    assert ran.err == "empty.md: the file is empty. Write an article into it, or delete it.\n"


def test_the_summary_speaks_chinese(wensou, posts):
    ran = wensou("index", posts, lang="zh")
    assert seconds_apart(ran.out).splitlines()[0] == (
        "新增 3，更新 0，移除 0，未变 0，失败 1，用时 0.0 秒"
    )
    assert ran.err == "empty.md: 文件是空的。请写入文章，或删除它。\n"


def test_a_second_run_does_what_changed_only(wensou, posts):
    wensou("index", posts)
    (posts / "a.md").write_text("新的", encoding="utf-8")
    (posts / "b.md").unlink()
    (posts / "d.md").write_text("又一篇", encoding="utf-8")
    ran = wensou("index", posts, "--json")
    counts = {name: ran.json[name] for name in ("added", "updated", "removed", "unchanged")}
    assert counts == {"added": 1, "updated": 1, "removed": 1, "unchanged": 1}


def test_json_has_the_errors_with_path_line_and_message(wensou, posts):
    (posts / "empty.md").write_text("---\ntitle: 'a' b\n---\n正文", encoding="utf-8")
    (error,) = wensou("index", posts, "--json").json["errors"]
    assert (error["path"], error["line"]) == ("empty.md", 2)
    assert "is not YAML" in error["message"]


def test_strict_makes_a_failed_file_an_error_and_the_rest_is_indexed(wensou, posts):
    assert wensou("index", posts, "--strict").code == 1
    assert wensou("stats", "--json").json["articles"] == 3


def test_strict_is_content_when_no_file_failed(wensou, posts):
    (posts / "empty.md").unlink()
    assert wensou("index", posts, "--strict").code == 0


def test_drafts_are_indexed_when_asked_for(wensou, posts):
    assert wensou("index", posts, "--drafts", "--json").json["added"] == 4


def test_rebuild_forgets_what_was_there(wensou, posts, tmp_path):
    wensou("index", posts)
    other = tmp_path / "other"
    other.mkdir()
    (other / "z.md").write_text("别的", encoding="utf-8")
    wensou("index", other, "--rebuild")
    assert wensou("stats", "--json").json["articles"] == 1


def test_warnings_are_named_when_asked_for(wensou, posts):
    ran = wensou("index", posts, "--warnings")
    assert 'b.md:5: date "Invalid Date" is not a date' in ran.err


def test_quiet_leaves_the_errors_only(wensou, posts):
    ran = wensou("index", posts, "--quiet")
    assert ran.out == ""
    assert ran.err.startswith("empty.md: ")


def test_a_path_that_is_not_there_changes_nothing(wensou, posts):
    wensou("index", posts)
    ran = wensou("index", "nowhere")
    assert (ran.code, ran.out) == (1, "")
    assert "nowhere is not there. Give a folder of articles" in ran.err
    assert wensou("stats", "--json").json["articles"] == 3


def test_a_file_name_cannot_give_orders_to_the_terminal(wensou, posts):
    (posts / "empty.md").rename(posts / "\x1b[2J.md")
    assert wensou("index", posts).err.startswith("�[2J.md: ")
