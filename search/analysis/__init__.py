"""Text to terms, the same for every engine: `normalising`, `segmenting`, `terms`.

Change what comes out of here, and every index must be built anew: raise `ANALYSIS_VERSION`.
"""

from search.analysis.bulk import BulkTerms, IndexTerms, TermKeys, TermOrder, index_terms
from search.analysis.normalising import UNSEEN, normalise, normalise_with_offsets
from search.analysis.terms import (
    EMOJI,
    UNSPACED,
    Asked,
    Link,
    Piece,
    QueryTerms,
    Slot,
    asked,
    cut_words,
    pieces,
    query_fuzzy,
    query_phrase,
    query_prefix,
    query_string,
    query_wildcard,
    query_words,
    spelling,
)
from search.analysis.weighing import weight_of

ANALYSIS_VERSION = 3
"""Of the terms: an index made with another one is out of date."""

__all__ = [
    "ANALYSIS_VERSION",
    "EMOJI",
    "UNSEEN",
    "UNSPACED",
    "Asked",
    "BulkTerms",
    "IndexTerms",
    "Link",
    "Piece",
    "QueryTerms",
    "Slot",
    "TermKeys",
    "TermOrder",
    "asked",
    "cut_words",
    "index_terms",
    "normalise",
    "normalise_with_offsets",
    "pieces",
    "query_fuzzy",
    "query_phrase",
    "query_prefix",
    "query_string",
    "query_wildcard",
    "query_words",
    "spelling",
    "weight_of",
]
