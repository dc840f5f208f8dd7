"""A run, from files to the table; on tiny sets whose scores are known."""

from __future__ import annotations

import json

import pytest

from search.corpus import ReadOptions
from search.indexer import index_paths
from search.relevance import Scores
from tests.bench.measuring import ROOT
from tests.relevance import ours, session
from tests.relevance.report import result_table
from tests.relevance.results import Result, result, targets
from tests.relevance.session import SYSTEMS, Session
from tests.relevance.sets import QuerySet

DOCS = {"d0": "京东物流的仓储", "d1": "一杯红茶", "d2": "顺丰快递到了"}


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """A folder of sets with one set in it: two queries of three documents."""
    folder = tmp_path / "shared" / "tiny"
    folder.mkdir(parents=True)
    docs = [json.dumps({"id": key, "title": "", "body": text}) for key, text in DOCS.items()]
    (folder / "docs.jsonl").write_text("\n".join(docs), encoding="utf-8")
    (folder / "queries.jsonl").write_text(
        '{"id": "q0", "text": "红茶"}\n{"id": "q1", "text": "快递"}\n', encoding="utf-8"
    )
    (folder / "qrels.tsv").write_text("q0\td1\t1\nq1\td2\t1\nq1\td0\t1\n", encoding="utf-8")
    monkeypatch.setattr(session, "SHARED", folder.parent)
    return folder.parent


def measured(work, *corpora, systems=SYSTEMS):
    told: list[str] = []
    asked = Session(
        work=work, corpora=corpora, systems=systems, posts=60, titles=10, seed=1, tell=told.append
    )
    return list(asked.measure())


def test_every_system_is_asked_every_query_of_a_shared_set(shared, tmp_path):
    assert session.shared_sets() == ("tiny",)
    # Both queries find one document at once; q1 has another that none of its words finds:
    # nDCG 1 / (1 + 1/log2(3)), Recall 1/2.
    scores = Scores(1.0, (1 + 0.6131471927654584) / 2, 0.75, 0.75)
    for found in measured(tmp_path, "tiny"):
        assert (found.asked, found.queries, found.found_at_10) == ("tiny", 2, 1.0)
        assert found.scores == scores, found.system
    assert (tmp_path / "tiny" / "tiny" / "run.tsv").read_text().startswith("q0\td1\t1\t")


@pytest.mark.shared
def test_known_items_are_found_among_posts(shared_dir, tmp_path):
    assert shared_dir == ROOT.parent / "shared"
    found = {each.asked: each for each in measured(tmp_path, "posts", systems=("wensou",))}
    assert list(found) == ["title words", "three words", "one wrong", "Traditional", "pinyin"]
    assert found["three words"].scores.mrr_at_10 > 0.9
    assert found["Traditional"].scores == found["title words"].scores
    assert (tmp_path / "posts" / "pinyin" / "queries.jsonl").is_file()


def test_a_query_that_found_nothing_counts_and_one_that_nobody_judged_does_not():
    asked = QuerySet(
        name="x", how="any", queries=dict.fromkeys("abcde", ""),
        judgements={**{each: {"d": 1} for each in "abcd"}, "e": {"d": 0}},
    )  # fmt: skip
    fill = [str(number) for number in range(10)]
    rankings = {"a": [*fill, "d"], "b": [*fill[:9], "d"], "c": ["d"], "e": ["d"]}
    found = result("s", asked, rankings)
    assert (found.queries, found.found_at_10) == (4, 0.5)
    assert (found.scores.mrr_at_10, found.scores.recall_at_100) == (0.275, 0.75)


@pytest.mark.parametrize(
    ("offered", "how", "expected"),
    [
        ("红茶", "help", ["d1"]),
        ("红茶", "auto", ["d2"]),
        ("没有", "help", ["d2"]),  # the page of the query as typed is no worse
        (None, "help", ["d2"]),
    ],
)
def test_help_is_the_page_of_the_query_that_is_offered_where_that_is_better(
    shared, tmp_path, monkeypatch, offered, how, expected
):
    index_paths([shared / "tiny" / "docs.jsonl"], tmp_path / "index", options=ReadOptions())
    monkeypatch.setattr(ours, "suggestion", lambda page: offered)
    asked = QuerySet(name="x", how=how, queries={"q": "快递"}, judgements={"q": {"d1": 1}})
    assert ours.searched(tmp_path / "index", asked) == {"q": expected}


def test_a_run_file_out_of_order_is_refused(tmp_path):
    (tmp_path / "run.tsv").write_text("q\td1\t2\t1.0\n")
    with pytest.raises(ValueError, match="rank 2 of q is out of order"):
        ours.read_run(tmp_path / "run.tsv")


def _result(asked, system, mrr, recall=1.0, found=1.0):
    scores = Scores(mrr, mrr, recall, recall)
    return Result(asked=asked, system=system, queries=10, scores=scores, found_at_10=found)


def test_targets_are_held_or_missed_or_not_measured():
    found = targets(
        [
            _result("cmrc2018", "wensou", 0.983, recall=0.9985),
            _result("three words", "wensou", 0.75),
            _result("three words", "stock Whoosh", 0.65),
            _result("one wrong", "wensou", 0.7, found=0.85),
        ],
        posts=100_000,
    )
    assert {each.name: each.is_met for each in found} == {
        "cmrc2018, MRR@10": True,
        "cmrc2018, Recall@100": False,
        "three title words, 100,000 posts, MRR@10 above stock Whoosh": True,
        "one wrong, found@10 after help": True,
        "pinyin, found@10 after help": None,
    }


def test_the_table_has_a_row_a_system_and_names_each_set_once():
    results = [_result("a", "x", 0.5), _result("b", "x", 0.25), _result("a", "y", 1.0)]
    columns = [list(column.cells) for column in result_table(results).columns]
    assert columns[:3] == [
        ["a (10)", "", "b (10)"], ["x", "y", "x"], ["0.5000", "1.0000", "0.2500"],
    ]  # fmt: skip
