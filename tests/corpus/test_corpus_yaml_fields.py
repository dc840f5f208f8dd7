"""YAML as front matter uses it: scalars as typed, bounded."""

from __future__ import annotations

import pytest

from search.corpus.yaml_fields import MAX_DEPTH, MAX_VALUES, load_yaml, mend
from search.errors import ArticleError

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
"""400 bytes that stand for a thousand million values."""


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2021", "2021"),
        ("007", "007"),
        ("1.0", "1.0"),
        ("0x10", "0x10"),
        ("1e3", "1e3"),
        ("12:30:00", "12:30:00"),
        ("2021-06-16", "2021-06-16"),
        ("2018-02-31", "2018-02-31"),
        ("No", "No"),
        ("true", "true"),
        ("!!str 12", "12"),
        ("!!int 12", "12"),
        ("'null'", "null"),
        ("'it''s'", "it's"),
        (r'"\u6587 \x41"', "文 A"),
        ("null", None),
        ("~", None),
        ("", None),
        ("[a, 1, ~]", ["a", "1", None]),
        ("{a: {b: [1]}}", {"a": {"b": ["1"]}}),
        ("{[a]: b}", {"": "b"}),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
    ],
)
def test_a_scalar_is_what_was_typed(typed: str, value: object) -> None:
    assert load_yaml(f"name: {typed}") == {"name": value}


def test_an_alias_is_the_value_of_its_anchor() -> None:
    assert load_yaml("a: &x [1, 2]\nb: *x") == {"a": ["1", "2"], "b": ["1", "2"]}


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a: b\ntitle: @foo", "corpus.yaml", 2),
        ("a: [b", "corpus.yaml", 1),
        ("a: 'b\nc: d\ne: f", "corpus.yaml", 1),
        ("a: b\nc: *unknown", "corpus.yaml", 2),
        ("a: &a [*a]", "corpus.yaml", 1),
        ("a: b\nc: !python/object:os.system d", "corpus.yaml", 2),
        (BOMB, "corpus.yaml_grows", 5),
        ("a: " + "[" * 10_000, "corpus.yaml_deep", 1),
        ("\n".join(" " * depth + "a:" for depth in range(200)), "corpus.yaml_deep", 51),
    ],
    ids=["at sign", "bracket", "quote", "alias", "own alias", "tag", "bomb", "deep flow", "deep"],
)
def test_what_yaml_refuses_or_explodes_is_an_error_with_its_line(
    text: str, key: str, line: int
) -> None:
    with pytest.raises(ArticleError) as caught:
        load_yaml(text)
    assert (caught.value.key, caught.value.line) == (key, line)


def test_the_bounds_are_inclusive() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    most = "[" + "a," * (MAX_VALUES - 1) + "]"
    assert load_yaml(deepest) is not None
    assert load_yaml(most) is not None
    for beyond in ("[" + deepest + "]", "[a," + most[1:]):
        with pytest.raises(ArticleError):
            load_yaml(beyond)


def test_line_separators_inside_a_value_do_not_shift_lines() -> None:
    with pytest.raises(ArticleError) as caught:
        load_yaml("a: b\u2028c\x85d\ntitle: @foo")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: [转]foo", "[转]foo"),
        ("title: @foo", "@foo"),
        ("title: a: b", "a: b"),
        ("title: *foo*", "*foo*"),
        ("title: `a`", "`a`"),
        ("title: %a", "%a"),
        ("title: !重要 通知", "!重要 通知"),
        ("title: &#123;a&#125;", "&#123;a&#125;"),
        ("title: {a} 'b'", "{a} 'b'"),
        ("title: it's: b", "it's: b"),
    ],
)
def test_a_value_that_breaks_yaml_is_read_as_it_stands(line: str, title: str) -> None:
    text, mended = mend(f"a: b\n{line}\nc: d")
    assert load_yaml(text) == {"a": "b", "title": title, "c": "d"}
    assert mended == [(2, title)]


@pytest.mark.parametrize("line", ["title: 'a' b", 'title: "a', "tags: [a", "  title: @a", "a: b"])
def test_quotes_lists_and_what_yaml_takes_are_not_touched(line: str) -> None:
    assert mend(line) == (line, [])


def test_tabs_that_indent_become_spaces() -> None:
    assert load_yaml(mend("tags:\n\t- a\n\t- b")[0]) == {"tags": ["a", "b"]}
