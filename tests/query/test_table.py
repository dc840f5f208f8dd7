"""The table that people are shown says what the parser does, and all of it."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from search.query import model, parse
from search.query.model import And, Named, Not, Or, Phrase, Prefix, Query, Wildcard, Word
from search.query.scanning import FIELDS, Kind, scan
from web.syntax import SYNTAX

MEANT: dict[str, Query] = {
    "京东 物流": And((Word("京东"), Word("物流"))),
    "京东 AND 物流": And((Word("京东"), Word("物流"))),
    '"京东物流"': Phrase("京东物流"),
    '"京东 物流"~3': model.Near(("京东", "物流"), 3),
    "物流 -快递": And((Word("物流"), Not(Phrase("快递")))),
    '-"最后一公里"': Not(Phrase("最后一公里")),
    "-(京东 OR 顺丰)": Not(Or((Phrase("京东"), Phrase("顺丰")))),
    "物流 京东 OR 顺丰": And((Word("物流"), Or((Word("京东"), Word("顺丰"))))),
    "(京东 物流) OR 顺丰": Or((And((Word("京东"), Word("物流"))), Word("顺丰"))),
    "iph*": Prefix("iph"),
    "2021*": Prefix("2021"),
    "te?t": Or((Wildcard("te?t"), Phrase("te?t"))),
    "iph*ne": Or((Wildcard("iph*ne"), Phrase("iph*ne"))),
    "*phone": Wildcard("*phone"),
    "京?物流": Or((Wildcard("京?物流"), Phrase("京?物流"))),
    "kubernets~": model.Fuzzy("kubernets", 1),
    "postgersql~2": model.Fuzzy("postgersql", 2),
    "title:供应链": Word("供应链", "title"),
    "标题:(京东 OR 顺丰)": Or((Word("京东", "title"), Word("顺丰", "title"))),
    "author:36kr": Named("author", ("36kr",)),
    '作者:"机器之心"': Named("author", ("机器之心",)),
    "category:新媒体/36kr": Named("category", ("新媒体", "36kr")),
    "tag:物流": Named("tag", ("物流",)),
    "company:京东": Named("company", ("京东",)),
    "公司:字节跳动": Named("company", ("字节跳动",)),
    "before:2021-06-16": model.Before(date(2021, 6, 16)),
    "早于:2021年6月": model.Before(date(2021, 6, 1)),
    "after:2021": model.After(date(2021, 12, 31)),
    "晚于:2021-06": model.After(date(2021, 6, 30)),
}

EXAMPLES = [example for sign in SYNTAX for example in sign.examples]


def test_every_example_has_its_meaning_here() -> None:
    assert list(MEANT) == EXAMPLES


@pytest.mark.parametrize(("example", "query"), MEANT.items())
def test_an_example_means_what_it_is_said_to(example: str, query: Query) -> None:
    assert parse(example).query == query


def test_every_kind_of_token_has_an_example() -> None:
    """But for a mark without its partner, and what a passage is made of."""
    found = {token.kind for example in EXAMPLES for token in scan(example)}
    assert found == set(get_args(Kind)) - {"broken", "text"}


def test_fields_are_those_of_the_parser() -> None:
    """Simplified Chinese and English; Traditional names are mentioned below the table."""
    fields = {name[:-1] for sign in SYNTAX for name in sign.written if re.search(r"\w:$", name)}
    assert fields == {name for name in FIELDS if not re.search("[標題類籤於]", name)}
