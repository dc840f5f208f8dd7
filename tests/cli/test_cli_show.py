"""``wensou show``: an article by its id or its file."""

from __future__ import annotations

import pytest


@pytest.fixture
def show(wensou, posts):
    wensou("index", posts, "--quiet")
    return lambda *words, **how: wensou("show", *words, **how)


def test_an_article_is_shown_with_its_facts_and_text(show):
    assert show("b.md").out == (
        "快递\n乙\n#物流\nb.md  [dca0e6b6af4d7b58]\n\n一单快递。\n"
    )  # fmt: skip


@pytest.mark.parametrize("name", ["b.md", "posts/b.md", "./posts/b.md", "{folder}/b.md"])
def test_a_path_will_do_from_the_folder_indexed_or_from_here(show, posts, name):
    assert show(name.format(folder=posts), "--json").json["title"] == "快递"


@pytest.mark.parametrize("name", ["elsewhere/b.md", "posts", "nothing", "", "/"])
def test_another_file_of_the_same_name_is_not_taken_for_it(show, name):
    ran = show(name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f'Error: No article in the index has the ID or path "{name}". '
        "Find it first: wensou search WORDS\n"
    )


def test_html_is_the_body_for_reading(show):
    assert show("a.md", "--html").out == "<p>京东的快递到了。</p>\n"


def test_json_has_all_that_a_page_shows(show):
    assert list(show("c.md", "--json").json) == [
        "id", "path", "title", "categories", "author", "authors", "tags", "date", "url", "text",
        "html", "thumbnail", "entities",
    ]  # fmt: skip
