"""Where does the front matter end, and what does it hold?"""

from __future__ import annotations

import pytest

from search.corpus.front_matter import MAX_CHARS, split_front_matter
from search.errors import ArticleError

TITLED = {"title": "a"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("---\ntitle: a\n---\nbody", TITLED),
        ("\n\n  \n---\ntitle: a\n---\n\nbody            ", TITLED),
        ("--- \t\ntitle: a\n---  \nbody", TITLED),
        ("-----\ntitle: a\n-----\nbody", TITLED),
        ("---\ntitle: a\n...\nbody", TITLED),
        ("---\n\n# a comment\n\ntitle: a\n---\nbody", TITLED),
        ("---\nTitle: a\n---\nbody", TITLED),
        ("---\ntitle : a\n---\nbody", TITLED),
        ("---\n{title: a}\n---\nbody", TITLED),
        ("---\n---\nbody", {}),
        ("---\n# only a comment: this\ntitle:\n---\nbody", {"title": None}),
        ("title: a\n---\nbody", TITLED),
        ("title: a\ntags:\n- b\n  - c\n\n# d\n---\nbody", {"title": "a", "tags": ["b - c"]}),
        ("+++\ntitle = 'a'\n+++\nbody", TITLED),
        (
            "+++\ntitle = 'a'\nweight = 1.50\ndraft = true\n[x]\ny = [1]\n+++\nbody",
            {"title": "a", "weight": "1.50", "draft": True, "x": {"y": [1]}},
        ),
        ('{"title": "a"}\nbody', TITLED),
        (
            '{\n  "title": "a", "n": 1.50, "t": true\n}\nbody',
            {"title": "a", "n": "1.50", "t": True},
        ),
        (';;;\n"title": "a"\n;;;\nbody', TITLED),
        ('"title": "a"\n;;;\nbody', TITLED),
    ],
)
def test_every_format_is_taken_apart(text: str, fields: dict[str, object]) -> None:
    parts = split_front_matter(text)
    assert (parts.fields, parts.body) == (fields, "body")


@pytest.mark.parametrize(
    "text",
    [
        "# a\n\nbody",
        "---\n\nA rule above prose.\n\n---\n\nand more",
        "---\n- a list\n- of two\n---\nbody",
        "---",
        "+++",
        "----\nbody",
        "{% raw %} a",
        "{a: b}\nbody",
        '"A quotation."\n\nbody',
        "<div>\n---\ntitle: a\n---\n</div>",
        "title of the text\n---\nbody",
        "",
    ],
)
def test_without_front_matter_all_is_body(text: str) -> None:
    parts = split_front_matter(text)
    assert (parts.fields, parts.body) == ({}, text)


def test_a_rule_in_the_body_ends_nothing() -> None:
    assert split_front_matter("---\ntitle: a\n---\nb\n\n---\n\nc").body == "b\n\n---\n\nc"


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("\n---\ntitle: a\nbody", "corpus.not_closed", 2),
        ("+++\ntitle = 'a'\nbody", "corpus.not_closed", 1),
        ("\n---\ntitle: 'a' 续: \"a\nb: c\n---\n", "corpus.yaml", 3),
        ("---\n\n\nb: [c\n---\n", "corpus.yaml", 4),
        ("---\n'abc: d'\n---\nbody", "corpus.not_fields", 2),
        ("\n\n+++\ntitle = a\n+++\n", "corpus.toml", 4),
        ("+++\ntitle = 'a'\ntitle = 'b'\n+++\n", "corpus.toml", 3),
        ("+++\na = " + "[" * 50_000 + "\n+++\n", "corpus.toml", 2),
        ('{"title": "a",\n"b": }\nbody', "corpus.json", 2),
        ('{"a":' * 100_000, "corpus.json", 1),
        ('"title": "a"\n"b": "c"\n;;;\nbody', "corpus.json", 2),
        ("---\ntitle: a\n" + "b: c\n" * MAX_CHARS + "---\n", "corpus.front_matter_large", 1),
    ],
    ids=lambda value: None if isinstance(value, str) and len(value) > 40 else str(value),
)
def test_what_cannot_be_read_is_an_error_at_its_line(text: str, key: str, line: int) -> None:
    with pytest.raises(ArticleError) as caught:
        split_front_matter(text)
    assert (caught.value.key, caught.value.line) == (key, line)


def test_the_error_shows_what_was_seen() -> None:
    with pytest.raises(ArticleError, match=r"“b: \[c”不是 YAML"):
        split_front_matter("---\nb: [c\n---\n")


def test_fields_and_mended_values_know_their_lines() -> None:
    parts = split_front_matter("\n---\n\ntitle: @a\nDate: b\n---\n")
    assert parts.lines == {"title": 4, "date": 5}
    assert parts.mended == ((4, "@a"),)


@pytest.mark.parametrize("line", ["- : x", "a: b", "# c", "  d", "", "---x", "- e"])
def test_lines_like_fields_without_an_end_take_linear_time(line: str) -> None:
    text = "title: a\n" + f"{line}\n" * 10_000 + "the text"
    assert split_front_matter(text).fields == {}


@pytest.mark.parametrize("typed", ["[转载]", "{a}", "{{ title }}", "[a, b]"])
def test_a_title_in_brackets_is_what_was_typed(typed: str) -> None:
    assert split_front_matter(f"---\ntitle: {typed}\n---\n").fields == {"title": typed}
