"""Bytes to text: which of UTF-8, UTF-16, GB18030 and Big5 is it?"""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corpus.decoding import clean, decode
from search.errors import ArticleError

SIMPLIFIED = "豆腐的三种嫩：卤水点的结实，石膏点的细滑，内酯做的最软。"
TRADITIONAL = "珍珠為什麼會有彈性？澱粉在水裡加熱以後，會變得又黏又軟。"
JAPANESE = "日本語の文章です。これはテストの文です。"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (JAPANESE, "utf-8", "utf-8"),
        ("안녕하세요 😀", "utf-8", "utf-8"),
        ("plain", "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        ("題目：叮叮車上的香港", "big5", "big5"),
        ("标题: 你好", "gb18030", "gb18030"),
        ("文搜", "gb18030", "gb18030"),
        ("title: 京东\n<div class='a'>物流 100%</div>", "gb18030", "gb18030"),
        (SIMPLIFIED + "😀㐀", "gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_detected_and_recorded(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec)) == (text, encoding, 0)


def test_long_texts_are_told_apart_by_their_beginning() -> None:
    text = SIMPLIFIED * 10_000
    assert decode(text.encode("gb18030")) == (text, "gb18030", 0)


def test_big_endian_utf_16_is_told_by_its_mark() -> None:
    raw = codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be")
    assert decode(raw) == (SIMPLIFIED, "utf-16", 0)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_a_damaged_character_or_two_is_replaced_and_counted(codec: str) -> None:
    text = (TRADITIONAL if codec == "big5" else SIMPLIFIED) * 4
    decoded = decode(text.encode(codec) + b"\xff")
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text + "\ufffd", codec, 1)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        (b"%PDF-1.4 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04....", "ZIP"),
        (b"b0VIM 8.1" + b"\0" * 60, "62 30 56 49 4d"),
        (bytes(range(256)) * 8, "00 01 02"),
    ],
)
def test_binary_data_is_refused(raw: bytes, seen: str) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(raw)
    assert caught.value.key == "corpus.binary"
    assert str(caught.value.facts["seen"]).startswith(seen)


@pytest.mark.parametrize(
    "raw",
    [
        "déjà vu, café".encode("latin-1"),
        JAPANESE.encode("shift_jis"),
        b"\xff\xfe" + b"\x00\xd8" * 20,
    ],
    ids=["latin-1", "shift-jis", "broken utf-16"],
)
def test_what_is_in_no_known_encoding_is_refused(raw: bytes) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(raw)
    assert caught.value.key == "corpus.encoding"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\r\r\nb", "a\n\nb"),
        ("a\0b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("\ufeffa\ufeffb\uffff", "ab"),
        ("a\tb\x85c\u2028d\u3000e", "a\tb\x85c\u2028d\u3000e"),
    ],
)
def test_line_ends_are_one_and_control_characters_none(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7FF)))
def test_utf_8_is_never_taken_for_another(text: str) -> None:
    assert decode(text.encode()).encoding == "utf-8"
