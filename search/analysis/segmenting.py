"""Han text to words: jieba's dictionary and algorithm.

`rjieba` is the same in Rust and is used where it imports; a test holds the two to equal words.
Only runs of Han are given to it: Latin and digits are split by rule, in `search.analysis.terms`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

_SPELLED_ZHU = re.compile("着(?:(?=[名作称述])|(?<=[名显原土巨论专编译卓昭]着))")


class Segmenter(NamedTuple):
    """Two ways to cut a folded text; both give strings that stand in it, in its order.

    Attributes:
        cut: every character in one word.
        cut_for_search: long words' inner words too, before the word they stand in.
    """

    cut: Callable[[str], list[str]]
    cut_for_search: Callable[[str], list[str]]


@cache
def segmenter() -> Segmenter:
    """Return the fastest segmenter there is here. The first cut loads its dictionary."""
    try:
        return rust_segmenter()
    except ImportError:  # there is no wheel for this platform
        return python_segmenter()


@cache
def rust_segmenter() -> Segmenter:
    """Return jieba in Rust.

    Raises:
        ImportError: it is not installed.
    """
    import rjieba

    return Segmenter(knowing_zhu(rjieba.cut), knowing_zhu(rjieba.cut_for_search))


def python_segmenter() -> Segmenter:
    """Return jieba itself, quiet."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return Segmenter(knowing_zhu(jieba.lcut), knowing_zhu(jieba.lcut_for_search))


def knowing_zhu(cut: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Return ``cut`` for folded texts, whose 著 is 着: jieba knows 著名, and does not know 着名."""

    def cut_folded(text: str) -> list[str]:
        spelled = _SPELLED_ZHU.sub("著", text)
        words = cut(spelled)
        if spelled == text:
            return words
        return [word.replace("著", "着") if "著" in word else word for word in words]

    return cut_folded
