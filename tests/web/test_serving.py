"""Requests are bounded, and no connection is kept from others by who says little or nothing."""

from __future__ import annotations

import logging
import os
import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep
from typing import Any

import pytest

from tests.running import running
from web.connections import most_connections

ASKED = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"
LARGE = 16 * 1024 * 1024  # bytes; more than the system takes for who reads nothing


def app(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
    """Answer with nothing, late or at once, or with much."""
    if environ["PATH_INFO"] == "/slow":
        sleep(3)
    size = LARGE if environ["PATH_INFO"] == "/large" else 0
    start_response("200 OK", [("Content-Length", str(size))])
    return [bytes(size)]


@contextmanager
def serving(**limits: int) -> Iterator[Callable[..., socket.socket]]:
    """Yield what connects to a server with these limits, and sends what it is given."""
    with ExitStack() as opened:
        listening = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        opened.enter_context(running(app, [listening], **limits))

        def connect(sent: bytes = b"") -> socket.socket:
            made = socket.create_connection(listening.getsockname(), timeout=10)
            opened.enter_context(made)
            made.sendall(sent)
            return made

        yield connect


def is_open(connection: socket.socket) -> bool:
    """Return whether it is, as far as its other side has said."""
    connection.setblocking(False)
    try:
        return connection.recv(65536) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


def lasts(connection: socket.socket, sending: bytes = b"") -> float:
    """Return for how many seconds it is open, 6 at most, though ``sending`` goes there."""
    began = monotonic()
    while is_open(connection) and monotonic() - began < 6:
        if sending:
            connection.send(sending)
        sleep(0.1)
    return monotonic() - began


def answered(connection: socket.socket) -> bytes:
    connection.settimeout(10)
    return connection.recv(65536).partition(b"\r\n")[0]


def test_readers_who_keep_their_connections_keep_nobody_out() -> None:
    with serving(most=120) as connect:
        began = monotonic()
        for _ in range(10):
            readers = [connect(ASKED) for _ in range(50)]
            assert {answered(each) for each in readers} == {b"HTTP/1.1 200 OK"}
        assert monotonic() - began < 5


def test_those_who_have_said_nothing_for_longest_make_room() -> None:
    with serving(most=40) as connect:
        silent = [connect() for _ in range(30)]
        assert answered(connect(ASKED)) == b"HTTP/1.1 200 OK"
        sleep(0.2)
        assert not is_open(silent[0])
        assert is_open(silent[-1])


def test_many_who_come_at_once_have_room_made_for_each(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening, ExitStack() as opened:
        address = listening.getsockname()
        came = [opened.enter_context(socket.create_connection(address)) for _ in range(120)]
        came[-1].sendall(ASKED)
        with running(app, [listening], most=60):
            assert answered(came[-1]) == b"HTTP/1.1 200 OK"
    assert "connection limit" not in caplog.text  # waitress says when it has its fill


def test_more_than_are_kept_are_given_little_time() -> None:
    with serving(kept=12) as connect:
        readers = [connect(ASKED) for _ in range(30)]
        assert {answered(each) for each in readers} == {b"HTTP/1.1 200 OK"}
        assert all(map(is_open, readers))
        sleep(3)
        held = [is_open(each) for each in readers]
        assert held == sorted(held)
        assert 8 <= sum(held) <= 12  # the server's own are counted along


def test_files_may_have_numbers_that_select_does_not_know() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    with ExitStack() as others, serving() as connect:
        for _ in range(1050):
            others.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        assert answered(connect(ASKED)) == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize(
    ("files", "connections"),
    [(64, 100), (256, 156), (1024, 924), (20_000, 1000), (resource.RLIM_INFINITY, 1000)],
)
def test_as_many_connections_as_a_process_may_have_files(
    monkeypatch: pytest.MonkeyPatch, files: int, connections: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert most_connections() == connections


def test_who_says_nothing_more_is_left_after_a_while() -> None:
    with serving(idle_s=1) as connect:
        reader = connect(ASKED)
        assert answered(reader) == b"HTTP/1.1 200 OK"
        assert 0.9 < lasts(reader) < 4


@pytest.mark.parametrize(
    ("begun", "sending"),
    [
        (ASKED[:-2] + b"X: ", b"a"),
        (b"", b"\r\n\r\n"),
        (b"POST / HTTP/1.1\r\nContent-Length: 999\r\n\r\n", b"a"),
    ],
    ids=["head", "blank lines", "body"],
)
def test_a_request_must_come_whole_in_time(begun: bytes, sending: bytes) -> None:
    with serving(idle_s=1) as connect:
        assert 0.9 < lasts(connect(begun), sending) < 4


def test_who_asks_again_stays(caplog: pytest.LogCaptureFixture) -> None:
    with serving(idle_s=2) as connect:
        reader = connect()
        for _ in range(10):
            reader.sendall(ASKED)
            assert answered(reader) == b"HTTP/1.1 200 OK"
            sleep(0.4)
    assert not [each for each in caplog.records if each.levelno > logging.INFO]


def test_an_answer_may_take_its_time() -> None:
    with serving(idle_s=1) as connect:
        assert answered(connect(b"GET /slow HTTP/1.1\r\n\r\n")) == b"HTTP/1.1 200 OK"


def test_an_answer_that_is_not_taken_is_given_up() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        running(app, [listening], idle_s=1) as server,
    ):
        free = len(server.map)
        with socket.create_connection(listening.getsockname()) as reader:
            reader.sendall(b"GET /large HTTP/1.1\r\n\r\n")
            sleep(0.5)
            assert len(server.map) == free + 1
            sleep(3.5)
            assert len(server.map) == free


def test_an_answer_that_is_taken_slowly_comes_whole() -> None:
    with serving(idle_s=2) as connect:
        reader = connect(b"GET /large HTTP/1.1\r\nConnection: close\r\n\r\n")
        taken = 0
        while some := reader.recv(LARGE // 40):
            taken += len(some)
            sleep(0.1)
        assert taken > LARGE


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        (b"GET /" + b"a" * 33_000 + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nContent-Length: 33000\r\n\r\n", b"413"),
    ],
)
def test_a_request_has_a_size(request_head: bytes, status: bytes) -> None:
    with serving() as connect:
        assert answered(connect(request_head)).split()[1] == status
