"""Processes that read and gather side by side.

Each has a gatherer of the writer's (see `search.engines.base`) and is given jobs, some at a time;
what came of them comes back, and at the end what it has gathered. A crew whose foreman dies ends by
itself: there is nobody left to ask it for anything.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, NamedTuple, Self

from search.analysis import UserDictionary, dictionary_in_force, use_dictionary
from search.corpus import ReadOptions
from search.engines.base import Gatherer
from search.errors import EngineError
from search.indexer.work import Job, Outcome, do
from search.messages import language, use_language
from search.spawning import spawning

BATCH = 32
"""Jobs that are sent at a time."""

_AHEAD = 2  # batches that a process has before it: one at hand, one waiting


class _Task(NamedTuple):
    """What a process of the crew is started with; it can be pickled."""

    options: ReadOptions
    make_gatherer: Callable[[], Gatherer]
    language: str
    dictionary: UserDictionary


class Crew:
    """Some processes at work. A context manager: leaving it ends them.

    Args:
        size: how many.
        options: how to read.
        make_gatherer: called in each.
    """

    def __init__(
        self, size: int, options: ReadOptions, make_gatherer: Callable[[], Gatherer]
    ) -> None:
        task = _Task(options, make_gatherer, language(), dictionary_in_force())
        self._waiting: list[Job] = []
        self._ahead: dict[Connection, int] = {}
        self._processes = []
        with spawning() as context:
            for _ in range(size):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, task), daemon=True)
                process.start()
                theirs.close()
                self._processes.append(process)
                self._ahead[ours] = 0

    def give(self, job: Job) -> Iterator[Outcome]:
        """Have ``job`` done; yield what came of jobs given before."""
        self._waiting.append(job)
        if len(self._waiting) >= BATCH:
            yield from self._send()

    def finish(self) -> Iterator[Outcome]:
        """Have the last jobs done; yield what came of all that are left."""
        if self._waiting:
            yield from self._send()
        while any(self._ahead.values()):
            yield from self._receive()

    def gathered(self) -> Iterator[Any]:
        """Yield what each process has gathered, once all jobs are done."""
        for connection in self._ahead:
            connection.send(None)
        for connection in self._ahead:
            yield self._answer(connection)

    def _send(self) -> Iterator[Outcome]:
        while min(self._ahead.values()) >= _AHEAD:
            yield from self._receive()
        connection = min(self._ahead, key=self._ahead.__getitem__)
        try:
            connection.send(self._waiting)
        except OSError as error:
            raise EngineError("engine.worker_ended") from error
        self._ahead[connection] += 1
        self._waiting = []

    def _receive(self) -> Iterator[Outcome]:
        for connection in wait(list(self._ahead)):
            assert isinstance(connection, Connection)  # noqa: S101 -- nothing else was given
            outcomes: Sequence[Outcome] = self._answer(connection)
            self._ahead[connection] -= 1
            yield from outcomes

    def _answer(self, connection: Connection) -> Any:
        try:
            answer = connection.recv()
        except (EOFError, OSError) as error:
            raise EngineError("engine.worker_ended") from error
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for connection in self._ahead:
            connection.close()
        for process in self._processes:
            if kind is not None:
                process.terminate()
            process.join()


def _serve(connection: Connection, task: _Task) -> None:
    """Do jobs until the foreman says that there are no more, or is gone."""
    # A terminal sends Ctrl-C to all of its processes; what it means, the foreman decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_dictionary(task.dictionary)
    try:
        with use_language(task.language):
            _do_jobs(connection, task)
    except (EOFError, BrokenPipeError):
        return
    except BaseException as error:
        connection.send(error)


def _do_jobs(connection: Connection, task: _Task) -> None:
    gatherer = task.make_gatherer()
    while (jobs := connection.recv()) is not None:
        connection.send([do(job, task.options, gatherer.put) for job in jobs])
    connection.send(gatherer.finish())
