"""The door of this area: what an index's vocabulary suggests, for one commit of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.analysis import normalise
from search.article import format_category
from search.engines.base import EngineRequest, VocabularyEntry
from search.query import Parsed, parse, quoted
from search.query.model import And, Everything, Or, Phrase, Prefix, Query
from search.query.request import Filters
from search.query.scanning import FIELDS
from search.results import Suggestion, SuggestionKind
from search.suggesting.completing import Completer
from search.suggesting.lexicon import Lexicon
from search.suggesting.near import Neighbours
from search.suggesting.rewriting import Ask, Rewriter

_KINDS: tuple[SuggestionKind, ...] = ("word", "company", "author", "category", "tag", "title")
"""In the order to show; each gives one in turn until there are enough."""

_IN_TITLES: tuple[SuggestionKind, ...] = ("title", "word")
_NAMING: tuple[SuggestionKind, ...] = ("company", "tag")  # a word of that name says no more

_TITLES = 3
_HITS_FOR_TITLES = 8  # the same article often comes through several feeds
_WORDS_FOR_TITLES = 3  # words that pinyin may mean, in titles
_OPEN = '-－(（"“”„＂「『'
_LAST = re.compile(
    rf"(?P<head>(?:.*\s)?[{_OPEN}]*)(?:(?P<field>{'|'.join(FIELDS)})[:：])?[{_OPEN}]*(?P<word>\S*)",
    re.DOTALL | re.IGNORECASE,
)


class Suggester:
    """Completions and rewritings from one vocabulary. Immutable, safe for many threads."""

    def __init__(self, entries: Iterable[VocabularyEntry]) -> None:
        self._lexicon = Lexicon(entries)
        self._completer = Completer(self._lexicon)
        self._neighbours = Neighbours(self._lexicon)

    def rewriter(self, text: str, parsed: Parsed, ask: Ask, filters: Filters) -> Rewriter:
        """Return what finds another way to write ``text``, which was understood as ``parsed``."""
        return Rewriter(text, parsed, self._neighbours, ask, filters)

    def suggest(self, text: str, limit: int, ask: Ask) -> tuple[Suggestion, ...]:
        """Return completions of the last word of ``text``, or of a name that all of it begins.

        Args:
            text: as typed so far.
            limit: most that are given back.
            ask: answers a request; asked for titles.
        """
        found = {kind: list(each) for kind, each in self._all(text, limit, ask).items()}
        turns: list[Suggestion] = []
        while len(turns) < limit and any(found.values()):
            turns += [found[kind].pop(0) for kind in _KINDS if found.get(kind)]
        return tuple(sorted(turns[:limit], key=lambda each: _KINDS.index(each.kind)))

    def _all(self, text: str, limit: int, ask: Ask) -> dict[SuggestionKind, list[Suggestion]]:
        """Return completions by kind, the best of each first."""
        last = _LAST.fullmatch(text)
        if last is None or not normalise(last["word"]):
            return {}
        field = FIELDS.get((last["field"] or "").lower())
        found = self._from_vocabulary(text, last, limit, of_title=field == "title")
        if field not in (None, "title"):
            return {kind: each for kind, each in found.items() if kind == field}
        found["title"] = list(_titles(last["head"], last["word"], found.get("word", []), ask))
        return found if field is None else {kind: found.get(kind, []) for kind in _IN_TITLES}

    def _from_vocabulary(
        self, text: str, last: re.Match[str], limit: int, *, of_title: bool
    ) -> dict[SuggestionKind, list[Suggestion]]:
        """Return completions of the last word, but first those of a name that all begins."""
        word, whole = normalise(last["word"]), normalise(text).strip()
        before = text[: last.start("word")] if of_title else last["head"]
        found: defaultdict[SuggestionKind, dict[int, Suggestion]] = defaultdict(dict)
        for typed, head in {whole: "", word: before}.items():
            for entries in self._completer.complete(typed, limit).values():
                for number in entries:
                    entry = self._lexicon.entry(number)
                    found[entry.kind].setdefault(number, _suggestion(entry, head))
        named = {normalise(each.text) for kind in _NAMING for each in found[kind].values()}
        found["word"] = {
            number: each
            for number, each in found["word"].items()
            if each.text != word and each.text not in named
        }
        return {kind: list(each.values()) for kind, each in found.items()}


def _suggestion(entry: VocabularyEntry, head: str) -> Suggestion:
    if entry.kind == "word":
        query = head + entry.text
    else:
        name = format_category(entry.path) if entry.path else entry.text
        query = f"{head}{entry.kind}:{quoted(name)}"
    return Suggestion(entry.kind, entry.text, entry.count, query, entry.path)


def _titles(head: str, word: str, words: Iterable[Suggestion], ask: Ask) -> Iterator[Suggestion]:
    """Yield the titles that suit best: with the word as typed, else with words it may become."""
    before = parse(head).query
    meant = tuple(Phrase(each.text, "title") for each in [*words][:_WORDS_FOR_TITLES])
    ways: list[Query] = [Prefix(word, "title")]
    if meant:
        ways.append(Or(meant) if len(meant) > 1 else meant[0])
    for way in ways:
        query = way if isinstance(before, Everything) else And((before, way))
        hits = ask(EngineRequest(query=query, limit=_HITS_FOR_TITLES)).hits
        found = {hit.article.title: hit.article.id for hit in reversed(hits)}  # the first one's id
        for title in list(dict.fromkeys(hit.article.title for hit in hits))[:_TITLES]:
            yield Suggestion("title", title, 1, title, id=found[title])
        if hits:
            return
