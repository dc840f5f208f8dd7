"""Which words are let go when too few articles have all."""

from __future__ import annotations

import pytest

from search.query import leaves, parse, relaxed
from search.query.model import (
    And,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Some,
    Wildcard,
    Word,
)


def cut(text: str) -> tuple[str, ...]:
    return tuple(text.split("/"))


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("", None),
        ("京东", None),
        ('"京东 物流"', None),
        ("author:36kr 京东", None),
        ("kubernetes", None),
        ("京东 物流", Some(("京东", "物流"))),
        ("京东 京东 物流", Some(("京东", "物流"))),
        ("京东/物流", Some(("京东/物流",))),
        ("供应链", Some(("供应链",))),
        ('京东 "上 市" iph*', Or((Some(("京东",)), Phrase("上 市"), Prefix("iph")))),
        ('"a b"~2 ?ext', Or((Near(("a", "b"), 2), Wildcard("?ext")))),
        ("title:京东/物流", Some(("京东/物流",), "title")),
        ("京东 title:物流", Or((Some(("京东",)), Some(("物流",), "title")))),
        ("京东 物流 -快递", And((Some(("京东", "物流")), Not(Phrase("快递"))))),
        ("京东 (物流 OR 快递)", Some(("京东", "物流", "快递"))),
    ],
)
def test_any_of_the_words_is_enough(text: str, some: Query | None) -> None:
    assert relaxed(parse(text).query, cut) == some


def test_leaves_are_what_is_looked_for() -> None:
    found = leaves(parse('京东 -快递 (物流 OR "上市") author:36kr abcd~').query)
    assert list(found) == [Word("京东"), Word("物流"), Phrase("上市"), Fuzzy("abcd")]
