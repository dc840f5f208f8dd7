"""The public interface: what a program that imports `search` relies on."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.errors import ArticleNotFound, IndexNotFound, RequestError, SettingsError
from search.indexer import index_paths
from search.query import parse
from search.query.request import FACETS, MATCHES, SORTS, Filters, Match, Sort
from tests import oracle
from tests.thoroughness import examples


@pytest.fixture(scope="module")
def index(seed_index: Path) -> Iterator[search.Index]:
    with search.open_index(seed_index) as index:
        yield index


def ids(page: search.Page) -> list[str]:
    return [hit.article.id for hit in page.hits]


def test_the_example_of_the_readme_runs(seed_index: Path) -> None:
    with search.open_index(str(seed_index)) as index:
        page = index.search(
            search.SearchRequest(
                text="快递", categories=[("新媒体", "36kr")], authors=["36kr"], tags=[],
                date_from=None, date_to=None, sort="relevance", match="auto",
                offset=0, limit=10, facets=("category", "author", "date"),
            )
        )  # fmt: skip
    hit = page.hits[0]
    assert page.total == len(page.hits) == 2
    assert hit.article.categories == (("新媒体", "36kr", "资讯"),)
    assert hit.article.author == "36kr"
    assert hit.score > 0
    assert "快递" in [hit.snippet.text[start:end] for start, end in hit.snippet.spans]
    assert {bucket.value for bucket in page.facets["author"]} == {"36kr"}


def test_without_snippets_the_hits_are_the_same_but_unmarked(index: search.Index) -> None:
    marked, plain = (
        index.search(search.SearchRequest(text="快递", snippets=snippets))
        for snippets in (True, False)
    )
    assert [hit.score for hit in plain.hits] == [hit.score for hit in marked.hits]
    assert ids(plain) == ids(marked) != []
    assert any(hit.title_spans for hit in marked.hits)
    assert {(hit.snippet.text, hit.snippet.spans, hit.title_spans) for hit in plain.hits} == {
        ("", (), ())
    }


def test_an_address_opens_like_a_path(seed_index: Path) -> None:
    with search.open_index(f"whoosh://{seed_index}") as index:
        assert index.stats().articles == 93


def test_there_is_no_index_before_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        search.open_index(tmp_path / "index")


SEED_TEXTS = st.sampled_from(
    ["", "快递", "物流 供应链", "搜索引擎", "的", '"最后十公里"', "快递 -京东", "台風 OR 颱風",
     "Go*", "title:快递", "author:36kr", "分类:新媒体",
     "after:2024-03", "before:2023", "数据库 索引", "a"]
)  # fmt: skip


@examples(200)
@given(data=st.data(), text=SEED_TEXTS)
def test_totals_filters_and_facets_are_those_of_counting_by_hand(
    index: search.Index, data: st.DataObject, text: str
) -> None:
    articles = list(index.articles())
    paths = sorted({path[:n] for a in articles for path in a.categories for n in (1, 2, 3)})
    authors = sorted({name for a in articles for name in a.authors})
    tags = sorted({name for a in articles for name in a.tags})
    companies = sorted({each.name for a in articles for each in a.entities})
    days = sorted({a.day for a in articles if a.day})
    first = data.draw(st.none() | st.sampled_from(days))
    filters = Filters(
        categories=tuple(data.draw(st.lists(st.sampled_from(paths), max_size=2))),
        authors=tuple(data.draw(st.lists(st.sampled_from(authors), max_size=2))),
        tags=tuple(data.draw(st.lists(st.sampled_from(tags), max_size=1))),
        companies=tuple(data.draw(st.lists(st.sampled_from(companies), max_size=1))),
        date_from=first,
        date_to=data.draw(st.none() | st.sampled_from([d for d in days if d >= (first or d)])),
    )
    page = index.search(
        search.SearchRequest(
            text=text,
            match="all",
            limit=1000,
            facets=FACETS,
            **{name: getattr(filters, name) for name in Filters.__slots__},
        )
    )
    query = parse(text).query
    wanted = [a for a in articles if oracle.matches(query, oracle.Texts(a), articles)]
    passing = {a.id for a in wanted if oracle.passes(filters, a)}
    assert set(ids(page)) == passing
    assert page.total == len(passing)
    for name in FACETS:
        counted = [a for a in wanted if oracle.passes(filters, a, but=name)]
        assert oracle.counted(page.facets[name]) == oracle.facet(name, counted)


def test_when_too_few_have_all_words_those_with_some_follow(index: search.Index) -> None:
    every = index.search(search.SearchRequest(text="快递 黑洞", match="all"))
    page = index.search(search.SearchRequest(text="快递 黑洞", limit=100))
    some = index.search(search.SearchRequest(text="快递 黑洞", match="any", limit=100))
    assert (every.total, every.relaxed) == (0, False)
    assert page.relaxed
    assert not some.relaxed
    assert page.total == some.total > 5
    assert set(ids(page)) == set(ids(some))


def test_words_are_let_go_where_no_article_has_all(index: search.Index) -> None:
    page = index.search(search.SearchRequest(text="快递 司机 量子", limit=100))
    kept = index.search(search.SearchRequest(text="快递", match="all", limit=100))
    assert (page.let_go, page.relaxed) == (("司机", "量子"), False)
    assert page.total == kept.total >= 3
    assert set(ids(page)) == set(ids(kept))


def test_where_few_have_the_words_left_those_with_some_follow_them(index: search.Index) -> None:
    page = index.search(search.SearchRequest(text="城市 雨水 量子", limit=100))
    kept = index.search(search.SearchRequest(text="城市 雨水", match="all", limit=100))
    assert (page.let_go, page.relaxed) == (("量子",), True)
    assert 1 <= kept.total < 3
    assert set(ids(page)[: kept.total]) == set(ids(kept))


def test_no_word_is_let_go_where_only_a_filter_hides_what_has_all(index: search.Index) -> None:
    hidden = search.SearchRequest(text="一单快递 最后十公里", authors=("没有这个人",))
    assert index.search(hidden).let_go == ()


def test_those_with_all_words_come_first(index: search.Index) -> None:
    every = index.search(search.SearchRequest(text="快递 无人机 黑洞 台风", match="any", limit=1))
    assert every.total > 3
    page = index.search(search.SearchRequest(text="一单快递 最后十公里", limit=100))
    strict = index.search(search.SearchRequest(text="一单快递 最后十公里", match="all", limit=100))
    assert ids(page)[: strict.total] == ids(strict)


def test_enough_with_all_words_are_not_relaxed(index: search.Index) -> None:
    page = index.search(search.SearchRequest(text="快递"))
    assert page.total >= 3
    assert not page.relaxed


def test_a_title_is_marked_and_found_first(index: search.Index) -> None:
    page = index.search(search.SearchRequest(text="海绵城市"))
    hit = page.hits[0]
    assert hit.article.title == "海绵城市：让雨水慢一点走"
    assert hit.title_spans == ((0, 4),)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"sort": "best"}, "sort"),
        ({"match": "most"}, "match"),
        ({"offset": -1}, "-1"),
        ({"buckets": -2}, "-2"),
        ({"limit": 1001}, "1000"),
        ({"offset": 9_999, "limit": 2}, "10000"),
        ({"facets": ("colour",)}, "colour"),
        ({"authors": ["a"] * 201}, "200"),
        ({"companies": ["a"] * 201}, "200"),
    ],
)
def test_a_request_that_cannot_be_says_why(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        search.SearchRequest(**wrong)  # type: ignore[arg-type]


@given(text=st.text(max_size=60))
@examples(100)
def test_no_text_is_an_error(index: search.Index, text: str) -> None:
    page = index.search(search.SearchRequest(text=text, facets=FACETS))
    assert page.query == text
    assert page.total >= len(page.hits)


def test_days_bound_a_range_on_both_ends(index: search.Index) -> None:
    day = date(2023, 11, 13)
    page = index.search(search.SearchRequest(date_from=day, date_to=day))
    assert page.total == 1
    assert page.hits[0].article.day == day


def test_an_article_by_its_id(index: search.Index) -> None:
    article = next(index.articles())
    assert index.article(article.id) == article
    with pytest.raises(ArticleNotFound, match="nobody"):
        index.article("nobody")


def test_what_is_indexed_is_found_at_once_by_an_open_index(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "a.md").write_text("京东物流", encoding="utf-8")
    index_paths([posts], tmp_path / "index")
    with search.open_index(tmp_path / "index") as index:
        before = index.generation
        (posts / "b.md").write_text("京东快递", encoding="utf-8")
        index_paths([posts], tmp_path / "index")
        assert index.search(search.SearchRequest(text="京东")).total == 2
        assert index.generation > before


def test_an_index_put_in_the_place_of_an_open_one_is_noticed_though_its_number_is_the_same(
    tmp_path: Path,
) -> None:
    def make(title: str) -> None:
        shutil.rmtree(tmp_path / "posts", ignore_errors=True)
        shutil.rmtree(tmp_path / "index", ignore_errors=True)
        (tmp_path / "posts").mkdir()
        (tmp_path / "posts" / "a.md").write_text(f"# {title}\n\n{title}", encoding="utf-8")
        index_paths([tmp_path / "posts"], tmp_path / "index")

    def suggested(index: search.Index) -> list[str]:
        return [each.text for each in index.suggest("京东")]

    make("京东物流")
    with search.open_index(tmp_path / "index") as index:
        before, edition = index.generation, index.edition
        assert (suggested(index), index.refresh()) == (["京东物流"], False)
        others = set(threading.enumerate())
        make("京东快递")
        assert index.refresh()
        assert (index.generation, index.refresh()) == (before, False)
        assert index.edition != edition
        assert index.search(search.SearchRequest(text="快递")).total == 1
        suggested(index)  # those of before, while new ones are made
        for maker in set(threading.enumerate()) - others:
            maker.join()
        assert suggested(index) == ["京东快递"]


def test_many_threads_search_while_the_index_changes(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "0.md").write_text("京东物流", encoding="utf-8")
    index_paths([posts], tmp_path / "index")
    errors: list[BaseException] = []
    totals: list[int] = []
    done = threading.Event()

    def look(index: search.Index) -> None:
        last = 0
        try:
            while not done.is_set():
                page = index.search(search.SearchRequest(text="京东", facets=FACETS, limit=50))
                assert last <= page.total == len(page.hits)
                last = page.total
            totals.append(index.search(search.SearchRequest(text="京东")).total)
        except BaseException as error:
            errors.append(error)

    with search.open_index(tmp_path / "index") as index:
        threads = [threading.Thread(target=look, args=(index,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(1, 20):
            (posts / f"{number}.md").write_text("京东物流", encoding="utf-8")
            index_paths([posts], tmp_path / "index")
        done.set()
        for thread in threads:
            thread.join()
    assert errors == []
    assert totals == [20] * 4


@pytest.mark.shared
@pytest.mark.parametrize(
    "text",
    ["字节跳动", "供应链", '"京东物流"', "TikTok", "JD.ID", "200亿元GMV", "标题:京东 OR 东南亚"],
)
def test_the_real_post_is_found_by_what_stands_in_it(
    shared_dir: Path, tmp_path: Path, text: str
) -> None:
    index_paths([shared_dir / "articles"], tmp_path / "index")
    with search.open_index(tmp_path / "index") as index:
        page = index.search(search.SearchRequest(text=text, match="all"))
    assert [hit.article.path for hit in page.hits] == ["seed-36kr.md"]
    assert page.hits[0].snippet.spans or page.hits[0].title_spans


@examples(25)
@given(text=SEED_TEXTS, sort=st.sampled_from(SORTS), match=st.sampled_from(MATCHES))
def test_an_article_is_explained_as_it_was_searched(
    index: search.Index, text: str, sort: Sort, match: Match
) -> None:
    """With some of the words, or without some of them, if that is how it was found."""
    request = search.SearchRequest(text=text, sort=sort, match=match, limit=100)
    page = index.search(request)
    for rank, hit in list(enumerate(page.hits, start=1))[::10]:
        found = index.explain(request, hit.article.id)
        assert (found.article, found.rank, found.total) == (hit.article, rank, page.total)
        assert found.score == pytest.approx(hit.score, rel=1e-9)
        assert (found.relaxed, found.let_go) == (page.relaxed, page.let_go)
        assert [each.score for each in found.contributions] == sorted(
            (each.score for each in found.contributions), reverse=True
        )


def test_an_article_that_is_not_there_cannot_be_explained(index: search.Index) -> None:
    with pytest.raises(ArticleNotFound):
        index.explain(search.SearchRequest(text="快递"), "nothing")


@pytest.mark.parametrize("days", [0, 36_501, -1, 0.5])
def test_what_is_no_half_life_is_an_error(seed_index: Path, days: float) -> None:
    with pytest.raises(SettingsError, match="半衰期"):
        search.open_index(seed_index, half_life_days=days)  # type: ignore[arg-type]


def test_suggestions_of_an_earlier_commit_are_another_edition(tmp_path: Path) -> None:
    posts = tmp_path / "posts.jsonl"

    def commit(title: str) -> None:
        posts.write_text(f'{{"id": "1", "title": "{title}"}}\n', encoding="utf-8")
        index_paths([posts], tmp_path / "index")

    commit("快递")
    with search.open_index(tmp_path / "index") as index:
        index.suggest("快")
        commit("物流")
        index.refresh()
        before, others = index.edition, set(threading.enumerate())
        index.suggest("物")  # has the new ones made
        for maker in set(threading.enumerate()) - others:
            maker.join()
        assert [each.text for each in index.suggest("物")] == ["物流"]
        assert index.edition != before


def test_an_edition_is_the_same_wherever_answers_are(seed_index: Path, tmp_path: Path) -> None:
    synonyms = tmp_path / "synonyms.txt"
    synonyms.write_text("快递 = 物流\n", encoding="utf-8")
    settings: list[dict[str, Any]] = [{}, {}, {"half_life_days": 7}, {"synonyms": synonyms}]
    editions = []
    for each in settings:
        with search.open_index(seed_index, **each) as index:
            editions.append(index.edition)
    assert editions[0] == editions[1]
    assert len(set(editions)) == 3
