"""What a person asks: `parser` (text to `model`), `relaxing`, `request` (text, filters, paging)."""

from search.query.letting_go import loosened
from search.query.parser import Parsed, Typed, parse
from search.query.relaxing import leaves, relaxed

__all__ = ["Parsed", "Typed", "leaves", "loosened", "parse", "relaxed"]
