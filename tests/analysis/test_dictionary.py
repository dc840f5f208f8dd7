"""A user dictionary: how its file is read, and how both segmenters cut with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    NO_DICTIONARY,
    UserDictionary,
    cut_words,
    dictionary_in_force,
    index_terms,
    parse_dictionary,
    use_dictionary,
    weight_of,
)
from search.analysis.segmenting import Segmenter, python_segmenter, rust_segmenter
from search.errors import SettingsError
from search.messages import use_language

LINES = [
    "鬼灭之刃",
    "內捲 3 v",
    "物流中心 900000",
    "东物 2",
    "名著馆",
    "京东 1",
    "的公司 n",
    "字节跳动 5000",
]
RUNS = st.text(alphabet="鬼灭之刃内卷物流中心京东名着馆的公司字节跳动化了在看", max_size=30)


def dictionary_of(*lines: str) -> UserDictionary:
    return parse_dictionary([(f"words.txt:{n}", line) for n, line in enumerate(lines, start=1)])


@pytest.fixture(scope="module")
def both() -> tuple[Segmenter, Segmenter]:
    words = dictionary_of(*LINES)
    return rust_segmenter(words), python_segmenter(words)


@pytest.fixture
def knowing() -> Iterator[None]:
    """Cut with the words of `LINES`."""
    use_dictionary(dictionary_of(*LINES))
    yield
    use_dictionary(NO_DICTIONARY)


@given(run=RUNS)
def test_both_segmenters_cut_alike_with_words_added(both: tuple[Segmenter, ...], run: str) -> None:
    rust, python = both
    assert rust.cut(run) == python.cut(run)
    assert rust.cut_for_search(run) == python.cut_for_search(run)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("看鬼灭之刃了", ["看", "鬼灭之刃", "了"]),
        ("京东物流中心", ["京", "东", "物流中心"]),
        ("在名着馆看", ["在", "名着馆", "看"]),
        ("字节跳动公司", ["字节跳动", "公司"]),
    ],
)
def test_words_of_the_dictionary_stay_whole(
    both: tuple[Segmenter, ...], run: str, words: list[str]
) -> None:
    assert [each.cut(run) for each in both] == [words, words]


def test_a_frequency_given_anew_replaces_the_old_one_in_the_sum_of_all() -> None:
    """是 and 了 against 是了: 11,717 decides, or 11,655 if 的 counted twice."""
    words = dictionary_of("的 318825", "是了 11690")
    cut = [each(words).cut("是了") for each in (rust_segmenter, python_segmenter)]
    assert cut == [["是", "了"]] * 2


@pytest.mark.usefixtures("knowing")
def test_queries_and_articles_are_cut_with_it() -> None:
    assert cut_words("看字節跳動") == ("看", "字节跳动")
    assert index_terms("看字节跳动").words == ["看", "字节跳动"]


def test_what_was_cut_before_is_cut_anew() -> None:
    before = cut_words("字节跳动公司")
    use_dictionary(dictionary_of("字节跳动"))
    during = cut_words("字节跳动公司")
    use_dictionary(NO_DICTIONARY)
    assert (before, during) == (("字节", "跳动", "公司"), ("字节跳动", "公司"))
    assert cut_words("字节跳动公司") == before


@pytest.mark.usefixtures("knowing")
def test_a_word_of_it_weighs_all_that_a_word_can() -> None:
    assert weight_of("京东") == weight_of("的公司") == 1.0
    assert weight_of("公司") < 0.6


def test_a_line_is_a_word_its_frequency_and_what_it_is() -> None:
    words = dictionary_of("云计算 5 n", "ＡＩ", "內捲  v", "云计算 7")
    assert [tuple(word) for word in words.words] == [("云计算", 7), ("ai", None), ("内卷", None)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("云 计算", '"云 计算" is not a word'),
        ("云计算 5 n more", "Write: 云计算 5 n"),
        ("云计算 -5", "is not a word"),
        ("\u200b", "is not a word"),
        ("云" * 41, "is too long. A word has at most 40 characters."),
        ("云计算 0", "0 is no frequency. Write a whole number from 1 to 1,000,000,000, or none."),
        ("云计算 9999999999", "9999999999 is no frequency"),
    ],
)
def test_a_line_that_is_no_word_is_named_with_what_to_write(line: str, said: str) -> None:
    with use_language("en"), pytest.raises(SettingsError) as caught:
        dictionary_of("京东", line)
    with use_language("en"):
        assert str(caught.value).startswith("words.txt:2: ")
        assert said in str(caught.value)


def test_fingerprints_tell_dictionaries_apart_that_may_cut_otherwise() -> None:
    several = [(), ("京东",), ("京东 5",), ("京东", "物流"), ("物流", "京东")]
    prints = [dictionary_of(*lines).fingerprint for lines in several]
    assert len(set(prints)) == len(prints)
    assert prints[0] == NO_DICTIONARY.fingerprint == ""
    assert dictionary_of("京东 5 n", "京东 5 v").fingerprint == dictionary_of("京东  5").fingerprint
    assert dictionary_in_force() is NO_DICTIONARY
