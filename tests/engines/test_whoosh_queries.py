"""Whoosh's own query types, as its parser makes them: its searcher and ours give the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from random import Random

import numpy as np
import pytest
import whoosh.index
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query
from whoosh.qparser import FuzzyTermPlugin, QueryParser
from whoosh.scoring import BM25F

from search.analysis import index_terms, query_phrase
from search.engines.locating import open_writer
from search.engines.whoosh import packing, positions, pruning, scoring
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.evaluating import SegmentEvaluator
from search.engines.whoosh.freshness import Freshness, faded
from search.engines.whoosh.queries import (
    AndMaybe,
    AndNot,
    AnyOf,
    DisjunctionMax,
    Near,
    Not,
    Place,
    Run,
)
from search.engines.whoosh.scoring import K1, B
from search.engines.whoosh.snapshot import Snapshot, open_snapshot
from tests.articles import article
from tests.engines.test_whoosh_stock import ours
from tests.thoroughness import examples

WORDS = [
    "京东",
    "物流",
    "快递",
    "app",
    "apple",
    "apply",
    "ape",
    "aep",
    "maple",
    "a",
    "2021",
    "20",
    "c++",
]
WORDS += ["naïve", "сеть", "сети"]


def _texts(random: Random) -> str:
    return " ".join(random.choices([*WORDS, "，", "\n"], k=random.randint(0, 25)))


def _build(folder: Path, sizes: list[int]) -> Path:
    """An index with a segment for each of ``sizes`` articles, every seventh deleted."""
    random = Random(sum(sizes))
    number = 0
    for size in sizes:
        with open_writer(folder) as writer:
            for _ in range(size):
                day = f"2021-0{random.randint(1, 3)}-1{random.randint(0, 9)}"
                authors = tuple(random.sample(["甲", "乙", "apple", "ape"], random.randint(0, 2)))
                put = article(f"{number}", _texts(random), _texts(random), day, authors=authors)
                writer.put(put)
                number += 1
            writer.commit()
    with open_writer(folder) as writer:
        for each in range(0, number, 7):
            writer.delete(str(each))
        writer.commit()
    assert [each.arrays.doc_count for each in open_snapshot(folder).segments] == sizes
    return folder


@pytest.fixture(
    scope="module",
    params=[([36], False), ([60, 14, 3], False), ([60, 14, 3], True)],
    ids=["one segment", "three segments", "as large ones have them"],
)
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """An index; in the last, common terms are maps, as in large segments."""
    sizes, has_maps = request.param
    with pytest.MonkeyPatch.context() as patch:
        if has_maps:
            patch.setattr(packing, "LEAST_MAPPED", 1)
            patch.setattr(positions, "_FEW_DOCS", 1)  # else all occurrences are unpacked
            patch.setattr(positions, "_FAR_FEWER", 0)
        yield _build(tmp_path_factory.mktemp("queries") / "index", sizes)


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    return open_snapshot(folder)


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Iterator[object]:
    """Whoosh's own."""
    index = whoosh.index.open_dir(folder)
    with index.searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        yield searcher
    index.close()


def stock(searcher: object, tree: object) -> dict[int, float]:
    hits = searcher.search(tree, limit=None)  # type: ignore[attr-defined]
    return {hit.docnum: hit.score for hit in hits}


TEXTS = st.sampled_from(["title_grams", "body_grams"])
FIELDS = st.sampled_from(["title_grams", "body_grams", "body_words", "author", "day"])
GRAMS = ["京东", "东", "物流", "流", "app", "apple", "ape", "a", "2021", "20", "c++", "naive"]
GRAMS += ["сеть", "aep"]
VALUES = ["甲", "2021-01-15", "2021-03", "zz"]
TERMS = st.sampled_from([*GRAMS, *VALUES])
BOOSTS = st.sampled_from([1.0, 1.0, 2.0, 0.5])
PATTERNS = st.sampled_from(
    ["a*", "*e", "a?p*", "?", "??", "*", "a*p*e", "[!a]*", "[am]*p[a-p]*", "京?", "?流", "202*-1?"]
)
FREE = st.sampled_from(["", "a", "ap", "京", "2021", "2021-01", "q", "с"])
ENDS = st.none() | TERMS
PLACES = st.one_of(
    st.builds(
        Place,
        st.just(0),
        st.sampled_from(GRAMS).map(str.encode),
        st.booleans(),
        st.sampled_from([0.6, 1.0, 1.6]),
    ),
    st.builds(AnyOf, st.just(0), st.sampled_from([(b"a", b"app"), (b"ape", b"maple", b"x"), ()])),
)
RUNS = st.builds(lambda place, boost: Run("body_grams", (place,), boost), PLACES, BOOSTS)
LEAVES = st.one_of(
    RUNS,
    st.builds(Near, st.lists(RUNS, min_size=2, max_size=3).map(tuple), st.integers(0, 4)),
    st.builds(query.Term, FIELDS, TERMS, BOOSTS),
    st.builds(
        query.Phrase,
        TEXTS,
        st.lists(st.sampled_from(GRAMS), min_size=1, max_size=3),
        st.integers(1, 6),
        BOOSTS,
    ),
    st.builds(query.Prefix, FIELDS, FREE, BOOSTS, st.booleans()),
    st.builds(query.Wildcard, FIELDS, PATTERNS, BOOSTS, st.booleans()),
    st.builds(
        query.FuzzyTerm, FIELDS, TERMS, BOOSTS, st.integers(0, 2), st.integers(0, 1), st.booleans()
    ),
    st.builds(
        query.TermRange, FIELDS, ENDS, ENDS, st.booleans(), st.booleans(), BOOSTS, st.booleans()
    ),
    st.builds(query.Every, st.none() | FIELDS, BOOSTS),
    st.just(query.NullQuery),
)


def _compound(inner: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        st.builds(query.And, several, BOOSTS),
        st.builds(query.Or, several, BOOSTS),
        st.builds(DisjunctionMax, several, BOOSTS),
        st.builds(lambda a, b: query.And([a, Not(b)]), inner, inner),
        st.builds(Not, inner),
        st.builds(query.Require, inner, inner),
        st.builds(AndMaybe, inner, inner),
        st.builds(AndNot, inner, inner),
        st.builds(query.ConstantScoreQuery, inner, BOOSTS),
    )


TREES = st.recursive(LEAVES, _compound, max_leaves=5)


@examples(300)
@given(tree=TREES)
def test_both_find_and_score_the_same(
    snapshot: Snapshot, searcher: object, tree: query.Query
) -> None:
    assert ours(snapshot, tree) == pytest.approx(stock(searcher, tree))


@examples(200)
@given(data=st.data())
def test_of_the_documents_that_matter_the_same_match(
    snapshot: Snapshot, data: st.DataObject
) -> None:
    """Whatever was asked before of the same evaluator, which remembers."""
    tree = data.draw(TREES)
    for segment in snapshot.segments:
        below = segment.arrays.doc_count
        docs = st.sets(st.integers(0, below - 1))
        evaluator = SegmentEvaluator(segment.arrays, snapshot)
        every = set(SegmentEvaluator(segment.arrays, snapshot).match(tree).docs.tolist())
        for some in (data.draw(docs), data.draw(docs)):
            sparse = DocSet(below, np.array(sorted(some), np.int32))
            wanted = DocSet(below, mask=sparse.mask) if data.draw(st.booleans()) else sparse
            assert set(evaluator.match(tree, wanted).docs.tolist()) & some == every & some
        assert set(evaluator.match(tree).docs.tolist()) == every


SPAN = (
    int(datetime(2021, 1, 10, tzinfo=UTC).timestamp()),
    int(datetime(2021, 3, 19, tzinfo=UTC).timestamp()),
)
"""The dates of the oldest and the newest of the articles."""

CONSTANTS = st.sampled_from([1e6, 2.0, -5.0])
SCORING = st.recursive(
    st.one_of(RUNS, st.builds(query.Term, FIELDS, TERMS, BOOSTS)),
    lambda inner: st.one_of(
        st.builds(query.And, st.lists(inner, min_size=1, max_size=4), BOOSTS),
        st.builds(query.Or, st.lists(inner, min_size=1, max_size=4), BOOSTS),
        st.builds(AndMaybe, inner, inner),
        st.builds(AndNot, inner, inner),
        st.builds(query.Require, inner, inner),
        st.builds(AndMaybe, inner, st.builds(query.ConstantScoreQuery, inner, CONSTANTS)),
    ),
    max_leaves=8,
)


@examples(300)
@given(
    tree=SCORING | TREES,
    wanted=st.integers(0, 12),
    few=st.sampled_from([1, 4, 10**9]),
    later=st.sampled_from([0.0, 0.4, 1.0]),
    half_life=st.sampled_from([None, 1, 20, 36_500]),
)
def test_the_best_are_those_of_scoring_all(
    snapshot: Snapshot,
    tree: query.Query,
    wanted: int,
    few: int,
    later: float,
    half_life: int | None,
) -> None:
    """By relevance, or by as much of it as is left after so many days."""
    for segment in snapshot.segments:
        evaluator = SegmentEvaluator(segment.arrays, snapshot)
        docs = evaluator.match(tree)
        scores = evaluator.score(tree, docs.docs)
        every = dict(zip(docs.docs.tolist(), scores.tolist(), strict=True))
        factors = None
        ranked = every
        if half_life:
            factors = Freshness(*SPAN, half_life).factors(segment.arrays)
            left = faded(scores, factors[docs.docs])
            ranked = dict(zip(docs.docs.tolist(), left.tolist(), strict=True))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pruning, "_WORTH_IT", 0)
            patch.setattr(pruning, "_STRETCHES", 4)
            patch.setattr(pruning, "_FEW", few)
            patch.setattr(pruning, "_LATER", later)
            patch.setattr(scoring, "_BLOCK", 16)
            found, scores = pruning.best(evaluator, tree, docs, wanted, factors)
        assert found.tolist() == sorted(found.tolist())
        assert scores.tolist() == [every[doc] for doc in found.tolist()]
        least = sorted(ranked.values())[-wanted:][:1] if wanted else [inf]
        assert {doc for doc in ranked if [ranked[doc]] >= least} <= set(found.tolist())


@pytest.mark.parametrize("has_maps", [False, True])
def test_what_cannot_be_among_the_best_is_not_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_maps: bool
) -> None:
    monkeypatch.setattr(pruning, "_WORTH_IT", 1_500)
    if has_maps:
        monkeypatch.setattr(packing, "LEAST_MAPPED", 1)
    with open_writer(tmp_path / "index") as writer:
        for number in range(2_000):
            title = "app" if number % 50 == 0 else "ape"
            writer.put(article(f"{number:04}", title, "app " * (1 + (number % 40 == 0))))
        writer.commit()
    snapshot = open_snapshot(tmp_path / "index")
    fields = ("title_grams", 5.0), ("body_grams", 1.0)
    tree = query.Or([query.Term(name, "app", boost) for name, boost in fields])
    evaluator = SegmentEvaluator(snapshot.segments[0].arrays, snapshot)
    found, _ = pruning.best(evaluator, tree, evaluator.match(tree), 10)
    assert found.tolist() == list(range(0, 2_000, 200))  # in the title, and twice in the body


def test_what_terms_that_wait_could_add_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "_WORTH_IT", 0)
    monkeypatch.setattr(pruning, "_LATER", 0.7)  # of three terms one is looked at first
    monkeypatch.setattr(pruning, "_FEW", 2)  # the second, as more than half are left
    with open_writer(tmp_path / "index") as writer:
        for number in range(2_000):
            is_best = number % 100 == 1
            title = "ape" if number == 3 else "ant" if number % 2 else "app"
            writer.put(article(f"{number:04}", title, "app " * 9 if is_best else "ant"))
        writer.commit()
    snapshot = open_snapshot(tmp_path / "index")
    terms = ("title_grams", "app", 15.0), ("title_grams", "ape", 3.0), ("body_grams", "app", 4.0)
    tree = query.Or([query.Term(*each) for each in terms])
    evaluator = SegmentEvaluator(snapshot.segments[0].arrays, snapshot)
    found, scores = pruning.best(evaluator, tree, evaluator.match(tree), 10)
    best = found[scores >= np.partition(scores, -10)[-10]]
    assert best.tolist() == list(range(1, 2_000, 100))


def test_what_takes_from_a_score_is_no_bound_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "_WORTH_IT", 0)
    monkeypatch.setattr(packing, "LEAST_MAPPED", 1)
    with open_writer(tmp_path / "index") as writer:
        for number in range(60):
            writer.put(article(f"{number:02}", "app " * 9, "ape" if number % 2 else "app"))
        writer.commit()
    snapshot = open_snapshot(tmp_path / "index")
    app, ape = query.Term("title_grams", "app"), query.Term("body_grams", "ape")
    tree = query.Or([AndMaybe(app, query.ConstantScoreQuery(ape, -1.0)), app])
    evaluator = SegmentEvaluator(snapshot.segments[0].arrays, snapshot)
    found, _ = pruning.best(evaluator, tree, evaluator.match(tree), 10)
    assert set(found.tolist()) >= set(range(0, 60, 2))


@given(st.text(alphabet="搜索引擎数据库的，\na1 ", max_size=30))
def test_a_word_is_a_sign_of_the_run_it_is(text: str) -> None:
    terms = index_terms(text)
    there = set(zip(terms.positions, terms.grams, strict=True))
    for word in terms.words:
        asked = query_phrase(word)
        assert asked is not None
        if [piece.kind for piece in asked.pieces] == ["run"] and len(word) > 1:
            starts = [at for at, gram in there if gram == asked.slots[0].term]
            assert any(
                all((at + slot.offset, slot.term) in there for slot in asked.slots) for at in starts
            )


def test_a_run_is_found_where_its_sign_is_and_where_it_is_not(tmp_path: Path) -> None:
    """What jieba cuts as one word in one text, it cuts as others in another."""
    with open_writer(tmp_path / "index") as writer:
        for number, body in enumerate(["搜索引擎", "搜索 引擎", "引擎搜索", "搜\n索引擎"]):
            writer.put(article(f"{number}", "题", body))
        writer.commit()
    snapshot = open_snapshot(tmp_path / "index")
    places = Place(0, "搜索".encode(), False), Place(1, "索引".encode(), False)
    for sign in (None, ("body_words", "搜索引擎".encode()), ("body_words", "没有".encode())):
        assert ours(snapshot, Run("body_grams", places, sign=sign)).keys() == {0}


@pytest.mark.parametrize(
    "text",
    [
        "京东 OR apple",
        '"app apple"~9 NOT naive',
        "ap* ANDNOT m*ple",
        "aple~ aply~2",
        "aep~",
        "title_grams:[a TO b] apple^2",
        "(app OR ape)^3 REQUIRE 物流",
        "京东 ANDMAYBE apple^0.5",
        "author:*",
    ],
)
def test_what_whooshs_parser_makes_can_be_asked(
    snapshot: Snapshot, searcher: object, text: str
) -> None:
    schema = searcher.schema  # type: ignore[attr-defined]
    parser = QueryParser("body_grams", schema)
    parser.add_plugin(FuzzyTermPlugin())
    tree = parser.parse(text)
    found = ours(snapshot, tree)
    assert found
    assert found == pytest.approx(stock(searcher, tree))


def test_many_terms_score_as_they_do_in_whoosh_in_a_large_segment(tmp_path: Path) -> None:
    """Up to 5,000 articles it reads everything beforehand, and scores nothing; then it scores."""
    with open_writer(tmp_path / "index") as writer:
        for number in range(5_001):
            few, many = chr(97 + number % 7), chr(0x4E00 + number % 1_100)
            writer.put(article(f"{number:04}", f"w{few} {many}"))
        writer.commit()
    snapshot = open_snapshot(tmp_path / "index")
    index = whoosh.index.open_dir(tmp_path / "index")
    with index.searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        for tree in (query.Prefix("title_grams", "w", 2.0), query.Wildcard("title_grams", "[!w]")):
            found = ours(snapshot, tree)
            assert len(found) == 5_001
            assert found == pytest.approx(stock(searcher, tree))
    index.close()


@pytest.mark.parametrize(
    ("tree", "error"),
    [
        (query.Or([query.Term("author", "甲")], scale=0.5), TypeError),
        (query.Regex("author", "."), TypeError),
        (query.Phrase("body_words", ["京东", "物流"]), query.qcore.QueryError),
    ],
)
def test_what_cannot_be_answered_is_an_error(
    snapshot: Snapshot, tree: query.Query, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ours(snapshot, tree)
