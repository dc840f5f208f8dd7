"""Facets that are counted together, beside counting by hand."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from search.article import Article, Entity
from search.engines.locating import open_writer
from search.engines.whoosh import columns, facets
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.schema import LEVEL
from search.engines.whoosh.snapshot import open_snapshot
from search.query.request import FACETS
from search.results import Bucket


def _articles(count: int) -> list[Article]:
    """Articles of few sources, some without categories, authors, tags, companies or a date."""
    dealer = random.Random(7)
    found = []
    for number in range(count):
        day = datetime(2020 + number % 2, dealer.choice([1, 5]), dealer.randint(1, 28), tzinfo=UTC)
        has_day = dealer.random() < 0.8
        found.append(
            Article(
                id=f"{number:03}",
                path=f"{number:03}.md",
                title="题",
                categories=tuple({("甲", dealer.choice("乙丙")), ("甲",), ("丁",)})[: number % 3],
                authors=tuple({dealer.choice("子丑"), dealer.choice("子丑")})[: number % 4],
                tags=tuple(dealer.sample("天地人", number % 4)),
                entities=tuple(Entity(dealer.choice("金木"), f"{n}") for n in range(number % 3)),
                date=day if has_day else None,
                day=day.date() if has_day else None,
            )
        )
    return found


def _by_hand(articles: list[Article]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for each in articles:
        levels = {path[:end] for path in each.categories for end in range(1, len(path) + 1)}
        found["category"].update(LEVEL.join(path) for path in levels)
        found["author"].update(set(each.authors))
        found["tag"].update(set(each.tags))
        found["company"].update({entity.name for entity in each.entities})
        found["date"].update([each.day.isoformat()[:7]] if each.day else [])
    return found


@pytest.mark.parametrize("least", [0, 2, 10_000])
def test_counts_are_the_same_together_and_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    monkeypatch.setattr(columns, "_DOCS_A_COMBINATION", least)
    monkeypatch.setattr(columns, "_FEW_MEMBERS", least)
    articles = _articles(600)
    with open_writer(tmp_path / "index") as writer:
        for each in articles:
            writer.put(each)
        writer.commit()
    [segment] = open_snapshot(tmp_path / "index").segments
    every = DocSet.all(600)
    dealer = np.random.default_rng(1)
    for share in (0.0, 0.004, 0.05, 0.3, 0.9, 1.0):
        mask = dealer.random(600) < share
        wanted = _by_hand([each for each, is_in in zip(articles, mask, strict=True) if is_in])
        for docs in (DocSet.of_mask(mask), DocSet(600, mask.nonzero()[0]), DocSet(600, mask=mask)):
            seen = facets.count(segment.arrays, dict.fromkeys(FACETS, docs))
            assert seen == wanted
            # As where authors are chosen: their own counts are of other documents.
            seen = facets.count(segment.arrays, {**dict.fromkeys(FACETS, docs), "author": every})
            assert seen == {**wanted, "author": _by_hand(articles)["author"]}
    assert (segment.arrays.columns["joint"] is None) == (least == 10_000)


def _tree(terms: dict[str, int]) -> list[tuple[str, int]]:
    """Return categories, written with ``/``, as counted ones."""
    return sorted((term.replace("/", LEVEL), count) for term, count in terms.items())


def _paths(buckets: tuple[Bucket, ...]) -> list[str]:
    return [
        path for bucket in buckets for path in ("/".join(bucket.path), *_paths(bucket.children))
    ]


def test_of_a_tree_those_categories_are_given_that_most_articles_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = _tree({"a": 5, "a/b": 3, "a/c": 2, "d": 3, "d/e": 3, "f": 1, "f/g": 1})
    for most, paths in [
        (9, ["a", "a/b", "a/c", "d", "d/e", "f", "f/g"]),
        (6, ["a", "a/b", "a/c", "d", "d/e", "f"]),
        (4, ["a", "a/b", "d", "d/e"]),
        (1, ["a"]),
    ]:
        monkeypatch.setattr(facets, "MAX_CATEGORIES", most)
        assert _paths(facets.buckets("category", counts, 9)) == paths


def test_a_tree_ends_where_no_deeper_category_is_indexed() -> None:
    names = [f"d{number}" for number in range(1200)]
    counts = _tree({"/".join(names[:depth]): 1 for depth in range(1, 1201)})
    assert _paths(facets.buckets("category", counts, 9))[-1] == "/".join(names[:16])


def test_counts_of_segments_are_summed() -> None:
    first, second = {"author": {"甲": 2, "乙": 1}}, {"author": {"甲": 3, "丙": 1}}
    assert facets.merged([first, second]) == {"author": {"甲": 5, "乙": 1, "丙": 1}}
    assert facets.merged([first]) is first
    assert facets.merged([]) == {}
