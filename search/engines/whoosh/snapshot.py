"""One commit of an index, open: its segments, and what must be known of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.analysis import ANALYSIS_VERSION, Slot
from search.article import Article
from search.engines.base import EngineAnswer, EngineRequest, Known, ScoredArticle
from search.engines.whoosh import facets
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.closeness import CLOSEST, NO_ORDER, order_of
from search.engines.whoosh.codec import ArraySegment
from search.engines.whoosh.columns import values_of
from search.engines.whoosh.contents import latest_generation, read_contents
from search.engines.whoosh.docsets import NO_PLACES, DocSet
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.expanding import like, most_common, spelled_like
from search.engines.whoosh.field import Field
from search.engines.whoosh.finding import Asked, Found, Kept, find
from search.engines.whoosh.freshness import Freshness, faded
from search.engines.whoosh.known import NO_STAMP
from search.engines.whoosh.pruning import best
from search.engines.whoosh.ranking import (
    NONE_CHOSEN,
    Chosen,
    Matches,
    Ranked,
    first_by_date,
    joined,
)
from search.engines.whoosh.remembering import Remembered, is_short, matched_by
from search.engines.whoosh.schema import FACET_FIELDS, NO_DATE, words_field
from search.engines.whoosh.segment import SegmentArrays, read_article, read_articles
from search.engines.whoosh.translating import PREFERRED, Translation, has_words
from search.errors import IndexDamaged, IndexOutdated
from search.query.model import Part
from search.query.request import BY_WORDS

_TERMS_REMEMBERED = 50_000  # document frequencies kept; a few megabytes
_PATTERNS_REMEMBERED = 100  # what wildcards stand for: up to 1,000 terms each
_FEW_SCORED = 1_000  # documents; the scores of as many are remembered
_OPEN_ATTEMPTS = 10  # a commit may take files away between reading the contents and opening them


class OpenSegment(NamedTuple):
    """A segment as the contents name it, its arrays, and which documents are deleted."""

    entry: ArraySegment
    arrays: SegmentArrays
    deleted: Array


class Snapshot:
    """The index as of one commit. Immutable, safe for many threads."""

    def __init__(self, generation: int, segments: tuple[OpenSegment, ...]) -> None:
        self.generation = generation
        self.segments = segments
        self._doc_count = sum(each.arrays.doc_count for each in segments)
        self.doc_frequency = lru_cache(_TERMS_REMEMBERED)(self._doc_frequency)
        self.average_length = lru_cache(None)(self._average_length)
        self.terms_like = lru_cache(_PATTERNS_REMEMBERED)(self._terms_like)
        self._remembered = Remembered()

    # What scoring must know: scoring.Collection

    def doc_count(self) -> int:
        """Return the documents of all segments, deleted ones included."""
        return self._doc_count

    def _doc_frequency(self, field: str, term: bytes) -> int:
        total = 0
        for each in self.segments:
            number = each.arrays.field(field).find(term)
            total += each.arrays.field(field).doc_frequency(number) if number >= 0 else 0
        return total

    def _average_length(self, field: str) -> float:
        total = sum(each.arrays.field(field).total_length for each in self.segments)
        return total / max(1, self.doc_count()) or 1.0

    # What translating must know: translating.Vocabulary

    def has_terms(self, field: str) -> bool:
        """Return whether a field of text has any term."""
        return any(len(each.arrays.field(field).terms) for each in self.segments)

    def has_word(self, part: Part, word: str) -> bool:
        """Return whether an article was indexed with ``word``, also one deleted since."""
        return self.doc_frequency(words_field(part), word.encode()) > 0

    def values_of(self, field: str) -> list[str]:
        """Return every term of a value field, also of articles deleted since."""
        return sorted(
            {value for each in self.segments for value in each.arrays.field(field).values}
        )

    def _terms_like(self, field: str, slot: Slot) -> tuple[bytes, ...]:
        def meant(terms: Field) -> Sequence[int]:
            return (
                spelled_like(terms, slot.term, slot.edits) if slot.edits else like(terms, slot.term)
            )

        return most_common([each.arrays.field(field) for each in self.segments], meant)

    # What the engine answers

    @cached_property
    def translation(self) -> Translation:
        """What translates queries, and remembers texts that are asked for again."""
        return Translation(self)

    @cached_property
    def article_count(self) -> int:
        """Articles in the index."""
        return sum(int(each.entry.doc_count()) for each in self.segments)

    def count_values(self) -> dict[str, Counter[str]]:
        """Return for every field that facets count how many articles carry each value."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACET_FIELDS}
        for segment in self.segments:
            docs = DocSet.of_mask(~segment.deleted)
            for name in FACET_FIELDS:
                counts[name].update(values_of(segment.arrays.field(name)).counts_in(docs))
        return counts

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Answer ``request`` (see `search.engines.base`)."""
        found, chosen = self._page(request)
        return EngineAnswer(
            total=found.total,
            hits=self._hits(chosen),
            facets={
                name: facets.buckets(name, found.counts.get(name, {}), request.buckets)
                for name in request.facets
            },
        )

    def _page(self, request: EngineRequest) -> tuple[Found, Chosen]:
        """Return what ``request`` finds, and its page; the first pages are ordered together."""
        if not request.limit:  # nothing is put in an order
            return self._found(request), NONE_CHOSEN
        first, last = request.offset, request.offset + request.limit
        if last > CLOSEST:
            ranked = self.ranked(request)
            return ranked.found, ranked.chosen(first, request.limit)
        key = *matched_by(request), request.sort, request.half_life_days
        chosen = self._remembered.chosen.find(key)
        if chosen is not None:
            return self._found(request), chosen.part(first, last)
        asked = self._asked(request)
        ranked = self.ranked(replace(request, offset=0, limit=CLOSEST), asked)
        chosen = ranked.chosen(0, CLOSEST)
        if asked.is_kept:
            self._remembered.chosen.keep(key, chosen)
        return ranked.found, chosen.part(first, last)

    def _found(self, request: EngineRequest, asked: Asked | None = None) -> Found:
        """Return what ``request`` finds, as it is remembered or found now."""
        key = *matched_by(request), request.facets
        kept = self._remembered.found.find(key)
        if kept is not None:
            return kept.found()
        tree, evaluators, is_kept = asked or self._asked(request)
        deleted = [each.deleted if each.entry.has_deletions() else None for each in self.segments]
        found = find(evaluators, deleted, tree, request.filters, request.facets)
        if is_kept:
            self._remembered.found.keep(key, Kept.of(found))
        return found

    def _scores(
        self, request: EngineRequest, asked: Asked, found: Found, *, or_none: bool
    ) -> tuple[Array, ...] | None:
        """Return what all that was found scores, by segments; None where that is too much.

        Args:
            request: that found it.
            asked: of the request.
            found: by it.
            or_none: whether they are only wanted if they are remembered.
        """
        if found.total > _FEW_SCORED:
            return None
        key = matched_by(request)
        known = self._remembered.scores.find(key)
        if known is None and not or_none:
            pairs = zip(asked.evaluators, found.docs, strict=True)
            known = tuple(each.score(asked.tree, docs.docs) for each, docs in pairs)
            if asked.is_kept:
                self._remembered.scores.keep(key, known)
        return known

    def _asked(self, request: EngineRequest) -> Asked:
        evaluators = tuple(SegmentEvaluator(segment.arrays, self) for segment in self.segments)
        return Asked(self.translation.whole(request.query), evaluators, is_short(request))

    def ranked(self, request: EngineRequest, asked: Asked | None = None) -> Ranked:
        """Return what ``request`` finds, with scores as far as its page needs them."""
        asked = asked or self._asked(request)
        words = has_words(request.query)
        sort = request.sort if words or request.sort not in BY_WORDS else "newest"
        parts = []
        last = request.offset + request.limit
        is_by_words = sort in BY_WORDS
        order = order_of(request.query, self.translation) if is_by_words else NO_ORDER
        freshness = Freshness(*self._dates, request.half_life_days) if sort == "hot" else None
        is_close_up = bool(order.parts) and request.offset < CLOSEST
        tree, evaluators, _ = asked
        found = self._found(request, asked)
        known = self._scores(request, asked, found, or_none=not is_by_words) if words else None
        for number, (evaluator, passed) in enumerate(zip(evaluators, found.docs, strict=True)):
            segment = evaluator.segment
            if known is not None:
                chosen, scores = passed.docs, known[number].copy()
            elif is_by_words:
                wanted = max(last, CLOSEST) if is_close_up else last
                factors = freshness.factors(segment) if freshness else None
                chosen, scores = best(evaluator, tree, passed, wanted, factors)
            else:
                chosen = first_by_date(segment, passed.docs, sort, last)
                scores = np.zeros(len(chosen))
            if is_by_words:
                chosen, scores = order.titles_first(evaluator, tree, passed, (chosen, scores))
                if freshness:
                    scores = faded(scores, freshness.factors(segment).take(chosen))
            parts.append(Matches.of(number, segment, chosen, scores))
        matches = joined(parts)

        def id_of(each: int) -> str:
            segment = self.segments[int(matches.segments[each])].arrays
            return segment.id_of(int(matches.docs[each]))

        is_scored = is_by_words or known is not None or not words
        ranked = Ranked(tree, is_scored, sort, order, freshness, evaluators, found, matches, id_of)
        if is_close_up:
            ranked.add_closeness(CLOSEST)
        return ranked

    @cached_property
    def _dates(self) -> tuple[int, int]:
        """The dates of the oldest and the newest article; (0, 0) where none has one."""
        dates = np.concatenate(
            [each.arrays.date[~each.deleted] for each in self.segments] or [NO_PLACES]
        )
        dates = dates[dates != NO_DATE]
        return (int(dates.min()), int(dates.max())) if len(dates) else (0, 0)

    def _hits(self, chosen: Chosen) -> tuple[ScoredArticle, ...]:
        segments, docs, scores = (each.tolist() for each in chosen)
        where = [
            (self.segments[number].arrays, doc) for number, doc in zip(segments, docs, strict=True)
        ]
        return tuple(
            ScoredArticle(article, score - PREFERRED if score >= PREFERRED else score)
            for article, score in zip(read_articles(where), scores, strict=True)
        )

    def find(self, article_id: str) -> tuple[int, int] | None:
        """Return in which segment, and there at which document, the article is; None for none."""
        key = article_id.encode(errors="surrogatepass")
        for number, segment in enumerate(self.segments):
            field = segment.arrays.field("id")
            term = field.find(key)
            if term >= 0:
                doc = int(field.docs_of(term)[0])
                if not segment.deleted[doc]:
                    return number, doc
        return None

    def get(self, article_id: str) -> Article | None:
        """Return the article with that id, or None."""
        found = self.find(article_id)
        return read_article(self.segments[found[0]].arrays, found[1]) if found else None

    def articles(self) -> Iterator[Article]:
        """Yield every article, by segment and document."""
        for segment in self.segments:
            for doc in np.flatnonzero(~segment.deleted).tolist():
                yield read_article(segment.arrays, doc)

    def stamps(self, sources: Collection[str]) -> Set[str]:
        """Return the stamps of the articles of these sources, but of drafts."""
        found: set[str] = set()
        for segment in self.segments:
            wanted = segment.arrays.known.is_from(sources) & ~segment.deleted
            found.update(compress(segment.arrays.known.stamps(), wanted.tolist()))
        return found - {NO_STAMP}

    def known(self, sources: Collection[str], without: Set[str]) -> Iterator[Known]:
        """Yield what the indexer must know of the articles of these sources."""
        for segment in self.segments:
            wanted = segment.arrays.known.is_from(sources) & ~segment.deleted
            if without:
                wanted &= np.array([each not in without for each in segment.arrays.known.stamps()])
            yield from segment.arrays.known.of_all(np.flatnonzero(wanted).tolist())

    def owner(self, article_id: str) -> Known | None:
        """Return what the indexer must know of the article with that id, or None."""
        found = self.find(article_id)
        return self.segments[found[0]].arrays.known.of(found[1]) if found else None

    def dictionary(self) -> bytes:
        """Return the dictionary that the largest segment packs rows with; b"" for none."""
        if not self.segments:
            return b""
        return max(self.segments, key=lambda each: each.arrays.doc_count).arrays.rows.dictionary


def open_snapshot(folder: Path) -> Snapshot:
    """Open the newest commit in ``folder``.

    Raises:
        IndexNotFound: there is none.
        IndexOutdated: it was not made by this version of wensou.
        IndexDamaged: its files are missing, cut short or altered.
    """
    for attempt in range(_OPEN_ATTEMPTS):
        generation = latest_generation(folder)
        try:
            return _open(folder)
        except IndexDamaged:
            newest = latest_generation(folder)
            if newest == generation or attempt == _OPEN_ATTEMPTS - 1:
                raise
    raise AssertionError  # the loop returns or raises


def _open(folder: Path) -> Snapshot:
    contents = read_contents(folder)
    opened = []
    for entry in contents.segments:
        if not isinstance(entry, ArraySegment) or entry.analysis_version != ANALYSIS_VERSION:
            raise IndexOutdated("engine.foreign", location=folder)
        arrays = entry.open_in(folder)
        if arrays.doc_count != entry.doc_count_all():
            raise IndexDamaged("engine.file_short", path=arrays.files["documents"].path.name)
        opened.append(OpenSegment(entry, arrays, entry.deleted_mask()))
    return Snapshot(contents.generation, tuple(opened))
