"""Numbers of short strings, looked up all at once.

Letters and digits of most texts are ASCII and short, and the same ones come again and again: their
bytes are compared as one number of 64 bits, and no Python string is made of what was met before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis.characters import Codes

Array = npt.NDArray[Any]

MOST_CHARS = 8
"""Of a short string."""

_WIDE = 0x80  # stands for every character beyond ASCII
_ANY_WIDE = np.uint64(int.from_bytes(bytes([_WIDE]) * MOST_CHARS, "little"))
_FIRST_BYTES = np.array([256**count - 1 for count in range(MOST_CHARS + 1)], np.uint64)
_SLOT_BITS = 16
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio, odd


class ShortStrings:
    """A table of the short strings met last, each in the one slot that its bytes choose."""

    def __init__(self) -> None:
        self._strings = np.zeros(1 << _SLOT_BITS, np.uint64)  # no string is empty
        self._numbers = np.zeros(1 << _SLOT_BITS, np.int64)

    def numbers(
        self, codes: Codes, starts: Array, ends: Array, others: Callable[[Array, Array], Array]
    ) -> Array:
        """Return the number of each stretch of ``codes``, none of them empty.

        ``others`` tells those of stretches that are not in the table.
        """
        strings, are_short = _packed(codes, starts, ends)
        slots = (strings * _SPREAD) >> np.uint64(64 - _SLOT_BITS)
        numbers: Array = self._numbers[slots]
        unknown = np.flatnonzero((self._strings[slots] != strings) | ~are_short)
        numbers[unknown] = others(starts[unknown], ends[unknown])
        short = unknown[are_short[unknown]]
        self._strings[slots[short]] = strings[short]
        self._numbers[slots[short]] = numbers[short]
        return numbers


def _packed(codes: Codes, starts: Array, ends: Array) -> tuple[Array, Array]:
    """Return the bytes of each stretch as one number, and whether that is all of it."""
    padded = np.zeros(len(codes) + MOST_CHARS, np.uint8)
    padded[: len(codes)] = np.minimum(codes, _WIDE)
    eight = np.ndarray(len(codes), "<u8", padded, strides=(1,))[starts]
    lengths = ends - starts
    strings = eight & _FIRST_BYTES[np.minimum(lengths, MOST_CHARS)]
    return strings, (lengths <= MOST_CHARS) & ((strings & _ANY_WIDE) == 0)
