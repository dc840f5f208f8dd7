"""Which words are let go where no article has all of them."""

from __future__ import annotations

import pytest

from search.query import loosened, parse
from search.query.letting_go import Loosened
from search.query.model import And, Named, Not, Phrase, Query, Word

ARTICLES = [set("ABC"), set("ABD"), set("AE"), set("F"), set("FX")]
"""By the words that they have."""

WEIGHTS = {"A": 0.2, "B": 0.9, "F": 1.0}


def holds(article: set[str], query: Query) -> bool:
    match query:
        case And(parts):
            return all(holds(article, part) for part in parts)
        case Not(Phrase(text)):
            return text not in article
        case Named(_, (value,)):
            return value in article
        case Word(text):
            return text in article
    raise AssertionError(query)


def count(query: Query) -> int:
    return sum(holds(article, query) for article in ARTICLES)


@pytest.mark.parametrize(
    ("text", "left", "let_go"),
    [
        ("A B Y", ["A", "B"], ("Y",)),
        ("Y A B", ["A", "B"], ("Y",)),
        ("Y A Z", ["A"], ("Y", "Z")),
        ("A B E", ["A", "B"], ("E",)),
        ("C E D", ["D"], ("C", "E")),  # no two of them
        ("C E B", ["C", "B"], ("E",)),
        ("B F", ["F"], ("B",)),
        ("C D A", ["D", "A"], ("C",)),
        ("A A Y", ["A"], ("Y",)),
    ],
)
def test_as_few_words_go_as_lead_to_something(
    text: str, left: list[str], let_go: tuple[str, ...]
) -> None:
    found = loosened(parse(text).query, lambda word: WEIGHTS.get(word, 0.5), count)
    assert found is not None
    kept = found.query.parts if isinstance(found.query, And) else (found.query,)
    assert ([each.text for each in kept if isinstance(each, Word)], found.let_go) == (left, let_go)


def test_all_but_words_stays() -> None:
    found = loosened(parse("F Y -X tag:F").query, lambda _: 0.5, count)
    rest = (Word("F"), Not(Phrase("X")), Named("tag", ("F",)))
    assert found == Loosened(And(rest), ("Y",))


@pytest.mark.parametrize("text", ["Y", "Y Z", "A", "", "F tag:A", "1 2 3 4 5 6 7 8 A", "B C E F"])
def test_nothing_is_let_go_where_nothing_would_be_found(text: str) -> None:
    """Or where no word could stay, more than two would go, or too many would have to be tried."""
    assert loosened(parse(text).query, lambda _: 0.5, count) is None
