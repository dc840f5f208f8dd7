"""Clients that ask all at once, in a process of their own: ``python -m tests.bench.clients …``.

    PORT SECONDS CLIENTS, and an address a line on the standard input

Each keeps its connection and asks for the next address when it has its answer, as a browser takes
it: compressed, not taken apart. Prints one JSON object.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, process_time
from typing import Any

from tests.bench.measuring import percentile

_HEADERS = {"Accept-Language": "zh-CN", "Accept-Encoding": "gzip, deflate, br, zstd"}
"""As Chromium sends them."""

_TIMEOUT_S = 30


def ask_all(port: int, addresses: list[str], seconds: float, clients: int) -> dict[str, Any]:
    """Have ``clients`` ask for ``seconds``; return what came of it, times in milliseconds.

    Raises:
        RuntimeError: an answer was no page.
    """
    following = itertools.cycle(addresses)  # taking the next is one step, which no thread divides
    began, spent = perf_counter(), process_time()
    until = began + seconds
    with ThreadPoolExecutor(clients) as threads:
        todo = [threads.submit(_ask, port, following, until) for _ in range(clients)]
        answers = [answer for each in todo for answer in each.result()]
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


def _ask(port: int, following: itertools.cycle[str], until: float) -> list[tuple[float, int]]:
    """Ask one after the other; return milliseconds and bytes of each answer."""
    found: list[tuple[float, int]] = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    try:
        while (began := perf_counter()) < until or not found:
            address = next(following)
            connection.request("GET", address, headers=_HEADERS)
            answer = connection.getresponse()
            size = len(answer.read())
            found.append(((perf_counter() - began) * 1000, size))
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} for {address}")
    finally:
        connection.close()
    return found


def main() -> None:
    """Do what the arguments say."""
    port, seconds, clients = sys.argv[1:]
    addresses = sys.stdin.read().splitlines()
    print(json.dumps(ask_all(int(port), addresses, float(seconds), int(clients))))


if __name__ == "__main__":
    main()
