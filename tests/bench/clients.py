"""Clients that ask all at once, in a process of their own: ``python -m tests.bench.clients …``.

    PORT SECONDS CLIENTS, and an address a line on the standard input

Each keeps its connection and asks for the next address when it has its answer, as a browser takes
it: compressed, not taken apart. One thread serves them all, by sockets: what they take of the
processors the server lacks. Prints one JSON object.
"""

from __future__ import annotations

import json
import re
import socket
import sys
from collections.abc import Iterator
from itertools import islice
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter, process_time
from typing import Any

from tests.bench.measuring import percentile

_HEADERS = "Accept-Language: zh-CN\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
"""As Chromium sends them."""

_HEAD_ENDS = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_AT_ONCE = 64 * 1024  # bytes read; a page is a quarter of that
_TIMEOUT_S = 30


def ask_all(port: int, addresses: list[str], seconds: float, clients: int) -> dict[str, Any]:
    """Have ``clients`` ask for ``seconds``, or until each address was asked for once.

    Returns:
        What came of it, times in milliseconds.

    Raises:
        RuntimeError: an answer was no page, or none came.
    """
    following = iter(addresses)
    began, spent = perf_counter(), process_time()
    until = began + seconds
    answers: list[tuple[float, int]] = []
    with DefaultSelector() as selector:
        for address in islice(following, clients):
            client = _Client(port)
            client.ask(address)
            selector.register(client.connection, EVENT_READ, client)
        while selector.get_map():
            for client in _ready(selector):
                if not client.has_answer():
                    continue
                answers.append((client.waited_ms(), client.size()))
                if perf_counter() < until and (address := next(following, None)) is not None:
                    client.ask(address)
                else:
                    selector.unregister(client.connection)
                    client.connection.close()
    took = perf_counter() - began
    times = [ms for ms, _ in answers]
    return {
        "requests": len(answers),
        "distinct": len(set(addresses[: len(answers)])),
        "requests_per_s": len(answers) / took,
        "times": {f"p{each}": percentile(times, each) for each in (50, 95, 99)},
        "mean_bytes": sum(size for _, size in answers) / len(answers),
        "clients_share": (process_time() - spent) / took,
    }


def _ready(selector: DefaultSelector) -> Iterator[_Client]:
    """Yield the clients to whom something has come."""
    events = selector.select(_TIMEOUT_S)
    if not events:
        raise RuntimeError(f"no answer in {_TIMEOUT_S} s")
    for key, _ in events:
        yield key.data


class _Client:
    """A connection, and what has come of the answer to what was asked last."""

    def __init__(self, port: int) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), _TIMEOUT_S)
        self._address = ""
        self._asked = 0.0
        self._come = b""
        self._head = self._body = 0  # bytes of the head with what ends it, and of the body

    def ask(self, address: str) -> None:
        """Ask for the next address."""
        self._address, self._come, self._head = address, b"", 0
        request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_HEADERS}\r\n"
        self._asked = perf_counter()
        self.connection.sendall(request.encode("ascii"))

    def has_answer(self) -> bool:
        """Take what has come; return whether that is the whole answer."""
        data = self.connection.recv(_AT_ONCE)
        if not data:
            raise RuntimeError(f"no answer for {self._address}")
        self._come += data
        if not self._head and (end := self._come.find(_HEAD_ENDS)) >= 0:
            head, self._head = self._come[:end], end + len(_HEAD_ENDS)
            length = _LENGTH.search(head)
            if not head.startswith(b"HTTP/1.1 200 ") or length is None:
                raise RuntimeError(f"{head[:20].decode('latin-1')} for {self._address}")
            self._body = int(length[1])
        return bool(self._head) and len(self._come) >= self._head + self._body

    def waited_ms(self) -> float:
        """Return the milliseconds since it asked."""
        return (perf_counter() - self._asked) * 1000

    def size(self) -> int:
        """Return the bytes of the body."""
        return self._body


def main() -> None:
    """Do what the arguments say."""
    port, seconds, clients = sys.argv[1:]
    addresses = sys.stdin.read().splitlines()
    print(json.dumps(ask_all(int(port), addresses, float(seconds), int(clients))))


if __name__ == "__main__":
    main()
