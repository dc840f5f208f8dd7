"""Regular expressions mean the same in every Python that we run in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for package in ("search", "web") for path in (ROOT / package).rglob("*.py"))

# Before 3.11.5 such a group may match what it must not (CPython issue 106052); an atomic group of
# a repeated one, which means the same, is right in all.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_group_is_repeated_possessively(path: Path) -> None:
    assert not POSSESSIVE_GROUP.search(path.read_text(encoding="utf-8"))


def test_what_is_looked_for_is_seen() -> None:
    assert POSSESSIVE_GROUP.search(r"(?:[^<]|<b)*+>")
    assert POSSESSIVE_GROUP.search(r"(?:a){1,9}+")
    assert not POSSESSIVE_GROUP.search(r"(?>(?:[^<]++|<b)*)>")
