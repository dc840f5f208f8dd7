"""Our index is a Whoosh index: Whoosh's own searcher, slowly, finds and scores the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
import whoosh.index
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as whoosh_query
from whoosh.qparser import QueryParser
from whoosh.scoring import BM25F

from search.article import Article
from search.engines.locating import open_engine, open_writer
from search.engines.whoosh import packing
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.scoring import K1, B
from search.engines.whoosh.snapshot import Snapshot, open_snapshot
from search.engines.whoosh.translating import translate
from search.query import model
from tests.engines.test_engine_matching import DAYS, PARTS, QUERIES
from tests.thoroughness import examples


@pytest.fixture(scope="module", params=[False, True], ids=["lists", "lists and maps"])
def folder(
    request: pytest.FixtureRequest, seed_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """An index of thirty seeds in two segments, some of them deleted or replaced."""
    with_all = open_engine(seed_index)
    articles = list(islice(with_all.articles(), 34))
    with_all.close()
    with pytest.MonkeyPatch.context() as patch:
        if request.param:
            patch.setattr(packing, "LEAST_MAPPED", 1)  # as in large segments
        yield _build(tmp_path_factory.mktemp("stock") / "index", articles)


def _build(folder: Path, articles: Sequence[Article]) -> Path:
    for part in (articles[:28], articles[26:]):
        with open_writer(folder) as writer:
            for each in part:
                writer.put(each)
            writer.commit()
    with open_writer(folder) as writer:
        for each in articles[:3]:
            writer.delete(each.id)
        writer.commit()
    return folder


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    snapshot = open_snapshot(folder)
    assert len(snapshot.segments) == 2
    assert any(segment.deleted.any() for segment in snapshot.segments)
    return snapshot


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Iterator[object]:
    """Whoosh's own."""
    index = whoosh.index.open_dir(folder)
    with index.searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        yield searcher
    index.close()


def ours(snapshot: Snapshot, tree: object) -> dict[int, float]:
    """Document (counted over all segments, as Whoosh does) -> score."""
    found: dict[int, float] = {}
    first = 0
    for segment in snapshot.segments:
        evaluator = SegmentEvaluator(segment.arrays, snapshot)
        docs = evaluator.match(tree).where(~segment.deleted).docs
        scores = evaluator.score(tree, docs)
        found |= {first + int(doc): float(s) for doc, s in zip(docs, scores, strict=True)}
        first += segment.arrays.doc_count
    return found


WORDS = st.sampled_from(["物流", "的", "快递", "数据库", "a", "http", "搜索引擎", "2021", "一"])
WILD = st.sampled_from(["h?t*", "*le", "20?1", "搜?引", "?流", "数据?的", "a?*b"])
EDITS = st.integers(1, 2)
COMMON = st.recursive(
    st.one_of(
        st.builds(model.Word, WORDS, PARTS),
        st.builds(model.Phrase, WORDS, PARTS),
        st.builds(model.Prefix, WORDS.filter(lambda word: word != "一"), PARTS),
        st.builds(model.Near, st.tuples(WORDS, WORDS), st.integers(0, 100), PARTS),
        st.builds(model.Wildcard, WILD, PARTS),
        st.builds(model.Fuzzy, st.sampled_from(["htpt", "date", "googel"]), EDITS, PARTS),
        st.builds(model.Before, DAYS),
        st.builds(model.Named, st.just("author"), st.just(("36kr",))),
    ),
    lambda inner: st.one_of(
        st.builds(model.And, st.tuples(inner, inner)),
        st.builds(model.Or, st.tuples(inner, inner)),
        st.builds(model.And, st.tuples(inner, st.builds(model.Not, inner))),
        st.builds(model.Prefer, inner, inner),
    ),
    max_leaves=4,
)


@examples(60)
@given(query=COMMON)
def test_both_find_and_score_the_same(
    snapshot: Snapshot, searcher: object, query: model.Query
) -> None:
    tree = translate(query, snapshot)
    mine = ours(snapshot, tree)
    stock = {hit.docnum: hit.score for hit in searcher.search(tree, limit=None)}  # type: ignore[attr-defined]
    assert mine.keys() == stock.keys()
    assert mine == pytest.approx(stock)


@examples(60)
@given(query=QUERIES)
def test_both_find_the_same_for_any_query(
    snapshot: Snapshot, searcher: object, query: model.Query
) -> None:
    tree = translate(query, snapshot)
    stock = {hit.docnum for hit in searcher.search(tree, limit=None)}  # type: ignore[attr-defined]
    assert set(ours(snapshot, tree)) == stock


def test_whooshs_parser_phrases_and_stored_articles_work(folder: Path) -> None:
    index = whoosh.index.open_dir(folder)
    with index.searcher() as searcher:
        for text in ("快递", "快递员"):
            parsed = QueryParser("body_grams", index.schema).parse(text)
            hits = searcher.search(parsed, limit=None)
            assert len(hits) > 0
            assert all("快递" in hit["article"].text for hit in hits)
        phrase = whoosh_query.Phrase("body_grams", ["快递", "递员"])
        assert len(searcher.search(phrase)) > 0
    index.close()


def test_whoosh_lists_terms_and_finds_near_spellings(seed_index: Path) -> None:
    index = whoosh.index.open_dir(seed_index)
    with index.reader() as reader:
        authors = list(reader.field_terms("author"))
        assert "36kr" in authors
        assert authors == sorted(authors)
        assert list(reader.expand_prefix("body_grams", "postgre")) == [b"postgresql"]
        assert list(reader.terms_within("body_grams", "postgersql", 2)) == ["postgresql"]
        assert reader.doc_frequency("author", "36kr") == 9
    index.close()
