"""Options that several commands have, and one of a few words as a value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search.messages import say
from search.query.request import MATCHES, SORTS, SearchRequest
from search.settings import Settings, read_lines

if TYPE_CHECKING:
    from search.service import Index


class Choice(click.Choice[str]):
    """One of a few words; another is an error in our words."""

    def __init__(self, name: str, choices: Sequence[str]) -> None:
        super().__init__(choices)
        self.option = name

    def get_invalid_choice_message(
        self,
        value: Any,
        ctx: click.Context | None,  # noqa: ARG002 -- click calls it so
    ) -> str:
        """Name what was seen and what can be chosen."""
        allowed = ", ".join(self.choices)
        return say("request.choice", name=self.option, seen=value, allowed=allowed)


def use_words(settings: Settings) -> None:
    """Cut with the user dictionary that the settings name, or with none."""
    from search.analysis import NO_DICTIONARY, parse_dictionary, use_dictionary

    path = settings.dictionary
    use_dictionary(parse_dictionary(read_lines(Path(path))) if path else NO_DICTIONARY)


def opened(location: str, settings: Settings, memory: memoryview | None = None) -> Index:
    """Open the index at ``location`` with what the settings name for searching it.

    For ``memory`` see `search.service.open_index`.
    """
    from search.service import open_index

    use_words(settings)
    return open_index(
        location,
        synonyms=settings.synonyms,
        half_life_days=settings.half_life_days,
        memory=memory,
    )


def index_option(settings: Settings) -> click.Option:
    """Return ``--index``: where the index is."""
    return click.Option(
        ["--index", "location"],
        metavar="DIR",
        default=settings.index,
        help=say("cli.option_index", default=settings.index),
    )


def sort_option() -> click.Option:
    """Return ``--sort``: the order of the hits."""
    return click.Option(
        ["--sort"],
        type=Choice("--sort", SORTS),
        metavar="ORDER",
        default=SearchRequest().sort,
        help=say("cli.option_sort", allowed=", ".join(SORTS)),
    )


def match_option() -> click.Option:
    """Return ``--match``: how many of the words a hit must have."""
    return click.Option(
        ["--match"],
        type=Choice("--match", MATCHES),
        metavar="HOW",
        default=SearchRequest().match,
        help=say("cli.option_match", allowed=", ".join(MATCHES)),
    )


def json_option() -> click.Option:
    """Return ``--json``: print JSON for programs instead of text for people."""
    return flag("--json", "as_json", help=say("cli.option_json"))


def flag(*names: str, help: str) -> click.Option:  # noqa: A002 -- click's own name for it
    """Return an option that is there or not."""
    return click.Option(names, is_flag=True, help=help)
