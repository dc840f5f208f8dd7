"""Both languages say everything, with the same facts; the program says nothing else."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from search import errors
from search.messages import LANGUAGES, language, match_language, say, use_language

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted(
    (path.parent.parent, path.stem) for path in ROOT.glob("*/locale/zh-Hans/*.toml")
)
AREAS = [area for _, area in CATALOGUES]
KEY = re.compile(rf"({'|'.join(AREAS)})\.\w+")
SPEAKERS = {"say"} | {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.WensouError)
}


def texts(root: Path, tag: str, area: str) -> dict[str, str]:
    return tomllib.loads((root / tag / f"{area}.toml").read_text(encoding="utf-8"))


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def catalogue() -> dict[str, str]:
    """Return every key, and its Chinese text."""
    return {
        f"{area}.{name}": text
        for root, area in CATALOGUES
        for name, text in texts(root, "zh-Hans", area).items()
    }


@cache
def sources() -> dict[Path, str]:
    """Return the text of every Python module and every template."""
    paths = [
        path
        for package in ("search", "web")
        for suffix in ("py", "html")
        for path in (ROOT / package).rglob(f"*.{suffix}")
    ]
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in paths}


def calls() -> Iterator[tuple[str, set[str] | None, str]]:
    """Yield (key, facts given or None where they are not written out, where) of every message."""
    for path, source in sources().items():
        if path.suffix == ".html":
            yield from (
                (key, None, str(path)) for key in re.findall(r"[\"']([^\"']+)[\"'] \| say", source)
            )
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in SPEAKERS:
                given = {each.arg for each in node.keywords if each.arg is not None}
                spread = any(each.arg is None for each in node.keywords)
                for key in _constants(node.args[0]):
                    yield key, None if spread else given, f"{path}:{node.lineno}"


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _constants(node: ast.expr) -> list[str]:
    found = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return [value for value in found if isinstance(value, str) and KEY.fullmatch(value)]


def test_the_catalogues_are_found():
    assert {"cli", "corpus", "engine", "query", "request", "settings"} <= set(AREAS)


@pytest.mark.parametrize(("root", "area"), CATALOGUES, ids=AREAS)
def test_both_languages_hold_the_same_keys_and_facts(root, area):
    chinese, english = (texts(root, tag, area) for tag in LANGUAGES)
    assert list(chinese) == list(english), "the same keys in the same order"
    for name, text in chinese.items():
        assert facts(text) == facts(english[name]), name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_language_has_an_area_of_its_own(tag):
    assert sorted(path.stem for path in ROOT.glob(f"*/locale/{tag}/*.toml")) == sorted(AREAS)


def test_every_message_that_is_said_is_in_the_catalogues_and_gets_its_facts():
    heard = list(calls())
    assert len(heard) > 60
    for key, given, where in heard:
        assert key in catalogue(), f"{where} says {key}"
        assert given is None or facts(catalogue()[key]) <= given, f"{where} says {key}"


def test_every_message_in_the_catalogues_is_said():
    said = {found[0] for source in sources().values() for found in re.finditer(KEY, source)}
    assert sorted(set(catalogue()) - said) == []


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("zh-Hans", "没有 --x 这个选项。"), ("en", "There is no option --x.")],
)
def test_a_message_is_said_in_the_language_in_force(tag, expected):
    with use_language(tag):
        assert say("cli.no_such_option", seen="--x") == expected


def test_an_error_speaks_the_language_in_which_it_is_shown_not_raised():
    with use_language("en"):
        error = errors.RequestError("request.offset", seen=-1)
    assert str(error) == "要跳过 -1 条，不行。请写 0 或更大的数。"


def test_the_language_ends_with_its_block():
    with use_language("en"):
        assert language() == "en"
    assert language() == "zh-Hans"


def test_an_unknown_key_is_a_slip_of_ours():
    with pytest.raises(KeyError):
        say("cli.no such message")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("zh", "zh-Hans"), ("ZH_hk", "zh-Hans"), ("en", "en"), ("de", "en"), ("", "en")],
)
def test_other_languages_are_answered_in_the_nearest_of_ours(tag, expected):
    assert match_language(tag) == expected
