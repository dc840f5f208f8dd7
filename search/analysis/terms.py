"""Texts to terms: what is stored for an article, and what is looked for by a query.

A folded text falls into pieces (`piecing`). Positions count characters of runs, and one each for
the other pieces. From these come two kinds of terms:

* **grams** decide what matches. Letters, digits and symbols are a gram each; a run gives its pairs
  of neighbouring characters and, at its end, its last character alone::

      京东物流 App     京东@0 东物@1 物流@2 流@3 app@4

  So each position has one gram, and a string of characters stands in a text just where its pairs
  stand one after another, however a dictionary would cut it.
* **words** only score: those of jieba's search mode. A word that is a gram as well (a pair of
  characters, all that is not from a run) is not stored twice: in a query its gram counts as both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import add
from typing import NamedTuple

from search.analysis.dictionary import UserDictionary
from search.analysis.looking_up import query_segmenter
from search.analysis.normalising import normalise
from search.analysis.piecing import EMOJI, MAX_WORD_CHARS, PAIR, UNSPACED, Piece, by_script, pieces
from search.analysis.segmenting import dictionary_in_force
from search.analysis.weighing import weight_of

_BETWEEN_RUNS = re.compile(rf"(?<=[{UNSPACED}])\n(?=[{UNSPACED}])")
_LETTER = rf"[^\W\d_{UNSPACED}]"
_WILD_PIECE = (
    # A lone ? among characters of a run is one more; letters and digits take all that touches them.
    rf"(?P<run>(?:(?<![*?])\?)?[{UNSPACED}]+(?:\?[{UNSPACED}]+)*)"
    rf"|(?P<letters>[a-z](?:\+\+|\#)(?![a-z])|[*?]*{_LETTER}(?:[*?]|{_LETTER})*)"
    r"|(?P<digits>[*?]*\d[*?\d]*)"
    rf"|(?P<symbol>[{EMOJI}])"
)

_SPELLINGS_REMEMBERED = 2**14


class Slot(NamedTuple):
    """A gram ``offset`` positions from the start of what is looked for.

    Attributes:
        offset: from 0.
        term: the gram.
        prefix: any gram that begins so will do.
        joined: the character that stands behind it: in the text they may be a gram together.
        wild: ``*`` and ``?`` in the term stand for characters: any number of them, and one.
        edits: most letters by which the gram may differ, after its first.
        is_word: the gram is a word as well, and scores as both.
    """

    offset: int
    term: str
    prefix: bool = False
    joined: str = ""
    wild: bool = False
    edits: int = 0
    is_word: bool = False


class QueryTerms(NamedTuple):
    """What is looked for: all ``slots`` at their distances. All tuples as the text has them.

    Attributes:
        text: folded.
        pieces: of the text, one or more; with wildcards where some were asked for.
        slots: one or more; the first has offset 0.
        words: that score when they stand in the article, besides slots that are words.
        weight: what all of these count, above 0 and at most 1 (see `weighing`).
    """

    text: str
    pieces: tuple[Piece, ...]
    slots: tuple[Slot, ...]
    words: tuple[str, ...]
    weight: float = 1.0

    @property
    def length(self) -> int:
        """How many positions it takes up."""
        return sum(piece.positions for piece in self.pieces)


class Link(NamedTuple):
    """The characters on both sides of where a segmenter cut a run: a gram that only scores.

    It stands in articles in which the two words do, side by side, and in those whose words were cut
    differently. ``weight`` is as in `QueryTerms`.
    """

    term: str
    weight: float


class Asked(NamedTuple):
    """A text of a query.

    Attributes:
        words: all must stand somewhere.
        links: between them.
        joints: the words, from 0, behind which another follows within its run.
    """

    words: tuple[QueryTerms, ...]
    links: tuple[Link, ...]
    joints: frozenset[int] = frozenset()


def query_words(text: str) -> tuple[QueryTerms, ...]:
    """Return the words of ``text``, which all must stand in a part, wherever.

    Runs are cut by jieba; what is written as one is looked for as one: pieces that are not runs
    (``JD.ID``, ``iphone12``), and a single character beside one (``3月``, ``第2``).

    >>> [terms.text for terms in query_words("京东物流JD.ID 2021年6月")]
    ['京东', '物流', 'jd.id 2021年6月']
    """
    return asked(text).words


def asked(text: str) -> Asked:
    """Return `query_words`, and the links between them.

    >>> [link.term for link in asked("京东物流中心JD.ID").links]
    ['东物', '流中']
    """
    if len(text) > _REMEMBERED_CHARS:
        return _asked(normalise(text))
    return _remembered(text, dictionary_in_force())


def _asked(folded: str) -> Asked:
    spans: list[tuple[int, int]] = []
    joints: list[int] = []  # the words behind which another follows within its run
    before: Piece | None = None
    for atom in _atoms(folded):
        if before and _are_one(before, atom):
            spans[-1] = spans[-1][0], atom.end
        else:
            if before and before.kind == atom.kind == "run" and before.end == atom.start:
                joints.append(len(spans) - 1)
            spans.append((atom.start, atom.end))
        before = atom
    terms = [_phrase_terms(folded[start:end]) for start, end in spans]
    if len(terms) == 1:  # typed alone, it is meant
        return Asked(tuple(terms), ())
    words = tuple(each._replace(weight=weight_of(each.text)) for each in terms)
    links = (_link(words[joint], words[joint + 1]) for joint in joints)
    return Asked(words, tuple(links), frozenset(joints))


def _link(left: QueryTerms, right: QueryTerms) -> Link:
    return Link(left.text[-1] + right.text[0], (left.weight + right.weight) / 2)


# The next page, another facet and the next letter typed ask for the same words again.
_REMEMBERED_CHARS = 20


@lru_cache(4_096)  # some 20 MB at most
def _remembered(text: str, _dictionary: UserDictionary) -> Asked:
    return _asked(normalise(text))


def _are_one(left: Piece, right: Piece) -> bool:
    """Return whether two neighbours of a query are looked for side by side."""
    runs = [atom for atom in (left, right) if atom.kind == "run"]
    if len(runs) == 1:
        return len(runs[0].text) == 1 and left.end == right.start
    return not runs


def _atoms(folded: str) -> Iterator[Piece]:
    """Yield the pieces of a query's text, runs cut into words.

    Hangul and kana stay whole: by rule, their words cannot be told.
    """
    for piece in _query_pieces(folded):
        if piece.kind != "run":
            yield piece
            continue
        start = piece.start
        for script, text in by_script(piece.text):
            for word in query_segmenter().cut(text) if script == "han" else [text]:
                yield Piece("run", word, start)
                start += len(word)


def cut_words(text: str) -> tuple[str, ...]:
    """Return the texts of `query_words`."""
    return tuple(terms.text for terms in query_words(text))


@lru_cache(_SPELLINGS_REMEMBERED)  # one search asks for the same ones several times
def spelling(text: str) -> str:
    """Return ``text`` so that all that is found as one string is equal, however it is written.

    >>> spelling("字节，跳動 Tik-Tok")
    '字节跳动 tik tok'
    """
    folded = "\n".join(piece.text for piece in _query_pieces(normalise(text)))
    return _BETWEEN_RUNS.sub("", folded).replace("\n", " ")


def query_phrase(text: str) -> QueryTerms | None:
    """Return the whole of ``text`` as one, its pieces side by side; None when it has no term."""
    folded = normalise(text)
    return _phrase_terms(folded) if any(_query_pieces(folded)) else None


def query_string(text: str) -> QueryTerms | None:
    """Return `query_phrase` without words: for what only matches, no dictionary is asked."""
    folded = normalise(text)
    found = list(_query_pieces(folded))
    return _terms_of(folded, found, lambda _: []) if found else None


def query_prefix(text: str) -> QueryTerms | None:
    """Return `query_phrase`, its last gram as the beginning of one."""
    terms = query_phrase(text)
    if terms is None or _ends_in_pair(terms):
        return terms  # whatever begins with a pair of characters holds the pair
    *others, last = terms.slots
    return terms._replace(slots=(*others, last._replace(prefix=True, is_word=False)))


def query_wildcard(text: str) -> QueryTerms | None:
    """Return `query_phrase`, its ``*`` and ``?`` as characters to be found out.

    >>> query_wildcard("京?物 k*s").slots
    (Slot(offset=0, term='京?', prefix=False, joined='', wild=True, edits=0, is_word=False), \
Slot(offset=1, term='?物', prefix=False, joined='', wild=True, edits=0, is_word=False), \
Slot(offset=3, term='k*s', prefix=False, joined='', wild=True, edits=0, is_word=False))
    """
    folded = normalise(text)
    found = [
        Piece(each.lastgroup, each[0], each.start())  # type: ignore[arg-type]
        for each in re.finditer(_WILD_PIECE, folded)
    ]
    return _terms_of(folded, found) if found else None


def query_fuzzy(text: str, edits: int) -> QueryTerms | None:
    """Return `query_phrase`, its word as one that may differ by ``edits`` letters.

    Text that folding makes more than one word of (ŀl is l, l) is looked for as it is.
    """
    terms = query_phrase(text)
    if terms is None or [piece.kind for piece in terms.pieces] != ["letters"]:
        return terms
    return terms._replace(slots=(terms.slots[0]._replace(edits=edits),))


def _ends_in_pair(terms: QueryTerms) -> bool:
    last = terms.pieces[-1]
    return last.kind == "run" and len(last.text) > 1


def _query_pieces(folded: str) -> Iterator[Piece]:
    """Yield the pieces of a query's text, whose line ends mean no more than spaces."""
    return (piece for piece in pieces(folded) if piece.kind != "paragraph")


def _phrase_terms(folded: str) -> QueryTerms:
    return _terms_of(folded, list(_query_pieces(folded)))


def _terms_of(
    folded: str, found: list[Piece], cut: Callable[[list[str]], list[str]] | None = None
) -> QueryTerms:
    """Return the terms of pieces; ``cut`` finds the words of runs, as `_run_words` does."""
    cut = cut or _run_words
    slots: list[Slot] = []
    words: list[str] = []
    position = 0
    for piece, after in zip(found, [*found[1:], None], strict=True):
        is_wild = _is_wild(piece.text)
        if piece.kind != "run":
            is_word = not is_wild and len(piece.text) <= MAX_WORD_CHARS
            slots.append(Slot(position, piece.text, wild=is_wild, is_word=is_word))
        else:
            found_words = [] if is_wild else cut([piece.text])
            pairs = {word for word in found_words if len(word) == PAIR}
            for slot in _run_slots(piece.text, position, after):
                slots.append(slot._replace(is_word=True) if slot.term in pairs else slot)
            words.extend(word for word in found_words if len(word) != PAIR)
        position += piece.positions
    return QueryTerms(folded, tuple(found), tuple(_once(slots)), tuple(dict.fromkeys(words)))


def _once(slots: list[Slot]) -> Iterator[Slot]:
    """Yield ``slots``, a word that stands in several as a word in the first alone."""
    seen: set[str] = set()
    for slot in slots:
        yield slot._replace(is_word=False) if slot.term in seen else slot
        seen.add(slot.term)


def _run_slots(run: str, position: int, after: Piece | None) -> Iterator[Slot]:
    if len(run) == 1:
        # Alone, or before another run, it may begin a pair in the text; else it ends its run.
        joins = after is not None and after.kind == "run" and not _is_wild(after.text)
        is_open = after is None or (after.kind == "run" and not joins)
        yield Slot(position, run, prefix=is_open, joined=after.text[0] if after and joins else "")
    for at, pair in enumerate(map(add, run, run[1:]), position):
        yield Slot(at, pair, wild=_is_wild(pair))


def _is_wild(text: str) -> bool:
    return "?" in text or "*" in text


def _run_words(runs: list[str]) -> list[str]:
    """Return the words of runs that score, all that stand in a long word included."""
    found: list[str] = []
    han: list[str] = []
    for run in runs:
        for script, text in by_script(run):
            (han if script == "han" else found).append(text)
    if han:  # one call for all: a call costs more than a short run's cutting
        words = query_segmenter().cut_for_search("\n".join(han))
        found.extend(word for word in words if word != "\n")
    return [word for word in found if len(word) <= MAX_WORD_CHARS]
