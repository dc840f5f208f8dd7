"""Articles as rows, and back; a row without its text in its HTML."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.engines.base import Known
from search.engines.whoosh.building import RunBuilder
from search.engines.whoosh.rows import (
    DictionaryFile,
    RowPacker,
    make_dictionary,
    serialise,
)

TEXT = st.text(alphabet="京东物流 a<&>\n\0\ud800é\x01", max_size=12)


def known_of(article: Article) -> Known:
    return Known(
        article.id, article.source, article.path, article.fingerprint, article.draft, article.stamp
    )


@given(TEXT, TEXT, TEXT)
def test_an_article_comes_back_equal(title: str, text: str, html: str) -> None:
    packer = RowPacker(b"")
    whole = Article(id="a", path="a.md", title=title, text=text, html=f"<p>{text}</p>{html}")
    assert packer.unpack(packer.compress(serialise(whole)), known_of(whole)) == whole


@pytest.mark.parametrize(
    ("text", "html", "kept"),
    [
        ("京东的物流网络", "<p>京东的物流网络</p>", "<p>\0</p>"),
        ("甲乙 & 戊\n己庚辛壬", "<p>甲乙 &amp; 戊</p> <p>己庚辛壬</p>", "<p>\0</p> <p>\0</p>"),
        ("同一行字\n同一行字", "<p>同一行字</p><p>同一行字</p>", "<p>\0</p><p>\0</p>"),
        ("一行被标开", "<p>一行被<b>标</b>开</p>", "<p>一行被<b>标</b>开</p>"),
        ("短", "<p>短</p>", "<p>短</p>"),
        ("有一个空字符", "<p>有一个空字符\0</p>", "<p>有一个空字符\0</p>"),
    ],
)
def test_html_is_kept_with_its_text_taken_out(text: str, html: str, kept: str) -> None:
    whole = Article(id="a", path="a.md", title="题", text=text, html=html)
    row = serialise(whole)
    assert row.endswith(f"\n{kept}{text}".encode())
    assert RowPacker(b"").unpack(RowPacker(b"").compress(row), known_of(whole)) == whole


def rows(count: int) -> list[bytes]:
    line = "物流网络把货送到每一个县城，京东和顺丰都在扩建仓库。"
    return [f"{number}{line * (number % 7)}{number * 7919}".encode() for number in range(count)]


def test_a_dictionary_makes_rows_smaller(tmp_path: Path) -> None:
    sample = rows(3_000)
    packer = DictionaryFile(tmp_path / "dictionary").packer(sample)
    assert packer.dictionary
    assert len(packer.compress(sample[5])) < len(RowPacker(b"").compress(sample[5]))
    assert packer.decompress(packer.compress(sample[5])) == sample[5]


def test_of_few_rows_no_dictionary_is_made() -> None:
    assert make_dictionary(rows(10)) == b""


def test_rows_are_packed_however_little_text_stands_in_their_html(tmp_path: Path) -> None:
    builder = RunBuilder(DictionaryFile(tmp_path / "dictionary"))
    for number in range(10):
        html = f"<table>{'<tr><td></td></tr>' * 60_000}</table>{number}"
        builder.add(Article(id=f"{number}", path=f"{number}", title="题", text="文", html=html))
    assert sum(map(len, builder._rows)) < 4 * 2**20


def test_all_processes_of_a_writer_take_the_first_dictionary(tmp_path: Path) -> None:
    path = tmp_path / "dictionary"
    first = DictionaryFile(path).packer(rows(3_000))
    assert DictionaryFile(path).packer(rows(2_000)[::-1]).dictionary == first.dictionary
    DictionaryFile(path).offer(b"another")
    assert path.read_bytes() == first.dictionary
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_without_links_takes_a_dictionary_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as FAT says

    monkeypatch.setattr(os, "link", link)
    path = tmp_path / "dictionary"
    DictionaryFile(path).offer(b"one")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]
