"""What `search.engines.base` promises, on every engine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from search.article import Article, Entity
from search.engines.base import Engine, EngineRequest, Known
from search.engines.locating import open_engine, open_writer
from search.errors import IndexLocked
from search.query import model
from search.query.request import Filters
from tests.articles import article

FULL = article(
    "whole",
    title="京东物流_上市 &",
    text="第一段。\n第二段 🎮",
    day="2021-06-16",
    categories=(("新媒体", "36kr"), ("今日推荐 / 精选",)),
    authors=("36kr", "虎嗅"),
    tags=("物流", "a, b"),
    url="https://example.org/1",
    thumbnail="https://example.org/1.png",
    entities=(Entity("京东", "27570"), Entity("美的", "")),
    fingerprint="0123456789abcdef",
    encoding="gb18030",
)
WHOLE = Known("whole", "/posts", "whole.md", "0123456789abcdef", False)


def put(engine: Engine, *articles: Article, rebuild: bool = False) -> None:
    with engine.writer(rebuild=rebuild) as writer:
        for each in articles:
            writer.put(each)
        writer.commit()
    engine.refresh()


def ids(engine: Engine, query: model.Query | None = None, **rest: Any) -> list[str]:
    answer = engine.search(EngineRequest(query=query or model.Everything(), limit=1000, **rest))
    assert answer.total == len(answer.hits)
    return [hit.article.id for hit in answer.hits]


def sorted_ids(articles: Iterable[Article]) -> list[str]:
    return sorted(each.id for each in articles)


def test_an_article_comes_back_equal(engine: Engine) -> None:
    put(engine, FULL)
    assert engine.get("whole") == FULL
    assert list(engine.articles()) == [FULL]
    assert engine.search(EngineRequest(query=model.Everything())).hits[0].article == FULL


def test_an_unknown_id_gives_none(engine: Engine) -> None:
    put(engine, FULL)
    assert engine.get("who") is None


def test_putting_an_id_again_replaces_its_article(engine: Engine) -> None:
    put(engine, article("a", "旧的"), article("b", "别的"))
    put(engine, article("a", "新的"))
    assert ids(engine, model.Word("旧的")) == []
    assert ids(engine, model.Word("新的")) == ["a"]
    assert sorted_ids(engine.articles()) == ["a", "b"]


def test_the_last_of_two_puts_in_one_commit_counts(engine: Engine) -> None:
    put(engine, article("a", "一"), article("a", "二"))
    assert [each.title for each in engine.articles()] == ["二"]


def test_a_deleted_article_is_nowhere(engine: Engine) -> None:
    put(engine, article("a", authors=("甲",)), article("b", authors=("乙",)))
    with engine.writer() as writer:
        writer.delete("a")
        writer.delete("never there")
        writer.commit()
    engine.refresh()
    answer = engine.search(EngineRequest(query=model.Everything(), facets=("author",)))
    assert engine.get("a") is None
    assert sorted_ids(engine.articles()) == ["b"]
    assert answer.total == 1
    assert [bucket.value for bucket in answer.facets["author"]] == ["乙"]


def test_what_is_put_and_deleted_in_one_commit_is_nowhere(engine: Engine) -> None:
    with engine.writer() as writer:
        writer.put(article("a"))
        writer.delete("a")
        writer.commit()
    engine.refresh()
    assert ids(engine) == []


def test_a_writer_left_without_commit_changes_nothing(engine: Engine) -> None:
    put(engine, article("a"))
    with engine.writer() as writer:
        writer.put(article("b"))
        writer.delete("a")
    with pytest.raises(ZeroDivisionError), engine.writer() as writer:
        writer.put(article("c", text=str(1 // 0)))
    assert not engine.refresh()
    assert ids(engine) == ["a"]


def test_a_rebuild_replaces_everything_at_once(engine: Engine) -> None:
    put(engine, article("a"), article("b"))
    put(engine, article("c"), rebuild=True)
    assert ids(engine) == ["c"]


def test_an_engine_answers_from_its_snapshot_until_it_is_refreshed(
    engine: Engine, location: str
) -> None:
    put(engine, article("a"))
    before = engine.generation
    with open_writer(location) as writer:
        writer.put(article("b"))
        writer.commit()
    assert ids(engine) == ["a"]
    assert engine.refresh()
    assert sorted(ids(engine)) == ["a", "b"]
    assert engine.generation > before


def test_no_two_commits_have_an_edition_not_even_of_an_index_made_anew(
    engine: Engine, location: str
) -> None:
    put(engine, article("a"))
    before = engine.edition
    put(engine, article("a"))
    assert engine.edition != before
    assert open_engine(location).edition == engine.edition
    seen = {before, engine.edition}
    for _ in range(2):
        with engine.writer(rebuild=True) as writer:
            writer.put(article("a"))
            writer.commit()
        engine.refresh()
        assert engine.edition not in seen
        seen.add(engine.edition)


def test_one_writer_at_a_time(engine: Engine, location: str) -> None:
    with engine.writer() as writer:
        with pytest.raises(IndexLocked):
            open_writer(location).__enter__()
        writer.commit()
    with engine.writer() as writer:
        writer.commit()


def test_a_writer_knows_what_there_is(engine: Engine) -> None:
    put(engine, FULL)
    with engine.writer() as writer:
        assert list(writer.known({"/posts"})) == [WHOLE]
        assert writer.owner("whole") == WHOLE
        assert writer.owner("none") is None


def test_a_writer_knows_each_source_by_itself(engine: Engine) -> None:
    """Also where their articles alternate, in several segments, and one is gone."""
    for part in ("ab", "cdef", "g"):
        put(engine, *(article(each, source="/乙" if each in "aceg" else "/甲") for each in part))
    with engine.writer() as writer:
        writer.delete("e")
        writer.commit()
    with engine.writer() as writer:
        assert sorted(each.id for each in writer.known({"/甲"})) == ["b", "d", "f"]
        assert sorted(each.id for each in writer.known({"/乙", "/丙"})) == ["a", "c", "g"]
        assert list(writer.known(())) == list(writer.known({"/丙"})) == []
        assert writer.owner("e") is None


def test_a_writer_knows_stamps(engine: Engine) -> None:
    """Of drafts they are known, too, but not among all."""
    stamps = {"a": "0123456789abcdef", "b": "0f" * 8, "c": "", "d": "some other text"}
    put(engine, *(article(each, stamp=stamp) for each, stamp in stamps.items()))
    put(engine, article("e", stamp="e" * 16, draft=True), article("f", source="/g", stamp="f" * 16))
    with engine.writer() as writer:
        assert {each.id: each.stamp for each in writer.known({"/posts"})} == {
            **stamps,
            "e": "e" * 16,
        }
        found = writer.stamps({"/posts"})
        assert {stamps["a"], stamps["b"]} <= found <= set(stamps.values()) - {""}
        left = writer.known({"/posts"}, {stamps["b"], "e" * 16, "f" * 16})
        assert sorted(each.id for each in left) == ["a", "c", "d", "e"]
        assert writer.owner("b") == Known("b", "/posts", "b.md", "", False, stamps["b"])


def test_a_rebuild_knows_nothing(engine: Engine) -> None:
    put(engine, FULL)
    with engine.writer(rebuild=True) as writer:
        assert list(writer.known({"/posts"})) == []
        assert writer.stamps({"/posts"}) == set()
        assert writer.owner("whole") is None


def test_many_small_commits_answer_as_one(engine: Engine) -> None:
    for number in range(30):
        put(engine, article(f"{number:02}", f"第{number}篇", "物流"))
    assert sorted(ids(engine, model.Word("物流"))) == [f"{number:02}" for number in range(30)]
    assert engine.stats().articles == 30
    assert engine.check() == []


DATED = (
    article("c", "京东", day="2021-06-02"),
    article("a", "京东", day="2021-06-01"),
    article("b", "京东", day="2021-06-02"),
    article("e", "京东"),
    article("d", "京东"),
)


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [("newest", "bcade"), ("oldest", "abcde"), ("relevance", "abcde")],
)
@pytest.mark.parametrize("commits", [1, 5])
def test_every_order_is_total(engine: Engine, sort: Any, wanted: str, commits: int) -> None:
    """By date those without one come last; ties fall to the id, whatever segment they are in."""
    for number in range(commits):
        put(engine, *DATED[number::commits])
    assert "".join(ids(engine, model.Word("京东"), sort=sort)) == wanted


def test_without_words_relevance_is_newest_first_and_scores_nothing(engine: Engine) -> None:
    put(engine, *DATED)
    answer = engine.search(EngineRequest(query=model.Everything()))
    assert "".join(hit.article.id for hit in answer.hits) == "bcade"
    assert {hit.score for hit in answer.hits} == {0.0}


def test_a_page_is_a_slice_of_the_order(engine: Engine) -> None:
    put(engine, *(article(f"{number:02}", day=f"2021-01-{number:02}") for number in range(1, 29)))
    everything = ids(engine)
    for offset in (0, 7, 27, 28, 100):
        answer = engine.search(EngineRequest(query=model.Everything(), offset=offset, limit=7))
        assert [hit.article.id for hit in answer.hits] == everything[offset : offset + 7]
        assert answer.total == 28


def test_a_title_weighs_more_than_a_body(engine: Engine) -> None:
    put(engine, article("a", "别的", "说到供应链"), article("b", "供应链", "说到别的"))
    assert ids(engine, model.Word("供应链")) == ["b", "a"]


def test_what_is_preferred_comes_first(engine: Engine) -> None:
    both = article("both", "无关", "很长的文章" * 300 + "京东，物流")
    one = article("one", "京东京东", "京东")
    put(engine, both, one)
    every = model.And((model.Word("京东"), model.Word("物流")))
    some = model.Or((model.Word("京东"), model.Word("物流")))
    assert ids(engine, some) == ["one", "both"]
    assert ids(engine, model.Prefer(every, some)) == ["both", "one"]


def test_values_of_one_facet_are_or_and_facets_are_and(engine: Engine) -> None:
    put(
        engine,
        article("a", authors=("甲",), categories=(("科技", "人工智能"),)),
        article("b", authors=("乙",), categories=(("科技",),)),
        article("c", authors=("丙",), categories=(("科技 / 人工智能",),)),
    )
    one_of = Filters(authors=("甲", "丙"), categories=(("科技",),))
    assert ids(engine, filters=one_of) == ["a"]
    assert ids(engine, filters=Filters(categories=(("科技", "人工智能"), ("没有",)))) == ["a"]


def test_a_facet_ignores_its_own_filter_alone(engine: Engine) -> None:
    put(
        engine,
        article("a", authors=("甲",), tags=("x",)),
        article("b", authors=("乙",), tags=("x",)),
        article("c", authors=("乙",), tags=("y",)),
    )
    answer = engine.search(
        EngineRequest(
            query=model.Everything(),
            filters=Filters(authors=("甲",), tags=("x",)),
            facets=("author", "tag"),
        )
    )
    assert [(b.value, b.count) for b in answer.facets["author"]] == [("乙", 1), ("甲", 1)]
    assert [(b.value, b.count) for b in answer.facets["tag"]] == [("x", 1)]
    assert answer.total == 1


@pytest.mark.parametrize(
    ("buckets", "authors", "categories"),
    [
        (0, [], []),
        (1, ["乙"], [("科技", ["汽车"])]),
        (9, ["乙", "甲"], [("科技", ["汽车", "芯片"])]),
    ],
)
def test_those_values_are_given_that_most_articles_have(
    engine: Engine, buckets: int, authors: list[str], categories: list[tuple[str, list[str]]]
) -> None:
    put(
        engine,
        article("a", authors=("甲", "乙"), categories=(("科技", "芯片"),)),
        article("b", authors=("乙",), categories=(("科技", "汽车"),)),
        article("c", authors=("乙",), categories=(("科技", "汽车"),)),
    )
    asked = EngineRequest(
        query=model.Everything(), facets=("author", "category"), buckets=buckets, limit=0
    )
    found = engine.search(asked).facets
    assert [each.value for each in found["author"]] == authors
    assert [(b.value, [c.value for c in b.children]) for b in found["category"]] == categories


def test_an_article_counts_once_in_each_of_its_categories(engine: Engine) -> None:
    put(engine, article("a", categories=(("科技", "芯片"), ("科技", "汽车"), ("科技",))))
    answer = engine.search(EngineRequest(query=model.Everything(), facets=("category",)))
    (top,) = answer.facets["category"]
    assert (top.path, top.count) == (("科技",), 1)
    assert [(child.path, child.count) for child in top.children] == [
        (("科技", "汽车"), 1),
        (("科技", "芯片"), 1),
    ]


def test_a_company_is_its_name_and_counts_once_in_an_article(engine: Engine) -> None:
    put(
        engine,
        article("a", entities=(Entity("京东", "27570"), Entity("京东", ""), Entity("美的", ""))),
        article("b", entities=(Entity("京东", "9"),)),
        article("c", entities=(Entity("京东物流", "27570"),)),
        article("d", "京东", "京东"),
    )
    only = Filters(companies=("京东",))
    assert ids(engine, filters=only) == ["a", "b"]
    answer = engine.search(
        EngineRequest(query=model.Everything(), filters=only, facets=("company",))
    )
    assert [(b.value, b.count) for b in answer.facets["company"]] == [
        ("京东", 2),
        ("京东物流", 1),
        ("美的", 1),
    ]


def test_buckets_are_ordered_by_count_and_dates_newest_first(engine: Engine) -> None:
    put(
        engine,
        article("a", authors=("乙",), day="2020-01-05"),
        article("b", authors=("乙", "甲"), day="2021-03-05"),
        article("c", authors=("丙",), day="2021-12-05"),
    )
    facets = engine.search(
        EngineRequest(query=model.Everything(), facets=("author", "date"))
    ).facets
    assert [bucket.value for bucket in facets["author"]] == ["乙", "丙", "甲"]
    assert [bucket.value for bucket in facets["date"]] == ["2021", "2020"]
    assert [month.value for month in facets["date"][0].children] == ["2021-12", "2021-03"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (model.Before(date(2021, 6, 2)), "a"),
        (model.After(date(2021, 6, 1)), "bc"),
        (model.After(date.max), ""),
        (model.Before(date.min), ""),
        (model.Not(model.After(date(2021, 6, 1))), "ade"),
    ],
)
def test_before_and_after_leave_the_day_itself_out(
    engine: Engine, query: model.Query, wanted: str
) -> None:
    put(engine, *DATED)
    assert "".join(sorted(ids(engine, query))) == wanted


def test_text_without_a_term_matches_nothing(engine: Engine) -> None:
    put(engine, *DATED)
    assert ids(engine, model.Word("，。")) == []
    assert ids(engine, model.Phrase("——")) == []


def test_stats_count_what_is_there(engine: Engine) -> None:
    put(engine, FULL, *DATED)
    put(engine, article("a", "换了", day="2022-01-01"))
    stats = engine.stats()
    assert (stats.articles, stats.authors, stats.categories) == (6, 2, 3)
    assert (stats.tags, stats.companies) == (2, 2)
    assert (stats.undated, stats.first_day, stats.last_day) == (
        2,
        date(2021, 6, 2),
        date(2022, 1, 1),
    )


def test_an_empty_index_answers(engine: Engine) -> None:
    answer = engine.search(EngineRequest(query=model.Word("京东"), facets=("category", "date")))
    assert (answer.total, answer.hits) == (0, ())
    assert answer.facets == {"category": (), "date": ()}
    assert engine.stats().articles == 0
    assert engine.check() == []


def test_closing_twice_is_harmless(location: str) -> None:
    with open_writer(location) as writer:
        writer.commit()
    engine = open_engine(location)
    engine.close()
    engine.close()
