"""Han text to words: jieba's dictionary and algorithm.

`rjieba` is the same in Rust and is used where it imports; a test holds the two to equal words.
Only runs of Han are given to it: Latin and digits are split by rule, in `search.analysis.terms`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple


class Segmenter(NamedTuple):
    """Two ways to cut a text; both give strings that stand in it, in its order.

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


def rust_segmenter() -> Segmenter:
    """Return jieba in Rust.

    Raises:
        ImportError: it is not installed.
    """
    import rjieba

    return Segmenter(rjieba.cut, rjieba.cut_for_search)


def python_segmenter() -> Segmenter:
    """Return jieba itself, quiet."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return Segmenter(jieba.lcut, jieba.lcut_for_search)
