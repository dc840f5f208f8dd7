"""``wensou export``: every article as a line of JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from search.cli.options import index_option
from search.cli.printing import json_line
from search.cli.replacing import replacing
from search.cli.speaking import Command
from search.messages import say
from search.settings import Settings


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(location: str, output: str | None) -> None:
        from search.service import open_index
        from search.wire import article_json

        with open_index(location) as index:
            lines = (json_line(article_json(article)) for article in index.articles())
            if output is None:
                sys.stdout.buffer.writelines(lines)
            else:
                count = _write(lines, Path(output))
                click.echo(say("cli.exported", count=count, path=output), err=True)

    return Command(
        "export",
        callback=run,
        help=say("cli.help_export"),
        options_metavar=say("cli.options_metavar"),
        params=[
            click.Option(["-o", "--output"], metavar="FILE", help=say("cli.option_output")),
            index_option(settings),
        ],
    )


def _write(lines: Iterable[bytes], path: Path) -> int:
    """Write the lines to ``path``; return how many."""
    count = 0
    with replacing(path.resolve()) as file:
        for line in lines:
            file.write(line)
            count += 1
    return count
