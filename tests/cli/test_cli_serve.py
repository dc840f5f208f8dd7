"""``wensou serve``: it says where the page is, and what to do when it cannot be there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from search.cli.serve import _address

WENSOU = str(Path(sys.executable).with_name("wensou"))


@pytest.fixture
def port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


def test_the_page_is_where_it_says_until_it_is_interrupted(seed_index, port):
    process = subprocess.Popen(
        [WENSOU, "serve", "--index", str(seed_index), "--port", str(port)],
        stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, "WENSOU_LANG": "en"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = f"http://127.0.0.1:{port}/"
        assert process.stdout.readline() == f"The page is at {address}  (stop with Ctrl-C)\n"
        with urlopen(f"{address}healthz", timeout=10) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


def test_a_port_that_is_taken_is_answered_with_another(wensou, seed_index):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = wensou("serve", "--index", seed_index, "--port", port)
    assert ran.code == 1
    assert ran.err == f"Error: Port {port} is in use. Choose another: --port {port + 1}\n"


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
