"""How many names an article may have, how long and how deep: the rest is cut, and said."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from search.article import Article
from search.corpus import Entry, Reading, ReadOptions, read
from search.messages import use_language


def as_front_matter(**fields: object) -> Reading:
    raw = "---\n" + "".join(f"{k}: {json.dumps(v)}\n" for k, v in fields.items()) + "---\nbody\n"
    entry = Entry(source="/posts", path="a.md", file="/posts/a.md")
    return read(entry, raw.encode(), ReadOptions())


def as_line(**fields: object) -> Reading:
    raw = json.dumps({"title": "t", "body": "body", **fields}).encode()
    entry = Entry(source="/a.jsonl", path="a.jsonl#n", file="/a.jsonl", line=3, raw=raw)
    return read(entry, raw, ReadOptions())


Read = Callable[..., Reading]
EITHER = pytest.mark.parametrize("read_as", [as_front_matter, as_line])


def article(reading: Reading) -> Article:
    assert reading.article is not None
    return reading.article


def said(reading: Reading) -> list[str]:
    return [str(each) for each in reading.warnings]


MANY = [f"n{number}" for number in range(201)]
LONG = "x" * 201
CUT = "x" * 199 + "…"


@EITHER
@pytest.mark.parametrize(("field", "attribute"), [("author", "authors"), ("tags", "tags")])
def test_names_are_bounded_in_number_and_length(read_as: Read, field: str, attribute: str) -> None:
    with use_language("en"):
        many, long = read_as(**{field: MANY}), read_as(**{field: [LONG, "a", LONG + "y"]})
    assert getattr(article(many), attribute) == tuple(MANY[:200])
    assert getattr(article(long), attribute) == (CUT, "a")
    where = "a.md:2" if read_as is as_front_matter else "a.jsonl#n:3"
    assert said(many) == [
        f'{where}: "{field}" holds 201 names; the first 200 were kept.'
        " Keep those that people look for."
    ]
    assert said(long) == [
        f'{where}: "{"x" * 59}…" in "{field}" is over 200 characters and was cut there. Shorten it.'
    ]


@EITHER
def test_a_category_is_cut_at_16_levels(read_as: Read) -> None:
    with use_language("en"):
        reading = read_as(categories=[[f"d{number}" for number in range(1200)], ["b"], [LONG]])
    assert article(reading).categories == (
        ("d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10", "d11", "d12", "d13",
         "d14", "d15"), ("b",), (CUT,),
    )  # fmt: skip
    deep, long = said(reading)
    assert 'category "d0/d1/d2/' in deep
    assert deep.endswith("is 1200 levels deep; the first 16 were kept. Write fewer levels.")
    assert '" in "categories" is over 200 characters' in long


@EITHER
def test_categories_that_are_the_same_once_cut_are_one(read_as: Read) -> None:
    path = [f"d{number}" for number in range(16)]
    reading = read_as(categories=[[*path, "a"], [*path, "b"]])
    assert article(reading).categories == (tuple(path),)


@EITHER
def test_what_is_within_the_bounds_is_not_touched(read_as: Read) -> None:
    names = [*MANY[:199], LONG[:200]]
    deep = [[f"{tree}-{level}" for level in range(16)] for tree in range(200)]
    reading = read_as(author=names, tags=names, categories=deep, title="t" * 1000)
    found = article(reading)
    assert (found.authors, found.tags) == (tuple(names), tuple(names))
    assert found.categories == tuple(map(tuple, deep))
    assert (found.title, reading.warnings) == ("t" * 1000, ())


@EITHER
def test_a_title_is_cut_at_1000_characters(read_as: Read) -> None:
    with use_language("en"):
        reading = read_as(title="t" * 1001)
    assert article(reading).title == "t" * 999 + "…"
    assert 'tt…" is over 1000 characters and was cut there.' in said(reading)[0]


def test_companies_are_bounded_likewise() -> None:
    links = "".join(f'<a data-name="c{each}" data-id="{each}">c</a>' for each in range(201))
    reading = as_line(body=f"<p>{links}</p>")
    found = article(reading).entities
    assert (len(found), found[0], found[-1]) == (200, ("c0", "0"), ("c199", "199"))
    reading_long = as_line(body=f'<p><a data-name="{LONG}" data-id="{LONG}">c</a></p>')
    assert article(reading_long).entities == ((CUT, CUT),)
    assert (len(reading.warnings), len(reading_long.warnings)) == (1, 1)


@EITHER
@pytest.mark.parametrize("field", ["url", "thumbnail"])
def test_an_address_that_no_server_takes_is_none(read_as: Read, field: str) -> None:
    address = "https://a.example/" + "x" * 8000
    found = (read_as(**{field: address}), read_as(**{field: address[:8000]}))
    assert [getattr(article(each), field) for each in found] == [None, address[:8000]]


@pytest.mark.parametrize("field", ["author", "tags", "categories"])
def test_a_name_within_names_without_end_is_none(field: str) -> None:
    value: object = "a"
    for _ in range(900):
        value = {"name": value}
    found = article(as_line(**{field: [value]}))
    assert (found.authors, found.tags, found.categories) == ((), (), ())
