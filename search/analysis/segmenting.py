"""Han text to words: jieba's dictionary and algorithm.

`rjieba` is the same in Rust and is used where it imports; a test holds the two to equal words.
Only runs of Han are given to it: Latin and digits are split by rule, in `search.analysis.terms`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any, ClassVar, NamedTuple

from search.analysis.dictionary import NO_DICTIONARY, UserDictionary

_SPELLED_ZHU = re.compile("着(?:(?=[名作称述])|(?<=[名显原土巨论专编译卓昭]着))")


class Segmenter(NamedTuple):
    """Two ways to cut a folded text; both give strings that stand in it, in its order.

    Attributes:
        cut: every character in one word.
        cut_for_search: long words' inner words too, before the word they stand in.
    """

    cut: Callable[[str], list[str]]
    cut_for_search: Callable[[str], list[str]]


class _Chosen:
    dictionary: ClassVar[UserDictionary] = NO_DICTIONARY


def use_dictionary(words: UserDictionary) -> None:
    """Cut with ``words`` from now on, in all of this process: queries and articles."""
    if words is not _Chosen.dictionary:
        _Chosen.dictionary = words
        segmenter.cache_clear()


def dictionary_in_force() -> UserDictionary:
    """Return the user dictionary that this process cuts with."""
    return _Chosen.dictionary


@cache
def segmenter() -> Segmenter:
    """Return the fastest segmenter there is here. The first cut loads its dictionary."""
    try:
        return rust_segmenter(dictionary_in_force())
    except ImportError:  # there is no wheel for this platform
        return python_segmenter(dictionary_in_force())


def rust_segmenter(words: UserDictionary = NO_DICTIONARY) -> Segmenter:
    """Return jieba in Rust, with ``words`` besides its own.

    Raises:
        ImportError: it is not installed.
    """
    return _rust_segmenter(words)


@lru_cache(2)  # tens of megabytes each
def _rust_segmenter(words: UserDictionary) -> Segmenter:
    if not words.words:
        import rjieba

        return Segmenter(knowing_zhu(rjieba.cut), knowing_zhu(rjieba.cut_for_search))
    known = rust_jieba()
    if known is None:
        raise ImportError("rjieba")
    jieba = known()
    for text, frequency in words.words:
        spelled = _spelled(text)
        jieba.add_word(spelled, frequency or jieba.suggest_freq(spelled), "")
    return Segmenter(knowing_zhu(jieba.cut), knowing_zhu(jieba.cut_for_search))


def python_segmenter(words: UserDictionary = NO_DICTIONARY) -> Segmenter:
    """Return jieba itself, quiet, with ``words`` besides its own."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    if not words.words:
        return Segmenter(knowing_zhu(jieba.lcut), knowing_zhu(jieba.lcut_for_search))
    own = jieba.Tokenizer()
    own.initialize()
    for text, frequency in words.words:
        spelled = _spelled(text)
        wanted = frequency or own.suggest_freq(spelled)
        # It adds the new frequency to the sum of all without taking the old one off.
        own.total -= own.FREQ.get(spelled, 0)
        own.add_word(spelled, wanted)
    return Segmenter(knowing_zhu(own.lcut), knowing_zhu(own.lcut_for_search))


@cache
def rust_jieba() -> Any:
    """Return rjieba's class, without its package, whose import loads the dictionary; or None."""
    name = "rjieba.rjieba"
    package = find_spec("rjieba")
    places = package.submodule_search_locations if package else None
    spec = PathFinder.find_spec(name, places) if places else None
    if spec is None or spec.loader is None:
        return None
    if name not in sys.modules:
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return getattr(sys.modules[name], "Jieba", None)


def knowing_zhu(cut: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Return ``cut`` for folded texts, whose 著 is 着: jieba knows 著名, and does not know 着名."""

    def cut_folded(text: str) -> list[str]:
        spelled = _spelled(text)
        words = cut(spelled)
        if spelled == text:
            return words
        return [word.replace("著", "着") if "著" in word else word for word in words]

    return cut_folded


def _spelled(folded: str) -> str:
    return _SPELLED_ZHU.sub("著", folded)
