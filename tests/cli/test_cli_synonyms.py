"""``synonyms`` of ``wensou.toml``: from the file to what is found and marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import search
from search.query.request import Match

TEXTS = {
    "TikTok 进军电商": "TikTok 在海外做电商。",
    "抖音电商": "抖音电商增长很快。",
    "量子": "量子计算机，ByteDance 也做。",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[search.Index]:
    """Three articles, searched with a file of synonyms."""
    folder = tmp_path_factory.mktemp("synonyms")
    (folder / "posts").mkdir()
    for number, (title, text) in enumerate(TEXTS.items()):
        path = folder / "posts" / f"{number}.md"
        path.write_text(f"---\ntitle: {title}\n---\n{text}", encoding="utf-8")
    (folder / "words.txt").write_text("抖音 = TikTok, 字节跳动 = ByteDance", encoding="utf-8")
    search.index_paths([folder / "posts"], folder / "index")
    with search.open_index(folder / "index", synonyms=folder / "words.txt") as index:
        yield index


@pytest.fixture
def asked(index: search.Index) -> Callable[..., tuple[set[str], search.Page]]:
    """Search; return the titles found and the page."""

    def ask(text: str, match: Match = "auto") -> tuple[set[str], search.Page]:
        page = index.search(search.SearchRequest(text=text, match=match))
        return {hit.article.title for hit in page.hits}, page

    return ask


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("抖音", {"TikTok 进军电商", "抖音电商"}),
        ("tiktok电商", {"TikTok 进军电商", "抖音电商"}),
        ('"抖音"', {"抖音电商"}),
        ("电商 -抖音", {"TikTok 进军电商"}),
        ("title:抖音 海外", {"TikTok 进军电商"}),
    ],
)
def test_what_is_typed_finds_what_means_the_same(asked, text, titles):
    found, page = asked(text, "all")
    assert found == titles
    assert page.notes == ()


def test_the_text_as_typed_comes_first_and_all_of_it_is_marked(asked):
    _, page = asked("抖音电商")
    first, second = page.hits
    assert first.article.title == "抖音电商"
    marked = [second.article.title[start:end] for start, end in second.title_spans]
    assert marked == ["TikTok", "电商"]


def test_a_word_is_let_go_though_it_has_others(asked):
    found, page = asked("火星 抖音")
    assert found == {"TikTok 进军电商", "抖音电商"}
    assert page.let_go == ("火星",)


def test_a_word_that_is_cut_is_not_let_go_in_pieces(asked):
    found, page = asked("火星 字节跳动")
    assert found == {"量子"}
    assert page.let_go == ("火星",)


def test_any_of_the_words_is_enough_in_their_other_words_too(asked):
    found, _ = asked("量子 抖音", "any")
    assert found == set(TEXTS)


@pytest.mark.parametrize("command", ["search", "suggest", "serve"])
def test_wensou_toml_names_the_file_and_a_broken_line_is_told(command, wensou, posts, tmp_path):
    wensou("index", posts, "--quiet")
    (tmp_path / "wensou.toml").write_text('synonyms = "groups.txt"', encoding="utf-8")
    (tmp_path / "groups.txt").write_text("抖音 TikTok", encoding="utf-8")
    ran = wensou(command, *["抖音"][: command != "serve"])
    assert ran.code == 1
    assert 'groups.txt:1: "抖音 TikTok" has no equals sign' in ran.err


def test_the_program_searches_with_the_synonyms_of_its_environment(wensou, posts, tmp_path):
    wensou("index", posts, "--quiet")
    (tmp_path / "groups.txt").write_text("吃茶 = 快递", encoding="utf-8")
    ran = wensou("search", "--json", "吃茶", WENSOU_SYNONYMS="groups.txt")
    assert {hit["title"] for hit in ran.json["hits"]} == {"京东物流", "快递"}


def test_who_writes_a_word_of_the_synonyms_is_not_asked_what_was_meant(
    asked: Callable[..., tuple[set[str], search.Page]],
) -> None:
    found, page = asked("抖音")
    assert (found, page.suggestion) == ({"TikTok 进军电商", "抖音电商"}, None)
