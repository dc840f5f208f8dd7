"""What becomes of a character: its folded form and its class, as tables over all of Unicode.

The tables say of one character what `search.analysis.normalising` and the pieces of
`search.analysis.terms` say of it, so that a text is looked up whole. They are filled as characters
are first met; characters that fold together with their neighbours are left to `normalise`.
"""

from __future__ import annotations

from codecs import utf_32_le_encode  # a fifth of the time of looking it up
from collections.abc import Callable, Sequence
from functools import cache
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis.moving import moved
from search.analysis.normalising import folds_alone, normalise, normalise_with_offsets
from search.analysis.piecing import pieces

Codes = npt.NDArray[np.uint32]

_UNICODE = 0x110000
_UNKNOWN = 0  # as a table begins: what nobody asks for takes no memory
_TOGETHER = 0xFFFFFFFF  # folds with its neighbours: no mark is greater
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


class Searched(NamedTuple):
    """Texts as words are looked for in them: as lines, for no word reaches from one into the next.

    Attributes:
        written: a line's end, and the texts with one behind each.
        codes: of the same, folded and `moved`.
        origins: where in ``written`` each of these comes from, ascending; None for where it stands.
    """

    written: str
    codes: Codes
    origins: npt.NDArray[np.int64] | None


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
        forms = self._look_up(codes)
        if not forms.all():
            with self._filling:
                for code in np.unique(codes[forms == _UNKNOWN]).tolist():
                    self._forms[code] = self._form(chr(code))
            forms = self._look_up(codes)
        return forms

    def _look_up(self, codes: Codes) -> Codes:
        # No code is outside of the table; not to have it looked at saves a fifth of the time.
        return self._forms.take(codes, mode="wrap")

    def _form(self, char: str) -> int:
        if not folds_alone(char):
            return _TOGETHER
        folded = self._form_of(char)
        if len(folded) == 1 and ord(folded) != _UNKNOWN:
            return ord(folded)
        self._expansions.append(folded)
        return _SEVERAL + len(self._expansions) - 1

    def expanded(self, forms: Codes) -> tuple[Codes, npt.NDArray[np.int64]]:
        """Put in place of every expansion's mark what it stands for.

        Returns:
            The codes, and which of ``forms`` each comes from, ascending.
        """
        marks = np.flatnonzero(forms >= _SEVERAL)
        found = [self._expansions[mark] for mark in (forms[marks] - _SEVERAL).tolist()]
        lengths = np.ones(len(forms), np.int64)
        lengths[marks] = list(map(len, found))
        origins = np.repeat(np.arange(len(forms)), lengths)
        codes = forms.take(origins)
        codes[codes >= _SEVERAL] = codes_of("".join(found))
        return codes, origins


@cache
def _folding() -> _Folding:
    return _Folding(normalise)


@cache
def _searching() -> _Folding:
    return _Folding(lambda char: moved(normalise(char)))


@cache
def _searching_literals() -> _Folding:
    return _Folding(_as_one)


def _as_one(char: str) -> str:
    """Return what a character is searched as; of several that are of no word one stands for all.

    One text in twenty has a ``…``, and nothing else that does not fold to one.
    """
    folded = normalise(char)
    return moved(folded[0] if folded and not any(pieces(folded)) else folded)


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


def searched(texts: Sequence[str], *, for_literals: bool = False) -> Searched | None:
    r"""Return what words are looked for in, of texts together.

    Args:
        texts: as written.
        for_literals: only `Literal`s are looked for: what is between words need not be exact.

    Returns:
        None where characters of a text fold with their neighbours: then see `searched_alone`.

    >>> found = searched(["5㎏", "重"])
    >>> text_of(found.codes) == moved("\n5kg\n重\n"), found.origins.tolist()
    (True, [0, 1, 2, 2, 3, 4, 5])
    """
    written = "\n".join(["", *texts, ""])
    folding = _searching_literals() if for_literals else _searching()
    forms = folding.forms(codes_of(written))
    most = forms.max()
    if most < _SEVERAL:
        return Searched(written, forms, None)
    return None if most == _TOGETHER else Searched(written, *folding.expanded(forms))


def searched_alone(text: str) -> Searched:
    """Return what words are looked for in, whatever the characters of a text."""
    found = searched([text])
    if found:
        return found
    folded, offsets = normalise_with_offsets(text)
    origins = np.array([0, *(1 + offset for offset in offsets)])
    return Searched(f"\n{text}\n", codes_of(f"\n{moved(folded)}\n"), origins)


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
