"""``dictionary`` of ``wensou.toml``: how articles and queries are cut, and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import search
from search.analysis import NO_DICTIONARY, parse_dictionary, use_dictionary
from search.engines.whoosh.snapshot import open_snapshot
from search.indexer import run
from search.settings import read_lines

NOTICE = "cut into words with another user dictionary"


@pytest.fixture(autouse=True)
def none_after() -> Iterator[None]:
    yield
    use_dictionary(NO_DICTIONARY)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """Where a user dictionary is that ``wensou.toml`` names."""
    path = tmp_path / "words.txt"
    path.write_text("快递到\n", encoding="utf-8")
    (tmp_path / "wensou.toml").write_text('dictionary = "words.txt"', encoding="utf-8")
    return path


def has_word(location: Path, word: str) -> bool:
    return open_snapshot(location).doc_frequency("body_words", word.encode()) > 0


def test_articles_are_cut_with_it(wensou, posts, words, tmp_path):
    wensou("index", posts, "--quiet")
    assert has_word(tmp_path / "var/index", "快递到")


def test_articles_are_cut_with_it_in_processes_beside(tmp_path, words, monkeypatch):
    monkeypatch.setattr(run, "CREW_AFTER", 1)
    monkeypatch.setattr(run, "processors", lambda: 2)
    (tmp_path / "posts").mkdir()
    for number in range(40):
        (tmp_path / f"posts/{number}.md").write_text(f"京东的快递到了{number}", encoding="utf-8")
    use_dictionary(parse_dictionary(read_lines(words)))
    search.index_paths([tmp_path / "posts"], tmp_path / "index")
    snapshot = open_snapshot(tmp_path / "index")
    assert snapshot.doc_frequency("body_words", "快递到".encode()) == 40


def test_another_dictionary_is_told_where_the_index_is_looked_at(wensou, posts, words):
    assert NOTICE not in wensou("index", posts).err
    assert NOTICE not in wensou("stats").out
    words.write_text("快递到\n京东的\n", encoding="utf-8")
    ran = wensou("index", posts)
    assert NOTICE in ran.err
    assert ran.err.endswith("wensou index FOLDER --index var/index --rebuild\n")
    assert NOTICE in wensou("stats").out
    assert wensou("stats", "--json").json["other_dictionary"]
    assert wensou("index", posts, "--json").json["other_dictionary"]
    assert NOTICE not in wensou("index", posts, "--rebuild").err
    assert not wensou("stats", "--json").json["other_dictionary"]


def test_an_index_of_articles_cut_either_way_is_told_too(wensou, posts, words):
    wensou("index", posts, "--quiet")
    words.write_text("京东的", encoding="utf-8")
    (posts / "d.md").write_text("---\ntitle: 新\n---\n新的一篇。", encoding="utf-8")
    assert NOTICE in wensou("index", posts).err
    assert len(wensou("stats", "--json").json["dictionaries"]) == 2


@pytest.mark.parametrize(
    "text", ["快递到", "快递到了", "京东快递到", '"递到"', "快递 -到了", "快*"]
)
def test_what_an_index_was_cut_with_changes_nothing_of_what_matches(wensou, posts, words, text):
    found = []
    for lines in ("快递到", "递到 90000", "京东快递\n到了", ""):
        words.write_text(lines, encoding="utf-8")
        wensou("index", posts, "--quiet", "--rebuild")
        words.write_text("快递到", encoding="utf-8")
        asked = ("--match", "all", "--limit", "0", "--facets", "--json", "--", text)
        found.append({**wensou("search", *asked).json, "took_ms": 0})
    assert found == [found[0]] * 4


def test_a_broken_line_is_told(wensou, posts, words):
    words.write_text("快递到\n快 递 到", encoding="utf-8")
    for command in (["index", posts], ["search", "快递"], ["stats"]):
        ran = wensou(*command)
        assert ran.code == 1
        assert 'words.txt:2: "快 递 到" is not a word' in ran.err
