"""Words that mean the same: how their file is read, and what becomes of a query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.analysis import cut_words, spelling
from search.errors import SettingsError
from search.messages import use_language
from search.query import Synonyms, leaves, parse, parse_synonyms
from search.query.model import And, Or, Phrase, Some, Word
from search.query.synonyms import MAX_MEMBERS, MAX_USED
from search.settings import MAX_LIST_BYTES, read_lines


def synonyms_of(*lines: str) -> Synonyms:
    where = [(f"words.txt:{number}", line) for number, line in enumerate(lines, start=1)]
    return parse_synonyms(where, spelling, cut_words)


KNOWN = synonyms_of(
    "抖音 = TikTok, 字节跳动 = ByteDance", "deep learning＝深度学习，快递 = 物流 = 速递"
)
TIKTOK = Or((Word("抖音"), Phrase("TikTok")))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("抖音", TIKTOK),
        ("tiktok", Or((Word("tiktok"), Phrase("抖音")))),
        ("ＴｉｋＴｏｋ", Or((Word("ＴｉｋＴｏｋ"), Phrase("抖音")))),
        ("快递", Or((Word("快递"), Phrase("物流"), Phrase("速递")))),
        ("字节跳动", Or((Word("字节跳动"), Phrase("ByteDance")))),
        ("字節跳動", Or((Word("字節跳動"), Phrase("ByteDance")))),
        ("抖音电商", And((TIKTOK, Word("电商")))),
        ("电商公司TikTok", And((Word("电商公司"), Or((Word("tiktok"), Phrase("抖音")))))),
        ("deep learning", Or((And((Word("deep"), Word("learning"))), Phrase("深度学习")))),
        ("京东 抖音", And((Word("京东"), TIKTOK))),
        ("京东 OR 抖音", Or((Word("京东"), TIKTOK))),
        ("title:抖音", Or((Word("抖音", "title"), Phrase("TikTok", "title")))),
        ("title:deep learning", And((Word("deep", "title"), Word("learning")))),
        ("京东", Word("京东")),
        ("，", Word("，")),
    ],
)
def test_a_word_of_a_group_is_looked_for_in_its_other_words(typed: str, meant: object) -> None:
    assert KNOWN.applied(parse(typed).query) == meant


@pytest.mark.parametrize(
    "typed", ['"抖音"', "-抖音", "-(抖音 OR 京东)", "author:抖音", "抖*", "tiktok~"]
)
def test_what_is_quoted_refused_or_a_name_is_taken_as_it_stands(typed: str) -> None:
    assert KNOWN.applied(parse(typed).query) == parse(typed).query


def test_any_of_the_words_may_be_any_of_their_groups() -> None:
    some = Some(("抖音", "京东"))
    assert KNOWN.applied(some) == Or((some, Phrase("TikTok")))


def test_a_word_of_several_groups_means_what_all_of_them_do() -> None:
    known = synonyms_of("头条 = 今日头条, 头条 = 新闻", "头条 = 新闻")
    assert known.applied(Word("头条")) == Or((Word("头条"), Phrase("今日头条"), Phrase("新闻")))
    assert known.applied(Word("新闻")) == Or((Word("新闻"), Phrase("头条")))


def test_a_query_is_given_so_many_words_and_no_more() -> None:
    group = " = ".join(f"词{number}" for number in range(MAX_MEMBERS))
    query = synonyms_of(group).applied(parse("词1 词2 词3").query)
    assert sum(isinstance(leaf, Phrase) for leaf in leaves(query)) == MAX_USED


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("抖音", '"抖音" has no equals sign. Join words that mean the same: 抖音 = TikTok'),
        ("抖音 = TikTok, 京东", '"京东" has no equals sign'),
        ("抖音 =", '"抖音 =" has nothing that can be searched on one side'),
        ("抖音 = ！", '"抖音 = ！" has nothing that can be searched on one side'),
        ("字" * 41 + " = 词", "is too long. A word has at most 40 characters."),
        (" = ".join("甲" for _ in range(33)), "33 words are joined. A group has at most 32"),
    ],
)
def test_a_line_that_is_no_group_is_named_with_what_to_write(line: str, said: str) -> None:
    with use_language("en"), pytest.raises(SettingsError) as caught:
        synonyms_of("甲 = 乙", line)
    with use_language("en"):
        assert str(caught.value).startswith("words.txt:2: ")
        assert said in str(caught.value)


def test_marks_line_ends_and_comments_of_a_file_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes("\ufeff# 公司\r\n\r\nC# = 夏普 # and more\r\n".encode())
    assert read_lines(path) == [(f"{path}:3", "C# = 夏普")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\x00", "Name a text file in UTF-8"),
        (b"#" * (MAX_LIST_BYTES + 1), "is larger than 2 MiB"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, data: bytes | None, said: str) -> None:
    path = tmp_path / "words.txt"
    if data is not None:
        path.write_bytes(data)
    with use_language("en"), pytest.raises(SettingsError) as caught:
        read_lines(path)
    with use_language("en"):
        assert str(path) in str(caught.value)
        assert said in str(caught.value)


TEXTS = st.text(alphabet='抖音字节跳动快递物流 tikodeplarng"-()OR:*~，', max_size=25)
GROUPS = "抖音 = TikTok, 字节 = 字节跳动\n快递 = 物流 = deep learning"


@pytest.fixture(scope="module")
def both(
    seed_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[search.Index]]:
    """The seeds, searched without synonyms and with some."""
    groups = tmp_path_factory.mktemp("synonyms") / "words.txt"
    groups.write_text(GROUPS, encoding="utf-8")
    with (
        search.open_index(seed_index) as plain,
        search.open_index(seed_index, synonyms=groups) as knowing,
    ):
        yield [plain, knowing]


@given(text=TEXTS)
def test_whatever_is_typed_finds_no_less_than_without(both: list[search.Index], text: str) -> None:
    asked = search.SearchRequest(text=text, match="all", limit=0)
    plain, knowing = (index.search(asked).total for index in both)
    assert plain <= knowing
