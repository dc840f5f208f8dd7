"""What is searched and what is asked: documents, queries, and which documents are relevant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from search.relevance import Judgements, read_judgements, read_queries

How = Literal["any", "auto", "help"]
"""How wensou is asked: for any of the words, as people ask, or also for what it meant instead."""


class Document(NamedTuple):
    """What every system is given of an article."""

    id: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuerySet:
    """Queries of one kind.

    Attributes:
        name: for the table.
        queries: texts by id.
        judgements: document ids are those of the articles.
        how: wensou is asked; others have one way only.
    """

    name: str
    queries: Mapping[str, str]
    judgements: Judgements
    how: How

    def write(self, folder: Path) -> None:
        """Write the files that ``wensou eval`` reads into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        texts = (
            json.dumps({"id": query, "text": text}, ensure_ascii=False)
            for query, text in self.queries.items()
        )
        rows = (
            f"{query}\t{document}\t{grade:g}"
            for query, grades in self.judgements.items()
            for document, grade in grades.items()
        )
        for name, lines in (("queries.jsonl", texts), ("qrels.tsv", rows)):
            content = "".join(f"{line}\n" for line in lines)
            (folder / name).write_text(content, encoding="utf-8")


def read_set(folder: Path) -> QuerySet:
    """Return the set of a folder that has ``queries.jsonl`` and ``qrels.tsv``."""
    queries = read_queries(folder / "queries.jsonl")
    judgements = read_judgements(folder / "qrels.tsv", queries)
    return QuerySet(name=folder.name, queries=queries, judgements=judgements, how="any")


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a ``docs.jsonl``."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)
            title, body = (str(fields.get(name) or "") for name in ("title", "body"))
            yield Document(str(fields["id"]), title, body)
