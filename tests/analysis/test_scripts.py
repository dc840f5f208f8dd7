"""Which language a text is written in, as far as its characters tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import language_of
from search.analysis.scripts import MAX_LOOKED_AT_CHARS

SIMPLIFIED = "快递员把包裹送进村里，一天能送两三百件，楼挨着楼。"
TRADITIONAL = "快遞員把包裹送進村裡，一天能送兩三百件，樓挨著樓。"
JAPANESE = "宅配の荷物は村まで届きません。山の道は十キロもあります。"
KOREAN = "택배 기사는 하루에 이삼백 개를 배달한다. 산속 마을은 멀다."
ENGLISH = (
    "The courier brings the parcels to the village, and in a day there are two hundred of them."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SIMPLIFIED, "zh-Hans"),
        (TRADITIONAL, "zh-Hant"),
        (JAPANESE, "ja"),
        (KOREAN, "ko"),
        (ENGLISH, "en"),
        ("Le facteur apporte les colis au village, il y en a deux cents par jour.", ""),
        ("Почтальон приносит посылки.", ""),
        ("", ""),
        ("12345 +-*/", ""),
        (f"{SIMPLIFIED}《千と千尋の神隠し》", "zh-Hans"),
        (f"{SIMPLIFIED}他说：「兩岸」。", "zh-Hans"),
        (f"{TRADITIONAL} iPhone 15 Pro, macOS", "zh-Hant"),
        (f"{SIMPLIFIED} {ENGLISH}", "zh-Hans"),
        (f"{ENGLISH} 快递", "en"),
        (f"{KOREAN} 宅配", "ko"),
    ],
)
def test_the_script_that_prevails_tells_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_long_text_is_judged_by_its_beginning() -> None:
    assert language_of(JAPANESE * MAX_LOOKED_AT_CHARS + KOREAN * MAX_LOOKED_AT_CHARS) == "ja"


@given(st.text())
def test_any_text_has_one_of_few_languages(text: str) -> None:
    assert language_of(text) in ("zh-Hans", "zh-Hant", "ja", "ko", "en", "")
