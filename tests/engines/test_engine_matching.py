"""What matches and what is counted, against `tests.oracle`, which reads every article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Entity
from search.engines.base import Engine, EngineRequest
from search.engines.locating import open_engine
from search.query import model
from search.query.request import FACETS, Filters
from search.query.scanning import wildcard_of
from tests import oracle
from tests.articles import article
from tests.engines.conftest import LOCATIONS
from tests.thoroughness import examples

TEXTS = st.text(alphabet="京东东aB1 ，\n臺台", max_size=14)
ASKED = st.text(alphabet="京东东aB1 ，台", max_size=4)
SEVERAL = st.lists(ASKED.filter(oracle.has_term), min_size=2, max_size=3).map(tuple)
WILD = st.text(alphabet="京东aB1?*，", max_size=6).map(wildcard_of).filter(bool)
LATIN = st.text(alphabet="aB", min_size=1, max_size=5)
NAMES = st.sampled_from(["甲", "乙", "甲乙", "Kr", "ｋｒ", "今日 / 精选"])
ENTITIES = st.builds(Entity, NAMES, st.sampled_from(["", "27570"]))
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
DAYS = st.dates(date(2020, 11, 1), date(2021, 2, 28))


@st.composite
def _articles(draw: st.DrawFn) -> list[object]:
    return [
        article(
            f"{number}",
            draw(TEXTS),
            draw(TEXTS),
            draw(st.none() | DAYS.map(date.isoformat)),
            categories=tuple(draw(st.lists(PATHS, max_size=2, unique=True))),
            authors=tuple(draw(st.lists(NAMES, max_size=2, unique=True))),
            tags=tuple(draw(st.lists(NAMES, max_size=2, unique=True))),
            entities=tuple(draw(st.lists(ENTITIES, max_size=2, unique=True))),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


def _texts_of(leaf: model.Query) -> tuple[str, ...]:
    match leaf:
        case model.Some(texts):
            return texts
    return (getattr(leaf, "text", "x"),)


PARTS = st.sampled_from([None, None, "title", "body", "tags"])
LEAVES = st.one_of(
    st.builds(model.Word, ASKED, PARTS),
    st.builds(model.Some, st.lists(ASKED, min_size=1, max_size=2).map(tuple), PARTS),
    st.builds(model.Phrase, ASKED, PARTS),
    st.builds(model.Prefix, ASKED, PARTS),
    st.builds(model.Near, SEVERAL, st.integers(0, 4), PARTS),
    st.builds(model.Wildcard, WILD, PARTS),
    st.builds(model.Fuzzy, LATIN, st.integers(1, 2), PARTS),
    st.builds(model.Named, st.sampled_from(["author", "tag", "company"]), st.tuples(NAMES)),
    st.builds(model.Named, st.just("category"), PATHS),
    st.builds(model.Before, DAYS),
    st.builds(model.After, DAYS),
    st.just(model.Everything()),
).filter(lambda leaf: any(map(oracle.has_term, _texts_of(leaf))))
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(model.And, st.tuples(inner, inner)),
        st.builds(model.Or, st.tuples(inner, inner)),
        st.builds(model.Not, inner),
        st.builds(model.Also, inner, inner),
        st.builds(model.Prefer, inner, inner),
    ),
    max_leaves=4,
)
FILTERS = st.builds(
    Filters,
    categories=st.lists(PATHS, max_size=2).map(tuple),
    authors=st.lists(NAMES, max_size=2).map(tuple),
    tags=st.lists(NAMES, max_size=1).map(tuple),
    companies=st.lists(NAMES, max_size=1).map(tuple),
    date_from=st.none() | DAYS,
    date_to=st.none() | DAYS,
)


@pytest.fixture(params=LOCATIONS)
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    location = LOCATIONS[request.param](tmp_path_factory.mktemp("matching"))
    from search.engines.locating import open_writer

    with open_writer(location) as writer:
        writer.commit()
    engine = open_engine(location)
    yield engine
    engine.close()


@examples(200)
@given(articles=_articles(), query=QUERIES, filters=FILTERS, cut=st.integers(0, 8))
def test_matches_and_counts_are_those_of_reading_everything(
    opened: Engine, articles: list, query: model.Query, filters: Filters, cut: int
) -> None:
    with opened.writer(rebuild=True) as writer:
        for each in articles[:cut]:
            writer.put(each)
        writer.commit()
    with opened.writer() as writer:
        for each in articles[max(0, cut - 1) :]:  # one of them a second time
            writer.put(each)
        writer.commit()
    opened.refresh()
    answer = opened.search(
        EngineRequest(query=query, filters=filters, facets=FACETS, limit=100, sort="oldest")
    )
    wanted = [a for a in articles if oracle.matches(query, oracle.Texts(a), articles)]
    passing = [a for a in wanted if oracle.passes(filters, a)]
    passing.sort(key=lambda a: (a.date is None, a.date and a.date.timestamp(), a.id))
    assert [hit.article for hit in answer.hits] == passing
    assert answer.total == len(passing)
    for name in FACETS:
        counted = [a for a in wanted if oracle.passes(filters, a, but=name)]
        assert oracle.counted(answer.facets[name]) == oracle.facet(name, counted)


@pytest.fixture(scope="module")
def seeds(seed_index: Path) -> Iterator[Engine]:
    engine = open_engine(seed_index)
    yield engine
    engine.close()


@examples(60)
@given(data=st.data())
def test_any_stretch_of_an_article_finds_it(seeds: Engine, data: st.DataObject) -> None:
    """However a dictionary cuts it, in the article or in the query; as words and as a phrase."""
    chosen = data.draw(st.sampled_from(list(seeds.articles())))
    text = data.draw(st.sampled_from([chosen.title, chosen.text]))
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    piece = text[start : start + data.draw(st.integers(1, 12))]
    if "\n" in piece or _cuts_a_word(text, start, start + len(piece)):
        return
    if not oracle.has_term(piece):
        return
    for query in (model.Word(piece), model.Phrase(piece)):
        answer = seeds.search(EngineRequest(query=query, limit=1000))
        assert chosen.id in [hit.article.id for hit in answer.hits]


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Letters, digits and signs of ``c++`` are found whole only."""
    edges = (text[start - 1 : start + 1] if start else "", text[end - 1 : end + 1])
    return any(len(edge) == 2 and edge.isascii() and " " not in edge for edge in edges)
