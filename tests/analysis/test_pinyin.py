"""How characters sound, and what letters may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.pinyin import MAX_SPLITS, pinyin
from tests.thoroughness import examples


def spelled(sounds):
    return " ".join(pinyin().syllables[each] for each in sounds)


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("字节跳动", "zi jie tiao dong"),
        ("人民银行", "ren min yin hang"),
        ("行走", "xing zou"),
        ("重庆", "chong qing"),
        ("绿色", "lv se"),
        ("B站", " zhan"),
    ],
)
def test_a_word_sounds_as_the_phrases_in_it_do(word, sounds):
    assert spelled(pinyin().read(word)) == sounds


@pytest.mark.parametrize(
    ("letters", "ways"),
    [
        ("xian", ["xian", "xi an"]),
        ("xi'an", ["xi an"]),
        ("fangan", ["fan gan", "fang an"]),
        ("lue", ["lve", "lu e"]),
        ("zhuang", ["zhuang", "zhu ang"]),
        ("kubernetes", []),
        ("hm", []),
        ("", []),
    ],
)
def test_letters_are_split_into_syllables_in_every_way_fewest_first(letters, ways):
    assert [spelled(way) for way in pinyin().split(letters)] == ways


@given(letters=st.text(alphabet="aeinghzux'", max_size=14))
@examples(200)
def test_what_is_split_joins_to_the_letters(letters):
    ways = pinyin().split(letters)
    assert len(ways) == len(set(ways)) <= MAX_SPLITS
    for way in ways:
        assert spelled(way).replace(" ", "").replace("nve", "nue") == letters.replace("'", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nan", "lan"),
        ("zhong", "zong"),
        ("chi", "ci"),
        ("shu", "su"),
        ("ren", "reng"),
        ("xin", "xing"),
        ("fan", "fang"),
        ("zhuang", "zuan"),
        ("lv", "lu"),
    ],
)
def test_neighbouring_sounds_are_taken_for_the_same(one, other):
    rough = pinyin().rough
    assert rough[pinyin().number(one)] == rough[pinyin().number(other)]


@pytest.mark.parametrize(("one", "other"), [("ban", "pan"), ("zhong", "zhen"), ("ka", "ga")])
def test_others_are_not(one, other):
    rough = pinyin().rough
    assert rough[pinyin().number(one)] != rough[pinyin().number(other)]


def test_syllables_that_begin_so_stand_side_by_side():
    assert [pinyin().syllables[each] for each in pinyin().beginning("zho")] == ["zhong", "zhou"]
    assert len(pinyin().beginning("q")) > 10
    assert not pinyin().beginning("qa")
