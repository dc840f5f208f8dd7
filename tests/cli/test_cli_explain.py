"""``wensou explain``: why an article ranks where it does."""

from __future__ import annotations

import pytest


@pytest.fixture
def explain(wensou, posts):
    wensou("index", posts, "--quiet")
    return lambda *words, **how: wensou("explain", *words, **how)


def test_each_term_is_a_row_with_what_it_adds_the_most_first(explain):
    ran = explain("快递", "b.md")
    assert (ran.code, ran.err) == (0, "")
    lines = [line.rstrip() for line in ran.out.splitlines()]
    assert lines[:2] == ["快递", "b.md  [dca0e6b6af4d7b58]"]
    assert lines[2].startswith("Rank 1 of 2, score 10")
    assert lines[3:6] == [
        "Matches: 快递",
        "",
        "Kind         Part   Term  Times  Articles  Weight      Score",
    ]
    assert [line.split()[:-1] for line in lines[6:]] == [
        ["whole", "title", "title"],
        ["word", "title", "快递", "1", "1", "4.800"],
        ["word", "body", "快递", "1", "2", "1.600"],
    ]


def test_what_an_article_lacks_is_named_where_it_does_not_match(explain):
    ran = explain("快递 京东 -单 author:乙", "b.md", "--match", "all")
    assert (ran.code, ran.out) == (
        0,
        "快递\nb.md  [dca0e6b6af4d7b58]\n"
        "The article is not among the 0 found.\n"
        "Matches: 快递, author:乙\nDoes not match: 京东, -单\n",
    )


def test_it_is_said_what_was_searched_for_in_the_end(explain):
    ran = explain("快递 物流 企鹅", "b.md", lang="zh")
    assert "已略去：企鹅" in ran.out
    assert "符合：快递, 物流\n不符合：企鹅\n" in ran.out


def test_json_has_what_programs_need(explain):
    found = explain("京东", "posts/a.md", "--json").json
    assert list(found) == [
        "query", "article", "rank", "total", "score", "wanted", "contributions", "is_preferred",
        "freshness", "relaxed", "let_go", "notes",
    ]  # fmt: skip
    assert (found["query"], found["article"]["path"], found["rank"]) == ("京东", "a.md", 1)
    assert found["wanted"] == [{"text": "京东", "is_there": True}]
    assert found["score"] == pytest.approx(sum(each["score"] for each in found["contributions"]))
    assert {**found["contributions"][0], "score": 0} == {
        "kind": "word", "score": 0, "part": "title", "texts": ["京东"], "frequency": 1,
        "articles": 1, "weight": 4.8,
    }  # fmt: skip


def test_the_score_is_that_of_the_search(explain, wensou):
    for sort in ("relevance", "oldest"):
        hits = wensou("search", "快递", "--sort", sort, "--json").json["hits"]
        for rank, hit in enumerate(hits, start=1):
            found = explain("快递", hit["id"], "--sort", sort, "--json").json
            assert (found["rank"], round(found["score"], 4)) == (rank, hit["score"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["京东", "nothing"], 1, 'No article in the index has the ID or path "nothing".'),
        (["京东"], 2, "PATH is missing."),
        (["京东", "a.md", "b.md"], 2, "Nothing takes b.md."),
        (["京东", "a.md", "--sort", "best"], 2, '--sort cannot be "best".'),
        (["京东", "a.md", "--srot"], 2, "There is no option --srot."),
    ],
)
def test_what_cannot_be_explained_is_an_error(explain, words, code, said):
    ran = explain(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_word_under_a_minus_is_no_option(explain):
    assert "Matches: -京东, 快递" in explain("-京东 快递", "b.md").out
