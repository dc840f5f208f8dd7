"""What a run found out: scores by set and system, and the targets held against them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from search.relevance import Scores, mean, score
from tests.bench.targets import Target
from tests.relevance.sets import QuerySet

OURS = "wensou"
STOCK = "stock Whoosh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How good one system is on one set.

    Attributes:
        asked: the set's name.
        system: its name.
        queries: how many have a relevant document; means are over these.
        scores: see `search.relevance.Scores`.
        found_at_10: share of the queries with a relevant document among the first ten.
    """

    asked: str
    system: str
    queries: int
    scores: Scores
    found_at_10: float


def result(system: str, asked: QuerySet, rankings: Mapping[str, Sequence[str]]) -> Result:
    """Return how good the rankings (by query; none where nothing was found) are."""
    scores = [
        score(rankings.get(query, ()), grades)
        for query, grades in asked.judgements.items()
        if any(grade > 0 for grade in grades.values())
    ]
    return Result(
        asked=asked.name,
        system=system,
        queries=len(scores),
        scores=mean(scores),
        found_at_10=sum(each.mrr_at_10 > 0 for each in scores) / len(scores),
    )


def targets(results: Sequence[Result], posts: int) -> list[Target]:
    """Return every target; one whose set or peer is not among the results has no ``seen``."""
    return list(_targets({(each.asked, each.system): each for each in results}, posts))


def _targets(results: Mapping[tuple[str, str], Result], posts: int) -> Iterator[Target]:
    cmrc = results.get(("cmrc2018", OURS))
    for name, seen, bound in (
        ("MRR@10", cmrc and cmrc.scores.mrr_at_10, 0.983),
        ("Recall@100", cmrc and cmrc.scores.recall_at_100, 0.999),
    ):
        yield Target(f"cmrc2018, {name}", "", seen, bound, "least")
    ours, stock = (results.get(("three words", system)) for system in (OURS, STOCK))
    ahead = ours.scores.mrr_at_10 - stock.scores.mrr_at_10 if ours and stock else None
    name = f"three title words, {posts:,} posts, MRR@10 above stock Whoosh"
    yield Target(name, "", ahead, 0.05, "least")
    for asked in ("one wrong", "pinyin"):
        helped = results.get((asked, OURS))
        seen = helped and helped.found_at_10
        yield Target(f"{asked}, found@10 after help", "", seen, 0.85, "least")


def write_results(path: Path, results: Sequence[Result], found: Sequence[Target]) -> None:
    """Write results and targets as JSON."""
    content = {
        "results": [asdict(each) for each in results],
        "targets": [each.as_json() for each in found],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
