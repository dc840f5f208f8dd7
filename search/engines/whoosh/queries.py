"""Query types that Whoosh lacks, and four of its own whose matchers have slips."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any, NamedTuple

from whoosh import query
from whoosh.matching import (
    AndMaybeMatcher,
    AndNotMatcher,
    DisjunctionMaxMatcher,
    IntersectionMatcher,
    NullMatcher,
    UnionMatcher,
)
from whoosh.matching.wrappers import (
    ConstantScoreWrapperMatcher,
    InverseMatcher,
    WrappingMatcher,
)
from whoosh.query.spans import Span, SpanWrappingMatcher
from whoosh.util import make_binary_tree

PREFIX_SCORE = 0.6
"""What a place scores that stands for many terms, none of them asked for by name."""


class Place(NamedTuple):
    """A term (or, with ``prefix``, any term that begins so) ``offset`` positions from the start.

    An exact one's score is multiplied by ``weight``.
    """

    offset: int
    term: bytes
    prefix: bool
    weight: float = 1.0

    @property
    def is_exact(self) -> bool:
        """Whether it is one term, which scores as itself."""
        return not self.prefix


class AnyOf(NamedTuple):
    """One of ``terms``, ``offset`` positions from the start: what a pattern was found to mean."""

    offset: int
    terms: tuple[bytes, ...]

    @property
    def is_exact(self) -> bool:
        """Whether it is one term, which scores as itself: never."""
        return False


class Run(query.Query):  # type: ignore[misc] # Whoosh has no types
    """Terms of one field at fixed distances: a string of characters, as its pairs.

    Whoosh's own `Phrase` has its words at neighbouring positions; pairs of characters overlap, and
    between Han and Latin the distance is not one. A document's score is the sum of its places',
    each as a term's of its own; all that are not exact together score `PREFIX_SCORE`.

    Args:
        fieldname: a field with positions.
        places: one or more, by offset; offsets from 0.
        boost: multiplies the score.
        length: how many positions it takes up.
        sign: a field and a term of it that stands only where the run does, though the run may stand
            elsewhere, too; None for none. What holds it need not be looked at place by place.
    """

    def __init__(
        self,
        fieldname: str,
        places: tuple[Place | AnyOf, ...],
        boost: float = 1.0,
        length: int = 1,
        sign: tuple[str, bytes] | None = None,
    ) -> None:
        self.fieldname = fieldname
        self.places = places
        self.boost = boost
        self.length = length
        self.sign = sign

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Run) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"Run{self._values()!r}"

    def _values(self) -> tuple[Any, ...]:
        return self.fieldname, self.places, self.boost, self.length, self.sign

    def estimate_size(self, reader: Any) -> int:
        """Return at most how many documents match, by which Whoosh orders a conjunction."""
        exact = [place.term for place in self.places if isinstance(place, Place) and place.is_exact]
        sizes = [reader.doc_frequency(self.fieldname, term) for term in exact]
        return min(sizes, default=int(reader.doc_count_all()))

    def estimate_min_size(self, reader: Any) -> int:  # noqa: ARG002 -- Whoosh's interface
        """Return at least how many documents match: the terms may stand anywhere."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return Whoosh's way to walk the matches, document by document."""
        first, *others = [self._place_matcher(place, searcher, context) for place in self.places]
        together = reduce(IntersectionMatcher, others, first)
        offsets = [place.offset for place in self.places]
        return _RunMatcher(together, [first, *others], offsets)

    def _place_matcher(self, place: Place | AnyOf, searcher: Any, context: Any) -> Any:
        if isinstance(place, AnyOf):
            terms = place.terms
        elif place.prefix:
            terms = tuple(searcher.reader().expand_prefix(self.fieldname, place.term))
        else:
            term = query.Term(self.fieldname, place.term, boost=self.boost * place.weight)
            return term.matcher(searcher, context)
        each = [query.Term(self.fieldname, term).matcher(searcher, context) for term in terms]
        # Nested evenly: hundreds in a row would be nested deeper than Python calls go.
        union = make_binary_tree(UnionMatcher, [*each, NullMatcher()])
        is_first = place == next(other for other in self.places if not other.is_exact)
        score = PREFIX_SCORE * self.boost if is_first else 0.0
        return ConstantScoreWrapperMatcher(union, score)


class _WholeMatcher(SpanWrappingMatcher):  # type: ignore[misc] # Whoosh has no types
    def replace(self, minquality: float = 0) -> Any:  # noqa: ARG002 -- Whoosh's interface
        """Keep it whole: what it joins is looked at one by one."""
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        """Return False: the best score among documents to come is not known."""
        return False


class _RunMatcher(_WholeMatcher):
    """Documents in which every place holds, starting at one position."""

    def __init__(self, together: Any, places: list[Any], offsets: list[int]) -> None:
        self._places = places
        self._offsets = offsets
        super().__init__(together)

    def _get_spans(self) -> list[Any]:
        return [Span(start) for start in sorted(self._starts())]

    def _starts(self) -> set[int]:
        found: set[int] | None = None
        for matcher, offset in zip(self._places, self._offsets, strict=True):
            starts = {span.start - offset for span in _spans(matcher)}
            found = starts if found is None else found & starts
        return found or set()


class Near(query.Query):  # type: ignore[misc] # Whoosh has no types
    """Runs of one field in their order, with few positions between them.

    A document's score is the sum of what its runs score.

    Args:
        runs: two or more, of one field.
        slop: most positions between the end of a run and the start of the next.
    """

    def __init__(self, runs: tuple[Run, ...], slop: int) -> None:
        self.runs = runs
        self.slop = slop

    @property
    def fieldname(self) -> str:
        """The field of its runs."""
        return self.runs[0].fieldname

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and (self.runs, self.slop) == (other.runs, other.slop)

    def __hash__(self) -> int:
        return hash((self.runs, self.slop))

    def __repr__(self) -> str:
        return f"Near({self.runs!r}, {self.slop})"

    def estimate_size(self, reader: Any) -> int:
        """Return at most how many documents match, by which Whoosh orders a conjunction."""
        return min(run.estimate_size(reader) for run in self.runs)

    def estimate_min_size(self, reader: Any) -> int:  # noqa: ARG002 -- Whoosh's interface
        """Return at least how many documents match: the runs may stand anywhere."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return Whoosh's way to walk the matches, document by document."""
        first, *others = [run.matcher(searcher, context) for run in self.runs]
        together = reduce(IntersectionMatcher, others, first)
        return _NearMatcher(together, [first, *others], self)


class _NearMatcher(_WholeMatcher):
    """Documents in which every run stands behind the one before it, near enough."""

    def __init__(self, together: Any, runs: list[Any], near: Near) -> None:
        self._runs = runs
        self._near = near
        super().__init__(together)

    def _get_spans(self) -> list[Any]:
        ends: set[int] | None = None
        for matcher, run in zip(self._runs, self._near.runs, strict=True):
            starts = [span.start for span in _spans(matcher)]
            if ends is not None:
                gaps = range(self._near.slop + 1)
                starts = [at for at in starts if any(at - gap in ends for gap in gaps)]
            ends = {at + run.length for at in starts}
        return [Span(max(end - 1, 0)) for end in sorted(ends or ())]


def _spans(matcher: Any) -> Iterator[Any]:
    yield from matcher.spans()


class AndMaybe(query.AndMaybe):  # type: ignore[misc] # Whoosh has no types
    """Whoosh's, which loses the second query's score when it skips.

    whoosh-reloaded 2.7.5 moves the second matcher to the document asked for, not to the one that
    the first has come to.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return Whoosh's way to walk the matches."""
        return _AndMaybeMatcher(
            self.a.matcher(searcher, context), self.b.matcher(searcher, context)
        )


class _AndMaybeMatcher(AndMaybeMatcher):  # type: ignore[misc] # Whoosh has no types
    def skip_to(self, id: int) -> bool:  # noqa: A002 -- Whoosh's name
        moved = bool(self.a.skip_to(id))
        if self.a.is_active() and self.b.is_active():
            self.b.skip_to(self.a.id())
        return moved


class AndNot(query.AndNot):  # type: ignore[misc] # Whoosh has no types
    """Whoosh's, which lets the first document of a segment through, and fails at the last.

    whoosh-reloaded 2.7.5 looks at the first only if it is the first of both queries; when it skips
    past the last, it asks for the number of a document that is not there.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return Whoosh's way to walk the matches."""
        return _AndNotMatcher(
            self.a.matcher(searcher, context),
            self.b.matcher(searcher, searcher.boolean_context()),
        )


class _AndNotMatcher(AndNotMatcher):  # type: ignore[misc] # Whoosh has no types
    def _find_first(self) -> None:
        if self.a.is_active() and self.b.is_active():
            self._find_next()

    def skip_to(self, id: int) -> None:  # noqa: A002 -- Whoosh's name
        if id > self.a.id():
            self.a.skip_to(id)
            self._find_first()


class Not(query.Not):  # type: ignore[misc] # Whoosh has no types
    """Whoosh's, which finds a deleted document behind the last that it refuses.

    whoosh-reloaded 2.7.5 looks for deletions only while its child has documents to come. A match
    scores 1.0, whatever the boost.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002 -- its interface
        """Return Whoosh's way to walk the matches."""
        reader = searcher.reader()
        refused = self.query.matcher(searcher, searcher.boolean_context())
        return _InverseMatcher(refused, reader.doc_count_all(), missing=reader.is_deleted)


class _InverseMatcher(InverseMatcher):  # type: ignore[misc] # Whoosh has no types
    def _find_next(self) -> None:
        super()._find_next()
        while self._id < self.limit and self.missing(self._id):
            self._id += 1


class DisjunctionMax(query.DisjunctionMax):  # type: ignore[misc] # Whoosh has no types
    """Whoosh's, which looks ahead: it takes the best of the scores its queries will give next.

    whoosh-reloaded 2.7.5 compares the scores of both matchers whichever document each is at. Its
    ``tiebreak`` never reaches a matcher, and does nothing here either.
    """

    def _matcher(self, subs: Any, searcher: Any, context: Any) -> Any:
        matchers = [each.matcher(searcher, context) for each in subs]
        best = make_binary_tree(_DisjunctionMaxMatcher, matchers)
        return best if self.boost == 1.0 else WrappingMatcher(best, self.boost)


class _DisjunctionMaxMatcher(DisjunctionMaxMatcher):  # type: ignore[misc] # Whoosh has no types
    def score(self) -> float:
        here = [m for m in (self.a, self.b) if m.is_active() and m.id() == self.id()]
        return max(float(matcher.score()) for matcher in here)
