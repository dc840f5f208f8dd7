"""Figures as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group
from rich.table import Table

from tests.bench.asks import KINDS
from tests.bench.figures import Figures, PeerFigures, Times
from tests.bench.targets import Target

_VERDICTS = {True: "[green]pass[/]", False: "[red]miss[/]", None: "not measured"}


def make_console() -> Console:
    """Return where to print; where there is no terminal, tables have 120 columns."""
    return Console(width=None if Console().is_terminal else 120)


def print_report(figures: Figures, found: list[Target], console: Console) -> None:
    """Print what was measured, then each target."""
    console.print(
        f"{figures.posts:,} posts, seed {figures.seed}; {figures.queries} questions a kind, in one"
        f" thread, rounds: {figures.rounds}; {figures.machine}"
    )
    console.print(Group(*_tables(figures), target_table(found)))
    for name, peer in figures.peers.items():
        for each in peer.disagreements or ():
            console.print(f"{name} disagrees on {each}", markup=False)


def _tables(figures: Figures) -> Iterator[Table]:
    peers = figures.peers
    table = Table("", *peers, title="Indexing (wensou from files, others from articles in memory)")
    for name, values in _size_rows(peers.values()):
        table.add_row(name, *values)
    yield _right(table)
    table = Table("p50 / p95 / p99, ms", *peers, title="Questions, hits loaded")
    for kind, meaning in KINDS.items():
        cells = [_times(peer.kinds[kind]) for peer in peers.values()]
        table.add_row(f"{kind}\n[dim]{meaning}[/]", *cells)
    yield _right(table)
    yield _right(_wensou_table(figures))


def _size_rows(peers: Iterable[PeerFigures]) -> Iterator[tuple[str, list[str]]]:
    each = list(peers)
    yield "articles", [f"{peer.articles:,}" for peer in each]
    yield "articles a second", [f"{peer.articles_per_s:,.0f}" for peer in each]
    yield "index over text, bytes", [f"{peer.index_share:.2f}" for peer in each]
    yield "peak memory, indexing, MB", [f"{peer.peak_bytes / 1e6:,.0f}" for peer in each]
    yield "private memory, searching, MB", [f"{peer.private_bytes / 1e6:,.0f}" for peer in each]
    yield "answers unlike wensou's", [_count(peer.disagreements) for peer in each]


def _wensou_table(figures: Figures) -> Table:
    table = Table("wensou", "seen", title="From the command line, and as it grows")
    table.add_row("search from a cold process", f"{figures.cold_s:.2f} s")
    for place, seconds in figures.arrivals_s.items():
        table.add_row(f"100 new files in {place} until found", f"{seconds:.2f} s")
    for each in figures.growth:
        table.add_row(
            f"{each.articles:,} articles dealt anew, faceted, ms\n"
            "[dim]articles a second, index over text, peak and private MB[/]",
            f"{_times(each.times)}\n{each.articles / each.seconds:,.0f},"
            f" {each.index_bytes / each.text_bytes:.2f},"
            f" {each.peak_bytes / 1e6:,.0f}, {each.private_bytes / 1e6:,.0f}",
        )
    return table


def target_table(found: Iterable[Target]) -> Table:
    """Return the targets as a table."""
    table = Table("target", "seen", "bound", "", title="Targets")
    for each in found:
        seen = "" if each.seen is None else f"{each.seen:,.4g} {each.unit}"
        if each.seen is not None and abs(each.seen) >= 100:
            seen = f"{each.seen:,.0f} {each.unit}"
        table.add_row(each.name, seen, f"at {each.sense} {each.bound:,g}", _VERDICTS[each.is_met])
    return _right(table)


def _right(table: Table) -> Table:
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def _times(times: Times) -> str:
    return " / ".join(f"{ms:.1f}" for ms in times.values())


def _count(disagreements: tuple[str, ...] | None) -> str:
    return "" if disagreements is None else str(len(disagreements))
