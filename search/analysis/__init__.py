"""Text to terms, the same for every engine: `normalising`, `segmenting`, `terms`.

Change what comes out of here, and every index must be built anew: raise `ANALYSIS_VERSION`.
"""

from search.analysis.bulk import BulkTerms, IndexTerms, TermKeys, TermOrder, index_terms
from search.analysis.characters import (
    Codes,
    Searched,
    codes_of,
    searched,
    searched_alone,
    text_of,
)
from search.analysis.dictionary import NO_DICTIONARY, UserDictionary, parse_dictionary
from search.analysis.literals import Literal, can_overlap
from search.analysis.looking_up import frequency
from search.analysis.moving import LETTER, MOVED, MOVED_A_TO_Z, moved, moved_back
from search.analysis.naming import compounds, folded_name
from search.analysis.normalising import UNSEEN, normalise, normalise_with_offsets
from search.analysis.piecing import EMOJI, UNSPACED, Piece, pieces
from search.analysis.scripts import characters_and_words, language_of
from search.analysis.segmenting import dictionary_in_force, use_dictionary
from search.analysis.terms import (
    Asked,
    Link,
    QueryTerms,
    Slot,
    asked,
    cut_words,
    query_fuzzy,
    query_phrase,
    query_prefix,
    query_string,
    query_wildcard,
    query_words,
    spelling,
)
from search.analysis.weighing import weight_of

ANALYSIS_VERSION = 4
"""Of the terms: an index made with another one is out of date."""

__all__ = [
    "ANALYSIS_VERSION",
    "EMOJI",
    "LETTER",
    "MOVED",
    "MOVED_A_TO_Z",
    "NO_DICTIONARY",
    "UNSEEN",
    "UNSPACED",
    "Asked",
    "BulkTerms",
    "Codes",
    "IndexTerms",
    "Link",
    "Literal",
    "Piece",
    "QueryTerms",
    "Searched",
    "Slot",
    "TermKeys",
    "TermOrder",
    "UserDictionary",
    "asked",
    "can_overlap",
    "characters_and_words",
    "codes_of",
    "compounds",
    "cut_words",
    "dictionary_in_force",
    "folded_name",
    "frequency",
    "index_terms",
    "language_of",
    "moved",
    "moved_back",
    "normalise",
    "normalise_with_offsets",
    "parse_dictionary",
    "pieces",
    "query_fuzzy",
    "query_phrase",
    "query_prefix",
    "query_string",
    "query_wildcard",
    "query_words",
    "searched",
    "searched_alone",
    "spelling",
    "text_of",
    "use_dictionary",
    "weight_of",
]
