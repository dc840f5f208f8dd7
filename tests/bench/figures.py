"""What a run of the bench found out: values, and the same as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

Times = dict[str, float]
"""Milliseconds by percentile: "p50", "p95", "p99"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFigures:
    """Of one peer.

    Attributes:
        articles: in its index.
        seconds: to make it: of wensou from files by the command, of others from articles in memory,
            analysis included.
        text_bytes: UTF-8 of the articles' titles and texts.
        index_bytes: on disk, stored articles included.
        peak_bytes: at most while indexing, of all processes (PSS).
        private_bytes: of the searching process after the questions, mapped files not counted.
        kinds: times by kind of question.
        disagreements: questions answered with another total or other buckets than wensou's; None
            for a peer that is not asked the same.
    """

    articles: int
    seconds: float
    text_bytes: int
    index_bytes: int
    peak_bytes: int
    private_bytes: int
    kinds: dict[str, Times]
    disagreements: tuple[str, ...] | None = None

    @property
    def articles_per_s(self) -> float:
        """Articles indexed in a second."""
        return self.articles / self.seconds

    @property
    def index_share(self) -> float:
        """Bytes of the index over those of the texts."""
        return self.index_bytes / self.text_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Of a wensou index of articles dealt anew: as in `PeerFigures`; ``times`` are faceted."""

    articles: int
    seconds: float
    index_bytes: int
    text_bytes: int
    peak_bytes: int
    private_bytes: int
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one run.

    Attributes:
        posts: files made.
        queries: timed questions of each kind.
        rounds: times that they were asked; times are the median of the rounds.
        seed: of posts dealt anew and of questions.
        machine: a line about it.
        peers: by name, in the order measured.
        cold_s: a whole ``wensou search``, the median of five.
        arrivals_s: from 100 new files to a search that finds them, by where the files were.
        growth: by size, ascending; () where not measured.
    """

    posts: int
    queries: int
    rounds: int
    seed: int
    machine: str
    peers: dict[str, PeerFigures]
    cold_s: float
    arrivals_s: dict[str, float]
    growth: tuple[Growth, ...] = field(default=())

    def write(self, path: Path, targets: list[dict[str, object]]) -> None:
        """Write it and the ``targets`` as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**asdict(self), "targets": targets}, ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")
