"""``wensou serve``: it says where the page is, and what to do when it cannot be there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import web
from search.cli.serve import _address

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


def test_the_page_is_where_it_says_until_it_is_interrupted(seed_index, port):
    process = subprocess.Popen(
        [WENSOU, "serve", "--index", str(seed_index), "--port", str(port)],
        stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, "WENSOU_LANG": "en"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = f"http://127.0.0.1:{port}/"
        assert process.stdout.readline() == f"The page is at {address}  (stop with Ctrl-C)\n"
        assert status(f"{address}healthz") == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


def test_a_port_that_is_taken_is_answered_with_another(seed_index):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        # In a process of its own: waitress leaves its sockets open when it cannot listen.
        ran = subprocess.run(
            [WENSOU, "serve", "--index", str(seed_index), "--port", str(port)],
            capture_output=True, encoding="utf-8", timeout=30, check=False,
            env={**os.environ, "WENSOU_LANG": "en"},
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == f"Error: Port {port} is in use. Choose another: --port {port + 1}\n"


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
def test_which_pictures_are_shown_can_be_chosen(
    wensou, seed_index, monkeypatch, options, environ, sources
):
    policies = []

    def answer_once(app, host, port, ready):
        answer = app.test_client().get("/healthz")
        policies.append(answer.headers["Content-Security-Policy"])

    monkeypatch.setattr(web, "serve", answer_once)
    assert wensou("serve", "--index", seed_index, *options, **environ).code == 0
    assert [each.rpartition("img-src ")[2] for each in policies] == [sources]


def test_other_pictures_than_there_are_cannot_be_chosen(wensou):
    ran = wensou("serve", "--images", "some")
    assert ran.code == 2
    assert '--images cannot be "some". Choose one of: on, proxy-free, off.' in ran.err
