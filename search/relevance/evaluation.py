"""An index, asked many queries: what it answers to each, and how good that is on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

from search.article import article_id
from search.errors import ArticleNotFound, JudgementError
from search.query.request import SearchRequest
from search.relevance.judgements import Judgements
from search.relevance.metrics import DEPTH, Scores, mean, score
from search.service import Index


class Ranked(NamedTuple):
    """An article that was found.

    Attributes:
        name: as the judgements have it; where nobody judged it, its id.
        score: see `search.results.Hit`.
    """

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one query.

    Attributes:
        query: its id.
        hits: at most `DEPTH` articles, best first.
        scores: None where no article is relevant to the query.
        ms: milliseconds that the search took, without snippets.
    """

    query: str
    hits: tuple[Ranked, ...]
    scores: Scores | None
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What came of all queries.

    Attributes:
        queries: how many were asked.
        unjudged: those to which no article is relevant; they are in no mean but that of times.
        absent: relevant articles that the index does not have; they count as not found.
        scores: means over the others.
        mean_ms: milliseconds a query, without snippets.
        p95_ms: milliseconds that 95 of 100 queries do not exceed (nearest rank).
    """

    queries: int
    unjudged: int
    absent: int
    scores: Scores
    mean_ms: float
    p95_ms: float


def named(index: Index, judgements: Judgements) -> dict[str, str]:
    """Return how the judgements name the articles: article id to name.

    An article is named by its id, which for a line of a JSON Lines file is the ``id`` of that line,
    or by its path in the folder that was indexed. What the index does not have is left out.
    """
    names = {name for grades in judgements.values() for name in grades}
    return {found: name for name in names if (found := _id_of(index, name)) is not None}


def absent(judgements: Judgements, names: Mapping[str, str]) -> set[str]:
    """Return the relevant articles that the index does not have, which no query can find.

    Raises:
        JudgementError: it has none of them: it is another index than the judgements mean.
    """
    relevant = {
        name for grades in judgements.values() for name, grade in grades.items() if grade > 0
    }
    missing = relevant.difference(names.values())
    if missing == relevant:
        raise JudgementError("relevance.all_absent", seen=min(missing))
    return missing


def _id_of(index: Index, name: str) -> str | None:
    for identity in (name, article_id(name)):
        try:
            return index.article(identity).id
        except ArticleNotFound:
            continue
    return None


def answers(
    index: Index, queries: Mapping[str, str], judgements: Judgements, names: Mapping[str, str]
) -> Iterator[Answered]:
    """Ask each query for any of its words; yield what comes of it.

    Args:
        index: that is asked.
        queries: texts by id.
        judgements: see `read_judgements`.
        names: article id to the name that judgements use, see `named`.
    """
    for query, text in queries.items():
        request = SearchRequest(text=text, match="any", limit=DEPTH, snippets=False)
        began = perf_counter()
        page = index.search(request)
        ms = (perf_counter() - began) * 1000
        hits = tuple(
            Ranked(names.get(hit.article.id, hit.article.id), hit.score) for hit in page.hits
        )
        grades = judgements.get(query, {})
        is_judged = any(grade > 0 for grade in grades.values())
        scores = score([hit.name for hit in hits], grades) if is_judged else None
        yield Answered(query, hits, scores, ms)


def summarise(answered: Iterable[Answered], absent: int) -> Evaluation:
    """Return the evaluation of all that was answered; at least one query has scores.

    Args:
        answered: see `answers`; read once, so that no ranking need be kept.
        absent: how many relevant articles the index does not have.
    """
    scores: list[Scores] = []
    times: list[float] = []
    for each in answered:
        times.append(each.ms)
        if each.scores is not None:
            scores.append(each.scores)
    return Evaluation(
        queries=len(times),
        unjudged=len(times) - len(scores),
        absent=absent,
        scores=mean(scores),
        mean_ms=sum(times) / len(times),
        p95_ms=sorted(times)[-(-len(times) * 95 // 100) - 1],
    )
