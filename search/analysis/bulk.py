"""Many texts to terms at once: what `search.analysis.terms` describes, without an object a term.

A term is a number, its *key*. Two neighbouring characters of a run are their codes side by side; a
run's last character is its code beside 0. Every other term is a string, numbered as it is met, in a
range that no character has. `TermOrder` has numbers that ascend as terms do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis.characters import Classes, Codes, fold, text_of
from search.analysis.piecing import MAX_WORD_CHARS, PAIR, pieces, script_of_run
from search.analysis.segmenting import segmenter
from search.analysis.short_strings import ShortStrings

Array = npt.NDArray[Any]

_CODE_BITS = 21
_CODE_MASK = (1 << _CODE_BITS) - 1
_FIRST_STRING = 0x110000 << _CODE_BITS

_OTHER, _HAN, _HANGUL, _UNSPACED, _LETTER, _DIGIT, _SYMBOL, _PARAGRAPH = range(8)
_RUN_CLASSES = {"han": _HAN, "hangul": _HANGUL, "other": _UNSPACED}
_CLASSES = {"letters": _LETTER, "digits": _DIGIT, "symbol": _SYMBOL, "paragraph": _PARAGRAPH}

_TOO_LONG = -1  # to be a word
_END_MARK, _STRING_MARK = b"\n", b"\1"  # no characters of runs


class BulkTerms(NamedTuple):
    """The terms of several texts, in the order of the texts.

    Attributes:
        grams: keys, in the order they stand.
        positions: one a gram, ascending within a text, from 0.
        gram_counts: of each text.
        words: keys of those that are no grams, in no order within a text.
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
        words: those that are no grams, in the order they stand; a word and those inside it stand
            together.
    """

    grams: list[str]
    positions: list[int]
    words: list[str]


def index_terms(text: str) -> IndexTerms:
    """Return the terms to store for ``text``.

    >>> index_terms("京东物流 App")
    IndexTerms(grams=['京东', '东物', '物流', '流', 'app'], positions=[0, 1, 2, 3, 4], words=[])
    >>> index_terms("供应链的").words
    ['供应链', '的']
    """
    keys = TermKeys()
    found = keys.analyse([text])
    return IndexTerms(keys.terms(found.grams), found.positions.tolist(), keys.terms(found.words))


class TermKeys(dict[str, int]):
    """Gives every string a number, and finds the terms of keys again."""

    def __init__(self) -> None:
        self._strings: list[str] = []
        self._short = ShortStrings()

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

    def letters(self, codes: Codes, text: str, starts: Array, ends: Array) -> Array:
        """Return the key of each stretch, none empty, of a text whose characters are ``codes``."""

        def others(starts: Array, ends: Array) -> Array:
            return self.numbers(_between(text, starts, ends))

        return self._short.numbers(codes, starts, ends, others) + _FIRST_STRING

    def run_words(self, words: Sequence[str]) -> Array:
        """Return the number of each word of a run; negative where it is none."""
        known = len(self._strings)
        numbers = self.numbers(words)
        for number, word in enumerate(self._strings[known:], known):
            if len(word) > MAX_WORD_CHARS:
                self[word] = _TOO_LONG  # no other term is of these characters
                numbers[numbers == number] = _TOO_LONG
        return numbers

    def encoded(self, keys: Array, end: bytes) -> bytes:
        """Return the terms of keys in UTF-8, each with ``end`` behind it."""
        are_strings = keys >= _FIRST_STRING
        chars = np.empty((len(keys), 3), np.uint32)  # of pairs, their ends too
        chars[:, 0] = keys >> _CODE_BITS
        chars[:, 1] = keys & _CODE_MASK
        chars[:, 2] = ord(_END_MARK)
        chars[are_strings] = ord(_STRING_MARK), 0, 0
        numbers = (keys[are_strings] - _FIRST_STRING).tolist()
        strings = [_utf_8(self._strings[number]) + end for number in numbers]
        parts = _utf_8(text_of(chars[chars > 0])).replace(_END_MARK, end).split(_STRING_MARK)
        together = [b""] * (len(parts) + len(strings))
        together[::2] = parts
        together[1::2] = strings
        return b"".join(together)

    def terms(self, keys: Array) -> list[str]:
        """Return the term of each key."""
        encoded = self.encoded(keys, b"\xff").split(b"\xff")[:-1]
        return [term.decode(errors="surrogatepass") for term in encoded]

    def order(self) -> TermOrder:
        """Return the order of all terms that have a key by now."""
        return TermOrder(self._strings)

    def analyse(self, texts: Sequence[str], names: Sequence[Collection[str]] = ()) -> BulkTerms:
        """Return the terms of ``texts``.

        Args:
            texts: as written.
            names: of each text, or none at all: distinct `folded_name`s, words of the text wherever
                they stand in it, besides what the segmenter makes of them.
        """
        return _Analysis(self, texts).terms(names)


class TermOrder:
    """Numbers that ascend as the bytes of their terms do: below 2**42, but of millions of strings.

    A pair's number is its key; a string's has its first character before its rank among all
    strings. Grams and words are ordered apart: no gram that is a string begins as a run does, and
    words are all strings.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        ranked = sorted(range(len(strings)), key=strings.__getitem__)
        self._low_bits = max(_CODE_BITS, len(strings).bit_length())
        firsts = [ord(string[0]) if string else 0 for string in strings]
        self._of_strings = np.array(firsts, np.int64) << self._low_bits
        self._of_strings[ranked] += np.arange(len(strings))

    def of(self, keys: Array) -> Array:
        """Return the number of each key's term."""
        are_strings = keys >= _FIRST_STRING
        if are_strings.all():
            found: Array = self._of_strings[keys - _FIRST_STRING]
            return found
        if self._low_bits == _CODE_BITS:
            numbers = keys.copy()
        else:
            numbers = ((keys >> _CODE_BITS) << self._low_bits) | (keys & _CODE_MASK)
        numbers[are_strings] = self._of_strings[keys[are_strings] - _FIRST_STRING]
        return numbers


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

    def terms(self, names: Sequence[Collection[str]]) -> BulkTerms:
        codes, starts = self._folded
        classes = self._classes
        is_run = (classes >= _HAN) & (classes <= _UNSPACED)
        strings_at, string_ends = self._pieces()
        is_string = np.zeros(len(codes), bool)
        is_string[strings_at] = True
        is_gram = is_run | is_string
        # A paragraph's end takes a position too, so that no phrase runs over it.
        before = np.zeros(len(codes) + 1, np.int64)
        np.cumsum(is_gram | (classes == _PARAGRAPH), out=before[1:])
        at = np.flatnonzero(is_gram)
        grams = self._pairs(is_run)
        grams[strings_at] = self._keys.letters(codes, self._text, strings_at, string_ends)
        gram_counts = _counts(at, starts)
        words, words_at = self._with_names(names, *self._run_words())
        order = np.argsort(words_at, kind="stable")
        return BulkTerms(
            grams[at],
            before[at] - np.repeat(before[starts[:-1]], gram_counts),
            gram_counts,
            words[order],
            _counts(words_at[order], starts),
        )

    def _stretches(self, kind: int) -> tuple[Array, Array]:
        """Return where each stretch of one class begins and ends."""
        inside = self._classes == kind
        edges = np.flatnonzero(np.diff(inside, prepend=False))  # the last character is a space
        return edges[::2], edges[1::2]

    def _pairs(self, is_run: Array) -> Array:
        """Return the key of each character and the next, where both are of one run."""
        keys = self._folded.codes.astype(np.int64)
        keys[:-1] = (keys[:-1] << _CODE_BITS) | np.where(is_run[1:], keys[1:], 0)
        return keys

    def _pieces(self) -> tuple[Array, Array]:
        """Return where each piece that is not of a run begins and ends."""
        symbols = np.flatnonzero(self._classes == _SYMBOL)
        found = [self._stretches(_LETTER), self._stretches(_DIGIT), (symbols, symbols + 1)]
        starts, ends = (np.concatenate(each) for each in zip(*found, strict=True))
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], ends[order]
        self._take_signs(starts, ends)
        return starts, ends

    def _take_signs(self, at: Array, ends: Array) -> None:
        """Lengthen letters that their signs belong to: ``c++``, ``c#``."""
        codes = self._folded.codes
        begins_sign = (codes[ends] == ord("+")) | (codes[ends] == ord("#"))
        for index in np.flatnonzero(begins_sign & (ends == at + 1)).tolist():
            start = int(at[index])
            piece = next(pieces(self._text[start : start + 4]))
            ends[index] = start + piece.end

    def _run_words(self) -> tuple[Array, Array]:
        """Return the words of all runs but pairs, and for each a character of its text."""
        found, found_at = [], []
        for kind in (_HANGUL, _UNSPACED):
            at, ends = self._stretches(kind)
            short = (ends - at <= MAX_WORD_CHARS) & (ends - at != PAIR)
            found.append(self._keys.numbers(_between(self._text, at[short], ends[short])))
            found_at.append(at[short])
        for words, at in self._han_words():
            found.append(words)
            found_at.append(at)
        return np.concatenate(found) + _FIRST_STRING, np.concatenate(found_at)

    def _with_names(
        self, names: Sequence[Collection[str]], words: Array, at: Array
    ) -> tuple[Array, Array]:
        """Return the words and where they stand, and each name as often as it stands in its text.

        Each counts once, though the segmenter cut it as well.
        """
        starts = self._folded.starts.tolist()
        standing = {
            (number, self._keys[name]): count
            for number, own in enumerate(names)
            for name in own
            if (count := self._text.count(name, starts[number], starts[number + 1]))
        }
        if not standing:
            return words, at
        is_name = np.zeros(len(self._keys), bool)
        is_name[[key for _, key in standing]] = True
        cut = np.flatnonzero(is_name[words - _FIRST_STRING])
        texts = np.searchsorted(self._folded.starts, at[cut], side="right") - 1
        are_cut = Counter(zip(texts.tolist(), (words[cut] - _FIRST_STRING).tolist(), strict=True))
        missing = np.array(
            [(starts[each[0]], each[1], n - are_cut[each]) for each, n in standing.items()]
        )
        repeats = np.maximum(missing[:, 2], 0)
        more = np.repeat(missing[:, 1] + _FIRST_STRING, repeats)
        return np.append(words, more), np.append(at, np.repeat(missing[:, 0], repeats))

    def _han_words(self) -> Iterator[tuple[Array, Array]]:
        at, ends = self._stretches(_HAN)
        if not len(at):
            return
        # All runs in one text, a line each: a call costs more than a short run's cutting.
        is_kept = self._classes == _HAN
        lines = np.where(is_kept, self._folded.codes, ord("\n"))
        is_kept[ends[:-1]] = True
        cut = segmenter().cut_for_search(text_of(lines[is_kept]))
        words = self._keys.run_words([word for word in cut if len(word) != PAIR])
        parted = words == self._keys["\n"]
        run = np.cumsum(parted)
        is_word = (words >= 0) & ~parted
        yield words[is_word], at[run[is_word]]


def _between(text: str, starts: Array, ends: Array) -> list[str]:
    return [text[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]


def _utf_8(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _counts(at: Array, starts: Array) -> Array:
    """Return how many of ``at``, ascending, lie in each text."""
    counts: Array = np.diff(np.searchsorted(at, starts))
    return counts
