"""Stock Whoosh as its users have it: jieba's words between spaces, BM25F, any word will do."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from whoosh import index, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import STORED, TEXT, Schema

from search.relevance.metrics import DEPTH
from tests.relevance.sets import Document
from tests.relevance.tokens import words

_FIELDS = ("title", "body")


class StockWhoosh:
    """An index of ``documents``, made in ``folder`` anew. A context manager.

    Positions are left out: they change no score, and without them it is made in half of the time.
    """

    def __init__(self, documents: Iterable[Document], folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        fields = {name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False) for name in _FIELDS}
        made = index.create_in(str(folder), Schema(id=STORED(), **fields))
        writer = made.writer(limitmb=256)
        for document in documents:
            texts = {name: " ".join(words(getattr(document, name))) for name in _FIELDS}
            writer.add_document(id=document.id, **texts)
        writer.commit()
        self._searcher = made.searcher()

    def rank(self, text: str) -> list[str]:
        """Return ids, best first, at most `DEPTH`: of documents with any word in title or body."""
        asked = [query.Term(name, word) for word in words(text) for name in _FIELDS]
        hits = self._searcher.search(query.Or(asked), limit=DEPTH)
        return [hit["id"] for hit in hits]

    def close(self) -> None:
        """Let go of its files."""
        self._searcher.close()
