"""Which values each document has, the other way round than postings: what facets are counted by.

Many documents have the same values (one author, one path of categories), so each distinct set of
them is kept once, and a document has the number of its set. To count a facet is to count sets, and
then to add up, for each value, the sets that hold it: an article in two categories under one parent
counts once in the parent.
"""

from __future__ import annotations

import numpy as np

from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.packing import smallest, starts_of


def write_sets(name: str, out: ArrayWriter, doc_count: int, values: tuple[Array, Array]) -> None:
    """Write the sets of a facet.

    Args:
        name: of its field.
        out: to write to.
        doc_count: documents in the segment.
        values: of every posting its document, and its term; by term.
    """
    docs, terms = values
    order = np.argsort(docs, kind="stable")
    terms = smallest(terms[order])
    bounds = starts_of(np.bincount(docs, minlength=doc_count)).tolist()
    numbers: dict[bytes, int] = {}
    of_doc = np.empty(doc_count, np.int64)
    for doc in range(doc_count):
        key = terms[bounds[doc] : bounds[doc + 1]].tobytes()
        of_doc[doc] = numbers.setdefault(key, len(numbers))
    sizes = np.array([len(key) // terms.itemsize for key in numbers], np.int64)
    out.write(f"{name}.sets", smallest(of_doc))
    out.write(f"{name}.set_starts", starts_of(sizes))
    out.write(f"{name}.set_terms", np.frombuffer(b"".join(numbers), terms.dtype))
