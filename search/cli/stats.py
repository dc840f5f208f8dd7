"""``wensou stats``: the index in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.cli.options import index_option, json_option, opened
from search.cli.printing import print_json
from search.cli.speaking import Command
from search.messages import say
from search.settings import Settings

if TYPE_CHECKING:
    from search.service import IndexStats


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(location: str, as_json: bool) -> None:
        with opened(location, settings) as index:
            stats = index.stats()
        if as_json:
            from search.wire import stats_json

            print_json(stats_json(stats))
        else:
            click.echo("\n".join(_lines(stats)))

    return Command(
        "stats",
        callback=run,
        help=say("cli.help_stats"),
        options_metavar=say("cli.options_metavar"),
        params=[index_option(settings), json_option()],
    )


def _lines(stats: IndexStats) -> list[str]:
    days = say("cli.stats_no_days")
    if stats.first_day and stats.last_day:
        days = say("cli.stats_days", first=stats.first_day, last=stats.last_day)
    told = say("cli.other_dictionary", location=stats.location)
    return [
        say("cli.stats_location", location=stats.location, size=f"{stats.bytes / 2**20:,.1f}"),
        say("cli.stats_articles", articles=f"{stats.articles:,}", undated=f"{stats.undated:,}"),
        days,
        say(
            "cli.stats_names",
            categories=f"{stats.categories:,}",
            authors=f"{stats.authors:,}",
            tags=f"{stats.tags:,}",
            companies=f"{stats.companies:,}",
        ),
        say(
            "cli.stats_engine",
            terms=f"{stats.terms:,}",
            segments=stats.segments,
            deleted=f"{stats.deleted:,}",
            generation=stats.generation,
        ),
        *([told] if stats.other_dictionary else []),
    ]
