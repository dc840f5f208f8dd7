"""The JSON that wensou speaks, the same from the command line and over HTTP.

Keys once given stay; later versions may add some. Days and moments are ISO 8601, moments in UTC
(``"2021-06-16T08:36:09+00:00"``); what an article does not have is null, [] or "".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from search.article import Article
from search.results import Bucket, Explanation, Hit, Page, Span, Suggestion

if TYPE_CHECKING:
    from search.corpus import Problem
    from search.indexer import Summary
    from search.relevance import Evaluation
    from search.service import IndexStats

Json = dict[str, Any]
"""An object whose values `dumps` can write."""


def dumps(value: object) -> str:
    """Write ``value`` as one line of JSON, Chinese as it stands.

    >>> dumps({"title": "京东"})
    '{"title": "京东"}'
    """
    return json.dumps(value, ensure_ascii=False)


def page_json(page: Page) -> Json:
    """Return the answer to a search."""
    return {
        "query": page.query,
        "total": page.total,
        "relaxed": page.relaxed,
        "let_go": list(page.let_go),
        "took_ms": round(page.took_ms, 2),
        "notes": list(page.notes),
        "suggestion": page.suggestion,
        "hits": [hit_json(hit) for hit in page.hits],
        "facets": {
            name: [_bucket_json(name, bucket) for bucket in buckets]
            for name, buckets in page.facets.items()
        },
    }


def hit_json(hit: Hit) -> Json:
    """Return one hit; ``spans`` and ``title_spans`` are [start, end] in characters, from 0."""
    article = hit.article
    return {
        **_identity(article),
        "thumbnail": article.thumbnail,
        "score": round(hit.score, 4),
        "title_spans": _spans_json(hit.title_spans),
        "snippet": {"text": hit.snippet.text, "spans": _spans_json(hit.snippet.spans)},
    }


def suggestions_json(text: str, suggestions: Iterable[Suggestion]) -> Json:
    """Return the completions of ``text``; ``id`` is of the article that has the title."""
    return {
        "query": text,
        "suggestions": [
            {**asdict(each), "path": list(each.path), "id": each.id or None} for each in suggestions
        ],
    }


def explanation_json(found: Explanation) -> Json:
    """Return why an article ranks where it does; ``rank`` is null where it does not match."""
    return {
        "query": found.query,
        "article": _identity(found.article),
        "rank": found.rank,
        "total": found.total,
        "score": round(found.score, 6),
        "wanted": [each._asdict() for each in found.wanted],
        "contributions": [
            {
                **each._asdict(),
                "score": round(each.score, 6),
                "texts": list(each.texts),
                "weight": round(each.weight, 6),
            }
            for each in found.contributions
        ],
        "is_preferred": found.is_preferred,
        "freshness": found.freshness,
        "relaxed": found.relaxed,
        "let_go": list(found.let_go),
        "notes": list(found.notes),
    }


def article_json(article: Article) -> Json:
    """Return an article as a line of ``wensou export``."""
    return {**_identity(article), "text": article.text}


def whole_article_json(article: Article) -> Json:
    """Return an article with all that a reader's page shows of it."""
    return {
        **article_json(article),
        "html": article.html,
        "thumbnail": article.thumbnail,
        "entities": [{"name": each.name, "ref": each.ref} for each in article.entities],
    }


def summary_json(summary: Summary) -> Json:
    """Return what a run of ``wensou index`` did."""
    return {
        "added": summary.added,
        "updated": summary.updated,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
        "failed": summary.failed,
        "drafts": summary.drafts,
        "seconds": round(summary.seconds, 3),
        "other_dictionary": summary.other_dictionary,
        "errors": [_problem_json(each) for each in summary.errors],
        "warnings": [_problem_json(each) for each in summary.warnings],
    }


def stats_json(stats: IndexStats) -> Json:
    """Return the index in numbers; ``bytes`` on disk, days as ``"2021-06-16"`` or null."""
    return {
        **asdict(stats),
        "dictionaries": list(stats.dictionaries),
        "first_day": _day_json(stats.first_day),
        "last_day": _day_json(stats.last_day),
    }


def numbers_json(stats: IndexStats) -> Json:
    """Return of the numbers those that are no secret of the machine that the index is on."""
    names = ("articles", "authors", "categories", "tags", "companies", "undated")
    return {
        **{name: getattr(stats, name) for name in names},
        "first_day": _day_json(stats.first_day),
        "last_day": _day_json(stats.last_day),
        "generation": stats.generation,
    }


def evaluation_json(evaluation: Evaluation) -> Json:
    """Return how good the answers are: means from 0 to 1, times in milliseconds."""
    return {
        "queries": evaluation.queries,
        "unjudged": evaluation.unjudged,
        "absent": evaluation.absent,
        **{name: round(value, 6) for name, value in asdict(evaluation.scores).items()},
        "mean_ms": round(evaluation.mean_ms, 2),
        "p95_ms": round(evaluation.p95_ms, 2),
    }


def _identity(article: Article) -> Json:
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "categories": [list(path) for path in article.categories],
        "author": article.author,
        "authors": list(article.authors),
        "tags": list(article.tags),
        "date": _moment_json(article.date),
        "url": article.url,
    }


def _moment_json(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _day_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _spans_json(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _bucket_json(facet: str, bucket: Bucket) -> Json:
    """Return a bucket; only those of categories have a path, only those of trees have children."""
    found: Json = {"value": bucket.value}
    if facet == "category":
        found["path"] = list(bucket.path)
    found["count"] = bucket.count
    if facet == "category" or bucket.children:
        found["children"] = [_bucket_json(facet, child) for child in bucket.children]
    return found


def _problem_json(problem: Problem) -> Json:
    return {"path": problem.path, "line": problem.line, "message": problem.message}
