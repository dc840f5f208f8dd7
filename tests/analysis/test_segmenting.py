"""jieba in Rust is jieba."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.looking_up import query_segmenter
from search.analysis.segmenting import python_segmenter, rust_segmenter, segmenter

HAN = re.compile("[\u4e00-\u9fd5]+")


@pytest.mark.parametrize("way", ["cut", "cut_for_search"])
def test_both_cut_the_seeds_alike(way: str, root: Path) -> None:
    runs = {
        run
        for path in sorted(root.glob("seeds/**/*.md"))
        for run in HAN.findall(path.read_text(encoding="utf-8", errors="ignore"))
    }
    assert len(runs) > 3000
    rust, python = getattr(rust_segmenter(), way), getattr(python_segmenter(), way)
    assert [run for run in sorted(runs) if rust(run) != python(run)] == []


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=30))
def test_both_cut_any_han_alike(run: str) -> None:
    assert rust_segmenter().cut(run) == python_segmenter().cut(run)
    assert rust_segmenter().cut_for_search(run) == python_segmenter().cut_for_search(run)


def test_cutting_loses_nothing() -> None:
    assert "".join(segmenter().cut("我们中出了一个叛徒")) == "我们中出了一个叛徒"


@pytest.mark.parametrize(
    ("folded", "words"),
    [
        ("着名企业家", ["着名", "企业家"]),
        ("原着小说", ["原着", "小说"]),
        ("看着窗外", ["看着", "窗外"]),
    ],
)
def test_words_with_zhu_are_known_though_it_is_folded(folded: str, words: list[str]) -> None:
    assert rust_segmenter().cut(folded) == python_segmenter().cut(folded) == words
    assert query_segmenter().cut(folded) == words


def test_the_fast_one_is_used_where_it_is() -> None:
    assert segmenter() == rust_segmenter()
