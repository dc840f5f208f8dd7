"""What the documents say is so: commands, settings, links, the query language."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from search.cli.program import COMMANDS
from search.messages import LANGUAGES, say, use_language
from search.query import leaves, parse
from search.query.model import Leaf, Some
from search.query.scanning import FIELDS
from search.settings import VARIABLES
from web.syntax import SYNTAX

READMES = ("README.md", "README.zh.md")


def documents(root: Path) -> list[Path]:
    return [*sorted(root.glob("*.md")), *sorted(root.glob("docs/*.md"))]


def commands(text: str) -> list[list[str]]:
    """Every ``wensou …`` line of the code blocks, as the shell would split it."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    lines = blocks.replace("\\\n", " ").splitlines()
    found = [shlex.split(line.split(" > ")[0], comments=True) for line in lines]
    return [words for words in found if words[:1] == ["wensou"]]


def test_every_command_is_shown(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    assert {words[1] for words in commands(text)} == set(COMMANDS)


def test_both_readmes_show_the_same_commands_and_settings(root: Path) -> None:
    one, other = ((root / name).read_text(encoding="utf-8") for name in READMES)
    assert commands(one) == commands(other)
    for text in (one, other):
        assert {v for v in VARIABLES.values() if v in text} == set(VARIABLES.values())
        assert len(re.findall("^#", text, re.MULTILINE)) == len(re.findall("^#", one, re.MULTILINE))


def test_links_lead_somewhere(root: Path) -> None:
    for document in documents(root):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_paths_named_in_the_architecture_exist(root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for heading in re.findall(r"^## (\S+)", text, re.MULTILINE):
        assert (root / heading.rstrip(",")).exists(), heading


def test_the_architecture_names_every_module(root: Path) -> None:
    """In a heading, or as code below it."""
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in [*root.glob("search/**/*.py"), *root.glob("web/*.py")]:
        if path.stem != "__init__":
            assert re.search(rf"`{path.stem}`|\b{path.name}\b", text), path.relative_to(root)


def test_the_example_of_the_index_format_gives_the_bytes_it_shows(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(
        str(root / "docs/index-format.md"), module_relative=False, encoding="utf-8"
    )
    assert found.attempted > 10
    assert not found.failed


def test_documents_name_no_machine(root: Path) -> None:
    for document in documents(root):
        text = document.read_text(encoding="utf-8")
        assert not re.search(r"/(root|home|tmp|work)/", text), document.name


def test_every_example_of_the_query_language_is_understood(root: Path) -> None:
    text = (root / "docs/query-language.md").read_text(encoding="utf-8")
    columns = re.findall(r"^\|.*\|([^|]*)\|$", text, re.MULTILINE)
    examples = [example for column in columns for example in re.findall("`([^`]+)`", column)]
    assert len(examples) > 20
    for example in examples:
        assert parse(example).notes == (), example


def test_the_table_of_the_query_language_is_that_of_the_page(root: Path) -> None:
    text = (root / "docs/query-language.md").read_text(encoding="utf-8")
    rows = [row.split(" | ") for row in re.findall(r"^\| (`.*) \|$", text, re.MULTILINE)]
    shown = [
        (tuple(re.findall("`([^`]+)`", written)), chinese, english)
        for written, chinese, english, _ in rows
    ]
    examples = [tuple(re.findall("`([^`]+)`", row[-1])) for row in rows]
    assert shown == [(sign.written, *in_both_languages(sign.finds)) for sign in SYNTAX]
    assert examples == [sign.examples for sign in SYNTAX]


def in_both_languages(key: str) -> tuple[str, ...]:
    found = []
    for tag in LANGUAGES:
        with use_language(tag):
            found.append(say(key))
    return tuple(found)


def test_every_kind_of_query_has_an_example(root: Path) -> None:
    text = (root / "docs/query-language.md").read_text(encoding="utf-8")
    found = {
        type(leaf) for each in re.findall("`([^`]+)`", text) for leaf in leaves(parse(each).query)
    }
    assert found == set(get_args(Leaf)) - {Some}  # nobody types it: the service makes it


def test_every_field_of_the_query_language_is_documented(root: Path) -> None:
    text = (root / "docs/query-language.md").read_text(encoding="utf-8")
    for name in FIELDS:
        assert f"{name}:" in text, name
