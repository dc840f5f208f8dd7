"""``wensou serve``: it says where the page is, and what to do when it cannot be there."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from search.cli.keeping import serve_side_by_side
from search.cli.listening import listening
from search.cli.serve import PAGES_BYTES, SEARCHES_BYTES, _address, _answer_in_part, _Common
from search.settings import Settings
from search.spawning import shared_memory

WENSOU = str(Path(sys.executable).with_name("wensou"))


@pytest.fixture
def port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


def status(address: str) -> int:
    """Return the status of the answer, which a server that has just started owes within 10 s."""
    deadline = monotonic() + 10
    while True:
        try:
            with urlopen(address, timeout=10) as answer:
                return int(answer.status)
        except URLError:
            if monotonic() > deadline:
                raise
            sleep(0.05)


@contextmanager
def serving(
    index: Path, port: int, processes: int, *options: str, **environ: str
) -> Iterator[subprocess.Popen[str]]:
    """Yield the command once it says that it answers; end it if the test has not."""
    words = ["--index", str(index), "--port", str(port), "--processes", str(processes), *options]
    process = subprocess.Popen(
        [WENSOU, "serve", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", env={**os.environ, "WENSOU_LANG": "en", **environ},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said == f"The page is at http://127.0.0.1:{port}/  (stop with Ctrl-C)\n"
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=10)


def soon(holds: Callable[[], bool]) -> bool:
    """Return whether it holds within 20 s: a process takes one or two to start, at times more."""
    deadline = monotonic() + 20
    while not holds():
        if monotonic() > deadline:
            return False
        sleep(0.05)
    return True


def listeners(port: int) -> set[int]:
    """Return the processes that have a socket which listens on ``port``."""
    return set(_holders(port, "0A"))


def _holders(port: int, state: str) -> list[int]:
    """Return a process for each socket at ``port``, in that state of /proc/net/tcp, that it has."""
    inodes = {
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == state
    }
    names = {f"socket:[{inode}]" for inode in inodes}
    return [int(fd.parts[2]) for fd in Path("/proc").glob("[0-9]*/fd/*") if _target(fd) in names]


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # it was closed meanwhile
        return ""


@pytest.mark.parametrize(
    ("processes", "sent"), [(1, signal.SIGINT), (2, signal.SIGINT), (2, signal.SIGTERM)]
)
def test_the_page_is_where_it_says_until_it_is_told_to_end(seed_index, port, processes, sent):
    with serving(seed_index, port, processes) as process:
        assert status(f"http://127.0.0.1:{port}/healthz") == 200
        process.send_signal(sent)
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")
        assert listeners(port) == set()


def test_ages_are_told_in_the_time_zone_of_the_settings(wensou, tmp_path, port):
    """Where the machine's day is always another."""
    day = (datetime.now(UTC) - timedelta(hours=12)).date()
    (tmp_path / "a.md").write_text(f"---\ntitle: a\ndate: {day}\n---\n", encoding="utf-8")
    index = tmp_path / "index"
    wensou("index", tmp_path / "a.md", "--index", index)
    with (
        serving(index, port, 1, TZ="Etc/GMT-14", WENSOU_TIMEZONE="Etc/GMT+12"),
        urlopen(f"http://127.0.0.1:{port}/?lang=en", timeout=10) as answer,
    ):
        assert '<span class="age">today</span>' in answer.read().decode()


def test_each_of_two_processes_answers_and_one_that_dies_is_replaced(seed_index, port):
    with serving(seed_index, port, 2) as process:
        assert soon(lambda: len(listeners(port)) == 3)  # the one that keeps them holds it, too
        first, second = listeners(port) - {process.pid}
        os.kill(first, signal.SIGSTOP)  # so that only the other can answer
        assert status(f"http://127.0.0.1:{port}/?q=%E4%BA%AC%E4%B8%9C") == 200
        os.kill(first, signal.SIGKILL)
        assert soon(lambda: len(listeners(port) - {process.pid, first, second}) == 1)
        os.kill(second, signal.SIGKILL)
        assert status(f"http://127.0.0.1:{port}/healthz") == 200
        process.terminate()
        _, errors = process.communicate(timeout=20)
    said = [f"Process {pid} that answered has ended (exit code -9)" for pid in (first, second)]
    assert [line.partition(";")[0] for line in errors.splitlines()] == said


def test_an_index_that_is_away_for_a_while_ends_nothing(seed_index, port, tmp_path):
    index, away = tmp_path / "index", tmp_path / "away"
    shutil.copytree(seed_index, index)
    with serving(index, port, 2) as process, ExitStack() as opened:
        assert soon(lambda: _connections(port, 2) == 1)  # both answer
        first, second = listeners(port) - {process.pid}
        index.rename(away)
        os.kill(first, signal.SIGKILL)
        assert process.stderr is not None
        assert f"Process {first} that answered has ended" in process.stderr.readline()
        opened.enter_context(socket.create_connection(("127.0.0.1", port)))
        # What comes is not left to who is gone: it would be for 0.05 s, each time.
        assert min(_refused_after(port) for _ in range(15)) < 0.04
        said = process.stderr.readline()
        assert said.startswith("A process cannot answer, and is started again in 5 s. No index at ")
        away.rename(index)
        assert soon(lambda: _answering(port) - {process.pid, first, second} != set())
        assert second in listeners(port)
        process.terminate()
        assert process.wait(20) == 0


def _refused_after(port: int) -> float:
    """Return how many seconds the answer takes to what the index is not asked for."""
    sleep(0.05)
    began = monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert connection.recv(4096)
        return monotonic() - began


def _ask(connection: socket.socket) -> None:
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
    assert connection.recv(4096).startswith(b"HTTP/1.1 200 OK")


def _answering(port: int) -> set[int]:
    """Return the processes that have connections once there is one more."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        _ask(connection)
        return set(_holders(port, "01"))


def test_readers_who_keep_their_connections_keep_nobody_out(seed_index, port):
    with serving(seed_index, port, 2) as process, ExitStack() as opened:
        for _ in range(300):
            _ask(opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)))
        began = monotonic()
        assert status(f"http://127.0.0.1:{port}/healthz") == 200
        assert monotonic() - began < 1
        process.terminate()
        process.communicate(timeout=20)


def test_processes_have_as_many_connections(seed_index, port):
    with serving(seed_index, port, 2) as process:
        assert soon(lambda: _connections(port, 12) <= 7)  # the second may not answer yet
        # On a busy machine one is held up for longer than the other is patient, now and then.
        # Left to chance, the process with most has nine or more.
        assert sorted(_connections(port, 12) for _ in range(15))[7] <= 7
        process.terminate()
        process.communicate(timeout=20)


def _connections(port: int, count: int) -> int:
    """Make as many connections; return how many of them the process with most has."""
    with ExitStack() as opened:
        for _ in range(count):
            opened.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert soon(lambda: len(_holders(port, "01")) == count)
        held = Counter(_holders(port, "01"))
    assert soon(lambda: not _holders(port, "01"))
    return held.most_common(1)[0][1]


def test_processes_have_memory_for_pages_and_for_searches_in_common(seed_index, port):
    memory = shared_memory(PAGES_BYTES + SEARCHES_BYTES)
    assert memory is not None

    def asked_and_interrupted() -> None:
        assert status(f"http://127.0.0.1:{port}/?q=coffee") == 200
        raise SystemExit

    with listening("127.0.0.1", port) as sockets:
        args = _Common(1, memory, None), (str(seed_index), Settings(), sockets)
        serve_side_by_side(1, _answer_in_part, args, asked_and_interrupted)
    whole = memoryview(memory).cast("B").tobytes()
    assert any(whole[:PAGES_BYTES])
    assert any(whole[PAGES_BYTES:])


def test_processes_end_with_the_one_that_started_them(seed_index, port):
    with serving(seed_index, port, 2) as process:
        assert soon(lambda: len(listeners(port)) == 3)
        process.kill()
        process.wait()
        assert soon(lambda: listeners(port) == set())


def test_an_index_that_is_not_there_is_said_once(tmp_path, port):
    ran = subprocess.run(
        [WENSOU, "serve", "--index", str(tmp_path), "--port", str(port), "--processes", "2"],
        capture_output=True, encoding="utf-8", timeout=30, check=False,
        env={**os.environ, "WENSOU_LANG": "en"},
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("Error: No index at ")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("seen", ["0", "65", "two"])
def test_a_number_of_processes_that_cannot_be_is_refused(seen):
    ran = subprocess.run(
        [WENSOU, "serve", "--processes", seen], capture_output=True, encoding="utf-8",
        timeout=30, check=False, env={**os.environ, "WENSOU_LANG": "en"},
    )  # fmt: skip
    assert ran.returncode == 2
    assert "--processes" in ran.stderr
    assert seen in ran.stderr


def test_a_port_that_is_taken_is_answered_with_another(seed_index):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [WENSOU, "serve", "--index", str(seed_index), "--port", str(port)],
            capture_output=True, encoding="utf-8", timeout=30, check=False,
            env={**os.environ, "WENSOU_LANG": "en"},
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == f"Error: Port {port} is in use. Choose another: --port {port + 1}\n"


@pytest.mark.parametrize("host", ["a..b", "x" * 64], ids=["no label", "a long label"])
def test_a_host_that_is_no_name_is_refused(wensou, seed_index, host):
    ran = wensou("serve", "--index", str(seed_index), "--host", host)
    assert ran.code == 1
    assert ran.err.startswith(f"Error: Cannot listen on {host}:8000: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://localhost:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_an_address_can_be_clicked(host, address):
    assert _address(host, 8000) == address


@pytest.mark.parametrize(
    ("options", "environ", "sources"),
    [
        ([], {}, "'self' http: https: data:"),
        ([], {"WENSOU_IMAGES": "proxy-free"}, "'self' https: data:"),
        (["--images", "off"], {"WENSOU_IMAGES": "proxy-free"}, "'self' data:"),
    ],
)
def test_which_pictures_are_shown_can_be_chosen(seed_index, port, options, environ, sources):
    with (
        serving(seed_index, port, 2, *options, **environ),
        urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer,
    ):
        assert answer.headers["Content-Security-Policy"].rpartition("img-src ")[2] == sources


def test_other_pictures_than_there_are_cannot_be_chosen(wensou):
    ran = wensou("serve", "--images", "some")
    assert ran.code == 2
    assert '--images cannot be "some". Choose one of: on, proxy-free, off.' in ran.err


def test_readers_may_know_the_page_by_another_address(seed_index, port):
    with (
        serving(seed_index, port, 1, WENSOU_ADDRESS="https://a.example/wen/"),
        urlopen(f"http://127.0.0.1:{port}/wen/feed.atom", timeout=10) as answer,
    ):
        assert b"<id>https://a.example/wen/feed.atom" in answer.read()
