"""``wensou suggest``: what may be meant by what has been typed so far."""

from __future__ import annotations

import click

from search.article import format_category
from search.cli.options import index_option, json_option, opened
from search.cli.printing import print_json, printable
from search.cli.speaking import Command
from search.messages import say
from search.query.request_text import parse_count
from search.results import Suggestion
from search.settings import Settings

_DEFAULT_LIMIT = 8


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(words: tuple[str, ...], location: str, limit: int, as_json: bool) -> None:
        text = " ".join(words)
        with opened(location, settings) as index:
            found = index.suggest(text, limit)
        if as_json:
            from search.wire import suggestions_json

            print_json(suggestions_json(text, found))
        elif found:
            click.echo("\n".join(map(_line, found)))
        else:
            click.echo(say("cli.no_suggestion"))

    return Command(
        "suggest",
        callback=run,
        help=say("cli.help_suggest"),
        options_metavar=say("cli.options_metavar"),
        params=[
            click.Argument(["words"], nargs=-1, required=True, metavar="TEXT..."),
            click.Option(
                ["--limit"],
                type=lambda text: parse_count(text, "--limit"),
                metavar="N",
                default=str(_DEFAULT_LIMIT),
                help=say("cli.option_limit", default=_DEFAULT_LIMIT),
            ),
            index_option(settings),
            json_option(),
        ],
    )


def _line(suggestion: Suggestion) -> str:
    kinds = {
        "word": say("cli.kind_word"),
        "company": say("cli.kind_company"),
        "author": say("cli.kind_author"),
        "category": say("cli.kind_category"),
        "tag": say("cli.kind_tag"),
        "title": say("cli.kind_title"),
    }
    text = format_category(suggestion.path) or suggestion.text
    count = "" if suggestion.kind == "title" else f"  {suggestion.count}"
    return f"{kinds[suggestion.kind]}  {printable(text)}{count}"
