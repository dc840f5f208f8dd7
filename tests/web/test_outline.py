"""Headings: their ids, and the tree that they make."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import outline as module
from web.marking import parts_of
from web.outline import headings_of, outline


def ids(html: str) -> list[str]:
    return [each.id for each in headings_of(list(parts_of(html)))]


def drawn(html: str) -> list[object]:
    """The outline as nested lists: a text, then what is below it."""
    return draw(outline(headings_of(list(parts_of(html)))))


def draw(sections: tuple[module.Section, ...]) -> list[object]:
    found: list[object] = []
    for each in sections:
        found += [each.text, *([draw(each.sections)] if each.sections else [])]
    return found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>京东 物流</h2>", ["s-京东-物流"]),
        ("<h2>Go: a &amp; b?</h2>", ["s-go-a-b"]),
        ("<h2>京<b>东</b></h2>", ["s-京东"]),
        ("<h2>一</h2><h3>一</h3><h2>一</h2>", ["s-一", "s-一-2", "s-一-3"]),
        ("<h2>一 2</h2><h2>一</h2><h2>一</h2>", ["s-一-2", "s-一", "s-一-3"]),
        ("<h2>？！</h2><h2>……</h2>", ["s-", "s--2"]),
        ("<h2>\n</h2><h2><img></h2>", []),
        ('<h2>"&gt;&lt;b&gt;</h2>', ["s-b"]),
        (f"<h2>{'长' * 500}</h2>", ["s-" + "长" * 80]),
        ("<h2>外<div><h3>内</h3></div></h2>", ["s-外", "s-内"]),
    ],
)
def test_ids_say_what_the_heading_says_once_each(html: str, expected: list[str]) -> None:
    assert ids(html) == expected


@given(st.lists(st.sampled_from(["一", "一 2", "一-2", "二", "?", "一 2 2"]), max_size=30))
def test_no_id_is_given_twice_and_none_has_to_be_escaped(texts: list[str]) -> None:
    found = ids("".join(f"<h2>{each}</h2>" for each in texts))
    assert len(set(found)) == len(texts)
    assert all(re.fullmatch(r"s-[\w-]*", each) for each in found)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("", []),
        ("2", []),
        ("22", ["0", "1"]),
        ("232", ["0", ["1"], "2"]),
        ("2343", ["0", ["1", ["2"], "3"]]),
        ("32", ["0", "1"]),
        ("141", ["0", ["1"], "2"]),
        ("654321", ["0", "1", "2", "3", "4", "5"]),
        ("123456", ["0", ["1", ["2", ["3", ["4", ["5"]]]]]]),
    ],
)
def test_lower_headings_stand_below_higher_ones(levels: str, expected: list[object]) -> None:
    html = "".join(f"<h{level}>{at}</h{level}>" for at, level in enumerate(levels))
    assert drawn(html) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [("2323", ["0", "2"]), ("2222", ["0", "1", "2"]), ("2344", ["0", ["1"]])],
)
def test_a_long_outline_loses_its_lowest_levels_then_its_end(
    monkeypatch: pytest.MonkeyPatch, levels: str, expected: list[object]
) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 3)
    html = "".join(f"<h{level}>{at}</h{level}>" for at, level in enumerate(levels))
    assert drawn(html) == expected


def test_a_long_heading_is_cut_in_the_outline() -> None:
    assert drawn(f"<h2>{'长' * 81}</h2><h2>短</h2>") == ["长" * 79 + "…", "短"]
