"""Places in the texts: a document and a position as one number.

(document << `DOC_BITS`) + position: both halves stay far below 2**31, and places ascend as
documents and positions do.
"""

from __future__ import annotations

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import ranges, starts_of, unpack

DOC_BITS = 32
"""Of a place, those below its document's."""


def every_place(data: Array, docs: Array, freqs: Array, widths: Array) -> Array:
    """Return all places that are packed in ``data``, ascending.

    Args:
        data: positions, document by document, from bit 0 on.
        docs: ascending.
        freqs: positions of each.
        widths: bits of each of these.
    """
    found = docs.astype(np.int64)
    found <<= DOC_BITS
    if freqs.max(initial=1) > 1:
        found, widths = found.repeat(freqs), widths.repeat(freqs)
    found += unpack(data, starts_of(widths)[:-1], widths)
    return found


def places_from(data: Array, docs: Array, starts: Array, freqs: Array, widths: Array) -> Array:
    """Return the places of some documents, ascending.

    Args:
        data: that holds them.
        docs: ascending, or by term.
        starts: at which bit the positions of each document begin.
        freqs: positions of each.
        widths: bits of each of these.
    """
    found, widths = docs.astype(np.int64), widths.astype(np.int64)
    found <<= DOC_BITS
    if freqs.max(initial=1) > 1:
        freqs = freqs.astype(np.int64)
        starts = starts.repeat(freqs) + ranges(np.zeros_like(freqs), freqs) * widths.repeat(freqs)
        found, widths = found.repeat(freqs), widths.repeat(freqs)
    found += unpack(data, starts, widths)
    return found
