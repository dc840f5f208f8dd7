"""Who does the work of a process: one thread, as long as that keeps up.

Threads that make pages at once only take the interpreter from each other, and even when they take
turns, the processor's caches. At 100,000 articles and 16 clients, a page took 11.1 ms of processor
time where four threads took turns, and 10.1 where one made all (measured). But one alone would let
everybody wait behind a slow question.
"""

from __future__ import annotations

import logging
from collections import deque
from threading import Condition, Lock, Thread
from typing import Protocol

THREADS = 4
"""Slow requests that a process has in hand at most before others wait for them."""

PATIENCE_S = 0.1
"""Some pages' time: whoever has waited so long stands behind something slow."""

_log = logging.getLogger(__name__)


class Task(Protocol):
    """A request in waitress's hands."""

    def service(self) -> None:
        """Answer it."""

    def cancel(self) -> None:
        """Give it up."""


class Dispatcher:
    """Has waitress's tasks done, in the order they came, by one thread: the worker.

    Others are its reserve. Where no task was taken for ``patience`` seconds though one waits, one
    of them becomes the worker; who was it before goes on with what is slow, and is then of the
    reserve. So a thread is not woken for each task, and what is slow holds up nobody for long.
    """

    def __init__(self, threads: int = THREADS, patience: float = PATIENCE_S) -> None:
        self._patience = patience
        self._tasks: deque[Task] = deque()
        # A signal may raise in the main thread while it adds a task. Taken by itself, a lock is let
        # go whenever that is; a condition enters and leaves by functions that can be cut short.
        self._lock = Lock()
        self._worker_changed = Condition(self._lock)  # the worker alone waits for it
        self._reserve_changed = Condition(self._lock)
        self._ended = Condition(self._lock)
        self._worker: object = None
        self._is_idle = self._is_watched = self._is_over = False
        self._taken = 0
        self._running = threads
        for number in range(threads):
            Thread(target=self._run, name=f"wensou-{number}", daemon=True).start()

    def add_task(self, task: Task) -> None:
        """Have ``task`` done."""
        with self._lock:
            self._tasks.append(task)
            if self._is_idle:
                self._is_idle = False
                self._worker_changed.notify()
            else:
                self._have_watched()

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End the threads, each when it has done what it has in hand.

        Args:
            cancel_pending: whether tasks that nobody has begun are given up.
            timeout: seconds to wait for the threads.

        Returns:
            whether they have ended.
        """
        with self._lock:
            self._is_over = True
            self._worker_changed.notify_all()
            self._reserve_changed.notify_all()
            has_ended = self._ended.wait_for(lambda: not self._running, timeout)
            pending = list(self._tasks) if cancel_pending else []
            if cancel_pending:
                self._tasks.clear()
        for task in pending:
            task.cancel()
        return has_ended

    def _run(self) -> None:
        me = object()
        while task := self._next(me):
            try:
                task.service()
            except BaseException:
                _log.exception("A request was not answered")
            del task  # while the next is waited for, nothing of it is held
        with self._lock:
            self._running -= 1
            self._ended.notify_all()

    def _next(self, me: object) -> Task | None:
        """Wait for what ``me`` has to do; None when all is over."""
        with self._lock:
            self._worker = self._worker or me
            while not self._is_over:
                if self._worker is not me:
                    if self._waited_in_vain():
                        self._worker = me
                elif self._tasks:
                    self._taken += 1
                    task = self._tasks.popleft()
                    self._have_watched()
                    return task
                else:
                    self._is_idle = True
                    self._worker_changed.wait()
        return None

    def _have_watched(self) -> None:
        """Wake one of the reserve where tasks wait and nobody sees to it."""
        if self._tasks and not self._is_watched:
            self._reserve_changed.notify()

    def _waited_in_vain(self) -> bool:
        """Wait, as one of the reserve; return whether some task waited, and none was taken."""
        if self._is_watched or not self._tasks:
            self._reserve_changed.wait()
            return False
        taken = self._taken
        self._is_watched = True
        has_changed = self._reserve_changed.wait(self._patience)
        self._is_watched = False
        return not has_changed and bool(self._tasks) and taken == self._taken
