"""What commands print: JSON in UTF-8 whatever the terminal, text without control characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from search.wire import dumps

if TYPE_CHECKING:
    from rich.console import Console

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def json_line(value: object) -> bytes:
    r"""Return ``value`` as a line of JSON in UTF-8; file names that are no text stay ``\udc..``."""
    return f"{dumps(value)}\n".encode(errors="backslashreplace")


def print_json(value: object) -> None:
    """Print ``value`` as a line of JSON."""
    click.echo(json_line(value), nl=False)


def printable(text: str) -> str:
    r"""Return ``text`` harmless on a terminal, where ``\x1b`` in a file's name would give orders.

    >>> printable("a\x1b[31m.md")
    'a�[31m.md'
    """
    return _CONTROLS.sub("\ufffd", text)


def console(*, err: bool = False) -> Console:
    """Return where to print for people: colours and wrapped lines only on a terminal."""
    from rich.console import Console

    return Console(stderr=err, highlight=False, markup=False, emoji=False)
