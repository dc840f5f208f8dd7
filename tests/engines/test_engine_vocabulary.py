"""What an engine can suggest, as `search.engines.base` says."""

from __future__ import annotations

from search.article import Entity
from search.engines.base import Engine, VocabularyEntry
from tests.articles import article


def put(engine: Engine, *articles: object) -> None:
    """Put articles, a commit each."""
    for each in articles:
        with engine.writer() as writer:
            writer.put(each)
            writer.commit()
    engine.refresh()


def entries(engine: Engine, kind: str) -> list[tuple[object, ...]]:
    return [each[1:] for each in engine.vocabulary() if each.kind == kind]


def test_an_empty_index_has_none(engine: Engine) -> None:
    assert list(engine.vocabulary()) == []


def test_names_are_counted_exactly_most_articles_first(engine: Engine) -> None:
    put(
        engine,
        article(
            "a", authors=("甲",), tags=("x",), entities=(Entity("京东", "1"), Entity("京东", ""))
        ),
        article("b", authors=("乙", "甲"), entities=(Entity("美的", ""), Entity("京东", "1"))),
        article("c", authors=("丙",), entities=(Entity("美的", ""),)),
    )
    with engine.writer() as writer:
        writer.delete("c")
        writer.commit()
    engine.refresh()
    assert entries(engine, "author") == [("甲", 2, ()), ("乙", 1, ())]
    assert entries(engine, "tag") == [("x", 1, ())]
    assert entries(engine, "company") == [("京东", 2, ()), ("美的", 1, ())]


def test_of_a_category_the_last_name_is_suggested_and_its_path_kept(engine: Engine) -> None:
    put(engine, article("a", categories=(("新媒体", "36kr"), ("今日推荐 / 精选",))))
    assert sorted(entries(engine, "category")) == [
        ("36kr", 1, ("新媒体", "36kr")),
        ("今日推荐 / 精选", 1, ("今日推荐 / 精选",)),
        ("新媒体", 1, ("新媒体",)),
    ]


def test_words_stand_in_two_articles_or_more_pairs_only_if_they_are_words(engine: Engine) -> None:
    """In several segments as in one; counted in the part that most articles have them in."""
    text = "搜索引擎的人工智能，TikTok c++ 2021 ありがとう"
    put(engine, *(article(f"{n}", "搜索引擎" if n else "", text) for n in range(3)))
    put(engine, article("z", "物流"), article("y", "", "物流"))
    words = {each.text: each.count for each in engine.vocabulary() if each.kind == "word"}
    assert words == {
        "搜索引擎": 3, "搜索": 3, "索引": 3, "引擎": 3, "人工智能": 3, "人工": 3, "智能": 3,
        "tiktok": 3, "c++": 3, "ありがとう": 3,
    }  # fmt: skip


def test_words_of_two_commits_are_counted_together(engine: Engine) -> None:
    put(engine, article("a", "", "人工智能"), article("b", "", "人工智能"))
    assert ("人工智能", 2, ()) in entries(engine, "word")


def test_a_word_counts_as_often_as_in_the_part_that_most_have_it_in(engine: Engine) -> None:
    put(engine, *(article(f"{n}", "", "物流", tags=("物流",) * (n < 2)) for n in range(3)))
    assert entries(engine, "word") == [("物流", 3, ())]


def test_entries_are_of_the_snapshot(engine: Engine) -> None:
    put(engine, article("a", authors=("甲",)))
    assert VocabularyEntry("author", "甲", 1) in list(engine.vocabulary())
    with engine.writer() as writer:
        writer.put(article("b", authors=("乙",)))
        writer.commit()
    assert entries(engine, "author") == [("甲", 1, ())]
