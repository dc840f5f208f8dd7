"""Folding: what is the same to readers is the same to the index, and offsets lead back."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    LETTER,
    MOVED,
    moved,
    moved_back,
    normalise,
    normalise_with_offsets,
    searched_alone,
    text_of,
)
from search.analysis.variants import VARIANTS


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＴＩＫＴＯＫ", "tiktok"),
        ("Café NAÏVE", "cafe naive"),
        ("e\u0301te\u0301", "ete"),
        ("臺灣搜尋引擎", "台湾搜寻引擎"),
        ("裏裡", "里里"),
        ("薴", "苎"),
        ("㎏㈱ﬁ", "kg(株)fi"),
        ("ｶﾞｷﾞ", "ガギ"),
        ("か\u3099", "が"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("й", "й"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("가\u11a8", "각"),
        ("ㅎㅏㄴ ﾡￂ", "ㅎㅏㄴ ㄱㅏ"),
        ("Łódź Øre Đà ǿ œuvre", "lodz ore da o oeuvre"),
        ("Αθήνα", "αθηνα"),
        ("за\u0301мок", "замок"),
        ("e\u034f\u0301 e\u200b\u0301", "e e"),
        ("\u1112\u200b\u1161", "하"),
        ("ﾡ\u0301", "\u1100\u0301"),
        ("iPhone™", "iphone™"),
        ("👍🏽 1️⃣ ❤️", "👍 1 ❤"),
        ("微\u202a信\u202c", "微信"),
        ("⼈⻚⺠", "人页民"),
        ("著瞭戸囘", "着了户回"),
        ("京\u200b东\ufeff", "京东"),
        ("葛\U000e0100", "葛"),
        ("soft\u00adhyphen", "softhyphen"),
        ("“全角”，！", "“全角”,!"),
        ("\ud800", "\ufffd"),
        ("", ""),
    ],
)
def test_folds(written: str, folded: str) -> None:
    assert normalise(written) == folded


def test_variants_fold_to_what_is_folded_already() -> None:
    for code, folded in VARIANTS.items():
        assert normalise(chr(code)) == normalise(folded) == folded


@given(
    st.one_of(
        st.text(), st.text(alphabet="eㅎﾡ가\u1112\u1161\u11ab\u0301\u0345\u200b\u034f\u20e3™")
    )
)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.text())
def test_a_space_parts_what_is_folded(left: str, right: str) -> None:
    assert normalise(f"{left} {right}") == f"{normalise(left)} {normalise(right)}"


@pytest.mark.parametrize(
    ("written", "offsets"),
    [
        ("京东", [0, 1, 2]),
        ("5㎏重", [0, 1, 1, 2, 3]),
        ("e\u0301a", [0, 2, 3]),
        ("京\u200b东", [0, 2, 3]),
        ("ｶﾞa", [0, 2, 3]),
        ("\u1112\u1161\u11ab\u1100\u116e", [0, 3, 5]),
        ("👍🏽好", [0, 2, 3]),
        ("\uffbf㎏", [0, 1, 1, 2]),  # no character, among half-width letters
    ],
)
def test_offsets_are_where_each_character_came_from(written: str, offsets: list[int]) -> None:
    folded, found = normalise_with_offsets(written)
    assert folded == normalise(written)
    assert list(found) == offsets


@given(st.text(alphabet=st.sampled_from("aé㎏ß\u0301\u200bｶﾞが臺京 \u1112\u1161ﬁ")))
def test_each_folded_character_comes_from_the_unit_at_its_offset(text: str) -> None:
    folded, offsets = normalise_with_offsets(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text)
    assert list(offsets) == sorted(offsets)
    for start in {*offsets[:-1]}:
        inside = [i for i, offset in enumerate(offsets[:-1]) if offset == start]
        end = offsets[inside[-1] + 1]
        assert normalise(text[start:end]) == folded[inside[0] : inside[-1] + 1]


@given(
    st.one_of(
        st.text(),
        st.text(
            alphabet="aé㎏ß…\0\u0301\u200bｶﾞが臺京❤\ufe0f \u1112\u1161ﬁд\ud800\U00040061\U00020000"
        ),
    )
)
def test_a_text_is_searched_as_it_folds_with_its_letters_moved(text: str) -> None:
    folded, offsets = normalise_with_offsets(text)
    found = searched_alone(text)
    origins = range(len(text) + 2) if found.origins is None else found.origins.tolist()
    assert found.written == f"\n{text}\n"
    assert text_of(found.codes) == f"\n{moved(folded)}\n"
    assert list(origins) == [0, *(1 + offset for offset in offsets)]


def test_just_letters_of_scripts_with_spaces_are_moved_and_find_back() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    letters = set(re.findall(LETTER, every))
    assert max(letters) < "\U00020000"
    lower = every[:0x20000]
    assert re.findall(f"[{MOVED}]", moved(lower)) == [moved(c) for c in lower if c in letters]
    assert moved_back(moved(lower)) == lower
    assert moved("\U00040061") == "\ufffd"
