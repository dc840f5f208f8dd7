"""``wensou eval``: files of queries and judgements to scores, and every fault of theirs named."""

from __future__ import annotations

import json
import os
import re
import tracemalloc

import pytest

DOCS = (
    {"id": "d0", "body": "京东物流的仓储"},
    {"id": "d1", "body": "一杯红茶"},
    {"id": 2, "body": "顺丰快递到了"},
)
QUERIES = (
    '{"id": "q0", "text": "红茶"}\n{"id": "q1", "text": "快递"}\n{"id": "q2", "text": "仓储"}\n'
)


@pytest.fixture
def evaluated(wensou, tmp_path):
    """Index the three documents; return what runs ``eval`` on files of these contents."""
    lines = [json.dumps(each, ensure_ascii=False) for each in DOCS]
    (tmp_path / "docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert wensou("index", "docs.jsonl", "--strict", "--quiet").code == 0

    def run(queries, qrels, *options, lang="en"):
        for name, content in (("q.jsonl", queries), ("r.tsv", qrels)):
            raw = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(raw)
        return wensou("eval", "--queries", "q.jsonl", "--qrels", "r.tsv", *options, lang=lang)

    return run


def test_scores_are_a_table_and_queries_that_nobody_judged_are_counted_aloud(evaluated):
    ran = evaluated(QUERIES, "q0\td1\t1\nq1\t2\t2\nq1\td0\t1\nq2\td1\t0\n")
    assert (ran.code, ran.err) == (0, "")
    assert re.sub(r"[\d.]+ ms", "_", ran.out) == (
        "Queries     3, without a relevant article, in no mean: 1\n"
        "MRR@10      1.0000\n"
        "nDCG@10     0.8801\n"  # of q0 1, of q1 2 / (2 + 1 / log2(3)), their mean
        "Recall@10   0.7500\n"
        "Recall@100  0.7500\n"
        "Time        mean _ a query, p95 _\n"
    )


def test_the_table_is_in_chinese_too(evaluated):
    out = evaluated(QUERIES, "q0\td1\t1\n", lang="zh").out
    assert out.startswith(
        "查询        3 个，其中没有相关文章、不计入平均的 2 个\nMRR@10      1.0000\n"
    )


def test_json_has_the_numbers(evaluated):
    found = evaluated(QUERIES, "q0\td1\t1\nq1\tgone\t1\n", "--json").json
    assert found.pop("mean_ms") > 0
    assert found.pop("p95_ms") > 0
    assert found == {
        "queries": 3, "unjudged": 1, "absent": 1, "mrr_at_10": 0.5, "ndcg_at_10": 0.5,
        "recall_at_10": 0.5, "recall_at_100": 0.5,
    }  # fmt: skip


def test_articles_that_the_index_does_not_have_are_told(evaluated):
    lines = evaluated(QUERIES, "q0\td1\t1\nq1\tgone\t1\nq1\tunwanted\t0\n").out.splitlines()
    assert lines[1] == "Not indexed relevant articles 1, such as gone; they count as not found"


def test_the_run_file_has_every_hit_by_the_id_that_the_judgements_give(evaluated, tmp_path):
    queries = '{"id": 7, "text": "红茶 快递"}\n{"id": "none", "text": "没有"}\n'
    assert evaluated(queries, "7\td1\t1\n", "--run", "out.tsv").code == 0
    rows = [line.split("\t") for line in (tmp_path / "out.tsv").read_text().splitlines()]
    assert sorted(row[:2] for row in rows) == [["7", "2"], ["7", "d1"]]
    assert [row[2] for row in rows] == ["1", "2"]
    assert float(rows[0][3]) >= float(rows[1][3]) > 0


def test_articles_of_a_folder_are_named_by_id_or_by_path(wensou, posts, tmp_path):
    wensou("index", posts, "--quiet")
    by_id = wensou("show", "c.md", "--json").json["id"]
    (tmp_path / "q.jsonl").write_text('{"id": "q", "text": "茶"}')
    for name in ("c.md", by_id):
        (tmp_path / "r.tsv").write_text(f"q\t{name}\t1")
        files = ("--queries", "q.jsonl", "--qrels", "r.tsv", "--run", "out.tsv")
        assert wensou("eval", *files, "--json").json["mrr_at_10"] == 1
        assert (tmp_path / "out.tsv").read_text().startswith(f"q\t{name}\t1\t")


@pytest.mark.parametrize(
    ("queries", "qrels"),
    [
        pytest.param(QUERIES, "q0 0 d1 1\nq1 0 2 1\n", id="TREC"),
        pytest.param(QUERIES, "q0\tQ0\td1\t1\nq1\tQ0\t2\t1.0\n", id="TREC with tabs"),
        pytest.param(QUERIES, "\ufeffq0\td1\t1\r\n\r\nq1\t2\t1\r\n", id="of Windows"),
        pytest.param(QUERIES.encode("gb18030"), "q0\td1\t1\nq1\t2\t1", id="GB18030"),
        pytest.param(QUERIES.encode("big5hkscs", "ignore"), "q0\td1\t1", id="Big5"),
    ],
)
def test_other_ways_to_write_the_files_are_read(evaluated, queries, qrels):
    ran = evaluated(queries, qrels, "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["mrr_at_10"], ran.json["absent"]) == (1, 0)


def test_an_empty_query_is_asked_like_the_others(evaluated):
    ran = evaluated('{"id": "q0", "text": ""}', "q0\td1\t1\n", "--json")
    assert (ran.code, ran.json["queries"]) == (0, 1)


@pytest.mark.parametrize(
    ("queries", "message"),
    [
        ("{}", 'q.jsonl:1: "{}" is no query. Write an object a line:'),
        ('\n{"id": "q0", "text": 1}', 'q.jsonl:2: "{"id": "q0", "text": 1}" is no query.'),
        ('{"id": true, "text": "茶"}', "q.jsonl:1:"),
        ('{"id": "", "text": "茶"}', "q.jsonl:1:"),
        ('{"id": "a\\tb", "text": "茶"}', "q.jsonl:1:"),
        ("茶", 'q.jsonl:1: "茶" is no query.'),
        ("[" * 100_000, "q.jsonl:1:"),
        (QUERIES + QUERIES, 'q.jsonl:4: id "q0" stands on line 1 already.'),
        ("\n \n", "q.jsonl holds no query."),
        (b"\xff\xff\x81\n", "q.jsonl:1: "),
    ],
)
def test_a_line_that_is_no_query_is_named(evaluated, queries, message):
    ran = evaluated(queries, "q0\td1\t1\n")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: {message}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q0\td1\t1\nq0\td1", 'r.tsv:2: "q0 d1" is no judgement. Write query id,'),
        ("q0\td1\thigh", "r.tsv:1:"),
        ("q0\td1\tnan", "r.tsv:1:"),
        ("q0\t\t1", "r.tsv:1:"),
        ("q0\t0\td1\t1\tmore", "r.tsv:1:"),
        ("q0\td1\t1\nq9\td1\t1", 'r.tsv:2: no query has the id "q9".'),
        ("q0\td1\t1\nq0\td1\t0", 'r.tsv:2: article "d1" is judged for query "q0" on line 1'),
        ("q0\td1\t0\nq0\td0\t-1", "r.tsv has no grade above 0."),
        ("", "r.tsv has no grade above 0."),
        ("q0\tgone\t1\nq1\taway\t1", 'None of the relevant articles, such as "away", is in'),
    ],
)
def test_a_line_that_is_no_judgement_is_named(evaluated, qrels, message):
    ran = evaluated(QUERIES, qrels)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: {message}")
    assert ran.err.count("\n") == 1


def test_a_line_without_an_end_is_read_no_further_than_its_bound(wensou, tmp_path, monkeypatch):
    monkeypatch.setattr("search.relevance.judgements.MAX_BYTES", 2**20)
    (tmp_path / "q.jsonl").touch()
    os.truncate(tmp_path / "q.jsonl", 2**26)
    tracemalloc.start()
    try:
        ran = wensou("eval", "--queries", "q.jsonl", "--qrels", "r.tsv")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert ran.err.startswith("Error: q.jsonl:1: the line is over 1 MiB.")
    assert peak < 2**25


def test_a_file_that_is_not_there_is_named(evaluated, wensou):
    assert evaluated(QUERIES, "q0\td1\t1").code == 0
    for queries, qrels, message in (
        ("none", "r.tsv", "none is not there."),
        ("q.jsonl", "none", "none is not there."),
        ("q.jsonl", ".", ". cannot be read (Is a directory)."),
    ):
        ran = wensou("eval", "--queries", queries, "--qrels", qrels)
        assert ran.code == 1
        assert ran.err.startswith(f"Error: {message} Give a file: wensou eval --queries")


def test_both_files_must_be_named(wensou):
    ran = wensou("eval", "--queries", "q.jsonl")
    assert (ran.code, ran.err) == (2, "Error: --qrels is missing. See: wensou eval --help\n")


def test_a_run_file_that_cannot_be_written_is_said_before_anything_is_asked(evaluated, tmp_path):
    ran = evaluated(QUERIES, "q0\td1\t1\n", "--run", "r.tsv/out")
    assert (ran.code, ran.out) == (1, "")
    assert "r.tsv/out" in ran.err or "Not a directory" in ran.err
