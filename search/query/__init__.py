"""What a person asks: `parser` (text to `model`), `relaxing`, `request` (text, filters, paging)."""

from search.query.letting_go import loosened
from search.query.parser import Parsed, Typed, parse
from search.query.relaxing import leaves, relaxed
from search.query.synonyms import Synonyms, parse_synonyms
from search.query.wanting import as_typed, quoted, wanted

__all__ = [
    "Parsed",
    "Synonyms",
    "Typed",
    "as_typed",
    "leaves",
    "loosened",
    "parse",
    "parse_synonyms",
    "quoted",
    "relaxed",
    "wanted",
]
