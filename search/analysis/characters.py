"""What becomes of a character: its folded form and its class, as tables over all of Unicode.

The tables say of one character what `search.analysis.normalising` and the pieces of
`search.analysis.terms` say of it, so that a text is looked up whole. They are filled as characters
are first met; characters that fold together with their neighbours are left to `normalise`.
"""

from __future__ import annotations

from codecs import utf_32_le_decode, utf_32_le_encode  # a fifth of the time of looking them up
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis.moving import moved
from search.analysis.normalising import folds_alone, normalise, normalise_with_offsets

Codes = npt.NDArray[np.uint32]

_UNICODE = 0x110000
_UNKNOWN = 0  # as a table begins: what nobody asks for takes no memory
_TOGETHER = 0xFFFFFFFE  # folds with its neighbours
_SEVERAL = 0x80000000  # plus the number of an expansion: folds to none or several, or to NUL

SPACE = 0x20


class Folded(NamedTuple):
    """Several texts folded: their characters' codes one after another, a space after each text.

    Attributes:
        codes: of the characters.
        starts: where each text starts, and behind the last space where all end.
    """

    codes: Codes
    starts: npt.NDArray[np.int64]


class _Folding:
    """A table of folded forms.

    Args:
        form_of: tells that of a character which folds alone.
    """

    def __init__(self, form_of: Callable[[str], str]) -> None:
        self._form_of = form_of
        self._forms = np.zeros(_UNICODE, np.uint32)
        self._expansions: list[str] = []
        self._filling = Lock()

    def forms(self, codes: Codes) -> Codes:
        """Return for each code its folded one, or one of the marks above."""
        forms = self._forms.take(codes)
        if not forms.all():
            with self._filling:
                for code in np.unique(codes[forms == _UNKNOWN]).tolist():
                    self._forms[code] = self._form(chr(code))
            forms = self._forms.take(codes)
        return forms

    def plain(self, text: str) -> str | None:
        """Return a text folded; None where not each of its characters is known to fold to one."""
        try:
            folded, _ = utf_32_le_decode(self._forms.take(codes_of(text)).data)
        except UnicodeDecodeError:  # the marks are no characters
            return None
        return None if chr(_UNKNOWN) in folded else folded

    def _form(self, char: str) -> int:
        if not folds_alone(char):
            return _TOGETHER
        folded = self._form_of(char)
        if len(folded) == 1 and ord(folded) != _UNKNOWN:
            return ord(folded)
        self._expansions.append(folded)
        return _SEVERAL + len(self._expansions) - 1

    def expansions(self, marks: Codes) -> list[str]:
        """Return what each of these marks stands for."""
        return [self._expansions[mark] for mark in (marks - _SEVERAL).tolist()]

    def expanded(self, forms: Codes) -> tuple[Codes, npt.NDArray[np.int64]]:
        """Put in place of every expansion's mark what it stands for.

        Returns:
            The codes, and which of ``forms`` each comes from, ascending.
        """
        is_mark = forms >= _SEVERAL
        found = self.expansions(forms[is_mark])
        lengths = np.ones(len(forms), np.int64)
        lengths[is_mark] = list(map(len, found))
        origins = np.repeat(np.arange(len(forms)), lengths)
        codes = forms[origins]
        codes[is_mark[origins]] = codes_of("".join(found))
        return codes, origins


@cache
def _folding() -> _Folding:
    return _Folding(normalise)


@cache
def _searching() -> _Folding:
    return _Folding(lambda char: moved(normalise(char)))


def codes_of(text: str) -> Codes:
    """Return the codes of a text's characters."""
    return np.frombuffer(utf_32_le_encode(text, "surrogatepass")[0], np.uint32)


def text_of(codes: Codes) -> str:
    """Return the text of characters with these codes."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold(texts: Sequence[str]) -> Folded:
    """Return `normalise` of each text."""
    codes, starts = _joined(texts)
    forms = _folding().forms(codes)
    together = np.flatnonzero(forms == _TOGETHER)
    if not len(together):
        return _expanded(forms, starts)
    slow = np.unique(np.searchsorted(starts, together, side="right") - 1)
    texts = list(texts)
    for text in slow.tolist():
        texts[text] = normalise(texts[text])
    codes, starts = _joined(texts)
    is_slow = np.zeros(len(texts), bool)
    is_slow[slow] = True
    as_they_are = np.repeat(is_slow, np.diff(starts))
    return _expanded(np.where(as_they_are, codes, _folding().forms(codes)), starts)


def _expanded(forms: Codes, starts: npt.NDArray[np.int64]) -> Folded:
    if forms.max(initial=0) < _SEVERAL:
        return Folded(forms, starts)
    codes, origins = _folding().expanded(forms)
    return Folded(codes, np.searchsorted(origins, starts))


def searched(text: str) -> tuple[str, Sequence[int]]:
    """Return what `re` looks for words in: ``text`` folded and `moved`.

    Returns:
        A text of n characters, and n + 1 offsets as of `normalise_with_offsets`.

    >>> text, offsets = searched("5㎏ 重")
    >>> text == moved("5kg 重"), list(offsets)
    (True, [0, 1, 1, 2, 3, 4])
    """
    found = searched_apart(text)
    if found is None:
        folded, offsets = normalise_with_offsets(text)
        return moved(folded), offsets
    return found


def searched_apart(text: str) -> tuple[str, Sequence[int]] | None:
    """Return what `searched` does; None where characters of ``text`` fold with their neighbours."""
    plain = _searching().plain(text)
    if plain is not None:
        return plain, range(len(text) + 1)
    forms = _searching().forms(codes_of(text))
    at = np.flatnonzero(forms >= _SEVERAL)
    marks = forms[at]
    if _TOGETHER in marks:
        return None
    forms[at] = _UNKNOWN  # whose character nothing folds to alone
    expansions = _searching().expansions(marks)
    parts = zip(text_of(forms).split(chr(_UNKNOWN)), [*expansions, ""], strict=True)
    lengths = np.ones(len(text) + 1, np.int64)
    lengths[at] = list(map(len, expansions))
    origins = np.repeat(np.arange(len(text) + 1), lengths)
    return "".join(chain.from_iterable(parts)), origins.data  # whose items are Python's


def _joined(texts: Sequence[str]) -> tuple[Codes, npt.NDArray[np.int64]]:
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=starts[1:])
    return codes_of(" ".join([*texts, ""])), starts


class Classes:
    """A table of what characters are, as small numbers.

    Args:
        class_of: tells it of one character; not 255.
    """

    def __init__(self, class_of: Callable[[str], int]) -> None:
        self._class_of = class_of
        self._classes = np.full(_UNICODE, 255, np.uint8)

    def of(self, codes: Codes) -> npt.NDArray[np.uint8]:
        """Return the class of each character."""
        classes = self._classes[codes]
        unknown = classes == 255
        if unknown.any():
            for code in np.unique(codes[unknown]).tolist():
                self._classes[code] = self._class_of(chr(code))
            classes = self._classes[codes]
        return classes
