"""What a query asks for, thing by thing, as it would be typed."""

from __future__ import annotations

import pytest

from search.query import as_typed, parse, wanted
from search.query.model import Also, Everything, Or, Phrase, Prefer, Some, Word


def cut(text: str) -> tuple[str, ...]:
    return tuple(text.split("/"))


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("", []),
        ("京东", ["京东"]),
        ("京东/物流 快递 京东", ["京东", "物流", "快递"]),
        ("title:京东/物流", ["title:京东", "title:物流"]),
        ('"京东 物流" -快递', ['"京东 物流"', "-快递"]),
        ('"京东 物流"~3 kubernets~ 供应*', ['"京东 物流"~3', "kubernets~1", "供应*"]),
        ("京东 author:36kr category:新媒体/36kr", ["京东", "author:36kr", "category:新媒体/36kr"]),
        ('tag:"a b" before:2021-06', ['tag:"a b"', "before:2021-06-01"]),
        ("after:2021-06-16 te?t", ["after:2021-06-16", 'te?t OR "te?t"']),
        ("物流 (京东 快递) OR 顺丰", ["物流", "(京东 快递) OR 顺丰"]),
        ("京东 -(快递 OR 物流)", ["京东", '-("快递" OR "物流")']),
        ('京东 -"快递 物流"', ["京东", '-"快递 物流"']),
    ],
)
def test_all_that_must_match_is_named_once_in_the_order_typed(text: str, things: list[str]) -> None:
    assert [as_typed(each) for each in wanted(parse(text).query, cut)] == things


def test_of_what_the_service_makes_that_is_told_which_was_typed() -> None:
    words, some = Or((Word("甲"), Phrase("乙"))), Some(("甲", "乙"))
    assert as_typed(Also(words, some)) == as_typed(Prefer(words, some)) == '甲 OR "乙"'
    assert as_typed(some) == "甲 乙"
    assert as_typed(Everything()) == ""
