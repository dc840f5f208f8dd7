"""The terms of a text, found piece by piece: the rule that whole arrays are held to."""

from __future__ import annotations

from operator import add

from search.analysis.normalising import normalise
from search.analysis.piecing import MAX_WORD_CHARS, pieces, script_of_run
from search.analysis.segmenting import segmenter


def terms_by_hand(text: str) -> tuple[list[str], list[int], list[str]]:
    """Return grams, their positions, and other words in no order (see `search.analysis.terms`)."""
    grams: list[str] = []
    positions: list[int] = []
    words: list[str] = []
    position = 0
    for piece in pieces(normalise(text)):
        if piece.kind == "run":
            grams += [*map(add, piece.text, piece.text[1:]), piece.text[-1]]
            positions += range(position, position + len(piece.text))
            position += len(piece.text)
            words += words_of_run(piece.text)
            continue
        if piece.kind != "paragraph":
            grams.append(piece.text)
            positions.append(position)
        position += 1
    return grams, positions, words


def words_of_run(run: str) -> list[str]:
    words: list[str] = []
    names = [script_of_run(char) for char in run]
    start = 0
    for end in range(1, len(run) + 1):
        if end == len(run) or names[end] != names[start]:
            part = run[start:end]
            is_han = names[start] == "han"
            words += segmenter().cut_for_search(part) if is_han else [part]
            start = end
    return [word for word in words if len(word) <= MAX_WORD_CHARS and len(word) != 2]
