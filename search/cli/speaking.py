"""Click's own words in our languages: headings of the help, and what is wrong with a command line.

Click translates by gettext, which knows neither ``WENSOU_LANG`` nor our catalogues; so the few
places where it speaks are overridden here.
"""

from __future__ import annotations

import click

from search.messages import say


class Command(click.Command):
    """A command that speaks the language in force."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; those that nothing takes are an error in our words."""
        ctx.allow_extra_args = True
        try:
            extra = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = ctx  # click's parser leaves it out, and `explain` names the command by it
            raise
        if extra and not ctx.resilient_parsing:
            raise click.UsageError(say("cli.extra", seen=" ".join(extra)), ctx)
        return extra

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that says how the command is called."""
        format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a line each."""
        write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, described in our words."""
        return help_option(super().get_help_option(ctx))


class WordsCommand(Command):
    """Takes unknown words that begin with one ``-`` as words, but not slips such as --categry.

    A word such as -快递 is a word that is not to be there, no option.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what follows a bare ``--`` is words whatever it begins with."""
        known = {name for param in self.get_params(ctx) for name in param.opts}
        before = args[: args.index("--")] if "--" in args else args
        for each in before:
            name = each.partition("=")[0]
            if name.startswith("--") and name not in known:
                raise click.NoSuchOption(name, possibilities=sorted(known), ctx=ctx)
        ctx.ignore_unknown_options = True
        return super().parse_args(ctx, args)


def format_usage(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write the line that says how ``command`` is called."""
    pieces = " ".join(filter(None, command.collect_usage_pieces(ctx)))
    formatter.write_usage(ctx.command_path, pieces, prefix=say("cli.usage"))


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write the options of ``command`` under a heading, a line each."""
    options = (each for each in command.get_params(ctx) if isinstance(each, click.Option))
    with formatter.section(say("cli.options")):
        formatter.write_dl([line for each in options if (line := each.get_help_record(ctx))])


def help_option(option: click.Option | None) -> click.Option | None:
    """Describe ``--help`` in our words."""
    if option:
        option.help = say("cli.option_help")
    return option


def explain(error: click.UsageError) -> str:
    """Say in one line what is wrong with the command line, and where its rules are."""
    command = error.ctx.command_path if error.ctx else "wensou"
    return say("cli.usage_error", message=_fault(error), command=command)


def _fault(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = " ".join(error.possibilities or ())
            key = "cli.no_such_option_near" if near else "cli.no_such_option"
            return say(key, seen=error.option_name, near=near)
        case click.MissingParameter():
            return say("cli.missing", name=_name(error))
        case click.BadOptionUsage():
            return _value_fault(error)
    return error.message


def _value_fault(error: click.BadOptionUsage) -> str:
    """Say that an option lacks its value, or that a flag was given one."""
    options = error.ctx.command.params if error.ctx else ()
    is_flag = any(
        error.option_name in each.opts and isinstance(each, click.Option) and each.is_flag
        for each in options
    )
    return say("cli.value_unwanted" if is_flag else "cli.value_missing", name=error.option_name)


def _name(error: click.MissingParameter) -> str:
    """Return the parameter's name as it is typed, or as it stands in the usage line."""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.human_readable_name.removesuffix("...") if error.param else ""
