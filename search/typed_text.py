"""A text that was typed, as a query: what every search for it needs is made once.

Who looks at an answer asks for the same text again: on its next page, in another order, narrowed.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from search.analysis import UserDictionary, dictionary_in_force
from search.messages import language
from search.query import Synonyms, parse, relaxed
from search.query.model import Query
from search.snippets import Highlighter
from search.suggesting.doubting import as_strings, is_doubtful

_REMEMBERED = 1_000  # texts: 4 MB as people ask, 11 if all are as long as can be
_REMEMBERED_CHARS = 40  # of a text; longer ones are read each time
_HIGHLIGHTERS = 2  # of a text: of all of its words, and of some


class TypedText:
    """A text as it is read with a dictionary, in the language in force. Safe for many threads.

    Args:
        text: as typed.
        synonyms: that it is searched with.
    """

    def __init__(self, text: str, synonyms: Synonyms) -> None:
        self.parsed = parse(text)
        self._synonyms = synonyms
        self._highlighters: dict[Query, Highlighter] = {}

    @cached_property
    def some(self) -> Query | None:
        """The query with any of its words enough (see `relaxed`)."""
        return relaxed(self.parsed.query, self._synonyms.cut_whole)

    @cached_property
    def strict(self) -> Query:
        """The query with words that are cut into single characters as strings."""
        return as_strings(self.parsed.query)

    @cached_property
    def is_strict(self) -> bool:
        """Whether no word is cut so."""
        return self.strict == self.parsed.query

    @cached_property
    def is_doubtful(self) -> bool:
        """Whether a word is hardly meant as it is cut."""
        return is_doubtful(self.parsed)

    @cached_property
    def has_synonyms(self) -> bool:
        """Whether other words mean the same as words of the query."""
        return self._synonyms.applied(self.parsed.query) != self.parsed.query

    def highlighter(self, query: Query) -> Highlighter:
        """Return what marks what ``query``, made of this text, looks for."""
        found = self._highlighters.get(query)
        if found is None:
            found = Highlighter(self._synonyms.applied(query))
            if len(self._highlighters) < _HIGHLIGHTERS:
                self._highlighters[query] = found
        return found


class TypedTexts:
    """Reads texts, and remembers those used last. Safe for many threads.

    Args:
        synonyms: that they are searched with.
    """

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def read(self, text: str) -> TypedText:
        """Return ``text`` as it is read now."""
        read = self._remembered if len(text) <= _REMEMBERED_CHARS else self._read
        return read(text, language(), dictionary_in_force())

    def _read(self, text: str, _language: str, _dictionary: UserDictionary) -> TypedText:
        return TypedText(text, self._synonyms)
