"""``wensou search``: words and options to a request, a page to text and JSON."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def search(wensou, seed_index):
    """Search the index of seeds/."""
    return lambda *words, **how: wensou("search", "--index", seed_index, *words, **how)


@pytest.fixture
def indexed(wensou, posts):
    """Search the index of the three articles of ``posts``."""
    wensou("index", posts, "--quiet")
    return lambda *words, **how: wensou("search", *words, **how)


def titles(ran):
    return [hit["title"] for hit in ran.json["hits"]]


def test_text_names_each_hit_with_its_facts_snippet_and_place(indexed):
    ran = indexed("快递", "--sort", "newest")
    assert (ran.code, ran.err) == (0, "")
    assert re.sub(r"[\d.]+ ms|[0-9a-f]{16}", "_", ran.out) == (
        "Hits 1–2 of 2, _\n"
        "\n"
        "1. 京东物流\n"
        "   2021-06-16 · 甲\n"
        "   京东的快递到了。\n"
        "   a.md  [_]\n"
        "\n"
        "2. 快递\n"
        "   乙\n"
        "   一单快递。\n"
        "   b.md  [_]\n"
    )


def test_the_next_page_is_told(indexed):
    assert indexed("--limit", "2").out.endswith("\nNext page: --offset 2\n")
    assert "Next page" not in indexed("--limit", "2", "--offset", "2").out


def test_ranks_go_on_over_the_pages(indexed):
    out = indexed("--limit", "1", "--offset", "2").out
    assert out.startswith("Hits 3–3 of 3, ")
    assert "\n3. " in out


def test_facets_are_printed_when_asked_for_and_empty_ones_are_not(indexed):
    out = indexed("--limit", "0", "--facets").out
    assert "\nAuthors\n  乙  1\n  甲  1\n" in out
    assert "\nCompanies\n  顺丰  1\n" in out
    assert "\nDates\n  2021  1\n    2021-06  1\n" in out
    assert "Categories" not in out


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "Nothing found. Try other words"), ("zh", "没有找到。试试换个说法")],
)
def test_an_empty_answer_says_what_to_try(indexed, lang, said):
    ran = indexed("鲸鱼", lang=lang)
    assert ran.code == 0
    assert ran.out.startswith(said)


def test_notes_and_relaxed_answers_are_told(indexed):
    out = indexed('京东 茶 "').out
    assert out.startswith("A quotation mark has no partner")
    assert "Too few articles have all the words; those with some of them follow." in out


def test_json_is_the_documented_page(search):
    page = search("快递", "--json", "--limit", "1").json
    assert list(page) == [
        "query",
        "total",
        "relaxed",
        "let_go",
        "took_ms",
        "notes",
        "suggestion",
        "hits",
        "facets",
    ]
    assert (page["query"], len(page["hits"])) == ("快递", 1)
    assert list(page["facets"]) == ["category", "author", "date"]


def test_facets_in_json_add_tags_and_companies(search):
    assert list(search("--facets", "--json").json["facets"]) == [
        "category",
        "author",
        "tag",
        "company",
        "date",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--author", "甲"], ["京东物流"]),
        (["--author", "甲", "--author", "乙"], ["京东物流", "快递"]),
        (["--tag", "物流"], ["快递"]),
        (["--company", "顺丰"], ["快递"]),
        (["--company", "京东", "--company", "顺丰"], ["快递"]),
        (["--from", "2021", "--to", "2021-06-16"], ["京东物流"]),
        (["--to", "2021"], ["京东物流"]),
        (["--from", "2021-06-17"], []),
        (["快递", "-京东"], ["快递"]),
        (["快递", "--", "-京东"], ["快递"]),
        (["-京东", "快递"], ["快递"]),
        (["快递 -京东"], ["快递"]),
        (['"快递到了"'], ["京东物流"]),
        (["标题:茶"], ["茶"]),
        (["快递", "--limit", "1", "--offset", "1", "--sort", "newest"], ["快递"]),
        (["京东", "茶", "--match", "all"], []),
    ],
    ids=" ".join,
)
def test_options_and_words_make_the_request(indexed, words, expected):
    assert titles(indexed("--json", "--sort", "newest", *words)) == expected


def test_days_the_wrong_way_round_are_an_error(search):
    ran = search("快递", "--from", "2024", "--to", "2020", lang="en")
    assert ran.code != 0
    assert "The days end (2020-12-31) before they begin (2024-01-01)." in ran.err


def test_a_category_is_a_path_or_the_beginning_of_one(search):
    whole = search("快递", "--category", "新媒体/36kr/资讯", "--json").json
    beginning = search("快递", "--category", "新媒体/36kr", "--json").json
    assert whole["total"] == beginning["total"] == 2


def test_a_slash_inside_a_name_is_written_with_a_backslash(search):
    page = search("--category", r"前沿/果壳/今日推荐 \/ 精选", "--json").json
    assert page["total"] == 2


def test_a_word_after_two_dashes_may_look_like_an_option(search):
    assert search("--json", "--", "--json").json["query"] == "--json"


def test_another_text_that_finds_more_is_offered(wensou, posts):
    wensou("index", posts, "--quiet")
    assert "Did you mean: 快递\n" in wensou("search", "快第").out
    assert wensou("search", "快第", "--json").json["suggestion"] == "快递"
    assert "Did you mean" not in wensou("search", "快递").out


def test_the_half_life_of_the_settings_is_that_of_the_order_hot(wensou, tmp_path):
    (tmp_path / "posts").mkdir()
    for name, year in (("old", 2020), ("new", 2021)):
        text = f"---\ntitle: 一\ndate: {year}-01-01\n---\n快递。"
        (tmp_path / "posts" / f"{name}.md").write_text(text, encoding="utf-8")
    wensou("index", "posts", "--quiet")
    for days in (366, 183):  # 2020 had 366
        asked = ("search", "快递", "--sort", "hot", "--json")
        new, old = wensou(*asked, WENSOU_HALF_LIFE_DAYS=str(days)).json["hits"]
        assert (new["path"], old["path"]) == ("new.md", "old.md")
        assert old["score"] / new["score"] == pytest.approx(0.5 ** (366 / days), rel=1e-3)
        told = ("explain", "快递", "old.md", "--sort", "hot", "--json")
        found = wensou(*told, WENSOU_HALF_LIFE_DAYS=str(days)).json
        assert found["freshness"] == 0.5 ** (366 / days)
