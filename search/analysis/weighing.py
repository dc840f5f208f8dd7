"""What a word of a query tells, apart from how rare it is in the archive.

A question is asked in words that articles seldom hold (什么, 哪里), so that by their rarity alone
they would count most of all. Two things are known of them from the language: how frequent a word is
in everyday Chinese (jieba's dictionary counts that), and which words only ask.

Measured on CMRC 2018 (docs/decisions.md, "Weights"): MRR@10 0.976 without, 0.984 with both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import log

from search.analysis.looking_up import ALL_FREQUENCIES, frequency
from search.analysis.segmenting import dictionary_in_force

_RARE = 12.0
"""Of log(all words / the word): from there on a word weighs 1; 发展 has 6.7."""

_STEEPNESS = 1.5
"""The power of a word's share of `_RARE`: how much frequent words weigh less."""

ASKING = 0.2
"""What a word that only asks weighs at most: it is not lost, and decides little."""

_ASKING = re.compile(
    r"(?:为|是|有)?(?:什么|甚么)\w{0,2}|怎么\w{0,2}|怎样\w?|如何|哪(?!吒|怕)\w{0,2}|谁[的们]?"
    "|多[少久大长高远]|几[时个年位次]|何[时地处人事者种]|为何|是否|请问|吗|呢|么"
)
"""What a word is that only asks; as a whole, for 吗 stands in 吗啡, too."""

_WORDS_REMEMBERED = 10_000


def weight_of(word: str) -> float:
    """Return what a folded word of a query weighs: above 0, at most 1; of a user dictionary 1.

    >>> [round(weight_of(word), 2) for word in ("供应链", "发展", "的", "什么", "tiktok")]
    [1.0, 0.42, 0.29, 0.09, 1.0]
    """
    return 1.0 if word in dictionary_in_force().texts else _weight_of(word)


@lru_cache(_WORDS_REMEMBERED)
def _weight_of(word: str) -> float:
    # The dictionary is of single words of Han; a text with spaces could be taken for its lines.
    seen = frequency(word) if word.isalnum() and not word.isascii() else 0
    weight = min(1.0, log(ALL_FREQUENCIES / seen) / _RARE) ** _STEEPNESS if seen else 1.0
    return weight * ASKING if _ASKING.fullmatch(word) else weight
