"""Names as words: what an article is known to name, and several words of a query that are one name.

A dictionary does not know most companies, authors and tags. Those of an article stand beside its
text, so where they stand in it, too, they are stored as words of it; and words side by side in a
query are asked for as one word as well. Both only score, as all words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.normalising import normalise
from search.analysis.piecing import HAN, MAX_WORD_CHARS, PAIR
from search.analysis.terms import Asked
from search.analysis.weighing import weight_of

_HAN_ONLY = re.compile(f"[{HAN}]+")
_NAMES_REMEMBERED = 2**14

_MOST_WORDS = 4
"""Words that a name is cut into."""

_MOST_LOOKED_AT = 16
"""Words of a text that a name may begin with: each is looked up three times in an index."""


class Compound(NamedTuple):
    """Words of a query side by side, as one word; ``weight`` is as in `QueryTerms`."""

    word: str
    weight: float


@lru_cache(_NAMES_REMEMBERED)
def folded_name(name: str) -> str:
    """Return a name folded, where it can be a word of its own: of Han, longer than a pair; else "".

    >>> folded_name("字節跳動"), folded_name("京东"), folded_name("36氪")
    ('字节跳动', '', '')
    """
    folded = normalise(name.strip())
    return folded if PAIR < len(folded) <= MAX_WORD_CHARS and _HAN_ONLY.fullmatch(folded) else ""


def compounds(text: Asked) -> Iterator[Compound]:
    """Yield what may be a name: two to four words side by side of a run of Han.

    >>> from search.analysis.terms import asked
    >>> [each.word for each in compounds(asked("看字节跳动"))]
    ['看字节', '看字节跳动', '字节跳动']
    """
    for first in range(min(len(text.words), _MOST_LOOKED_AT)):
        word, last = text.words[first].text, first
        while last in text.joints and last - first < _MOST_WORDS - 1:
            last += 1
            word += text.words[last].text
            if folded_name(word):
                yield Compound(word, weight_of(word))
