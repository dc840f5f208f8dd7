"""``wensou search``: words and filters to a page of hits."""

from __future__ import annotations

from typing import Any

import click

from search.cli.options import flag, index_option, json_option, match_option, opened, sort_option
from search.cli.printing import console, print_json
from search.cli.speaking import Command, WordsCommand
from search.messages import say
from search.query.request import FACETS, FacetName, SearchRequest
from search.query.request_text import parse_count, parse_day, parse_path
from search.settings import Settings

_DEFAULT_FACETS: tuple[FacetName, ...] = ("category", "author", "date")


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(
        words: tuple[str, ...], location: str, as_json: bool, facets: bool, **asked: Any
    ) -> None:
        counted = FACETS if facets else _DEFAULT_FACETS if as_json else ()
        request = SearchRequest(text=" ".join(words), facets=counted, **asked)
        with opened(location, settings) as index:
            page = index.search(request)
        if as_json:
            from search.wire import page_json

            print_json(page_json(page))
        else:
            from search.cli.result_text import print_page

            print_page(page, request, console())

    return WordsCommand(
        "search",
        callback=run,
        help=say("cli.help_search"),
        options_metavar=say("cli.options_metavar"),
        params=[
            click.Argument(["words"], nargs=-1, metavar="WORDS..."),
            *_filters(),
            *_paging(),
            index_option(settings),
            json_option(),
        ],
    )


def _filters() -> list[click.Option]:
    return [
        click.Option(
            ["--category", "categories"],
            multiple=True,
            type=parse_path,
            metavar="A/B/C",
            help=say("cli.option_category"),
        ),
        click.Option(
            ["--author", "authors"], multiple=True, metavar="NAME", help=say("cli.option_author")
        ),
        click.Option(["--tag", "tags"], multiple=True, metavar="NAME", help=say("cli.option_tag")),
        click.Option(
            ["--company", "companies"],
            multiple=True,
            metavar="NAME",
            help=say("cli.option_company"),
        ),
        click.Option(
            ["--from", "date_from"],
            type=lambda text: parse_day(text, end=False),
            metavar="DAY",
            help=say("cli.option_from"),
        ),
        click.Option(
            ["--to", "date_to"],
            type=lambda text: parse_day(text, end=True),
            metavar="DAY",
            help=say("cli.option_to"),
        ),
    ]


def _paging() -> list[click.Option]:
    default = SearchRequest()
    return [
        sort_option(),
        match_option(),
        click.Option(
            ["--limit"],
            type=lambda text: parse_count(text, "--limit"),
            metavar="N",
            default=str(default.limit),
            help=say("cli.option_limit", default=default.limit),
        ),
        click.Option(
            ["--offset"],
            type=lambda text: parse_count(text, "--offset"),
            metavar="N",
            default=str(default.offset),
            help=say("cli.option_offset"),
        ),
        flag("--facets", help=say("cli.option_facets")),
    ]
