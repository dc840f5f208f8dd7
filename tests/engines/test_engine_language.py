"""What is typed, and what it finds."""

from __future__ import annotations

import pytest

from search.engines.base import Engine, EngineRequest
from search.query import parse
from tests.articles import article


def found(engine: Engine, text: str) -> list[str]:
    """The articles found, the best first, by their texts."""
    answer = engine.search(EngineRequest(query=parse(text).query))
    return [hit.article.title or hit.article.text for hit in answer.hits]


def put(engine: Engine, texts: list[str]) -> None:
    """Articles of these titles, a commit each."""
    for number, text in enumerate(texts):
        with engine.writer() as writer:
            writer.put(article(f"{number}", text))
            writer.commit()
    engine.refresh()


NEARER = ["京东物流", "京东，物流", "京东的物流", "京东 App 物流", "京东\n物流"]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ('"京东 物流"~0', ["京东物流", "京东，物流"]),
        ('"京东 物流"~1', NEARER),
        ('"京东 物流"~2', NEARER),
        ('"京东 物流"~3', [*NEARER, "京东2021年6物流"]),
        ('"物流 京东"~9', ["物流在京东"]),
        ('"京东 的 物流"~1', ["京东的物流"]),
        ('-"京东 物流"~9', ["物流在京东"]),
    ],
)
def test_near_is_in_order_and_no_further_apart(
    engine: Engine, query: str, texts: list[str]
) -> None:
    put(engine, [*NEARER, "京东2021年6物流", "物流在京东"])
    assert sorted(found(engine, query)) == sorted(texts)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("te?t", ["Test", "text"]),
        ("te*t", ["Test", "text", "tempest"]),
        ("*est", ["Test", "tempest"]),
        ("?e*t", ["Test", "text", "tempest"]),
        ("20?1", ["2021"]),
        ("iphone1?", []),
        ("iphone1*", ["iPhone12"]),
        ("?phone12", ["iPhone12"]),
        ("京?物流", ["京东物流", "京 物流"]),
        ("?物流", ["京东物流", "京东大物流"]),
        ("京?的?流", []),
        ("test?", ["Test"]),
    ],
)
def test_wildcards_stay_in_their_word(engine: Engine, query: str, texts: list[str]) -> None:
    latin = ["Test", "text", "tests ten2t", "tempest", "2021", "20", "iPhone12"]
    put(engine, [*latin, "京东物流", "京东大物流", "京 物流"])
    assert sorted(found(engine, query)) == sorted(texts)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("form~", ["form", "forms", "for", "from", "farm"]),
        ("kubernets~", ["kubernetes"]),
        ("kubernet~2", ["kubernetes"]),
        ("kubernet~1", []),
        ("orm~", []),
    ],
)
def test_near_spellings_begin_alike_and_the_word_itself_comes_first(
    engine: Engine, query: str, texts: list[str]
) -> None:
    put(engine, ["for", "form", "forms", "from", "farm", "fro", "worm", "kubernetes"])
    answer = found(engine, query)
    assert sorted(answer) == sorted(texts)
    assert answer[:1] == texts[:1]
