"""The terms of a field: sorted byte strings, in blocks.

A block is 64 terms, each followed by a byte 0xFF, which no UTF-8 text holds. To find a term, its
block is found among the first terms of all, which are read when first asked for; then the term is
looked for in the block's bytes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import overload

import numpy as np

from search.engines.whoosh.arrays import Array

BLOCK_TERMS = 64
END = b"\xff"


class Terms(Sequence[bytes]):
    """Terms in the order of their bytes, numbered from 0.

    Args:
        data: all terms, each with its end.
        starts: where each block starts in ``data``.
        count: how many there are.

    Attributes:
        find: returns the number of a term; -1 where there is none.
    """

    def __init__(self, data: Array, starts: Array, count: int) -> None:
        self._data = data.data
        self._starts = starts
        self._count = count
        self.find = lru_cache(4096)(self._look_up)

    @staticmethod
    def pack(terms: Sequence[bytes]) -> tuple[Array, Array]:
        """Return ``data`` and ``starts`` of sorted terms."""
        blocks = [
            END.join(terms[at : at + BLOCK_TERMS]) + END for at in range(0, len(terms), BLOCK_TERMS)
        ]
        starts = np.zeros(len(blocks), np.uint32)
        starts[1:] = np.cumsum([len(block) for block in blocks[:-1]], dtype=np.int64)
        return np.frombuffer(b"".join(blocks), np.uint8), starts

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            first, last, step = index.indices(self._count)
            return self.between(first, last)[::step] if step > 0 else list(self)[index]
        if not 0 <= index < self._count:
            raise IndexError(index)
        block, place = divmod(index, BLOCK_TERMS)
        return self._block(block).split(END)[place]

    def __iter__(self) -> Iterator[bytes]:
        yield from self.between(0, self._count)

    def between(self, first: int, last: int) -> list[bytes]:
        """Return the terms from number ``first`` up to, not with, ``last``."""
        if first >= last:
            return []
        before = first % BLOCK_TERMS
        terms = bytes(self._blocks(first, last)).split(END)
        return terms[before : before + last - first]

    def bytes_between(self, first: int, last: int) -> Array:
        """Return the bytes of `between`, each term with its end."""
        if first >= last:
            return np.empty(0, np.uint8)
        data = np.frombuffer(self._blocks(first, last), np.uint8)
        bounds = np.flatnonzero(data == END[0]) + 1
        before = first % BLOCK_TERMS
        start = int(bounds[before - 1]) if before else 0
        return data[start : int(bounds[before + last - first - 1])]

    def lower_bound(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""
        block = bisect_right(self._firsts, term) - 1
        if block < 0:
            return 0
        inside = self._block(block).split(END)[:-1]
        return block * BLOCK_TERMS + bisect_left(inside, term)

    def _look_up(self, term: bytes) -> int:
        """Return the number of ``term``; -1 where there is none."""
        block = bisect_right(self._firsts, term) - 1
        if block < 0:
            return -1
        data = END + self._block(block)
        at = data.find(END + term + END)
        return block * BLOCK_TERMS + data.count(END, 0, at) if at >= 0 else -1

    def _blocks(self, first: int, last: int) -> memoryview:
        """Return the blocks that hold the terms from ``first`` up to, not with, ``last``."""
        end = -(-last // BLOCK_TERMS)
        stop = int(self._starts[end]) if end < len(self._starts) else len(self._data)
        return self._data[int(self._starts[first // BLOCK_TERMS]) : stop]

    def _block(self, block: int) -> bytes:
        start = int(self._starts[block])
        last = block + 1 == len(self._starts)
        return bytes(self._data[start : None if last else int(self._starts[block + 1])])

    @cached_property
    def _firsts(self) -> list[bytes]:
        """The first term of each block."""
        data = bytes(self._data)
        return [data[start : data.index(END, start)] for start in self._starts.tolist()]


def to_bytes(text: str | bytes) -> bytes:
    """Return a term, or another text, as it is stored: UTF-8, halves of characters too."""
    return text if isinstance(text, bytes) else text.encode(errors="surrogatepass")


def to_text(data: bytes) -> str:
    """Return what `to_bytes` was given."""
    return data.decode(errors="surrogatepass")
