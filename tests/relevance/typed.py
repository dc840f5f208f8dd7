"""Words of a title, and how else people type them: with a slip, in Traditional, in pinyin."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

from search.analysis.segmenting import segmenter

HAN = "\u4e00-\u9fff"

_HAN_WORD = re.compile(f"[{HAN}]{{2,}}")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_OPERATORS = ("and", "or")  # typed alone, they are none of a title's words
_COMMON = 2_000


def title_words(title: str) -> list[str]:
    """Return the words of a title that may be asked: of two or more characters, Han or Latin.

    >>> title_words("京东_AI 的 618, 京东和物流")
    ['京东', 'AI', '物流']
    """
    cut = dict.fromkeys(segmenter().cut(title))
    return [
        word
        for word in cut
        if is_han(word) or (_LATIN_WORD.fullmatch(word) and word.lower() not in _OPERATORS)
    ]


def is_han(word: str) -> bool:
    """Return whether ``word`` is two or more Han characters."""
    return bool(_HAN_WORD.fullmatch(word))


def some_words(words: list[str], count: int, chooser: random.Random) -> list[str]:
    """Return ``count`` of ``words`` (some Han) in their order, one of them Han at least."""
    han = chooser.choice([at for at, word in enumerate(words) if is_han(word)])
    others = [at for at in range(len(words)) if at != han]
    return [words[at] for at in sorted([han, *chooser.sample(others, count - 1)])]


def traditional(words: list[str]) -> list[str]:
    """Return ``words`` in Traditional characters.

    >>> traditional(["搜索", "引擎", "AI"])
    ['搜索', '引擎', 'AI']
    """
    return [_converter().convert(word) for word in words]


def pinyin(words: list[str]) -> list[str]:
    """Return each Han word as its syllables without tones, in one.

    >>> pinyin(["京东", "绿色", "AI"])
    ['jingdong', 'lvse', 'AI']
    """
    return ["".join(lazy_pinyin(word)) if is_han(word) else word for word in words]


class Misspelling:
    """Wrong characters, from the 2,000 that stand most often in ``titles``."""

    def __init__(self, titles: Iterable[str], chooser: random.Random) -> None:
        counts = Counter(char for title in titles for char in re.findall(f"[{HAN}]", title))
        common = sorted(counts, key=lambda char: (-counts[char], char))[:_COMMON]
        self._chooser = chooser
        self._common = sorted(common)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for char in self._common:
            self._alike[_sound(char)].append(char)

    def __call__(self, words: list[str], *, by_sound: bool) -> list[str]:
        """Return ``words`` with one Han character replaced by another one.

        ``by_sound``: by one of the same sound, tones aside; where no other character has the sound
        of any of them, by any.
        """
        places = [
            (at, char) for at, word in enumerate(words) if is_han(word) for char in range(len(word))
        ]
        self._chooser.shuffle(places)
        for at, char in places:
            right = words[at][char]
            wrong = [each for each in self._candidates(right, by_sound) if each != right]
            if wrong:
                word = words[at][:char] + self._chooser.choice(wrong) + words[at][char + 1 :]
                return [*words[:at], word, *words[at + 1 :]]
        return self(words, by_sound=False)

    def _candidates(self, char: str, by_sound: bool) -> list[str]:
        return self._alike.get(_sound(char), []) if by_sound else self._common


def _sound(char: str) -> str:
    return "".join(lazy_pinyin(char))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")
