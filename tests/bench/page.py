"""``make bench-page``: how fast the page is, on the server, under load and in a browser.

    python -m tests.bench.page [--work FOLDER] [--seconds N] [--processes N …] [--only PART …]

The index and the questions are those that ``make bench`` leaves. Parts: bare (searches alone, of
wensou and tantivy), render, load, browser.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import perf_counter, sleep, thread_time
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from rich.console import Console
from werkzeug.test import EnvironBuilder, run_wsgi_app

from search.query.request import SearchRequest
from search.service import open_index
from tests.bench.bare import bare
from tests.bench.first_load import FirstLoad, first_loads
from tests.bench.measuring import ROOT, WENSOU, family, percentile, private_bytes
from tests.bench.report import make_console, target_table
from tests.bench.targets import Target
from tests.bench.visits import visits, with_repeats
from tests.bench.worker import read_asks
from web import create_app

PARTS = ("bare", "render", "load", "browser")
CLIENTS = 16
PAIR = 2
"""Processes that what was promised is promised of."""

RENDERED = 600
"""Pages that are timed on the server; a tenth as many before them are not."""

_WORD = "京东 物流"
_WARMED_UP = 0.3
_ANEW = 0.45
"""Shares of the visits: for servers to be as they are when they have run for some minutes (a search
takes 5.3 ms of processor time after 400 visits of a process, 3.8 after 2,000), and to be measured;
what is left is for visits half of which were made before."""

_SETTLE_S = 15
"""Until what suggestions need is ready (see `search.service.Index.prepare`)."""


def render(index: Path, addresses: list[str]) -> dict[str, Any]:
    """Call the application in this process; return times of whole pages in milliseconds.

    Those by the clock are what a reader waits; those of the processor tell more where other
    programs run beside.
    """
    with open_index(index) as opened:
        app = create_app(opened)
        warm_up = min(len(addresses), RENDERED) // 10
        for address in addresses[:warm_up]:
            _rendered(app, address)
        found = [_rendered(app, address) for address in addresses[warm_up:][:RENDERED]]
    waited, worked, sizes = zip(*found, strict=True)
    return {
        "pages": len(found),
        "times": {f"p{each}": percentile(waited, each) for each in (50, 95, 99)},
        "processor": {f"p{each}": percentile(worked, each) for each in (50, 95, 99)},
        "mean_bytes": sum(sizes) / len(sizes),
    }


def _rendered(app: Any, address: str) -> tuple[float, float, int]:
    """Return milliseconds by the clock and of the processor, and bytes."""
    path, _, query = address.partition("?")
    environ = EnvironBuilder(path, query_string=query, headers={"Accept-Language": "zh-CN"})
    values = environ.get_environ()
    began, spent = perf_counter(), thread_time()
    body, status, _ = run_wsgi_app(app, values, buffered=True)
    size = sum(map(len, body))
    waited, worked = perf_counter() - began, thread_time() - spent
    if not status.startswith("200"):
        raise RuntimeError(f"{status} for {address}")
    return waited * 1000, worked * 1000, size


@contextmanager
def served(index: Path, processes: int) -> Iterator[tuple[int, int]]:
    """Yield the port and the process of ``wensou serve`` once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--index", str(index), "--port", str(port), "--processes", str(processes)]
    process = subprocess.Popen([*WENSOU, "serve", *words], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        urlopen(f"http://127.0.0.1:{port}/?q={quote(_WORD)}", timeout=30).close()
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def load(
    index: Path, addresses: list[str], seconds: float, processes: int, seed: int = 1
) -> list[dict[str, Any]]:
    """Have `CLIENTS` ask real servers; return what came of it, and the memory they have alone.

    First each visit is another, then every second one was made before (see `with_repeats`). What
    warms the servers up nobody visits after.
    """
    first, second = (round(share * len(addresses)) for share in (_WARMED_UP, _WARMED_UP + _ANEW))
    warm_up, anew, others = addresses[:first], addresses[first:second], addresses[second:]
    found = []
    with served(index, processes) as (port, pid):
        sleep(_SETTLE_S)
        _ask(port, warm_up, 2 * seconds)
        for kind, asked in (("all anew", anew), ("half repeated", with_repeats(others, seed))):
            answered = _ask(port, asked, seconds)
            memory = sum(map(private_bytes, family(pid)))
            found.append(
                {"processes": processes, "visits": kind, **answered, "private_bytes": memory}
            )
    return found


def _ask(port: int, addresses: list[str], seconds: float) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.bench.clients", str(port), str(seconds), str(CLIENTS)]
    ran = subprocess.run(
        words, cwd=ROOT, input="\n".join(addresses), capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def browse(index: Path) -> list[FirstLoad]:
    """Open the front page, a search and an article in Chromium."""
    with open_index(index) as opened:
        hit = opened.search(SearchRequest(text=_WORD, limit=1)).hits[0]
    query = f"q={quote(_WORD)}"
    pages = {
        "front": "/",
        "search": f"/?{query}",
        "article": f"/articles/{quote(hit.article.id, safe='')}?{query}",
    }
    with served(index, 1) as (port, _):
        return first_loads(f"http://127.0.0.1:{port}", pages, shutil.which("chromium"))


def targets(found: dict[str, Any]) -> Iterator[Target]:
    """Yield what was promised of what was measured."""
    if rendered := found.get("render"):
        yield Target("search page on the server, p95", "ms", rendered["times"]["p95"], 20)
    for each in found.get("load", ()):
        if each["processes"] != PAIR:
            continue
        name = f"{each['processes']} processes, {CLIENTS} clients, {each['visits']}"
        yield Target(name, "searches/s", each["requests_per_s"], 250, "least")
        yield Target(f"{name}, p99", "ms", each["times"]["p99"], 150)
    for each in found.get("browser", ()):
        name = f"{each['page']}, {each['size']}"
        yield Target(f"{name}: first load", "kB", each["bytes"] / 1e3, 150)
        yield Target(f"{name}: hosts elsewhere", "hosts", len(each["elsewhere"]), 0)
        yield Target(f"{name}: layout shift", "", each["shift"], 0.01)
        yield Target(f"{name}: blocking", "ms", each["blocking_ms"], 200)


def main() -> None:
    """Measure, print, and write the results."""
    asked = _arguments()
    work, console = Path(asked.work).resolve(), make_console()
    index = work / "index-wensou"
    addresses = visits(read_asks(work / "asks.json"), asked.seed)
    found: dict[str, Any] = {}
    if "bare" in asked.only:
        found["bare"] = bare(work, read_asks(work / "asks.json"), asked.seed)
    if "render" in asked.only:
        found["render"] = render(index, addresses)
    if "load" in asked.only:
        found["load"] = [
            each
            for processes in asked.processes
            for each in load(index, addresses, asked.seconds, processes, asked.seed)
        ]
    if "browser" in asked.only:
        found["browser"] = [asdict(each) for each in browse(index)]
    (Path(asked.to) if asked.to else work / "page.json").write_text(json.dumps(found, indent=2))
    _print(found, console)


def _print(found: dict[str, Any], console: Console) -> None:
    console.print_json(data=found)
    console.print(target_table(targets(found)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.page", description=__doc__)
    parser.add_argument("--work", default=ROOT / "var" / "bench", help="folder of make bench")
    parser.add_argument("--to", help="file for the results; else page.json in that folder")
    parser.add_argument("--seconds", type=float, default=10, help="of load")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, PAIR], help="of load")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
