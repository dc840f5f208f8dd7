"""The program ``wensou``: settings, language, commands, and what an error prints and exits with.

Exit codes: 0 done, 1 an error of ours, 2 the command line cannot be understood, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import click

from search.cli.lean import spare_docstrings
from search.cli.speaking import Command, explain, format_usage, help_option, write_options
from search.errors import RequestError, SettingsError, WensouError
from search.messages import say, use_language
from search.settings import Settings, load_settings, spoken_language

COMMANDS = {
    "index": "cli.index",
    "search": "cli.search",
    "suggest": "cli.suggest",
    "show": "cli.show",
    "explain": "cli.explain",
    "serve": "cli.serve",
    "stats": "cli.stats",
    "check": "cli.check",
    "export": "cli.export",
    "eval": "cli.eval",
}
"""Every command and the message that says in a line what it does, in the order of the help."""


def main(args: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> int:
    """Run ``wensou`` and return its exit code.

    Args:
        args: what follows the program's name; None for that of this process.
        environ: the environment; None for that of this process.
    """
    environ = os.environ if environ is None else environ
    spare_docstrings()
    _never_fail_to_write()
    with use_language(spoken_language(environ)):
        try:
            settings = load_settings(environ, Path())
        except SettingsError as error:
            return _fail(str(error), 1)
    with use_language(settings.language):
        try:
            code = _run(args, settings)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read has read enough, such as ``head``
            return _close_stdout()
        return code


def _run(args: Sequence[str] | None, settings: Settings) -> int:
    """Run a command; say what went wrong, in one line."""
    try:
        return Program(settings).main(args, "wensou", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        return _fail(explain(error), 2)
    except click.Abort:  # click's name for Ctrl-C
        return 130
    except RequestError as error:
        return _fail(str(error), 2)
    except WensouError as error:
        return _fail(str(error), 1)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _fail(str(error), 1)


def _fail(message: str, code: int) -> int:
    click.secho(say("cli.error", message=message), err=True, fg="red")
    return code


def _never_fail_to_write() -> None:
    """Write what the terminal has no character for, and file names that are no text, as ``?``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_stdout() -> int:
    """Send what is still to be written nowhere: Python would complain of the pipe once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


class Program(click.Group):
    """The commands; each is made when it is asked for."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            "wensou",
            help=say("cli.program"),
            options_metavar="",
            subcommand_metavar=say("cli.subcommand"),
            params=[_version_option()],
            no_args_is_help=True,
        )
        self.settings = settings

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click calls it so
        """Return the names of the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click calls it so
        cmd_name: str,
    ) -> click.Command | None:
        """Make the command of that name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        made: Command = import_module(f"search.cli.{cmd_name}").command(self.settings)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names; an unknown one is an error in our words."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            known = ", ".join(COMMANDS)
            raise click.UsageError(say("cli.no_such_command", seen=args[0], known=known), ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that says how the program is called."""
        format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands and the options, a line each."""
        with formatter.section(say("cli.commands")):
            formatter.write_dl([(name, say(key)) for name, key in COMMANDS.items()])
        write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, described in our words."""
        return help_option(super().get_help_option(ctx))


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted:
            from importlib.metadata import version

            click.echo(f"wensou {version('wensou')}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=say("cli.option_version"),
    )
