"""What we say to people, in Chinese and in English.

The texts live in ``locale/<language>/<area>.toml``, a flat table of ``name = "text with {facts}"``
an area; a key is ``area.name``. A test holds both languages to the same keys and the same facts.
Catalogues are read when first used: a command that says nothing reads none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("zh-Hans", "en")
"""The languages we speak, the first being the default."""

_roots: list[Path] = [Path(__file__).parent / "locale"]
_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def add_catalogue(root: Path) -> None:
    """Let `say` find the areas under ``root`` too (``root/<language>/<area>.toml``)."""
    if root not in _roots:
        _roots.append(root)
        _area.cache_clear()
        _text.cache_clear()


def say(key: str, /, **facts: object) -> str:
    """Return the text of ``key`` in the language in force, its ``{facts}`` filled in.

    Raises:
        KeyError: no catalogue has the key: a slip of ours, which a test catches.
    """
    return _text(_language.get(), key).format(**facts)


def language() -> str:
    """Return the language in force: that of `use_language`, else Chinese."""
    return _language.get()


@contextmanager
def use_language(tag: str) -> Iterator[None]:
    """Speak ``tag`` (one of `LANGUAGES`) inside the block, in this thread or task only."""
    token = _language.set(match_language(tag))
    try:
        yield
    finally:
        _language.reset(token)


def match_language(tag: str) -> str:
    """Return the language of ours that is nearest to a tag such as ``zh_CN.UTF-8`` or ``en-GB``.

    >>> match_language("en-GB"), match_language("zh-TW"), match_language("de")
    ('en', 'zh-Hans', 'en')
    """
    return "zh-Hans" if tag[:2].lower() == "zh" else "en"


@cache
def _text(tag: str, key: str) -> str:
    """Return a text as the catalogue has it. Keys are ours, so there are as many as in those."""
    area, _, name = key.partition(".")
    return _area(tag, area)[name]


@cache
def _area(tag: str, area: str) -> dict[str, str]:
    for root in _roots:
        path = root / tag / f"{area}.toml"
        if path.is_file():
            return tomllib.loads(path.read_text(encoding="utf-8"))
    raise KeyError(area)
