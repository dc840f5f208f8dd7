"""``wensou serve``: the page, from one process or from several."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from socket import socket
from typing import TYPE_CHECKING, NamedTuple

import click

from search.cli.listening import listening
from search.cli.options import Choice, index_option, opened
from search.cli.settling import settle
from search.cli.sharing import SharedListener, Shares
from search.cli.speaking import Command
from search.errors import RequestError, SettingsError
from search.messages import say, use_language
from search.query.request_text import parse_count
from search.settings import IMAGES, Images, Settings, parse_port
from search.spawning import keep_to_a_processor, processors, shared_memory

if TYPE_CHECKING:
    from search.spawning import SharedMemory

MAX_PROCESSES = 64

PAGES_BYTES = 32 * 1024 * 1024
SEARCHES_BYTES = 28 * 1024 * 1024
"""Of memory for pages that were made, and for what is remembered of searches, where several
processes answer. A container has often 64 MiB of such memory in all."""


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(location: str, host: str, port: int, images: Images, processes: int) -> None:
        from search.cli.keeping import end_on_sigterm, serve_side_by_side

        address = say("cli.serving", address=_address(host, port))

        def ready() -> None:
            click.echo(address)

        end_on_sigterm()
        try:
            with listening(host, port) as sockets:
                args = location, replace(settings, images=images), sockets
                if processes > 1:
                    counts = shared_memory(Shares.bytes_for(processes))
                    # One piece: the system tells whether it has room for all of it.
                    memory = shared_memory(PAGES_BYTES + SEARCHES_BYTES)
                    common = _Common(processes, memory, counts)
                    serve_side_by_side(
                        processes, _answer_in_part, (common, args), ready, common.forget
                    )
                else:
                    _answer(ready, *args)
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
            click.Option(
                ["--processes"],
                type=_processes,
                default=str(_usual_processes()),
                metavar="N",
                help=say("cli.option_processes", default=_usual_processes()),
            ),
            index_option(settings),
        ],
    )


class _Common(NamedTuple):
    """What processes have in common; their memory is None where the system has no place for it.

    Attributes:
        processes: how many there are.
        memory: for pages that were made, and what is remembered of searches.
        counts: the connections of each (see `search.cli.sharing`).
    """

    processes: int
    memory: SharedMemory | None
    counts: SharedMemory | None

    def forget(self, number: int) -> None:
        """Have nobody leave connections to a process that has ended."""
        if self.counts is not None:
            Shares.forget(memoryview(self.counts), number)


def _answer_in_part(
    ready: Callable[[], None],
    number: int,
    common: _Common,
    args: tuple[str, Settings, Sequence[socket]],
) -> None:
    """Answer requests as one of several processes."""
    location, settings, sockets = args
    keep_to_a_processor(number, common.processes)
    if common.counts is not None:
        shares = Shares(memoryview(common.counts), number)
        sockets = [SharedListener(each, shares) for each in sockets]
        ready = partial(_begin, shares, ready)
    memory = None if common.memory is None else memoryview(common.memory)
    _answer(ready, location, settings, sockets, memory)


def _begin(shares: Shares, ready: Callable[[], None]) -> None:
    shares.begin()
    ready()


def _answer(
    ready: Callable[[], None],
    location: str,
    settings: Settings,
    sockets: Sequence[socket],
    memory: memoryview | None = None,
) -> None:
    """Answer requests until this process is interrupted."""
    from search.corpus import ReadOptions
    from web import Behind, create_app, serve

    pages, searches = (memory[:PAGES_BYTES], memory[PAGES_BYTES:]) if memory else (None, None)
    with use_language(settings.language), opened(location, settings, searches) as index:

        def begin() -> None:
            ready()
            index.prepare(settle)

        zone = ReadOptions(timezone=settings.timezone).zone
        app = create_app(index, settings.images, pages, zone=zone)
        serve(Behind(app, settings.address) if settings.address else app, sockets, begin)


def _usual_processes() -> int:
    """Return how many processes answer: two, where there are as many processors.

    Each takes memory of its own. On Windows none can be told to end by a signal, so there is one.
    """
    return 1 if os.name == "nt" else min(2, processors())


def _processes(text: str) -> int:
    number = parse_count(text, "--processes")
    if not 1 <= number <= MAX_PROCESSES:
        raise RequestError("cli.processes", seen=number, most=MAX_PROCESSES)
    return 1 if os.name == "nt" else number


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
