"""Places in the texts: a document and a position as one number.

(document << `DOC_BITS`) + position: both halves stay far below 2**31, and places ascend as
documents and positions do.
"""

from __future__ import annotations

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import starts_of, unpack

DOC_BITS = 32
"""Of a place, those below its document's."""


_PART = 2**15  # documents unpacked at once: larger arrays would be new pages of memory each
_WIDTH = np.int64((1 << 6) - 1)  # the bits of a place that hold a width meanwhile


def every_place(data: Array, docs: Array, freqs: Array, widths: Array) -> Array:
    """Return all places that are packed in ``data``, ascending.

    Args:
        data: positions, document by document, from bit 0 on.
        docs: ascending.
        freqs: positions of each.
        widths: bits of each of these.
    """
    parts, bit = [], 0
    for first in range(0, max(1, len(docs)), _PART):
        part = slice(first, first + _PART)
        found, each = _repeated(docs[part], freqs[part], widths[part])
        byte, skipped = divmod(bit, 8)
        offsets = starts_of(each)
        offsets += skipped
        bit += int(offsets[-1]) - skipped
        found += unpack(data[byte : (bit + 7) // 8], offsets[:-1], each)
        parts.append(found)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def places_from(data: Array, docs: Array, starts: Array, freqs: Array, widths: Array) -> Array:
    """Return the places of some documents, ascending.

    Args:
        data: that holds them.
        docs: ascending, or by term.
        starts: at which bit the positions of each document begin.
        freqs: positions of each.
        widths: bits of each of these.
    """
    found, widths = _repeated(docs, freqs, widths)
    if len(found) > len(docs):
        ends = starts_of(widths)  # as if the positions of these documents stood side by side
        shifts = starts - ends.take(starts_of(freqs)[:-1])
        starts = ends[:-1] + shifts.repeat(freqs)
    found += unpack(data, starts, widths)
    return found


def _repeated(docs: Array, freqs: Array, widths: Array) -> tuple[Array, Array]:
    """Return the place before each first position, and the width, once for each position.

    To repeat takes long, so it is done once for both, as one number.
    """
    found = docs.astype(np.int64)
    found <<= DOC_BITS
    found |= widths
    if freqs.max(initial=1) > 1:
        found = found.repeat(freqs)
    widths = found & _WIDTH
    found ^= widths
    return found, widths
