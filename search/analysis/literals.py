"""Words that are characters as they stand, found in the codes of texts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from search.analysis.characters import Codes
from search.analysis.moving import MOVED, moved
from search.analysis.piecing import Kind

_Mask = npt.NDArray[np.bool_]
_FIRST_MOVED, _LAST_MOVED = map(ord, MOVED.split("-"))


class Literal:
    """A word of one piece without a sign, in texts as `search.analysis.searched` makes them.

    Args:
        text: folded.
        kind: of the piece. Letters stand only where no letter is beside them, digits no digit.
    """

    def __init__(self, text: str, kind: Kind) -> None:
        self.text = moved(text)
        self.length = len(text)
        self._codes = list(map(ord, self.text))
        self._is_inside = _IS_INSIDE.get(kind)
        self._overlaps = self._is_inside is None and can_overlap(text, text)

    def starts(self, codes: Codes) -> list[int]:
        """Return where it stands in lines; ascending, each behind the one before."""
        first, *others = self._codes
        (at,) = (codes == first).nonzero()
        for distance, code in enumerate(others, 1):
            at = at[codes.take(at + distance, mode="clip") == code]  # the last one ends a line
        if self._is_inside and len(at):
            before, behind = codes[at - 1], codes[at + self.length]
            at = at[~(self._is_inside(before) | self._is_inside(behind))]
        starts: list[int] = at.tolist()
        return self._apart(starts) if self._overlaps else starts

    def _apart(self, starts: list[int]) -> list[int]:
        apart: list[int] = []
        for at in starts:
            if not apart or at >= apart[-1] + self.length:
                apart.append(at)
        return apart


def can_overlap(word: str, other: str) -> bool:
    """Return whether ``other`` may begin in ``word`` and end behind it, where both stand.

    >>> can_overlap("京东", "东京"), can_overlap("京东", "京东")
    (True, False)
    """
    return any(word.endswith(other[:end]) for end in range(1, len(other)))


def _are_letters(codes: Codes) -> _Mask:
    return (codes >= _FIRST_MOVED) & (codes <= _LAST_MOVED)


def _are_digits(codes: Codes) -> _Mask:
    kinds, which = np.unique(codes, return_inverse=True)
    return np.array([chr(code).isdecimal() for code in kinds.tolist()], bool)[which]


_IS_INSIDE: dict[Kind, Callable[[Codes], _Mask]] = {"letters": _are_letters, "digits": _are_digits}
"""Tells which characters beside a word make it part of another one."""
