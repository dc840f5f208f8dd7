"""Whole numbers in as many bits as they need, packed and unpacked by whole arrays.

Bits are counted from the least of a byte, and of a 64-bit word, so bit ``b`` of a byte string is
bit ``b % 64`` of its word ``b // 64`` (little-endian).

Four codes, all classics:

* **packed**: values of given widths, one after another;
* **unary**: the number n as n - 1 zeros and a one;
* **Elias-Fano**, for ascending numbers: of each its low bits at a fixed width, and of what is left
  the differences in unary. About two bits a number more than it must be, and no number has to be
  read before another can be. (P. Elias, 1974; S. Vigna, "Quasi-succinct indices", 2013.)
* **a map**, for ascending numbers that are many (`is_dense`): a bit for each that might be there,
  hardly longer then, and read in a twentieth of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from search.engines.whoosh.arrays import Array

WORD_BITS = 64
_WORD = np.dtype("<u8")
_MASKS = (np.uint64(1) << np.arange(WORD_BITS, dtype=np.uint64)) - np.uint64(1)  # by widths

_SHIFTS = [
    np.arange(WORD_BITS // max(1, width), dtype=np.uint64) * np.uint64(width)
    for width in range(WORD_BITS)
]
"""By widths: how far each low part of a word is from its least bit."""

# Both decide how a stored record is read: with another value FORMAT_VERSION is another.
LEAST_MAPPED = 4_096
"""Numbers, for maps of them to be made at all."""

_DENSE = 8  # more than one number in so many
_FAR_APART = 16  # bytes: words of them all are not made for so few values

_NUMBERS = np.arange(2**15)
_NTH_BIT = np.zeros((256, 8), np.int64)
"""Which bit of a byte (a row each) is the first that is set, the second, and so on."""
for _byte in range(256):
    _set = [bit for bit in range(8) if _byte >> bit & 1]
    _NTH_BIT[_byte, : len(_set)] = _set


def starts_of(counts: Array) -> Array:
    """Return where each of consecutive runs of ``counts`` items starts, and where the last ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    starts[1:] = counts
    starts.cumsum(out=starts)  # of equal types, or it goes by way of a buffer
    return starts


def stored_starts(sizes: Sequence[int]) -> Array:
    """Return `starts_of` in the smallest type that holds them."""
    return smallest(starts_of(np.array(sizes, np.int64)))


def steps_of(values: Array) -> Array:
    """Return the differences of ``values``, the first from -1.

    >>> steps_of(np.array([0, 2, 3])).tolist()
    [1, 2, 1]
    """
    steps = values + 1
    steps[1:] -= steps[:-1].copy()
    return steps


def ranges(starts: Array, lengths: Array) -> Array:
    """Return the numbers of consecutive ranges, one after another.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    bounds = starts_of(lengths)
    found: Array = np.arange(bounds[-1]) + (starts - bounds[:-1]).repeat(lengths)
    return found


def smallest(values: Array) -> Array:
    """Return non-negative ``values`` in the smallest unsigned type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))), copy=False)


def narrowed(values: Array) -> dict[str, Array]:
    """Return non-negative ``values``, few of which are large, as arrays to store.

    ``""`` has one or two bytes a value, ``"_wide"`` the places of those that have no room in them
    and ``"_wides"`` these; whichever takes fewer bytes.
    """
    ways = [_narrowed(values, np.iinfo(dtype).max) for dtype in (np.uint8, np.uint16)]
    return min(ways, key=lambda arrays: sum(each.nbytes for each in arrays.values()))


def _narrowed(values: Array, limit: int) -> dict[str, Array]:
    wide = np.flatnonzero(values >= limit)
    return {
        "": smallest(np.minimum(values, limit)),
        "_wide": smallest(wide),
        "_wides": smallest(values[wide]),
    }


def widened(narrow: Array, wide: Array, wides: Array) -> Array:
    """Return the values (int64) that `narrowed` made three arrays of."""
    values = narrow.astype(np.int64)
    values[wide] = wides
    return values


def bit_lengths(values: Array) -> Array:
    """Return how many bits each of ``values`` (0 to 2**53) needs; 0 for 0.

    >>> bit_lengths(np.array([0, 1, 7, 8])).tolist()
    [0, 1, 3, 4]
    """
    lengths: Array = np.frexp(values)[1]
    return lengths


def pack(values: Array, offsets: Array, widths: Array, nbytes: int) -> Array:
    """Return ``nbytes`` bytes that hold each value in ``widths`` bits from bit ``offsets`` on.

    Args:
        values: of type uint64, each below 2**width.
        offsets: ascending; the stretches of bits do not overlap.
        widths: 0 to 64.
        nbytes: at least up to the last bit.
    """
    words = np.zeros(nbytes // 8 + 2, _WORD)
    if len(values):
        index, shift = offsets >> 6, (offsets & 63).astype(np.uint64)
        first = np.flatnonzero(np.diff(index, prepend=-1))  # the first value of each word
        words[index[first]] = np.bitwise_or.reduceat(values << shift, first)
        # At most one value of a word runs on into the next, so nothing is written twice.
        over = np.flatnonzero((offsets & 63) + widths > WORD_BITS)
        words[index[over] + 1] |= values[over] >> (np.uint64(WORD_BITS) - shift[over])
    return words.view(np.uint8)[:nbytes]


def unpack(data: Array, offsets: Array, widths: Array) -> Array:
    """Return the values (int64) of ``widths`` bits, up to 32, from bit ``offsets`` of ``data`` on.

    A value may be read from anywhere; ``data`` may end with its last bit.
    """
    if len(offsets) * _FAR_APART < len(data):
        words, bits = _words_at_every_byte(data, offsets), 3
    else:
        words, bits = _words_at_every_fourth(data), 5
    found = words[offsets >> bits]
    found >>= (offsets & ((1 << bits) - 1)).astype(np.uint64, copy=False)
    found &= low_masks(widths)
    values: Array = found.view(np.int64)
    return values


def _words_at_every_byte(data: Array, offsets: Array) -> Array:
    """Return the words that begin at each byte, a view: slow to read from, but nothing to make."""
    if len(data) < 8 or (len(offsets) and offsets.max() > (len(data) - 8) * 8):
        data = np.concatenate([data, np.zeros(8, np.uint8)])
    return np.ndarray(len(data) - 7, _WORD, data.data, strides=(1,))


def _words_at_every_fourth(data: Array) -> Array:
    """Return the words that begin at every fourth byte: those behind the last one, too."""
    halves = np.zeros((len(data) + 3) // 4 + 2, "<u4")
    halves.view(np.uint8)[: len(data)] = data
    words = halves[1:].astype(_WORD)
    words <<= np.uint64(32)
    words |= halves[:-1]
    return words


def set_bits(at: Array, nbytes: int) -> Array:
    """Return ``nbytes`` bytes in which just the bits ``at`` are set."""
    bits = np.zeros(nbytes * 8, bool)
    bits[at] = True
    return np.packbits(bits, bitorder="little")


def bits_set(data: Array) -> Array:
    """Return which bits of ``data`` are set, ascending."""
    found: Array = np.unpackbits(data, bitorder="little").view(bool).nonzero()[0]
    return found


def steps_at(data: Array, places: Array) -> Array:
    """Return what `steps_of` the bits that are set in ``data`` are at some places, no others."""
    counts = np.bitwise_count(data)
    ends = counts.cumsum(dtype=np.int64)
    bits = np.concatenate([places, places - 1])
    bytes_at = ends.searchsorted(bits, side="right")
    ranks = bits - (ends.take(bytes_at) - counts.take(bytes_at))
    found = bytes_at * 8 + _NTH_BIT[data.take(bytes_at), ranks]
    found[bits < 0] = -1
    steps: Array = found[: len(places)] - found[len(places) :]
    return steps


def is_dense(count: Any, universe: int) -> Any:
    """Return whether ``count`` numbers below ``universe`` are so many that a map serves better.

    Below few, there are too many terms of that kind, and a list is read as soon.
    """
    return (count * _DENSE > universe) & (universe >= LEAST_MAPPED)


def map_bytes(universe: int) -> int:
    """Return how many bytes a map of the numbers below ``universe`` takes: whole words."""
    return (universe + WORD_BITS - 1) // WORD_BITS * (WORD_BITS // 8)


def low_masks(widths: Array) -> Array:
    """Return words in which the lowest ``widths`` bits are set."""
    masks: Array = _MASKS.take(widths)
    return masks


def low_width(count: int, universe: int) -> int:
    """Return the best width of the low bits of ``count`` numbers below ``universe``."""
    return max(0, (universe // max(1, count)).bit_length() - 1)


def low_widths(counts: Array, universe: int) -> Array:
    """Return `low_width` of each of ``counts``, all of them positive."""
    widths: Array = np.maximum(bit_lengths(universe // counts) - 1, 0).astype(np.int64)
    return widths


def high_bytes(count: int, universe: int, width: int) -> int:
    """Return how many bytes the high bits of ``count`` numbers below ``universe`` take."""
    return (count + (universe >> width) + 7) >> 3


def low_bytes(count: int, width: int) -> int:
    """Return how many bytes the low bits of ``count`` numbers take.

    They are in words, none of them in two; the one word of a few ends with their last byte.
    """
    if not width:
        return 0
    words = -(-count // (WORD_BITS // width))
    return words * 8 if words > 1 else (count * width + 7) >> 3


def ascending_bytes(count: int, universe: int) -> int:
    """Return how many bytes ``count`` ascending numbers below ``universe`` take as a list."""
    width = low_width(count, universe)
    return low_bytes(count, width) + high_bytes(count, universe, width)


def read_map(data: Array, universe: int) -> Array:
    """Return for each number below ``universe`` whether it is in the map ``data`` begins with."""
    return np.unpackbits(data, count=universe, bitorder="little").view(bool)


def read_ascending(data: Array, count: int, universe: int) -> Array:
    """Return the ``count`` ascending numbers (int64) below ``universe`` that ``data`` begins with.

    Of few, it holds their low bits in words, then their high bits; see `Postings` for the writing.
    """
    if is_dense(count, universe):
        numbers: Array = read_map(data, universe).nonzero()[0]
        return numbers
    width = low_width(count, universe)
    at = low_bytes(count, width)
    high = bits_set(data[at : at + high_bytes(count, universe, width)])
    high -= _numbers(count)
    if not width:
        return high
    if at >= 8:
        words = data[:at].view(_WORD)
    else:
        words = np.array([int.from_bytes(data[:at].tobytes(), "little")], _WORD)
    low = words[:, None] >> _SHIFTS[width]
    low &= _MASKS[width]
    high <<= width
    high |= low.reshape(-1)[:count].view(np.int64)
    return high


def _numbers(count: int) -> Array:
    """Return the numbers below ``count``."""
    return _NUMBERS[:count] if count <= len(_NUMBERS) else np.arange(count)
