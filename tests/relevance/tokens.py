"""How the plain baselines cut a text: jieba, pairs of characters, or both. Case is folded only."""

from __future__ import annotations

import re
from collections.abc import Callable

from search.analysis.segmenting import segmenter

Cut = Callable[[str], list[str]]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(f"[{_HAN}]+|[^\\W{_HAN}]+")


def words(text: str) -> list[str]:
    """Return the words of ``jieba.cut``, signs and spaces left out.

    >>> words("京东的物流, AI")
    ['京东', '的', '物流', 'ai']
    """
    return _spoken(segmenter().cut(text.lower()))


def bigrams(text: str) -> list[str]:
    """Return the overlapping pairs of each run of Han (one alone as it is), other words whole.

    >>> bigrams("搜索引擎 GPU 好")
    ['搜索', '索引', '引擎', 'gpu', '好']
    """
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        is_han = len(run) > 1 and re.match(f"[{_HAN}]", run)
        found += [run[at : at + 2] for at in range(len(run) - 1)] if is_han else [run]
    return found


def words_and_bigrams(text: str) -> list[str]:
    """Return the words of jieba's search mode, and the pairs as terms of their own.

    >>> words_and_bigrams("搜索引擎")
    ['搜索', '索引', '引擎', '搜索引擎', '搜索/', '索引/', '引擎/']
    """
    inner = _spoken(segmenter().cut_for_search(text.lower()))
    return inner + [f"{pair}/" for pair in bigrams(text)]


def _spoken(cut: list[str]) -> list[str]:
    return [word for word in cut if any(map(str.isalnum, word))]
