"""``wensou index``: bring an index up to date with folders of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.cli.options import flag, index_option, json_option, use_words
from search.cli.printing import print_json, printable
from search.cli.speaking import Command
from search.messages import say
from search.settings import Settings

if TYPE_CHECKING:
    from search.corpus import ReadOptions
    from search.indexer import Summary


_DEFAULT_MEBIBYTES = 512
_LEAST_MEBIBYTES = 16  # with less, every few articles would be a run of their own


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(
        paths: tuple[str, ...], location: str, as_json: bool, memory: int, **flags: bool
    ) -> int:
        from search.corpus import ReadOptions

        use_words(settings)
        options = ReadOptions(timezone=settings.timezone, drafts=flags["drafts"])
        summary = _index(
            paths,
            location,
            options,
            rebuild=flags["rebuild"],
            memory=memory * 2**20,
            quiet=flags["quiet"],
        )
        _name_problems(summary, warnings=flags["warnings"])
        if summary.other_dictionary and not flags["quiet"]:
            click.secho(say("cli.other_dictionary", location=location), err=True, fg="yellow")
        if as_json:
            from search.wire import summary_json

            print_json(summary_json(summary))
        elif not flags["quiet"]:
            _print_summary(summary, location)
        return 1 if flags["strict"] and summary.failed else 0

    return Command(
        "index",
        callback=run,
        help=say("cli.help_index"),
        options_metavar=say("cli.options_metavar"),
        params=[
            click.Argument(["paths"], nargs=-1, required=True, metavar="PATH..."),
            index_option(settings),
            flag("--rebuild", help=say("cli.option_rebuild")),
            flag("--drafts", help=say("cli.option_drafts")),
            flag("--strict", help=say("cli.option_strict")),
            flag("--warnings", help=say("cli.option_warnings")),
            flag("--quiet", help=say("cli.option_quiet")),
            click.Option(
                ["--memory"],
                type=_mebibytes,
                default=str(_DEFAULT_MEBIBYTES),
                metavar="MIB",
                help=say("cli.option_memory", default=_DEFAULT_MEBIBYTES),
            ),
            json_option(),
        ],
    )


def _mebibytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= _LEAST_MEBIBYTES):
        raise click.UsageError(say("cli.memory", seen=text, least=_LEAST_MEBIBYTES))
    return int(text)


def _index(  # noqa: PLR0913 -- options, by name
    paths: tuple[str, ...],
    location: str,
    options: ReadOptions,
    *,
    rebuild: bool,
    memory: int,
    quiet: bool,
) -> Summary:
    """Index, showing how far it is; say of an interruption what became of the index."""
    from search.cli.progress import reporting
    from search.indexer import index_paths

    try:
        with reporting(quiet=quiet) as report:
            return index_paths(
                paths,
                location,
                options=options,
                rebuild=rebuild,
                memory=memory,
                progress=report,
            )
    except KeyboardInterrupt as error:
        if quiet:
            click.echo(err=True)  # ends the line on which the terminal shows ^C; a bar does, too
        click.echo(say("cli.interrupted", location=location), err=True)
        raise click.Abort from error


def _name_problems(summary: Summary, *, warnings: bool) -> None:
    """Name every file that could not be indexed; with ``warnings`` also those read with faults."""
    for problem in summary.errors:
        click.secho(printable(str(problem)), err=True, fg="red")
    for problem in summary.warnings if warnings else ():
        click.secho(printable(str(problem)), err=True, fg="yellow")


def _print_summary(summary: Summary, location: str) -> None:
    click.echo(
        say(
            "cli.summary",
            added=summary.added,
            updated=summary.updated,
            removed=summary.removed,
            unchanged=summary.unchanged,
            failed=summary.failed,
            seconds=f"{summary.seconds:.1f}",
        )
    )
    if summary.drafts:
        click.echo(say("cli.summary_drafts", count=summary.drafts))
    if summary.warnings:
        click.echo(say("cli.summary_warnings", count=len(summary.warnings)))
    click.echo(say("cli.summary_next", location=location))
