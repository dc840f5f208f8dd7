"""wensou, as people have it: by ``wensou eval`` on files, or page by page with what it offers."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from search.query.request import SearchRequest
from search.relevance import score
from search.relevance.metrics import DEPTH
from search.results import Page
from search.service import Index, open_index
from tests.bench.measuring import WENSOU, run
from tests.relevance.sets import QuerySet

Rankings = dict[str, list[str]]
"""Ids of documents, best first, by query; a query that found nothing may be left out."""


def evaluated(index: Path, folder: Path) -> Rankings:
    """Return what ``wensou eval`` writes to its run file, asked the set in ``folder``."""
    run_file = folder / "run.tsv"
    files = ("--queries", folder / "queries.jsonl", "--qrels", folder / "qrels.tsv")
    run([*WENSOU, "eval", *files, "--run", run_file, "--index", index])
    return read_run(run_file)


def read_run(path: Path) -> Rankings:
    """Return the rankings of a run file, whose lines are in the order of the ranks."""
    rankings: Rankings = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document, rank, _ = line.split("\t")
        rankings[query].append(document)
        if len(rankings[query]) != int(rank):
            raise ValueError(f"{path}: rank {rank} of {query} is out of order")
    return rankings


def searched(index: Path, asked: QuerySet) -> Rankings:
    """Return what plain searches find; with help, that of the better of two pages.

    The pages are that of the query as typed and that of the query that it offers instead, which is
    a click away.
    """
    with open_index(index) as opened:
        return {
            query: max(
                _pages(opened, text, is_helped=asked.how == "help"),
                key=lambda ranking: score(ranking, asked.judgements[query]).mrr_at_10,
            )
            for query, text in asked.queries.items()
        }


def _pages(index: Index, text: str, *, is_helped: bool) -> list[list[str]]:
    page = index.search(_request(text))
    other = suggestion(page) if is_helped else None
    pages = [page, index.search(_request(other))] if other else [page]
    return [[hit.article.id for hit in each.hits] for each in pages]


def _request(text: str) -> SearchRequest:
    return SearchRequest(text=text, limit=DEPTH, snippets=False)


def suggestion(page: Page) -> str | None:
    """Return the query that a page offers to search instead; None for none."""
    return page.suggestion
