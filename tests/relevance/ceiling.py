"""What no ranking goes past on known items: other titles have the same words.

``python -m tests.relevance.ceiling MANIFEST`` says it of the set "three words". A ranking is taken
that knows all titles and how the words were chosen from them (`known_items`), which no search does:
it orders titles by how likely it is that just these words would be chosen, which is best.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import comb
from pathlib import Path
from typing import NamedTuple

from tests.relevance.known_items import is_usable, known_item_sets, read_titles
from tests.relevance.typed import is_han, title_words


class Ceiling(NamedTuple):
    """The highest MRR to be expected.

    Attributes:
        alike: where articles of one title are found one after the other, as their titles are equal.
        apart: where of each title one article comes first, and the others behind all of these.
    """

    alike: float
    apart: float


class Titles:
    """The titles of articles, by their words.

    Args:
        counts: how many articles have each.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._words = {title: title_words(title) for title in sorted(counts)}
        self._with_word: dict[str, set[str]] = defaultdict(set)
        for title, words in self._words.items():
            for word in words if is_usable(words) else ():
                self._with_word[word].add(title)

    def ceiling(self, wanted: str, typed: Sequence[str]) -> Ceiling:
        """Return what is to be expected of one question.

        Args:
            wanted: the title of which a word was chosen.
            typed: the words, in the order of the title.
        """
        chances = {
            title: self._chance(title, typed)
            for title in set.intersection(*(self._with_word[word] for word in typed))
        }
        likelier = [t for t, chance in chances.items() if chance > chances[wanted]]
        as_likely = [t for t, chance in chances.items() if chance == chances[wanted]]
        above, level = sum(map(self._counts.get, likelier)), sum(map(self._counts.get, as_likely))
        return Ceiling(
            alike=_expected(above, level, self._counts[wanted]),
            apart=_expected(len(likelier), len(as_likely), 1),
        )

    def _chance(self, title: str, typed: Sequence[str]) -> float:
        """Return how likely `some_words` of a title are ``typed``: a Han word, then any others."""
        words = self._words[title]
        if [word for word in words if word in typed] != list(typed):
            return 0.0
        han_share = sum(map(is_han, typed)) / sum(map(is_han, words))
        return han_share / comb(len(words) - 1, len(typed) - 1)


def _expected(above: int, level: int, right: int) -> float:
    """Return the reciprocal rank to be expected of the first of some articles that are right.

    Args:
        above: articles that come before.
        level: articles that follow in any order, among which are those that are right.
        right: how many these are.
    """
    expected, none_yet = 0.0, 1.0
    for place in range(level - right + 1):
        first = none_yet * right / (level - place)
        expected += first / (above + place + 1)
        none_yet -= first
    return expected


def main() -> None:
    """Print the ceiling of "three words"."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.ceiling", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--titles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    ids = read_titles(asked.manifest)
    titles = Titles({title: len(each) for title, each in ids.items()})
    title_of = {each: title for title, some in ids.items() for each in some}
    sets = {each.name: each for each in known_item_sets(asked.manifest, asked.titles, asked.seed)}
    three = sets["three words"]
    found = [
        titles.ceiling(title_of[next(iter(three.judgements[number]))], text.split())
        for number, text in three.queries.items()
    ]
    for name, values in zip(Ceiling._fields, zip(*found, strict=True), strict=True):
        print(f"{name}: {sum(values) / len(values):.4f}")


if __name__ == "__main__":
    main()
