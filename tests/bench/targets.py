"""What the product promises itself, each held against what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from tests.bench.figures import Figures


@dataclass(frozen=True, slots=True)
class Target:
    """A bound, and the value seen.

    Attributes:
        name: what is measured.
        unit: of both values.
        seen: None where it was not measured.
        bound: that ``seen`` may not go beyond.
        sense: whether the bound is the least or the most.
    """

    name: str
    unit: str
    seen: float | None
    bound: float
    sense: Literal["least", "most"] = "most"

    @property
    def is_met(self) -> bool | None:
        """Whether it is met; None where nothing was measured."""
        if self.seen is None:
            return None
        return self.seen >= self.bound if self.sense == "least" else self.seen <= self.bound

    def as_json(self) -> dict[str, object]:
        """Return it for the results file."""
        return {**asdict(self), "is_met": self.is_met}


def targets(figures: Figures) -> list[Target]:
    """Return every target; one against a peer that was not measured has no ``seen``."""
    return [*_alone(figures), *_against_peers(figures), *_grown(figures)]


def _alone(figures: Figures) -> Iterator[Target]:
    ours = figures.peers["wensou"]
    yield Target("whole index", "posts/s", ours.articles_per_s, 2_500, "least")
    yield Target("index over text", "ratio", ours.index_share, 1.2)
    yield Target("peak memory, indexing", "MB", ours.peak_bytes / 1e6, 1_200)
    yield Target("private memory, searching", "MB", ours.private_bytes / 1e6, 350)
    for place, seconds in figures.arrivals_s.items():
        yield Target(f"100 new files, {place}", "s", seconds, 1.5)
    yield Target("cold search", "s", figures.cold_s, 0.5)


def _against_peers(figures: Figures) -> Iterator[Target]:
    """Yield what holds against peers; against stock Whoosh at the size that it can bear."""
    speedup = _over(figures, "stock_whoosh", "articles_per_s")
    yield Target("whole index over stock Whoosh", "times", speedup, 20, "least")
    for name, kind, percent, peer, bound in (
        ("faceted p95 over tantivy", "facets", "p95", "tantivy", 0.5),
        ("faceted p95 over stock Whoosh", "facets", "p95", "stock_whoosh", 0.01),
        ("top-10 p50 over tantivy", "top-10", "p50", "tantivy", 1.5),
        ("phrase p95 over tantivy", "phrase", "p95", "tantivy", 1.0),
    ):
        yield Target(name, "times", _slower(figures, peer, kind, percent), bound)
    for name, peer in figures.peers.items():
        if peer.disagreements is not None:
            yield Target(f"answers unlike {name}", "questions", len(peer.disagreements), 0)


def _grown(figures: Figures) -> Iterator[Target]:
    seen = figures.growth[-1].times["p95"] if figures.growth else None
    size = f"{figures.growth[-1].articles:,}" if figures.growth else "a million"
    yield Target(f"faceted p95 at {size} articles", "ms", seen, 25)


def _over(figures: Figures, peer: str, name: str) -> float | None:
    if peer not in figures.peers:
        return None
    ours, theirs = (getattr(figures.peers[each], name) for each in ("wensou", peer))
    return float(ours / theirs)


def _slower(figures: Figures, peer: str, kind: str, percent: str) -> float | None:
    if peer not in figures.peers:
        return None
    ours, theirs = (figures.peers[each].kinds[kind][percent] for each in ("wensou", peer))
    return ours / theirs
