"""What is marked of a text, and the passage of an article that shows its matches best."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import starmap

from search.analysis import LETTER
from search.article import Article
from search.patterns import Place
from search.query.model import Part, Query
from search.results import Snippet, Span
from search.spotting import Found, Spotter

MAX_SCANNED_CHARS = 200_000
"""A passage is looked for in so many characters from a body's beginning."""

MAX_MATCHES = 2_000
"""Matches that a passage is chosen from."""

SNIPPET_CHARS = 160
"""Most characters of a passage, without the ellipses at its ends."""

_LEAD_CHARS = 24
"""Most characters of a passage before its first match, where a sentence begins there."""

_SENTENCE_END = re.compile(r"[。！？!?；;…\n][”’」』）)\"']*\s*")
_WIDE_SPACE = re.compile(r"\s{2,}")
_INK = re.compile(r"\S")


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
        (found,) = self._spotter.found([text], [part], [sys.maxsize])
        return _spans(found)

    def snippet(self, text: str, max_chars: int = SNIPPET_CHARS) -> Snippet:
        """Return the best passage of a body.

        The best holds the most different words of the query, then the most of their characters; of
        equals, the first.

        Args:
            text: as written; paragraphs are parted by line ends.
            max_chars: of the passage, without the ellipses at its ends.
        """
        text = text[:MAX_SCANNED_CHARS]
        (found,) = self._spotter.found([text], ["body"], [MAX_MATCHES])
        return _passage(text, found, max_chars)

    def marked(self, articles: Sequence[Article]) -> list[tuple[Snippet, tuple[Span, ...]]]:
        """Return of each article `snippet` of its body, and `spans` of its title.

        The texts of a page are searched as one, in two thirds of the time.
        """
        if not articles:
            return []
        bodies = [article.text[:MAX_SCANNED_CHARS] for article in articles]
        titles = [article.title for article in articles]
        both: tuple[Part, Part] = "body", "title"
        parts = [part for part in both for _ in articles]
        most = [number for number in (MAX_MATCHES, sys.maxsize) for _ in articles]
        found = self._spotter.found([*bodies, *titles], parts, most)
        passages = map(_passage, bodies, found)
        return list(zip(passages, map(_spans, found[len(bodies) :]), strict=True))


def _spans(found: Found) -> tuple[Span, ...]:
    return tuple(starmap(Span, _merged(found.places()))) if found.starts else ()


def _passage(text: str, found: Found, max_chars: int = SNIPPET_CHARS) -> Snippet:
    if not found.starts:
        start = _start(text, 0)
        return _on_one_line(text, start, _end(text, start, max_chars), ())
    starts, begin = found.starts[:MAX_MATCHES], found.begin
    window_chars = max(1, max_chars - _LEAD_CHARS)
    if starts[-1] < starts[0] + window_chars:  # the first window has them all
        first = starts[0]
    else:
        first = best_window(starts, found.words()[:MAX_MATCHES], window_chars)
    start = _start(text, first - begin)
    end = _end(text, start, max_chars)
    near = found.places(bisect_left(starts, begin + start), bisect_left(starts, begin + end))
    inside = [place for place in near if place[1] <= end]
    return _on_one_line(text, start, end, _merged(inside))


def _merged(places: Sequence[Place]) -> Sequence[Place]:
    """Return places in order, those that touch made one."""
    if len(places) < 2:
        return places
    merged: list[Place] = []
    behind = -1
    for start, end in sorted(places):
        if start <= behind:
            behind = max(end, behind)
            merged[-1] = merged[-1][0], behind
        else:
            behind = end
            merged.append((start, end))
    return merged


def _start(text: str, first: int) -> int:
    """Return where the passage for a match at ``first`` starts: at a sentence, or close before.

    That of the text's beginning is for a text without matches, too.
    """
    earliest = max(0, first - _LEAD_CHARS)
    if not earliest:
        return len(text) - len(text.lstrip())
    ends = list(_SENTENCE_END.finditer(text, earliest, first))
    if ends:
        return ends[-1].end()
    space = text.find(" ", earliest, first)
    # Of Latin text a passage begins with a word; in Chinese any character will do.
    return space + 1 if space >= 0 and _last_word().match(text[earliest]) else earliest


def best_window(starts: Sequence[int], words: Sequence[str], max_chars: int) -> int:
    """Return where the best window of ``max_chars`` starts, with the first of its words.

    Args:
        starts: where the words stand; ascending, at least one.
        words: one for each.
        max_chars: at least 1.
    """
    different = len(set(words))
    if different == 1:
        return starts[0]
    best, best_worth = 0, (0, 0)
    held: dict[str, int] = {}
    chars = behind = 0  # of the words held; all words before have been held
    for start, first in zip(starts, words, strict=True):
        seen, behind = behind, bisect_left(starts, start + max_chars, behind)
        for word in words[seen:behind]:
            if word not in held:
                held[word] = 0
                chars += len(word)
            held[word] += 1
        if seen < behind and (len(held), chars) > best_worth:
            best, best_worth = start, (len(held), chars)
            if len(held) == different:  # no later one is worth more
                break
        held[first] -= 1
        if not held[first]:
            del held[first]
            chars -= len(first)
    return best


def _end(text: str, start: int, max_chars: int) -> int:
    """Return where a passage from ``start`` ends: not inside a Latin word, if that can be."""
    end = start + max_chars
    if end >= len(text):
        return len(text.rstrip()) if text[start:].strip() else len(text)
    if not _last_word().match(text[end]):
        return end
    cut = _last_word().search(text[max(start, end - 30) : end])
    return end - len(cut[0]) if cut and end - len(cut[0]) > start else end


@cache
def _last_word() -> re.Pattern[str]:
    return re.compile(f"{LETTER}+$")


def _on_one_line(text: str, start: int, end: int, places: Sequence[Place]) -> Snippet:
    """Return a passage, its stretches of white space one space each, an ellipsis at a cut end."""
    lead = "…" if start and _has_ink(text, 0, start) else ""
    tail = "…" if _has_ink(text, end, len(text)) else ""
    raw = text[start:end].rstrip()
    line = " ".join(raw.split())
    if raw[:1].isspace():
        line = f" {line}"
    shift = len(lead) - start
    if len(line) < len(raw):  # where what is white is not a single character everywhere
        places = _closed_up(text, start, start + len(raw), places)
    spans = tuple([Span(first + shift, behind + shift) for first, behind in places])
    return Snippet(f"{lead}{line}{tail}", spans)


def _has_ink(text: str, start: int, end: int) -> bool:
    """Return whether there is more than white space; mostly the first character tells."""
    return start < end and (not text[start].isspace() or bool(_INK.search(text, start, end)))


def _closed_up(text: str, start: int, end: int, places: Sequence[Place]) -> list[Place]:
    """Return where places in a passage stand once each stretch of white space is one space."""
    shifts = [(start, 0)]  # from this character on, so many fewer
    for gap in _WIDE_SPACE.finditer(text, start, end):
        shifts.append((gap.end(), shifts[-1][1] + len(gap[0]) - 1))
    befores = [at for at, _ in shifts]

    def moved(at: int) -> int:
        return at - shifts[bisect_left(befores, at + 1) - 1][1]

    return [(moved(first), moved(behind)) for first, behind in places]
