"""``wensou suggest``: completions on a terminal and for programs."""

from __future__ import annotations

import pytest


@pytest.fixture
def suggest(wensou, posts):
    wensou("index", posts, "--quiet")
    return lambda *words, **how: wensou("suggest", *words, **how)


def test_a_suggestion_is_a_line_of_its_kind_text_and_count(suggest):
    assert suggest("kuai").out == "word  快递  2\ntitle  快递\n"
    assert suggest("jia").out == "author  甲  1\n"


def test_all_words_are_one_text_of_which_the_last_is_completed(suggest):
    [word, *_] = suggest("京东", "kuai", "--json").json["suggestions"]
    assert (word["text"], word["query"]) == ("快递", "京东 快递")


def test_no_more_are_given_than_asked_for(suggest):
    assert suggest("kuai", "--limit", 1).out == "word  快递  2\n"


def test_where_there_is_none_it_says_so(suggest):
    assert suggest("zzzz").out == "No word, name or title begins so. Try other characters.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["x", "--limit", "0"], "Cannot give 0 suggestions"),
        (["x" * 201], "201 characters are too many"),
        ([], "is missing"),
    ],
)
def test_what_cannot_be_is_wrong_usage(suggest, words, message):
    ran = suggest(*words)
    assert ran.code == 2
    assert message in ran.err
