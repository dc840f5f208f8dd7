"""Stock Whoosh: its own codec, writer and searcher, over the words of jieba's search mode.

It is asked what its users ask it, which is not the same question: words match, so its totals are
its own. Words are cut by jieba itself, in Python, as its users have it. (`jieba.analyse`'s analyzer
would find no phrase: it gives characters for positions.)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba
from whoosh import index, query, sorting
from whoosh.analysis import Analyzer, Token
from whoosh.fields import DATETIME, ID, KEYWORD, STORED, TEXT, Schema

from search.analysis import normalise
from search.analysis.segmenting import python_segmenter
from search.article import Article
from tests.bench.asks import HITS, LEVEL, Answer, Ask, Counts
from tests.bench.peers.meaning import BOOSTS, all_wanted
from tests.bench.rows import category_levels, pack, unpack

_FACET_FIELDS = {"category": "category", "author": "author", "tag": "tag", "date": "month"}
_PARTS = ("title", "body")
_BETWEEN = "\x1e"  # between the values of a field; LEVEL stands inside one


class _WordAnalyzer(Analyzer):  # type: ignore[misc] # Whoosh has no types
    """A word at each position, and at the same one the words inside it."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        """Yield the tokens of ``value``."""
        token = Token(boost=1.0, stopped=False)
        for position, words in enumerate(_words(value)):
            for token.text in words:
                token.pos = position
                yield token


def _words(text: str) -> Iterator[list[str]]:
    """Yield for each word the words it is looked for by, itself the last."""
    for word in python_segmenter().cut(normalise(text)):
        if any(map(str.isalnum, word)):
            yield [*_inner(word), word]


def _inner(word: str) -> Iterator[str]:
    """Yield what jieba's search mode finds inside ``word``; to ask it would cut the word again."""
    for size in (2, 3):
        if len(word) > size:
            for at in range(len(word) - size + 1):
                if jieba.dt.FREQ.get(word[at : at + size]):
                    yield word[at : at + size]


def _make_schema() -> Schema:
    schema = Schema(row=STORED(), id=ID(unique=True), day=ID(), stamp=DATETIME(sortable=True))
    for part in _PARTS:
        schema.add(part, TEXT(analyzer=_WordAnalyzer(), field_boost=BOOSTS[part]))
    for name in _FACET_FIELDS.values():
        schema.add(name, KEYWORD(analyzer=_ValueAnalyzer(), sortable=False))
    return schema


class _ValueAnalyzer(Analyzer):  # type: ignore[misc] # Whoosh has no types
    """A token a value."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        """Yield the values that stand in ``value``."""
        for position, each in enumerate(value.split(_BETWEEN) if value else ()):
            yield Token(text=each, pos=position, boost=1.0, stopped=False)


class _Searching:
    def __init__(self, opened: Any) -> None:
        self._searcher = opened.searcher()

    def search(self, ask: Ask) -> Answer:
        """Answer ``ask``; a facet that leaves out its own filter is a search of its own."""
        asked = _query(ask.text)
        filters = _filters(ask)
        together = [name for name in _FACET_FIELDS if name not in filters] if ask.facets else []
        results = self._search(
            asked, list(filters.values()), together, limit=HITS, newest=ask.newest
        )
        facets = _counted(results, together)
        for name in filters if ask.facets else ():
            others = [each for other, each in filters.items() if other != name]
            facets |= _counted(self._search(asked, others, [name], limit=1), [name])
        hits = tuple(unpack(hit["row"]).id for hit in results)
        return Answer(len(results), hits, facets)

    def close(self) -> None:
        """Let go of its files."""
        self._searcher.close()

    def _search(
        self,
        asked: Any,
        filters: list[Any],
        facets: list[str],
        *,
        limit: int,
        newest: bool = False,
    ) -> Any:
        counted = sorting.Facets()
        for name in facets:
            overlapping = name in ("category", "author", "tag")
            facet = sorting.FieldFacet(_FACET_FIELDS[name], allow_overlap=overlapping)
            facet.maptype = sorting.Count
            counted.add_facet(name, facet)
        return self._searcher.search(
            asked,
            limit=limit,
            filter=query.And(filters) if filters else None,
            groupedby=counted if facets else None,
            sortedby="stamp" if newest else None,
            reverse=newest,
        )


def _counted(results: Any, names: list[str]) -> dict[str, Counts]:
    groups = {name: results.groups(name) for name in names}
    return {
        name: {value: n for value, n in counts.items() if value is not None}
        for name, counts in groups.items()
    }


def _filters(ask: Ask) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if ask.category:
        found["category"] = query.Term("category", LEVEL.join(ask.category))
    if ask.has_days:
        first, last = (day and day.isoformat() for day in (ask.first_day, ask.last_day))
        found["date"] = query.TermRange("day", first, last)
    return found


def _query(text: str) -> Any:
    """Return every word, in title or body; a phrase as one, a beginning as Whoosh's prefix."""
    beginning = text.endswith("*")
    wanted = [each.terms.text for each in all_wanted(text)]
    found = []
    for at, each in enumerate(wanted, start=1):
        words = [inner[-1] for inner in _words(each)]
        make = _prefix if beginning and at == len(wanted) else _one
        found.append(query.Or([make(part, words) for part in _PARTS]))
    return query.And(found) if len(found) > 1 else found[0]


def _one(part: str, words: list[str]) -> Any:
    return query.Term(part, words[0]) if len(words) == 1 else query.Phrase(part, words)


def _prefix(part: str, words: list[str]) -> Any:
    *before, last = words
    return query.And([*(query.Term(part, word) for word in before), query.Prefix(part, last)])


class _StockWhoosh:
    def index(self, articles: Iterator[Article], folder: Path) -> None:
        """Make an index with Whoosh's own writer, at its defaults."""
        writer = index.create_in(str(folder), _make_schema()).writer()
        for article in articles:
            writer.add_document(**_document(article))
        writer.commit()

    def open(self, folder: Path) -> _Searching:
        """Open the index in ``folder``."""
        return _Searching(index.open_dir(str(folder)))


def _document(article: Article) -> dict[str, Any]:
    day = article.day
    values = {
        "category": sorted(category_levels(article)),
        "author": list(article.authors),
        "tag": list(article.tags),
        "month": [f"{day:%Y-%m}"] if day else [],
    }
    dated = {"day": day.isoformat()} if day else {}
    if article.date:
        dated["stamp"] = article.date.replace(tzinfo=None)
    joined = {name: _BETWEEN.join(each) for name, each in values.items() if each}
    return {
        "id": article.id,
        "title": article.title,
        "body": article.text,
        "row": pack(article),
        **dated,
        **joined,
    }


PEER = _StockWhoosh()
