"""Plain BM25 over arrays: what any ranking of ours has to beat."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import chain

import numpy as np

from search.relevance.metrics import DEPTH
from tests.relevance.sets import Document
from tests.relevance.tokens import Cut

K1 = 1.2
B = 0.75


class Bm25:
    """An index of documents, title and body as one text, for queries that are known beforehand.

    A term scores idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean length)) with
    idf = log(1 + (n - df + 0.5) / (df + 0.5)), which is never below 0 (Robertson and Zaragoza 2009,
    in Lucene's form). A term that stands twice in a query counts twice.

    Args:
        documents: read once.
        texts: of the queries; only their terms are kept, so a large corpus needs little memory.
        cut: makes terms of a text.
    """

    def __init__(self, documents: Iterable[Document], texts: Iterable[str], cut: Cut) -> None:
        self._cut = cut
        asked = set(chain.from_iterable(map(cut, texts)))
        self._terms = {term: number for number, term in enumerate(sorted(asked))}
        self._ids: list[str] = []
        columns = array("q"), array("q"), array("q")  # term, document, occurrences
        lengths = array("q")
        for number, document in enumerate(documents):
            tokens = cut(f"{document.title}\n{document.body}")
            self._ids.append(document.id)
            lengths.append(len(tokens))
            counts = Counter(token for token in tokens if token in self._terms)
            for term, count in counts.items():
                for column, value in zip(columns, (self._terms[term], number, count), strict=True):
                    column.append(value)
        self._build(*(np.array(column) for column in (*columns, lengths)))

    def _build(
        self, terms: np.ndarray, documents: np.ndarray, counts: np.ndarray, lengths: np.ndarray
    ) -> None:
        """Sort postings by term, and give each its score."""
        order = np.argsort(terms, kind="stable")
        terms, counts, self._documents = terms[order], counts[order], documents[order]
        self._starts = np.searchsorted(terms, np.arange(len(self._terms) + 1))
        held = np.diff(self._starts)
        idf = np.log(1 + (len(lengths) - held + 0.5) / (held + 0.5))
        norms = K1 * (1 - B + B * lengths / max(lengths.mean(), 1))
        self._scores = idf[terms] * counts * (K1 + 1) / (counts + norms[self._documents])

    def scores(self, text: str) -> np.ndarray:
        """Return the score of each document, in their order; ``text`` is one of those given."""
        scores = np.zeros(len(self._ids))
        for token in self._cut(text):
            term = self._terms[token]
            postings = slice(self._starts[term], self._starts[term + 1])
            scores[self._documents[postings]] += self._scores[postings]
        return scores

    def rank(self, text: str) -> list[str]:
        """Return ids, best first, at most `DEPTH`; equal scores in the order of the documents."""
        scores = self.scores(text)
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [self._ids[number] for number in best if scores[number] > 0]
