"""One commit of an index, open: its segments, and what must be known of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import compress
from pathlib import Path

import numpy as np

from search.analysis import ANALYSIS_VERSION, Slot
from search.article import Article
from search.engines.base import EngineAnswer, EngineRequest, Known, ScoredArticle
from search.engines.whoosh import facets
from search.engines.whoosh.codec import ArraySegment, OpenSegment
from search.engines.whoosh.columns import values_of
from search.engines.whoosh.common import Common
from search.engines.whoosh.contents import Commit, latest_commit, read_contents
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.expanding import like, most_common, spelled_like
from search.engines.whoosh.field import Field
from search.engines.whoosh.known import NO_STAMP
from search.engines.whoosh.ranking import Chosen
from search.engines.whoosh.remembering import Remembered
from search.engines.whoosh.schema import FACET_FIELDS, words_field
from search.engines.whoosh.searching import Searcher
from search.engines.whoosh.segment import read_article, read_articles
from search.engines.whoosh.translating import PREFERRED, Translation
from search.errors import IndexDamaged, IndexOutdated
from search.query.model import Part

_TERMS_REMEMBERED = 50_000  # document frequencies kept; a few megabytes
_PATTERNS_REMEMBERED = 100  # what wildcards stand for: up to 1,000 terms each
_OPEN_ATTEMPTS = 10  # a commit may take files away between reading the contents and opening them


class Snapshot:
    """The index as of one commit. Immutable, safe for many threads.

    Args:
        commit: that it is of.
        segments: of it.
        memory: for what is remembered of searches, which other processes that answer from the index
            have a part in; None where there are none.
    """

    def __init__(
        self, commit: Commit, segments: tuple[OpenSegment, ...], memory: memoryview | None = None
    ) -> None:
        self.commit = commit
        self.segments = segments
        self._memory = memory
        self._doc_count = sum(each.arrays.doc_count for each in segments)
        self.doc_frequency = lru_cache(_TERMS_REMEMBERED)(self._doc_frequency)
        self.average_length = lru_cache(None)(self._average_length)
        self.terms_like = lru_cache(_PATTERNS_REMEMBERED)(self._terms_like)

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
    def searcher(self) -> Searcher:
        """What finds and ranks, and remembers what it found."""
        common = None
        if self._memory is not None:
            common = Common(self._memory, self.edition, self.doc_count())
        return Searcher(self.segments, self, Remembered(self.translation, common))

    @cached_property
    def edition(self) -> str:
        """What no other commit has: Whoosh names segments at random."""
        names = (each.entry.segment_id() for each in self.segments)
        return f"{self.commit.generation}:{','.join(names)}"

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
        found, chosen = self.searcher.page(request)
        return EngineAnswer(
            total=found.total,
            hits=self._hits(chosen),
            facets={
                name: facets.buckets(name, found.counts.get(name, ()), request.buckets)
                for name in request.facets
            },
        )

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


def open_snapshot(folder: Path, memory: memoryview | None = None) -> Snapshot:
    """Open the newest commit in ``folder``; for ``memory`` see `Snapshot`.

    Raises:
        IndexNotFound: there is none.
        IndexOutdated: it was not made by this version of wensou.
        IndexDamaged: its files are missing, cut short or altered.
    """
    for attempt in range(_OPEN_ATTEMPTS):
        commit = latest_commit(folder)
        try:
            return _open(folder, commit, memory)
        except IndexDamaged:
            if latest_commit(folder) == commit or attempt == _OPEN_ATTEMPTS - 1:
                raise
    raise AssertionError  # the loop returns or raises


def _open(folder: Path, commit: Commit, memory: memoryview | None) -> Snapshot:
    """Open the newest contents: those of ``commit``, or of one made since.

    A snapshot of a newer one than it is told to be is opened once more, and never an older one.
    """
    contents = read_contents(folder)
    opened = []
    for entry in contents.segments:
        if not isinstance(entry, ArraySegment) or entry.analysis_version != ANALYSIS_VERSION:
            raise IndexOutdated("engine.foreign", location=folder)
        arrays = entry.open_in(folder)
        if arrays.doc_count != entry.doc_count_all():
            raise IndexDamaged("engine.file_short", path=arrays.files["documents"].path.name)
        opened.append(OpenSegment(entry, arrays, entry.deleted_mask()))
    commit = commit._replace(generation=contents.generation)
    return Snapshot(commit, tuple(opened), memory)
