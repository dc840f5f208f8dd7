"""What comes first: order and closeness, whole titles, words that tell; on every engine."""

from __future__ import annotations

import pytest

from search.engines.base import Engine, EngineRequest
from search.query import model
from search.query.model import Also, And, Some, Word
from tests.articles import article
from tests.engines.test_engine_contract import ids, put

FILLING = "山高水长，天高地远。"
BOTH = And((Word("量子"), Word("雷达")))
ASKED = [BOTH, Word("量子雷达"), Some(("量子", "雷达")), Also(Word("量子"), Some(("量子雷达",)))]


@pytest.mark.parametrize("query", ASKED)
@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("量子雷达" + FILLING * 2, "量子" + FILLING * 2 + "雷达"),
        ("量子的雷达" + FILLING * 3, "量子" + FILLING + "雷达" + FILLING * 2 + "的"),
        ("量子，雷达" + FILLING, "雷达，量子" + FILLING),
    ],
)
def test_words_close_together_and_in_the_order_typed_come_first(
    engine: Engine, query: model.Query, better: str, worse: str
) -> None:
    put(engine, article("a", "一", worse), article("b", "二", better))
    assert ids(engine, query) == ["b", "a"]


def test_neighbours_in_one_article_are_not_those_of_another(engine: Engine) -> None:
    """The end of a text and the beginning of the next are far apart."""
    ends = article("b", "一", FILLING * 2 + "雷达" + FILLING + "量子")
    begins = article("c", "二", "雷达" + FILLING * 3)
    apart = article("a", "三", "量子" + FILLING + "雷达" + FILLING * 2)
    put(engine, ends, begins, apart)
    assert ids(engine, BOTH) == ["a", "b"]


def test_an_exact_title_is_first(engine: Engine) -> None:
    often = [
        article(f"{n:03}", "量子雷达与量子通信、量子雷达", "量子雷达" * (n % 7 + 1))
        for n in range(80)
    ]
    put(engine, *often, article("z", "量子雷达", "别的" * 3_000))
    for query in ASKED:
        assert ids(engine, query)[0] == "z"


def test_a_title_that_only_begins_a_text_is_no_title(engine: Engine) -> None:
    text = "量子雷达在山上转动，" + FILLING * 9
    put(engine, article("a", text[:30] + "…", text), article("b", "量子雷达", "别的"))
    assert ids(engine, Word("量子雷达", "title")) == ["b"]


def test_pages_are_slices_of_one_order_however_closeness_moves_hits(engine: Engine) -> None:
    put(
        engine,
        *(
            article(
                f"{n:03}", f"第{n}篇", "量子" + "山" * (n * 7 % 120) + "雷达" + FILLING * (n % 5)
            )
            for n in range(120)
        ),
    )
    everything = ids(engine, BOTH)
    assert len(everything) == 120
    for offset in (0, 3, 40, 49, 50, 51, 119):
        answer = engine.search(EngineRequest(query=BOTH, offset=offset, limit=13))
        assert [hit.article.id for hit in answer.hits] == everything[offset : offset + 13]


def test_what_only_asks_does_not_lead(engine: Engine) -> None:
    """However rare such words are in the archive."""
    others = (article(f"{n}", "雷达", "雷达" + FILLING) for n in range(20))
    put(
        engine,
        article("a", "什么", "什么什么" + FILLING),
        article("b", "量子雷达", FILLING),
        *others,
    )
    assert ids(engine, Some(("量子雷达是什么",)))[0] == "b"


def test_words_cut_otherwise_still_meet(engine: Engine) -> None:
    put(engine, article("a", "一", "他们在研究所上班"), article("b", "二", FILLING))
    assert ids(engine, Some(("研究所长",))) == ["a"]


def test_more_that_scores_changes_no_match(engine: Engine) -> None:
    put(
        engine,
        article("a", "一", "量子"),
        article("b", "二", "雷达"),
        article("c", "三", "量子雷达"),
    )
    assert ids(engine, Also(Word("量子"), Word("雷达"))) == ["c", "a"]
