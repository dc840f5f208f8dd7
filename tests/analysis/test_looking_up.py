"""What cuts queries cuts as jieba does, with few of its words loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import looking_up
from search.analysis.looking_up import frequency, pairs, query_segmenter
from search.analysis.segmenting import rust_segmenter, segmenter

HAN = re.compile("[\u4e00-\u9fd5]+")


@pytest.fixture(autouse=True)
def nothing_loaded() -> Iterator[None]:
    """Begin as a new process does."""
    segmenter.cache_clear()
    query_segmenter.cache_clear()
    yield
    query_segmenter.cache_clear()


def entries() -> list[list[str]]:
    package = find_spec("jieba")
    assert package
    assert package.origin
    text = Path(package.origin).with_name("dict.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines()]


@pytest.mark.parametrize("way", ["cut", "cut_for_search"])
def test_seeds_are_cut_alike(way: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_up, "MOST_CHARS", 10**9)
    paths = sorted(root.glob("seeds/**/*.md"))
    runs = {run for path in paths for run in HAN.findall(path.read_text("utf-8", "ignore"))}
    whole, few = getattr(rust_segmenter(), way), getattr(query_segmenter(), way)
    assert len(runs) > 3000
    assert [run for run in sorted(runs) if few(run) != whole(run)] == []


@given(st.lists(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5))))
def test_any_han_is_cut_alike(runs: list[str]) -> None:
    """From the first run to the last, with which the dictionary may be loaded."""
    query_segmenter.cache_clear()
    segmenter.cache_clear()
    text = "\n".join(runs)
    assert query_segmenter().cut_for_search(text) == rust_segmenter().cut_for_search(text)
    assert [query_segmenter().cut(run) for run in runs] == list(map(rust_segmenter().cut, runs))


def test_the_dictionary_is_loaded_for_many() -> None:
    for asked in range(0, looking_up.MOST_CHARS, 4):
        assert segmenter.cache_info().currsize == 0, asked
        assert query_segmenter().cut("京东物流") == ["京东", "物流"]
    assert query_segmenter().cut("京东物流") == ["京东", "物流"]
    assert segmenter.cache_info().currsize == 1


def test_words_are_found_wherever_they_stand_in_the_file() -> None:
    """Also those that are out of order there, and the first and the last."""
    han = [(word, int(count)) for word, count, _ in entries() if HAN.fullmatch(word)]
    strange = [each for each in han if each[0] in {"一", "一一", "吉林", "高富帅"}]
    some = [han[0], *strange, *han[::100], han[-1]]
    assert len(some) > 3000
    assert [word for word, count in some if frequency(word) != count] == []
    assert [frequency(word) for word in ("不存在的", "一龘", "龘龘")] == [0, 0, 0]


def test_what_is_said_of_the_dictionary_is_so() -> None:
    words = entries()
    assert sum(int(count) for _, count, _ in words) == looking_up.ALL_FREQUENCIES
    assert max(len(word) for word, _, _ in words) == looking_up.LONGEST_WORD


def test_pairs_are_all_words_of_two_characters() -> None:
    assert pairs() == sorted(word for word, _, _ in entries() if re.fullmatch("[一-龥]{2}", word))
