"""Where a query matches in a text, and the passage of an article that shows it best.

Matches are found in the folded text and carried back to the text as written. What is marked is what
the engines match (`search.analysis.terms`): the characters of a word, a phrase over punctuation,
letters and digits only as whole pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from search.analysis import (
    EMOJI,
    UNSPACED,
    QueryTerms,
    normalise_with_offsets,
    pieces,
    query_phrase,
    query_prefix,
    query_words,
)
from search.query.model import Part, Phrase, Prefix, Query, Word
from search.query.relaxing import leaves
from search.results import Snippet, Span

MAX_PATTERNS = 64
"""Different words that are marked, the longest first: the work on a text stays bounded."""

MAX_SCANNED_CHARS = 200_000
"""A passage is looked for in so many characters from a body's beginning."""

MAX_MATCHES = 2_000
"""Matches that a passage is chosen from."""

_LEAD_CHARS = 24
"""Most characters of a passage before its first match, where a sentence begins there."""

_LETTER = rf"[^\W\d_{UNSPACED}]"
_BETWEEN = rf"(?:[^\S\n]|[^\w\s{EMOJI}]|_)*"
_SENTENCE_END = re.compile(r"[。！？!?；;…\n][”’」』）)\"']*\s*")
_SPACES = re.compile(r"\s+")


class _Match(NamedTuple):
    """A match in a text as written, and which of the patterns it is of."""

    span: Span
    pattern: str


class Highlighter:
    """Marks the words of one query in texts.

    Args:
        query: as parsed; what stands under a minus is never marked.
    """

    def __init__(self, query: Query) -> None:
        asked = [(leaf.part, terms) for leaf in leaves(query) for terms in _terms(leaf)]
        self._asked = sorted(asked, key=lambda each: -len(each[1].text))[:MAX_PATTERNS]
        self._compiled: dict[Part | None, re.Pattern[str] | None] = {}

    def spans(self, text: str, part: Part | None = None) -> tuple[Span, ...]:
        """Return what matches in ``text``: in order, apart from each other.

        Args:
            text: as written.
            part: what it is of an article; words asked for in another part are not marked. None
                for whatever is asked for anywhere.
        """
        return _merged(match.span for match in self._matches(text, part))

    def snippet(self, text: str, max_chars: int = 160) -> Snippet:
        """Return the best passage of a body.

        The best holds the most different words of the query, then the most of their characters; of
        equals, the first.

        Args:
            text: as written; paragraphs are parted by line ends.
            max_chars: of the passage, without the ellipses at its ends.
        """
        text = text[:MAX_SCANNED_CHARS]
        matches = list(islice(self._matches(text, "body"), MAX_MATCHES))
        start = _start(text, matches, max_chars)
        end = _end(text, start, max_chars)
        inside = [m.span for m in matches if m.span.start >= start and m.span.end <= end]
        return _on_one_line(text, Span(start, end), _merged(inside))

    def _matches(self, text: str, part: Part | None) -> Iterator[_Match]:
        pattern = self._pattern(part)
        if pattern is None:
            return
        folded, offsets = normalise_with_offsets(text)
        at = 0
        while found := pattern.search(folded, at):
            if _is_whole(folded, found):
                yield _Match(_written(found, offsets), found[0])
                at = found.end()
            else:
                at = found.start() + 1

    def _pattern(self, part: Part | None) -> re.Pattern[str] | None:
        if part not in self._compiled:
            chosen = [t for asked, t in self._asked if asked is None or part in (None, asked)]
            patterns = dict.fromkeys(map(_pattern_of, chosen))
            self._compiled[part] = re.compile("|".join(patterns)) if patterns else None
        return self._compiled[part]


def _terms(leaf: Word | Phrase | Prefix) -> Sequence[QueryTerms]:
    match leaf:
        case Word(text):
            return query_words(text)
        case Phrase(text):
            found = query_phrase(text)
        case Prefix(text):
            found = query_prefix(text)
    return (found,) if found else ()


def _pattern_of(terms: QueryTerms) -> str:
    """Return the pattern of the terms in folded text, but for what stands before them.

    It begins with a character of its own, so that the search can leap to it.
    """
    found = [piece for piece in pieces(terms.text) if piece.kind != "paragraph"]
    pattern = _BETWEEN.join(re.escape(piece.text) + _after(piece.kind) for piece in found)
    if terms.slots[-1].prefix and found[-1].kind in ("letters", "digits"):
        rest = _LETTER if found[-1].kind == "letters" else r"\d"
        pattern = pattern.removesuffix(_after(found[-1].kind)) + f"{rest}*"
    return pattern


def _after(kind: str) -> str:
    """Return what must not follow a piece: more of its kind."""
    return {"letters": f"(?!{_LETTER})", "digits": r"(?!\d)"}.get(kind, "")


def _is_whole(folded: str, found: re.Match[str]) -> bool:
    """Return whether what was found does not begin inside a word or a number."""
    start = found.start()
    if not start:
        return True
    before, first = folded[start - 1], folded[start]
    if first.isdigit():
        return not before.isdigit()
    return not (re.match(_LETTER, first) and re.match(_LETTER, before))


def _written(found: re.Match[str], offsets: Sequence[int]) -> Span:
    """Return the characters as written of which a match is the folded form."""
    start, end = offsets[found.start()], offsets[found.end()]
    if end == offsets[found.end() - 1]:  # it ends inside a unit, such as the k of ㎏
        end = offsets[bisect_right(offsets, end)]
    return Span(start, end)


def _merged(spans: Iterator[Span] | Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _start(text: str, matches: Sequence[_Match], max_chars: int) -> int:
    """Return where the best passage starts: at a sentence, else a little before its first match."""
    if not matches:
        return len(text) - len(text.lstrip())
    first = matches[_best(matches, max(1, max_chars - _LEAD_CHARS))].span.start
    earliest = max(0, first - _LEAD_CHARS)
    if not earliest:
        return len(text) - len(text.lstrip())
    ends = list(_SENTENCE_END.finditer(text, earliest, first))
    if ends:
        return ends[-1].end()
    space = text.find(" ", earliest, first)
    # Of Latin text a passage begins with a word; in Chinese any character will do.
    is_latin = re.match(_LETTER, text[earliest]) is not None
    return space + 1 if space >= 0 and is_latin else earliest


def _best(matches: Sequence[_Match], max_chars: int) -> int:
    """Return the match that the best window of ``max_chars`` begins with."""
    starts = [match.span.start for match in matches]
    best, best_worth = 0, (0, 0)
    held: dict[str, int] = {}
    first_out = 0
    for index, match in enumerate(matches):
        while first_out < len(matches) and starts[first_out] < match.span.start + max_chars:
            pattern = matches[first_out].pattern
            held[pattern] = held.get(pattern, 0) + 1
            first_out += 1
        worth = len(held), sum(map(len, held))
        if worth > best_worth:
            best, best_worth = index, worth
        held[match.pattern] -= 1
        if not held[match.pattern]:
            del held[match.pattern]
    return best


def _end(text: str, start: int, max_chars: int) -> int:
    """Return where a passage from ``start`` ends: not inside a Latin word, if that can be."""
    end = start + max_chars
    if end >= len(text):
        return len(text.rstrip()) if text[start:].strip() else len(text)
    cut = re.search(rf"{_LETTER}+$", text[max(start, end - 30) : end])
    if cut and re.match(_LETTER, text[end]) and end - len(cut[0]) > start:
        end -= len(cut[0])
    return end


def _on_one_line(text: str, passage: Span, spans: Sequence[Span]) -> Snippet:
    """Return a passage, its stretches of white space one space each, an ellipsis at a cut end."""
    lead = "…" if text[: passage.start].strip() else ""
    tail = "…" if text[passage.end :].strip() else ""
    raw = text[passage.start : passage.end].rstrip()
    shifts = [(0, 0)]  # from this character of the raw passage on, so many fewer
    for gap in _SPACES.finditer(raw):
        shifts.append((gap.end(), shifts[-1][1] + gap.end() - gap.start() - 1))
    befores = [at for at, _ in shifts]

    def moved(at: int) -> int:
        place = at - passage.start
        return len(lead) + place - shifts[bisect_left(befores, place + 1) - 1][1]

    moved_spans = tuple(Span(moved(span.start), moved(span.end)) for span in spans)
    return Snippet(lead + _SPACES.sub(" ", raw) + tail, moved_spans)
