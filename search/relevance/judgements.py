"""The files of an evaluation: queries as JSON Lines, judgements ("qrels") as tab-separated lines.

A set as researchers pass it on: ``{"id": "q1", "text": "…"}`` a line, and ``q1<TAB>d7<TAB>1``. Of
the same kind are TREC's files of four columns (``q1 0 d7 1``), the second of which says nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from search.corpus import MAX_BYTES
from search.corpus.decoding import decode
from search.corpus.entry import excerpt
from search.errors import ArticleError, JudgementError

Judgements = Mapping[str, Mapping[str, float]]
"""Query id to document to grade; a query that nobody judged is not in it."""


def read_queries(path: Path) -> dict[str, str]:
    """Return the texts of the queries by id, in the order of the file.

    Raises:
        JudgementError: the file cannot be read, a line is no query, or an id stands twice.
    """
    lines: dict[str, int] = {}
    queries: dict[str, str] = {}
    for line, text in _lines(path):
        identity, query = _query(path, line, text)
        first = lines.setdefault(identity, line)
        if first != line:
            raise JudgementError(
                "relevance.query_repeated", path=path, line=line, seen=identity, first=first
            )
        queries[identity] = query
    if not queries:
        raise JudgementError("relevance.no_query", path=path)
    return queries


def read_judgements(path: Path, queries: Mapping[str, str]) -> Judgements:
    """Return the judgements on ``queries`` (texts by id).

    Raises:
        JudgementError: the file cannot be read, a line is no judgement, names a query that there
            is not, or judges again what was judged; or no document is relevant to any query.
    """
    lines: dict[tuple[str, str], int] = {}
    judgements: dict[str, dict[str, float]] = {}
    for line, text in _lines(path):
        query, document, grade = _judgement(path, line, text)
        if query not in queries:
            raise JudgementError("relevance.query_unknown", path=path, line=line, seen=query)
        first = lines.setdefault((query, document), line)
        if first != line:
            raise JudgementError(
                "relevance.judgement_repeated",
                path=path,
                line=line,
                seen=document,
                query=query,
                first=first,
            )
        judgements.setdefault(query, {})[document] = grade
    if not any(grade > 0 for grades in judgements.values() for grade in grades.values()):
        raise JudgementError("relevance.nothing_relevant", path=path)
    return judgements


def _query(path: Path, line: int, text: str) -> tuple[str, str]:
    """Return the id and the text of a query.

    An id may be a number, as in the articles' file. A text may be empty, as one of CMRC 2018 is.
    """
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    match fields:
        case {"id": int() | str() as given, "text": str(query)} if not isinstance(given, bool):
            identity = str(given).strip()
            if identity and identity.isprintable():
                return identity, query
    raise JudgementError("relevance.query", path=path, line=line, seen=excerpt(text))


def _judgement(path: Path, line: int, text: str) -> tuple[str, str, float]:
    """Return query id, document and grade of a line; without tabs any spaces part the columns."""
    columns = [column.strip() for column in text.split("\t" if "\t" in text else None)]
    match columns:
        case [query, document, given] | [query, _, document, given] if query and document:
            grade = _grade(given)
            if grade is not None:
                return query, document, grade
    raise JudgementError("relevance.judgement", path=path, line=line, seen=excerpt(text))


def _grade(text: str) -> float | None:
    try:
        grade = float(text)
    except ValueError:
        return None
    return grade if math.isfinite(grade) else None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number, from 1, and the text of each line that is not blank."""
    try:
        with path.open("rb") as stream:
            number = 0
            while raw := stream.readline(MAX_BYTES + 1):
                number += 1
                if raw.strip():
                    yield number, _text(path, number, raw)
    except FileNotFoundError as error:
        raise JudgementError("relevance.missing", path=path) from error
    except OSError as error:
        raise JudgementError("relevance.unreadable", path=path, reason=error.strerror) from error


def _text(path: Path, line: int, raw: bytes) -> str:
    """Return a line as text, in any encoding that articles may have."""
    if len(raw) > MAX_BYTES:
        raise JudgementError("relevance.large", path=path, line=line, most=MAX_BYTES // 2**20)
    try:
        return decode(raw).text.strip()
    except ArticleError as error:
        raise JudgementError("relevance.line", path=path, line=line, message=error) from error
