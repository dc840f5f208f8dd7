"""``wensou check``: read the whole index and say what is wrong with it."""

from __future__ import annotations

import click

from search.cli.options import index_option, json_option
from search.cli.printing import print_json, printable
from search.cli.speaking import Command
from search.errors import IndexDamaged
from search.messages import say
from search.settings import Settings


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(location: str, as_json: bool) -> int:
        from search.service import open_index

        try:
            with open_index(location) as index:
                problems = index.check()
        except IndexDamaged as error:  # too damaged to be opened: that is what check is to say
            problems = [str(error)]
        if as_json:
            print_json({"problems": problems})
        elif problems:
            click.echo("\n".join(printable(each) for each in problems))
        else:
            click.echo(say("cli.sound", location=location))
        return 1 if problems else 0

    return Command(
        "check",
        callback=run,
        help=say("cli.help_check"),
        options_metavar=say("cli.options_metavar"),
        params=[index_option(settings), json_option()],
    )
