"""One run: every corpus indexed by the command and by the baselines, every set asked of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from search.service import open_index
from tests.bench.corpus import make_posts
from tests.bench.measuring import ROOT, WENSOU, run
from tests.relevance import ours, tokens
from tests.relevance.bm25 import Bm25
from tests.relevance.known_items import known_item_sets
from tests.relevance.results import OURS, STOCK, Result, result
from tests.relevance.sets import Document, QuerySet, read_documents, read_set
from tests.relevance.stock_whoosh import StockWhoosh

SHARED = ROOT.parent / "shared" / "relevance"
POSTS = "posts"
"""The corpus of known items; the others are the folders of ``../shared/relevance``."""

PLAIN = {
    "words": tokens.words,
    "bigrams": tokens.bigrams,
    "words + bigrams": tokens.words_and_bigrams,
}
"""Ways to cut, for plain BM25."""

SYSTEMS = (OURS, *PLAIN, STOCK)


class System(Protocol):
    """A baseline, its documents indexed."""

    def rank(self, text: str) -> list[str]:
        """Return ids of documents, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What is indexed once, and all that is asked of it.

    Attributes:
        name: of its folder in the work folder.
        source: what ``wensou index`` is given.
        sets: to ask.
        documents: gives them, once more at each call, from the source or from its wensou index.
    """

    name: str
    source: Path
    sets: tuple[QuerySet, ...]
    documents: Callable[[Path], Iterable[Document]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is to be measured.

    Attributes:
        work: a folder for posts, indexes, sets and runs.
        corpora: names; see `POSTS`.
        systems: names; see `SYSTEMS`.
        posts: files to make for known items.
        titles: of which words are asked.
        seed: of the choice.
        tell: is called with what begins now.
    """

    work: Path
    corpora: tuple[str, ...]
    systems: tuple[str, ...]
    posts: int
    titles: int
    seed: int
    tell: Callable[[str], None]

    def measure(self) -> Iterator[Result]:
        """Yield the results, corpus by corpus, system by system."""
        for name in self.corpora:
            corpus = self._known_items() if name == POSTS else shared_corpus(SHARED / name)
            index = self.work / corpus.name / "index"
            self.tell(f"{name}: {OURS}, indexing")
            run([*WENSOU, "index", corpus.source, "--index", index, "--rebuild", "--quiet"])
            for system in self.systems:
                yield from self._system(system, corpus, index)

    def _known_items(self) -> Corpus:
        self.tell(f"{self.posts:,} posts")
        source = self.work / f"posts-{self.posts}"
        make_posts(self.posts, source)
        sets = known_item_sets(source / "manifest.jsonl", self.titles, self.seed)
        return Corpus(name=POSTS, source=source, sets=sets, documents=_indexed)

    def _system(self, name: str, corpus: Corpus, index: Path) -> Iterator[Result]:
        self.tell(f"{corpus.name}: {name}")
        if name == OURS:
            yield from (self._ours(corpus, index, each) for each in corpus.sets)
        elif name == STOCK:
            folder = self.work / corpus.name / "stock"
            with closing(StockWhoosh(corpus.documents(index), folder)) as stock:
                yield from (_ranked(name, stock, each) for each in corpus.sets)
        else:
            texts = [text for each in corpus.sets for text in each.queries.values()]
            plain = Bm25(corpus.documents(index), texts, PLAIN[name])
            yield from (_ranked(name, plain, each) for each in corpus.sets)

    def _ours(self, corpus: Corpus, index: Path, asked: QuerySet) -> Result:
        self.tell(f"{corpus.name}: {OURS}, {asked.name}")
        folder = self.work / corpus.name / asked.name
        asked.write(folder)
        by_file = asked.how == "any"
        found = ours.evaluated(index, folder) if by_file else ours.searched(index, asked)
        return result(OURS, asked, found)


def shared_sets() -> tuple[str, ...]:
    """Return the names of the sets in ``../shared/relevance``; () where that is absent."""
    return tuple(sorted(path.parent.name for path in SHARED.glob("*/docs.jsonl")))


def shared_corpus(folder: Path) -> Corpus:
    """Return the corpus of a folder with ``docs.jsonl``, ``queries.jsonl`` and ``qrels.tsv``."""
    source = folder / "docs.jsonl"
    return Corpus(
        name=folder.name,
        source=source,
        sets=(read_set(folder),),
        documents=lambda _: read_documents(source),
    )


def _indexed(index: Path) -> Iterator[Document]:
    with open_index(index) as opened:
        for article in opened.articles():
            yield Document(article.id, article.title, article.text)


def _ranked(name: str, system: System, asked: QuerySet) -> Result:
    rankings = {query: system.rank(text) for query, text in asked.queries.items()}
    return result(name, asked, rankings)
