"""Several processes that answer on the same sockets: started, kept, and ended together.

Each has an interpreter, and so a lock, of its own: two answer twice as much. The files of the
index are mapped, so that its pages are in memory once. One that ends is started again. All end
with the process that started them, however that ends: nobody else would end them. That one
imports neither the page nor the index, and so takes little memory.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from time import monotonic, sleep
from typing import Any, NamedTuple, NoReturn

from search.errors import ServingError, WensouError
from search.messages import say
from search.spawning import MODEST, spawning

MAX_RESTARTS = 5
"""Processes started again within `RESTARTS_S`; beyond, something is wrong that goes on being so."""

RESTARTS_S = 60

RETRY_S = 5
"""Until a process is started again that could not answer: whoever moves an index brings it back."""

_END_S = 8
"""To finish what is being answered (waitress gives that 5 s); who is not done then is killed."""

_log = logging.getLogger(__name__)

Ready = Callable[[], None]


class _Worker(NamedTuple):
    process: SpawnProcess
    connection: Connection
    """It sends None when it answers, or the error by which it cannot; we send nothing: that it is
    closed tells the worker that we are gone."""


def serve_side_by_side(
    count: int,
    work: Callable[..., None],
    args: tuple[Any, ...],
    ready: Ready,
    gone: Callable[[int], None] | None = None,
) -> None:
    """Have ``count`` processes call ``work(ready, number, *args)`` until this one is interrupted.

    That is by SystemExit (see `end_on_sigterm`) or KeyboardInterrupt, after which it returns.

    Args:
        count: at least 1.
        work: a function of a module; it answers requests until SystemExit is raised in it. Its
            first argument is to be called once it answers; the second is the number of the
            process, from 0, which the one that takes its place has, too.
        args: what can be pickled for a process that starts, sockets among it.
        ready: called once, when the first of them answers.
        gone: called with the number of a process that has ended, before another takes its place.

    Raises:
        WensouError: one of them cannot answer before any did, or they end again and again.
    """
    workers: list[_Worker] = []
    ended: deque[float] = deque(maxlen=MAX_RESTARTS)
    try:
        workers += [_start(work, (number, *args), 0) for number in range(count)]
        is_ready = False
        while True:
            found = wait([worker.connection for worker in workers])
            for at, worker in enumerate(workers):
                if worker.connection not in found:
                    continue
                heard = _heard(worker)
                if heard is None:
                    if not is_ready:
                        is_ready = True
                        ready()
                    continue
                if isinstance(heard, WensouError) and not is_ready:
                    raise heard
                pause = _note_end(worker, heard, ended)
                if gone is not None:
                    gone(at)
                workers[at] = _start(work, (at, *args), pause)
    except (SystemExit, KeyboardInterrupt):
        return
    finally:
        _end(workers)


def end_on_sigterm() -> None:
    """Have SIGTERM raise SystemExit in this process: what is open is closed, then."""
    signal.signal(signal.SIGTERM, _exit)


def _exit(*_: object) -> NoReturn:
    raise SystemExit(0)


def _exit_at_once(*_: object) -> NoReturn:
    os._exit(0)


def _start(work: Callable[..., None], args: tuple[Any, ...], pause: float) -> _Worker:
    # A terminal sends Ctrl-C to all of its processes; what it means, this one decides. What is
    # ignored stays so in a process that is started.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with spawning(MODEST) as context:
            ours, theirs = context.Pipe()
            process = context.Process(target=_run, args=(theirs, work, args, pause))
            process.start()
            theirs.close()
    finally:
        signal.signal(signal.SIGINT, before)
    return _Worker(process, ours)


def _heard(worker: _Worker) -> Exception | None:
    """Return None from who answers; else by what error it cannot, or what tells that it is gone."""
    try:
        error: WensouError | None = worker.connection.recv()
    except (EOFError, OSError) as is_gone:
        return is_gone
    return error


def _note_end(worker: _Worker, why: Exception, ended: deque[float]) -> float:
    """Log that a process has ended; return for how many seconds the next is to wait."""
    worker.connection.close()
    worker.process.join()
    code = worker.process.exitcode
    if isinstance(why, WensouError):
        _log.warning("%s", say("cli.worker_waits", reason=why, seconds=RETRY_S))
        return RETRY_S
    if len(ended) == MAX_RESTARTS and monotonic() - ended[0] < RESTARTS_S:
        raise ServingError("cli.workers_end", count=MAX_RESTARTS + 1, seconds=RESTARTS_S, code=code)
    ended.append(monotonic())
    _log.warning("%s", say("cli.worker_ended", pid=worker.process.pid, code=code))
    return 0


def _end(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.process.terminate()
    deadline = monotonic() + _END_S
    for worker in workers:
        worker.process.join(max(0, deadline - monotonic()))
        if worker.process.exitcode is None:
            worker.process.kill()
            worker.process.join()


def _run(
    connection: Connection, work: Callable[..., None], args: tuple[Any, ...], pause: float
) -> None:
    """Work after so many seconds, in a process of the crew."""
    # Until it answers there is nothing to close, and an import may swallow what is raised in it.
    signal.signal(signal.SIGTERM, _exit_at_once)
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()

    def ready() -> None:
        end_on_sigterm()
        connection.send(None)

    sleep(pause)
    try:
        work(ready, *args)
    except WensouError as error:
        with suppress(OSError):  # there may be nobody left to tell
            connection.send(error)


def _end_with(connection: Connection) -> None:
    """Wait until the process that started this one is gone, then end this one."""
    with suppress(EOFError, OSError):
        connection.recv()
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
