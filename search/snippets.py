"""What is marked of a text, and the passage of an article that shows its matches best."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from search.query.model import Part, Query
from search.results import Snippet, Span
from search.spotting import LETTER, Match, Spotter

MAX_SCANNED_CHARS = 200_000
"""A passage is looked for in so many characters from a body's beginning."""

MAX_MATCHES = 2_000
"""Matches that a passage is chosen from."""

_LEAD_CHARS = 24
"""Most characters of a passage before its first match, where a sentence begins there."""

_SENTENCE_END = re.compile(r"[。！？!?；;…\n][”’」』）)\"']*\s*")
_SPACES = re.compile(r"\s+")


class Highlighter:
    """Marks the words of one query in texts.

    Args:
        query: as parsed; what stands under a minus is never marked.
    """

    def __init__(self, query: Query) -> None:
        self._spotter = Spotter(query)

    def spans(self, text: str, part: Part | None = None) -> tuple[Span, ...]:
        """Return what matches in ``text``: in order, apart from each other.

        Args:
            text: as written.
            part: what it is of an article; words asked for in another part are not marked. None
                for whatever is asked for anywhere.
        """
        return _merged(match.span for match in self._spotter.matches(text, part))

    def snippet(self, text: str, max_chars: int = 160) -> Snippet:
        """Return the best passage of a body.

        The best holds the most different words of the query, then the most of their characters; of
        equals, the first.

        Args:
            text: as written; paragraphs are parted by line ends.
            max_chars: of the passage, without the ellipses at its ends.
        """
        text = text[:MAX_SCANNED_CHARS]
        matches = list(islice(self._spotter.matches(text, "body"), MAX_MATCHES))
        start = _start(text, matches, max_chars)
        end = _end(text, start, max_chars)
        inside = [m.span for m in matches if m.span.start >= start and m.span.end <= end]
        return _on_one_line(text, Span(start, end), _merged(inside))


def _merged(spans: Iterator[Span] | Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _start(text: str, matches: Sequence[Match], max_chars: int) -> int:
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
    is_latin = re.match(LETTER, text[earliest]) is not None
    return space + 1 if space >= 0 and is_latin else earliest


def _best(matches: Sequence[Match], max_chars: int) -> int:
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
    cut = re.search(rf"{LETTER}+$", text[max(start, end - 30) : end])
    if cut and re.match(LETTER, text[end]) and end - len(cut[0]) > start:
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
