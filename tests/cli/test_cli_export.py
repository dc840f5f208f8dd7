"""``wensou export``, ``stats`` and ``check``: the index as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def indexed(wensou, posts):
    wensou("index", posts, "--quiet")
    return wensou


def test_export_writes_each_article_as_a_line(indexed):
    lines = [json.loads(line) for line in indexed("export").out.splitlines()]
    assert sorted((line["path"], line["author"], line["text"]) for line in lines) == [
        ("a.md", "甲", "京东的快递到了。"),
        ("b.md", "乙", "一单快递。"),
        ("c.md", None, "一杯茶。"),
    ]


def test_export_to_a_file_says_how_many_and_leaves_nothing_else(indexed, tmp_path):
    ran = indexed("export", "-o", "all.jsonl")
    assert ran == (0, "", "Articles written to all.jsonl: 3\n")
    assert (tmp_path / "all.jsonl").read_text(encoding="utf-8").count("\n") == 3
    assert {path.name for path in tmp_path.iterdir()} == {"posts", "var", "all.jsonl"}


def test_export_that_cannot_write_leaves_the_old_file(indexed, tmp_path):
    (tmp_path / "old").write_text("old")
    ran = indexed("export", "-o", "old/all.jsonl")
    assert ran.code == 1
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    assert (tmp_path / "old").read_text() == "old"


def test_export_never_replaces_a_device(indexed):
    assert indexed("export", "-o", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["Articles   3, without a date 2", "Dates      2021-06-16 to 2021-06-16",
                "Facets     categories 0, authors 2, tags 1, companies 1"]),
        ("zh", ["文章      3 篇，其中没有日期的 2 篇", "日期      2021-06-16 至 2021-06-16",
                "分面      分类 0，作者 2，标签 1，公司 1"]),
    ],
)  # fmt: skip
def test_stats_are_the_index_in_numbers(indexed, lang, expected):
    assert indexed("stats", lang=lang).out.splitlines()[1:4] == expected


def test_stats_in_json_have_the_location_as_given(indexed):
    stats = indexed("stats", "--index", "var/index", "--json").json
    assert (stats["location"], stats["articles"], stats["last_day"]) == (
        "var/index", 3, "2021-06-16",
    )  # fmt: skip


def test_check_finds_nothing_wrong_with_a_sound_index(indexed):
    assert indexed("check") == (0, "The index at var/index is sound.\n", "")
    assert indexed("check", "--json") == (0, '{"problems": []}\n', "")


@pytest.mark.parametrize("place", [0, 64, None, -1], ids=["magic", "array", "middle", "end"])
def test_check_names_what_is_altered_and_exits_with_1(indexed, tmp_path, place):
    (segment,) = (tmp_path / "var/index").glob("*.grams")
    content = bytearray(segment.read_bytes())
    content[len(content) // 2 if place is None else place] ^= 0xFF
    segment.write_bytes(content)
    ran = indexed("check")
    assert ran.code == 1
    assert segment.name in ran.out
