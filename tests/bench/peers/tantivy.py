"""tantivy, by tantivy-py: the same terms under a whitespace tokenizer, the same question.

What its API gives decides the form: hits and aggregations are two calls, so two evaluations; a
facet that leaves out its own filter is a third. A phrase that ends in a beginning is a
`regex_phrase_query`: `phrase_prefix_query` stops at 50 terms, and would count too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.article import Article
from tests.bench.asks import HITS, LEVEL, MAX_BUCKETS, Answer, Ask, Counts
from tests.bench.peers.meaning import (
    BOOSTS,
    GRAM_SHARE,
    PARTS,
    Run,
    Wanted,
    all_wanted,
    part_terms,
    runs,
)
from tests.bench.rows import category_levels, pack, unpack

_HEAP_BYTES = 256 << 20
_NO_DAY = 0
_NO_DATE = -(2**62)
_FACET_FIELDS = {"category": "category", "author": "author", "tag": "tag", "date": "month"}


def _make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for part in PARTS:
        builder.add_text_field(f"{part}_grams", tokenizer_name="tokens", index_option="position")
        builder.add_text_field(f"{part}_words", tokenizer_name="tokens", index_option="freq")
    for name in _FACET_FIELDS.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("stamp", fast=True)
    builder.add_bytes_field("row", stored=True)
    return builder.build()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    tokens = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("tokens", tokens)
    return index


def _document(article: Article) -> tantivy.Document:
    document = tantivy.Document()
    for part, terms in part_terms(article).items():
        document.add_text(f"{part}_grams", terms.grams)
        document.add_text(f"{part}_words", terms.words)
    values = {"category": category_levels(article), "author": article.authors, "tag": article.tags}
    for name, each in values.items():
        for value in each:
            document.add_text(name, value)
    if article.day:
        document.add_text("month", f"{article.day:%Y-%m}")
    document.add_text("id", article.id)
    document.add_integer("day", article.day.toordinal() if article.day else _NO_DAY)
    document.add_integer("stamp", int(article.date.timestamp()) if article.date else _NO_DATE)
    document.add_bytes("row", pack(article))
    return document


class _Searching:
    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    def search(self, ask: Ask) -> Answer:
        """Answer ``ask``."""
        query = self._query(ask.text)
        filters = self._filters(ask)
        found = self._searcher.search(
            _narrowed(query, list(filters.values())),
            HITS,
            order_by_field="stamp" if ask.newest else None,
        )
        rows = (self._searcher.doc(address).get_first("row") for _, address in found.hits)
        hits = tuple(unpack(bytes(row)).id for row in rows)
        return Answer(found.count, hits, self._facets(query, filters) if ask.facets else {})

    def close(self) -> None:
        """Do nothing: its files are unmapped when nothing refers to it."""

    def _query(self, text: str) -> Query:
        clauses: list[tuple[Occur, Query]] = []
        for wanted in all_wanted(text):
            clauses.append((Occur.Must, self._grams(wanted)))
            clauses += [(Occur.Should, each) for each in self._words(wanted)]
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _grams(self, wanted: Wanted) -> Query:
        share = GRAM_SHARE + wanted.is_one_gram
        return _any_of(
            Query.boost_query(self._run(f"{part}_grams", run), BOOSTS[part] * share)
            for part in wanted.parts
            for run in runs(wanted.terms)
        )

    def _words(self, wanted: Wanted) -> Iterator[Query]:
        """Yield what only scores: a gram that is a word, too, unless it is looked for alone."""
        slots = () if wanted.is_one_gram else wanted.terms.slots
        grams = [slot.term for slot in slots if slot.is_word]
        for part in wanted.parts:
            fields = {f"{part}_words": wanted.terms.words, f"{part}_grams": grams}
            for field, terms in fields.items():
                for each in terms:
                    term = Query.term_query(self._schema, field, each, "freq")
                    yield Query.boost_query(term, BOOSTS[part])

    def _run(self, field: str, run: Run) -> Query:
        if len(run.grams) == 1:
            gram = run.grams[0][1]
            if run.last_is_prefix:
                return Query.regex_query(self._schema, field, re.escape(gram) + ".*")
            return Query.term_query(self._schema, field, gram, "freq")
        if not run.last_is_prefix:
            return Query.phrase_query(self._schema, field, list(run.grams))
        patterns = [(offset, re.escape(gram)) for offset, gram in run.grams]
        patterns[-1] = patterns[-1][0], patterns[-1][1] + ".*"
        return Query.regex_phrase_query(self._schema, field, patterns)

    def _filters(self, ask: Ask) -> dict[str, Query]:
        found = {}
        if ask.category:
            term = LEVEL.join(ask.category)
            found["category"] = Query.term_query(self._schema, "category", term, "basic")
        if ask.has_days:
            found["date"] = Query.range_query(
                self._schema,
                "day",
                tantivy.FieldType.Integer,
                ask.first_day.toordinal() if ask.first_day else _NO_DAY + 1,
                ask.last_day.toordinal() if ask.last_day else None,
            )
        return found

    def _facets(self, query: Query, filters: dict[str, Query]) -> dict[str, Counts]:
        """Count all facets without a filter of their own at once, each of the others alone."""
        together = [name for name in _FACET_FIELDS if name not in filters]
        counts: dict[str, Counts] = {}
        for names in (together, *([name] for name in filters)):
            others = [each for name, each in filters.items() if name not in names]
            wanted = {name: _terms(_FACET_FIELDS[name]) for name in names}
            answer: dict[str, Any] = self._searcher.aggregate(_narrowed(query, others), wanted)
            for name in names:
                buckets = answer[name]["buckets"]
                counts[name] = {each["key"]: int(each["doc_count"]) for each in buckets}
        return counts


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MAX_BUCKETS}}


def _narrowed(query: Query, filters: list[Query]) -> Query:
    if not filters:
        return query
    must = [query, *(Query.const_score_query(each, 0.0) for each in filters)]
    return Query.boolean_query([(Occur.Must, each) for each in must])


def _any_of(queries: Iterator[Query]) -> Query:
    found = list(queries)
    return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Should, q) for q in found])


class _Tantivy:
    def index(self, articles: Iterator[Article], folder: Path) -> None:
        """Make an index; tantivy chooses its threads."""
        index = _with_tokenizer(tantivy.Index(_make_schema(), str(folder)))
        writer = index.writer(_HEAP_BYTES)
        for article in articles:
            writer.add_document(_document(article))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> _Searching:
        """Open the index in ``folder``."""
        return _Searching(_with_tokenizer(tantivy.Index.open(str(folder))))


PEER = _Tantivy()
