"""The order "hot": relevance, half of it gone with every half-life; on every engine."""

from __future__ import annotations

import pytest

from search.engines.base import Engine, EngineRequest
from search.query import model
from search.query.model import And, Or, Prefer, Some, Word
from tests.articles import article
from tests.engines.test_engine_contract import ids, put

FILLING = "山高水长，天高地远。"


def scores(engine: Engine, query: model.Query, half_life_days: int = 180) -> dict[str, float]:
    asked = EngineRequest(query=query, sort="hot", half_life_days=half_life_days, limit=100)
    return {hit.article.id: hit.score for hit in engine.search(asked).hits}


def hot(engine: Engine, query: model.Query, half_life_days: int = 180) -> list[str]:
    return list(scores(engine, query, half_life_days))


def test_of_two_equal_articles_the_newer_comes_first(engine: Engine) -> None:
    put(
        engine,
        article("a", "一", "量子", "2020-06-01"),
        article("b", "一", "量子", "2021-06-01"),
    )
    assert hot(engine, Word("量子")) == ["b", "a"]
    assert ids(engine, Word("量子")) == ["a", "b"]


@pytest.mark.parametrize(("half_life_days", "left"), [(100, 0.5), (50, 0.25), (200, 0.5**0.5)])
def test_what_is_a_half_life_older_scores_half(
    engine: Engine, half_life_days: int, left: float
) -> None:
    put(
        engine,
        article("old", "一", "量子", "2021-01-01"),
        article("new", "一", "量子", "2021-04-11"),  # a hundred days later
    )
    found = scores(engine, Word("量子"), half_life_days)
    relevance = engine.search(EngineRequest(query=Word("量子"))).hits[0].score
    assert found == pytest.approx({"new": relevance, "old": relevance * left})


def test_relevance_counts_beside_the_date(engine: Engine) -> None:
    """A title a month older beats a mention; a year later it does not."""
    put(
        engine,
        article("mentions", "一", "量子" + FILLING * 20, "2021-06-30"),
        article("month", "量子雷达", "量子雷达", "2021-05-30"),
        article("years", "量子雷达", "量子雷达", "2018-06-30"),
    )
    assert hot(engine, Word("量子")) == ["month", "mentions", "years"]


def test_an_article_without_a_date_is_as_old_as_the_oldest(engine: Engine) -> None:
    put(
        engine,
        article("b", "一", "量子", "2020-01-01"),
        article("a", "一", "量子"),
        article("c", "一", "量子", "2021-01-01"),
        article("other", "一", "雷达", "2019-01-01"),  # the oldest need not match
    )
    assert hot(engine, Word("量子")) == ["c", "b", "a"]
    engine_scores = scores(engine, Or((Word("量子"), Word("雷达"))), 731)
    assert engine_scores["a"] == pytest.approx(engine_scores["c"] / 2, rel=0.01)


def test_without_a_half_life_nothing_fades(engine: Engine) -> None:
    old, new = (article(day, "一", "量子", day) for day in ("2001-01-01", "2021-01-01"))
    put(engine, old, new)
    assert ids(engine, Word("量子"), sort="hot") == ["2001-01-01", "2021-01-01"]


def test_without_any_date_hot_is_relevance(engine: Engine) -> None:
    put(engine, article("a", "一", "量子" + FILLING), article("b", "一", "量子量子"))
    found = engine.search(EngineRequest(query=Word("量子"), limit=9)).hits
    assert scores(engine, Word("量子")) == {hit.article.id: hit.score for hit in found}


def test_without_words_it_is_newest_first(engine: Engine) -> None:
    put(
        engine,
        article("a", "一", "量子", "2020-01-01"),
        article("b", "二", "雷达"),
        article("c", "三", "天线", "2021-01-01"),
    )
    assert list(scores(engine, model.Everything()).items()) == [("c", 0), ("a", 0), ("b", 0)]


def test_ties_fall_to_the_id(engine: Engine) -> None:
    put(engine, *(article(name, "一", "量子", "2021-01-01") for name in ("c", "a", "b")))
    assert hot(engine, Word("量子")) == ["a", "b", "c"]


def test_very_old_articles_keep_the_order_of_their_words(engine: Engine) -> None:
    """Their scores are as small as numbers are, but above 0."""
    put(
        engine,
        article("a", "一", "量子" + FILLING * 9, "1900-01-01"),
        article("b", "量子", "量子", "1900-01-01"),
        article("new", "一", "量子", "2021-01-01"),
    )
    found = scores(engine, Word("量子"), half_life_days=1)
    assert list(found) == ["new", "b", "a"]
    assert 0 < found["a"] < found["b"] < 1e-200


def test_what_was_removed_makes_nothing_older(engine: Engine) -> None:
    later = article("later", "一", "雷达", "2031-01-01")
    put(engine, *(article(f"{n:02}", "一", "量子", "2020-01-01") for n in range(40)), later)
    with engine.writer() as writer:
        writer.delete("later")
        writer.commit()
    engine.refresh()
    found = engine.explain(EngineRequest(query=Word("量子"), sort="hot", half_life_days=9), "00")
    assert found is not None
    assert found.freshness == 1.0


def test_pages_are_slices_of_one_order(engine: Engine) -> None:
    put(
        engine,
        *(
            article(
                f"{n:03}",
                f"第{n}篇",
                "量子" + "山" * (n * 7 % 120) + "雷达" + FILLING * (n % 5),
                f"20{n * 3 % 20:02}-0{n % 9 + 1}-01" if n % 10 else None,
            )
            for n in range(120)
        ),
    )
    both = And((Word("量子"), Word("雷达")))
    everything = ids(engine, both, sort="hot", half_life_days=900)
    assert len(everything) == 120
    for offset in (0, 3, 29, 30, 31, 50, 119):
        request = EngineRequest(query=both, sort="hot", half_life_days=900, offset=offset, limit=13)
        found = [hit.article.id for hit in engine.search(request).hits]
        assert found == everything[offset : offset + 13]


def test_the_first_choice_stays_first_however_old(engine: Engine) -> None:
    put(
        engine,
        article("old", "一", "量子与雷达", "2001-01-01"),
        article("new", "一", "量子", "2021-01-01"),
    )
    query = Prefer(And((Word("量子"), Word("雷达"))), Some(("量子", "雷达")))
    found = scores(engine, query)
    assert list(found) == ["old", "new"]
    assert found["old"] < found["new"]
