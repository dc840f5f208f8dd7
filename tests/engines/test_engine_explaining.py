"""What an engine says of an article's rank is what `search` goes by; on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.engines.base import Engine, EngineExplanation, EngineRequest
from search.engines.locating import open_engine, open_writer
from search.query import model
from search.query.model import (
    After,
    Also,
    And,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Some,
    Word,
)
from search.query.request import SORTS, Filters
from search.results import ContributionKind
from tests.articles import article
from tests.engines.conftest import LOCATIONS
from tests.engines.test_engine_contract import put
from tests.engines.test_engine_matching import FILTERS, QUERIES
from tests.thoroughness import examples

EVERYTHING = model.Everything()


def explained(
    engine: Engine, name: str, query: model.Query = EVERYTHING, **rest: object
) -> EngineExplanation:
    found = engine.explain(EngineRequest(query=query, **rest), name)  # type: ignore[arg-type]
    assert found is not None
    return found


def shown(found: EngineExplanation) -> list[tuple[str, str, str, int, int, float]]:
    """All but the scores, as rows."""
    rows = (
        (each.kind, each.part, " ".join(each.texts), each.frequency, each.articles)
        for each in found.contributions
    )
    weights = (round(each.weight, 4) for each in found.contributions)
    return sorted((*row, weight) for row, weight in zip(rows, weights, strict=True))


def _many() -> Iterator[Article]:
    """Ninety articles of the terms that `QUERIES` asks for; a third of them hold 京东 and a1."""
    random = Random(7)
    for number in range(90):
        title, text = ("".join(random.choices("京东东aB1 ，\n台", k=k)) for k in (6, 24))
        yield article(
            f"{number:02}",
            title,
            text + "京东" * (number % 3) + " a1" * (number % 3),
            random.choice([None, "2020-12-01", "2021-01-02", "2021-02-03"]),
            authors=("甲",) * random.randint(0, 1),
            tags=("乙", "甲乙")[: random.randint(0, 2)],
            categories=(("甲", "乙"),)[: random.randint(0, 1)],
        )


@pytest.fixture(scope="module", params=LOCATIONS)
def many(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """An engine that holds `_many` in two commits, some of them twice and a few removed."""
    location = LOCATIONS[request.param](tmp_path_factory.mktemp("explaining"))
    articles = list(_many())
    for some in (articles[:60], articles[50:]):
        with open_writer(location) as writer:
            for each in some:
                writer.put(each)
            writer.commit()
    with open_writer(location) as writer:
        for each in articles[::20]:
            writer.delete(each.id)
        writer.commit()
    engine = open_engine(location)
    yield engine
    engine.close()


@examples(120)
@given(
    query=QUERIES | st.sampled_from([Word("京东"), Some(("京东a1", "东台")), Word("京 a1")]),
    filters=st.just(Filters()) | FILTERS,
    sort=st.sampled_from(SORTS),
)
def test_rank_and_score_are_those_of_the_hit(
    many: Engine, query: model.Query, filters: Filters, sort: str
) -> None:
    asked: dict[str, Any] = {"sort": sort, "filters": filters, "half_life_days": 20}
    request = EngineRequest(query=query, limit=100, **asked)
    answer = many.search(request)
    for at in {0, 1, 29, 30, 31, 60, answer.total - 1} & set(range(answer.total)):
        hit = answer.hits[at]
        found = many.explain(request, hit.article.id)
        assert found is not None
        assert (found.rank, found.total) == (at + 1, answer.total)
        assert found.score == pytest.approx(hit.score, rel=1e-9)
        assert all(each.score > 0 for each in found.contributions)


@examples(60)
@given(query=QUERIES, name=st.integers(0, 89))
def test_what_does_not_match_has_no_rank(many: Engine, query: model.Query, name: int) -> None:
    article_id = f"{name:02}"
    hits = many.search(EngineRequest(query=query, limit=100)).hits
    found = many.explain(EngineRequest(query=query), article_id)
    is_hit = article_id in [hit.article.id for hit in hits]
    if many.get(article_id) is None:
        assert found is None
        assert many.matching([query], article_id) is None
    else:
        assert found is not None
        assert (found.rank is not None) == is_hit
        assert many.matching([query, EVERYTHING], article_id) == (is_hit, True)
        assert is_hit or (found.total, found.contributions) == (len(hits), ())


@pytest.fixture
def few(engine: Engine) -> Engine:
    put(
        engine,
        article("a", "量子雷达", "量子雷达在山上，供应链与量子", authors=("甲",), tags=("天线",)),
        article("b", "别的", "雷达的量子 radar", "2021-06-01"),
        article("c", "别的", "供应商 radio 山4"),
    )
    return engine


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Word("量子"), [("word", "body", "量子", 2, 2, 1.6), ("word", "title", "量子", 1, 1, 4.8)]),
        (
            Phrase("雷达在"),
            [
                ("pair", "body", "达在", 1, 1, 0.6),
                ("word", "body", "在", 1, 1, 1.0),
                ("word", "body", "雷达", 1, 2, 1.6),
            ],
        ),
        (Word("天线"), [("word", "tags", "天线", 1, 1, 3.2)]),
        (
            Word("供应链"),
            [
                ("pair", "body", "应链", 1, 1, 0.6),
                ("word", "body", "供应", 1, 2, 1.6),
                ("word", "body", "供应链", 1, 1, 1.0),
            ],
        ),
        (And((Word("天线"), Named("author", ("甲",)))), [("word", "tags", "天线", 1, 1, 3.2)]),
        (Or((Word("无"), Named("author", ("甲",)))), [("value", "", "甲", 0, 0, 1.0)]),
        (And((Word("天线"), Not(Word("无")))), [("word", "tags", "天线", 1, 1, 3.2)]),
        (Prefix("天"), [("pattern", "tags", "天*", 0, 0, 0.0)]),
        (Near(("山", "链"), 9), [("pattern", "body", "山* 链*", 0, 0, 0.0)]),
    ],
)  # fmt: skip
def test_a_score_is_made_of_terms_with_their_counts_and_weights(
    few: Engine, query: model.Query, expected: list[tuple[str, str, str, int, int, float]]
) -> None:
    found = explained(few, "a", query)
    assert [row for row in shown(found) if row[0] != "title"] == expected


def test_a_term_that_is_asked_for_twice_is_told_once(few: Engine) -> None:
    once, twice = (explained(few, "b", query) for query in (Word("量子"), And((Word("量子"),) * 2)))
    assert len(once.contributions) == len(twice.contributions) == 1
    assert twice.contributions[0].weight == 2 * once.contributions[0].weight
    assert twice.score == pytest.approx(2 * once.score)


def test_words_near_each_other_and_whole_titles_are_told_by_name(few: Engine) -> None:
    found = explained(few, "a", And((Word("量子"), Word("雷达"))))
    beside = [each for each in found.contributions if each.kind in ("closeness", "title")]
    assert [(each.kind, each.part, each.texts) for each in beside] == [
        ("title", "title", ()),
        ("closeness", "title", ("量子", "雷达")),
        ("closeness", "body", ("量子", "雷达")),
    ]
    other = explained(few, "b", And((Word("量子"), Word("雷达"))))
    assert "title" not in [each.kind for each in other.contributions]
    assert found.rank == 1
    assert other.rank == 2


def test_an_order_by_date_knows_no_closeness_and_no_titles(few: Engine) -> None:
    found = explained(few, "a", And((Word("量子"), Word("雷达"))), sort="newest")
    assert {each.kind for each in found.contributions} == {"word"}
    assert (found.rank, found.total) == (2, 2)


def test_links_between_words_are_told_from_pairs(few: Engine) -> None:
    found = explained(few, "a", Also(Word("天线"), Word("量子雷达")))
    kinds = {each.texts: each.kind for each in found.contributions if each.part == "body"}
    assert kinds[("子雷",)] == "link"
    assert kinds[("量子",)] == "word"


def test_the_first_choice_is_told_and_is_in_no_score(few: Engine) -> None:
    query = Prefer(And((Word("量子"), Word("radar"))), Some(("量子", "radar")))
    assert explained(few, "b", query).is_preferred
    assert explained(few, "b", query).score < 1_000
    assert not explained(few, "a", query).is_preferred
    assert (explained(few, "b", query).rank, explained(few, "a", query).rank) == (1, 2)


def test_without_words_there_is_a_rank_and_no_score(few: Engine) -> None:
    found = explained(few, "b")
    assert (found.rank, found.total, found.score, found.contributions) == (1, 3, 0, ())


def test_what_a_filter_leaves_out_has_no_rank(few: Engine) -> None:
    found = explained(few, "b", Word("量子"), filters=Filters(authors=("甲",)))
    assert (found.rank, found.total, found.contributions) == (None, 1, ())


def test_paging_changes_nothing(few: Engine) -> None:
    assert explained(few, "b", Word("量子"), offset=5, limit=0) == explained(few, "b", Word("量子"))


def test_every_kind_is_met(few: Engine) -> None:
    asked = {
        "a": And((Word("量子"), Word("雷达"), Word("供应链"), Prefix("天"))),
        "b": Or((Word("无"), After(date(2020, 1, 1)))),
        "c": Also(Word("山4"), Some(("别的供应商",))),
        "d": Or((Named("author", ("甲",)), Some(("供应链与量子",)))),
    }
    put(few, article("d", "供应", "链与", authors=("甲",)))
    found = [
        each.kind
        for name, query in asked.items()
        for each in explained(few, name, query).contributions
    ]
    found += [each.kind for each in explained(few, "a", Word("量子雷达")).contributions]
    assert set(found) == set(get_args(ContributionKind))


def test_of_nothing_nothing_is_told(engine: Engine) -> None:
    assert engine.explain(EngineRequest(query=EVERYTHING), "a") is None
    assert engine.matching([], "a") is None
