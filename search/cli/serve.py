"""``wensou serve``: the page."""

from __future__ import annotations

import errno

import click

from search.cli.options import Choice, index_option, opened
from search.cli.speaking import Command
from search.errors import SettingsError
from search.messages import say
from search.settings import IMAGES, Images, Settings, parse_port


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(location: str, host: str, port: int, images: Images) -> None:
        from web import create_app, serve

        with opened(location, settings) as index:
            app = create_app(index, images)
            address = say("cli.serving", address=_address(host, port))

            def ready() -> None:
                click.echo(address)
                index.prepare()

            try:
                serve(app, host, port, ready=ready)
            except OSError as error:
                raise _refused(error, host, port) from error

    return Command(
        "serve",
        callback=run,
        help=say("cli.help_serve"),
        options_metavar=say("cli.options_metavar"),
        params=[
            click.Option(
                ["--host"],
                default=settings.host,
                metavar="HOST",
                help=say("cli.option_host", default=settings.host),
            ),
            click.Option(
                ["--port"],
                type=_port,
                default=str(settings.port),
                metavar="PORT",
                help=say("cli.option_port", default=settings.port),
            ),
            click.Option(
                ["--images"],
                type=Choice("--images", IMAGES),
                default=settings.images,
                metavar="WHICH",
                help=say("cli.option_images", allowed=", ".join(IMAGES), default=settings.images),
            ),
            index_option(settings),
        ],
    )


def _port(text: str) -> int:
    try:
        return parse_port("--port", text)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _refused(error: OSError, host: str, port: int) -> SettingsError:
    """Return what to say when the system does not let us listen there."""
    if error.errno == errno.EADDRINUSE:
        return SettingsError("cli.port_taken", port=port, other=port + 1)
    return SettingsError("cli.no_listening", host=host, port=port, reason=error)
