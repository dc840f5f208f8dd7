"""The quick way through plain front matter reads what libyaml reads, and declines all else."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.corpus.yaml_fields import load_any
from search.corpus.yaml_plain import load_plain
from tests.thoroughness import examples

# Values, each between two "¦".
ODD = (
    " ¦~¦null¦''¦'¦''''¦'''¦\"\"¦\"¦'a'¦\"a\"¦'it''s'¦'a' ¦'a'b¦'a' # b¦'a': b¦\"a\\n\"¦\"a\"b\""
    "¦a¦a ¦ a¦a  b¦文¦a:b¦a: b¦a:¦a :b¦a#b¦a #b¦#a¦http://a.b/c?d=e&f#g¦12:30¦a,b¦😀¦\\"
    "¦&a¦*a¦!a¦!!str a¦|¦>¦>-¦%a¦@a¦`a`¦-¦- a¦-a¦?¦? a¦[a]¦{a: b}¦a]¦a, [b¦---¦...¦=¦<<¦.¦a -"
    "¦a\tb¦\ta¦a\xa0¦a\u3000b¦a\u2028b¦a\x85b¦a\ufeff¦\0¦\ud800¦\ue000¦Sat, 15 Jul 2023 04:17 GMT"
)
DECLINED = (
    "¦\n¦a¦- a¦# a¦a : b¦a:b¦ a: b¦'a': b¦null: a¦文: a¦---\na: b¦a: b\n#¦a: b\na: c¦a:\tb¦a: b\tc"
    "¦a: &b c¦a: *b¦a: !b c¦a: |\n  b¦a: >\n  b¦a: [b]¦a: {b: c}¦a: @b¦a: `b`¦a: %b¦a: - b¦a: ? b"
    "¦a: b: c¦a: b:¦a: b #c¦a: #b¦a: 'b' c¦a: 'b¦a: '¦a: 'b'c'¦a: 'b' #c¦a: \"\\x41\"¦a: \"b\"c\""
    "¦a: b\n c¦a: b\n\n c¦a: b\n - c¦a: ''\n- c¦a:\n  b: c¦a:\n b¦a:\n - b\n   c¦a:\n - - b"
    "¦a:\n - b\n  - c¦a:\n  - b\n - c¦a:\n -¦a:\n -b¦a:\n - b: c¦a:\n - [b]¦a:\n - &b c¦- a\nb: c"
    "¦a: b\u2028c¦a: b\x85¦a: \ufeffb¦a: b\0¦a: \ud800¦a: b\xa0"
)

NAMES = st.sampled_from(
    ["title", "tags", "a", "_b-2", "null", "Null", "2021", "文", "a b", "<<", ""]
)
TYPED = st.one_of(
    st.sampled_from([*ODD.split("¦"), "x" * 1200]),
    st.text(st.sampled_from("ab'\" :#-,\\[]{}&*!|>%@`?~\t文"), max_size=8),
    st.text(max_size=5),
)
LINES = st.one_of(
    st.builds("{}:{}{}".format, NAMES, st.sampled_from(["", " ", " ", "  ", "\t"]), TYPED),
    st.builds("{}-{}{}".format, *map(st.sampled_from, (["", " ", "  ", "\t"], ["", " "])), TYPED),
    st.builds("{}:".format, NAMES),
    st.sampled_from(
        ["", "", " ", "---", "...", "# a", " a", "  a: b", "\t- a", "%YAML 1.1", "? a"]
    ),
)
PLAIN = st.sampled_from(
    ["a", "a b", "'a: b'", "'it''s'", '"a #b"', "http://a.b/c", "~", "''", "文，搜"]
)
FIELDS = st.builds(
    "{}:{}".format,
    st.sampled_from("abcdefgh"),
    st.one_of(
        st.just(""),
        st.builds(" {}".format, PLAIN),
        st.builds(
            lambda indent, items: "".join(f"\n{indent}- {item}" for item in items),
            st.sampled_from(["", " ", "    "]),
            st.lists(PLAIN, max_size=3),
        ),
    ),
)
TEXTS = st.one_of(
    st.lists(LINES, max_size=7).map("\n".join),
    st.lists(FIELDS, max_size=7).map("\n".join),
    st.builds(
        lambda before, line, after: "\n".join([*before, line, *after]),
        *(st.lists(FIELDS, max_size=3), LINES, st.lists(FIELDS, max_size=3)),
    ),
)


@examples(1000)
@given(TEXTS)
@example("a:\n- b\n- 'c'\nd: e")
@example("a:\n -  \n - b")
@example("a: " + "b" * 2000)
def test_what_is_not_declined_is_what_libyaml_reads(text: str) -> None:
    plain = load_plain(text)
    if plain is not None:
        whole = load_any(text)
        assert isinstance(whole, dict)
        assert (plain, list(plain)) == (whole, list(whole))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a: b", {"a": "b"}),
        ("\n\na: b\n\nc: d\n", {"a": "b", "c": "d"}),
        ("a:\nb: ~\nc: ''", {"a": None, "b": None, "c": ""}),
        ("a:\n- b\n- c\nd: e", {"a": ["b", "c"], "d": "e"}),
        ("a: \n - 'b'\n - \"c\"\n - null\nd:", {"a": ["b", "c", None], "d": None}),
        ("a: 'it''s: #b' ", {"a": "it's: #b"}),
        ("a: https://b.c/d?e=f#g", {"a": "https://b.c/d?e=f#g"}),
        ("date: Sat, 15 Jul 2023 04:17:00 GMT", {"date": "Sat, 15 Jul 2023 04:17:00 GMT"}),
    ],
)
def test_plain_fields_and_lists_are_read(text: str, fields: dict[str, object]) -> None:
    assert load_plain(text) == load_any(text) == fields


@pytest.mark.parametrize(
    "text", [*DECLINED.split("¦"), "\n".join(f"a{n}:" for n in range(2000)), "a" * 200 + ": b"]
)
def test_all_else_is_declined(text: str) -> None:
    assert load_plain(text) is None
