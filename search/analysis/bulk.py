"""Many texts to terms at once: what `search.analysis.terms` describes, without an object a term.

A term is a number, its *key*. Two neighbouring characters of a run are their codes side by side; a
run's last character is its code beside 0. Every other term is a string, numbered as it is met, in a
range that no character has. Keys of runs ascend as their terms do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis.characters import Classes, fold, text_of
from search.analysis.segmenting import segmenter
from search.analysis.terms import MAX_WORD_CHARS, pieces, script_of_run

Array = npt.NDArray[Any]

KEY_BITS = 42
"""Keys are below 2**42."""

_CODE_BITS = 21
_CODE_MASK = (1 << _CODE_BITS) - 1
_FIRST_STRING = 0x110000 << _CODE_BITS

_OTHER, _HAN, _HANGUL, _UNSPACED, _LETTER, _DIGIT, _SYMBOL, _PARAGRAPH = range(8)
_RUN_CLASSES = {"han": _HAN, "hangul": _HANGUL, "other": _UNSPACED}
_CLASSES = {"letters": _LETTER, "digits": _DIGIT, "symbol": _SYMBOL, "paragraph": _PARAGRAPH}

_TOO_LONG = -1  # to be a word


class BulkTerms(NamedTuple):
    """The terms of several texts, in the order of the texts.

    Attributes:
        grams: keys, in the order they stand.
        positions: one a gram, ascending within a text, from 0.
        gram_counts: of each text.
        words: keys, in no order within a text.
        word_counts: of each text.
    """

    grams: Array
    positions: Array
    gram_counts: Array
    words: Array
    word_counts: Array


class IndexTerms(NamedTuple):
    """What is stored of one text.

    Attributes:
        grams: in the order they stand.
        positions: one a gram, ascending, from 0.
        words: in the order they stand; a word and those inside it stand together.
    """

    grams: list[str]
    positions: list[int]
    words: list[str]


def index_terms(text: str) -> IndexTerms:
    """Return the terms to store for ``text``.

    >>> index_terms("京东物流 App")
    IndexTerms(grams=['京东', '东物', '物流', '流', 'app'], positions=[0, 1, 2, 3, 4], \
words=['京东', '物流', 'app'])
    """
    keys = TermKeys()
    found = keys.analyse([text])
    return IndexTerms(
        keys.terms_in_any_order(found.grams),
        found.positions.tolist(),
        keys.terms_in_any_order(found.words),
    )


class TermKeys(dict[str, int]):
    """Gives every string a number, and finds the terms of keys again."""

    def __init__(self) -> None:
        self._strings: list[str] = []

    def __missing__(self, string: str) -> int:
        number = self[string] = len(self._strings)
        self._strings.append(string)
        return number

    def keys_of(self, strings: Sequence[str]) -> Array:
        """Return the keys of terms that are not from runs."""
        return self.numbers(strings) + _FIRST_STRING

    def numbers(self, strings: Sequence[str]) -> Array:
        """Return the number of each string."""
        return np.fromiter(map(self.__getitem__, strings), np.int64, len(strings))

    def run_words(self, words: Sequence[str]) -> Array:
        """Return the number of each word of a run; negative where it is none."""
        known = len(self._strings)
        numbers = self.numbers(words)
        for number, word in enumerate(self._strings[known:], known):
            if len(word) > MAX_WORD_CHARS:
                self[word] = _TOO_LONG  # no other term is of these characters
                numbers[numbers == number] = _TOO_LONG
        return numbers

    def terms(self, keys: Array) -> list[str]:
        """Return the term of each key; ``keys`` ascend."""
        first_string = int(np.searchsorted(keys, _FIRST_STRING))
        pairs = np.empty((first_string, 2), np.uint32)
        pairs[:, 0] = keys[:first_string] >> _CODE_BITS
        pairs[:, 1] = keys[:first_string] & _CODE_MASK
        text = text_of(pairs)
        found = [text[at : at + 2].rstrip("\0") for at in range(0, len(text), 2)]
        numbers = (keys[first_string:] - _FIRST_STRING).tolist()
        return found + [self._strings[number] for number in numbers]

    def terms_in_any_order(self, keys: Array) -> list[str]:
        """Return the term of each key."""
        distinct, which = np.unique(keys, return_inverse=True)
        terms = self.terms(distinct)
        return [terms[index] for index in which.tolist()]

    def analyse(self, texts: Sequence[str]) -> BulkTerms:
        """Return the terms of ``texts``."""
        return _Analysis(self, texts).terms()


@cache
def _classes() -> Classes:
    return Classes(_class_of)


def _class_of(char: str) -> int:
    piece = next(pieces(char), None)
    if piece is None:
        return _OTHER
    if piece.kind == "run":
        return _RUN_CLASSES[script_of_run(char)]
    return _CLASSES[piece.kind]


class _Analysis:
    """Several texts at once. All arrays are as long as the folded texts with their spaces."""

    def __init__(self, keys: TermKeys, texts: Sequence[str]) -> None:
        self._keys = keys
        self._folded = fold(texts)
        self._classes = _classes().of(self._folded.codes)
        self._text = text_of(self._folded.codes)

    def terms(self) -> BulkTerms:
        codes, starts = self._folded
        classes = self._classes
        is_run = (classes >= _HAN) & (classes <= _UNSPACED)
        is_string = self._begins(_LETTER) | self._begins(_DIGIT) | (classes == _SYMBOL)
        is_gram = is_run | is_string
        # A paragraph's end takes a position too, so that no phrase runs over it.
        before = np.zeros(len(codes) + 1, np.int64)
        np.cumsum(is_gram | (classes == _PARAGRAPH), out=before[1:])
        at = np.flatnonzero(is_gram)
        strings_at = np.flatnonzero(is_string)
        strings = list(self._strings(strings_at))
        grams = self._pairs(is_run)
        grams[strings_at] = self._keys.keys_of(strings)
        gram_counts = _counts(at, starts)
        words, words_at = self._run_words()
        word_strings = self._keys.keys_of([string[:MAX_WORD_CHARS] for string in strings])
        words_at = np.concatenate([strings_at, words_at])
        order = np.argsort(words_at, kind="stable")
        return BulkTerms(
            grams[at],
            before[at] - np.repeat(before[starts[:-1]], gram_counts),
            gram_counts,
            np.concatenate([word_strings, words])[order],
            _counts(words_at[order], starts),
        )

    def _begins(self, kind: int) -> Array:
        """Return where a stretch of one class begins."""
        inside = self._classes == kind
        begins = inside.copy()
        begins[1:] &= ~inside[:-1]
        return begins

    def _ends(self, begins: Array, kind: int) -> Array:
        """Return the end of each stretch of one class that starts at ``begins``."""
        outside = np.flatnonzero(self._classes != kind)  # the last character is a space
        ends: Array = outside[np.searchsorted(outside, begins)]
        return ends

    def _pairs(self, is_run: Array) -> Array:
        """Return the key of each character and the next, where both are of one run."""
        keys = self._folded.codes.astype(np.int64)
        keys[:-1] = (keys[:-1] << _CODE_BITS) | np.where(is_run[1:], keys[1:], 0)
        return keys

    def _strings(self, at: Array) -> Iterator[str]:
        """Yield the pieces that begin ``at``, which are not of runs."""
        ends = at + 1
        for kind in (_LETTER, _DIGIT):
            chosen = self._classes[at] == kind
            ends[chosen] = self._ends(at[chosen], kind)
        self._take_signs(at, ends)
        text = self._text
        for start, end in zip(at.tolist(), ends.tolist(), strict=True):
            yield text[start:end]

    def _take_signs(self, at: Array, ends: Array) -> None:
        """Lengthen letters that their signs belong to: ``c++``, ``c#``."""
        codes = self._folded.codes
        begins_sign = (codes[ends] == ord("+")) | (codes[ends] == ord("#"))
        for index in np.flatnonzero(begins_sign & (ends == at + 1)).tolist():
            start = int(at[index])
            piece = next(pieces(self._text[start : start + 4]))
            ends[index] = start + piece.end

    def _run_words(self) -> tuple[Array, Array]:
        """Return the words of all runs, and for each a character of its text."""
        found, found_at = [], []
        for kind in (_HANGUL, _UNSPACED):
            at = np.flatnonzero(self._begins(kind))
            ends = self._ends(at, kind)
            short = ends - at <= MAX_WORD_CHARS
            bounds = zip(at[short].tolist(), ends[short].tolist(), strict=True)
            found.append(self._keys.numbers([self._text[start:end] for start, end in bounds]))
            found_at.append(at[short])
        for words, at in self._han_words():
            found.append(words)
            found_at.append(at)
        return np.concatenate(found) + _FIRST_STRING, np.concatenate(found_at)

    def _han_words(self) -> Iterator[tuple[Array, Array]]:
        at = np.flatnonzero(self._begins(_HAN))
        if not len(at):
            return
        ends = self._ends(at, _HAN)
        runs = [
            self._text[start:end] for start, end in zip(at.tolist(), ends.tolist(), strict=True)
        ]
        # One call for all: a call costs more than a short run's cutting.
        words = self._keys.run_words(segmenter().cut_for_search("\n".join(runs)))
        parted = words == self._keys["\n"]
        run = np.cumsum(parted)
        is_word = (words >= 0) & ~parted
        yield words[is_word], at[run[is_word]]


def _counts(at: Array, starts: Array) -> Array:
    """Return how many of ``at``, ascending, lie in each text."""
    counts: Array = np.diff(np.searchsorted(at, starts))
    return counts
