"""Known items: somebody remembers a few words of a title, and types them more or less well.

The posts are those of ``make_posts.py``, whose manifest says what a reader makes of each. Titles
repeat there (near-copies; beyond 6,000 posts every title): any article that has the title of the
one wanted is right.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path

from search.article import article_id
from tests.relevance.sets import How, QuerySet
from tests.relevance.typed import (
    Misspelling,
    is_han,
    pinyin,
    some_words,
    title_words,
    traditional,
)

_LEAST_WORDS = 3


def known_item_sets(manifest: Path, count: int, seed: int) -> tuple[QuerySet, ...]:
    """Return the sets of known items of ``count`` titles, if there are so many.

    Each title has three words or more that may be asked (see `typed.title_words`), one of them Han.
    A query is two to four of them chosen at random, in the order of the title; the other kinds are
    the same words typed otherwise. The set "three words" has exactly three of each title.
    """
    titles = read_titles(manifest)
    chooser = random.Random(seed)
    usable = [title for title in sorted(titles) if is_usable(title_words(title))]
    items = chooser.sample(usable, min(count, len(usable)))
    words = [title_words(title) for title in items]
    typed = [some_words(each, chooser.randint(2, min(4, len(each))), chooser) for each in words]
    wrong = Misspelling(sorted(titles), chooser)
    kinds: tuple[tuple[str, How, list[list[str]]], ...] = (
        ("title words", "auto", typed),
        ("three words", "auto", [some_words(each, 3, chooser) for each in words]),
        ("one wrong", "help", [wrong(each, by_sound=n % 2 == 0) for n, each in enumerate(typed)]),
        ("Traditional", "auto", list(map(traditional, typed))),
        ("pinyin", "help", list(map(pinyin, typed))),
    )
    relevant = [dict.fromkeys(titles[title], 1.0) for title in items]
    return tuple(_set(name, how, queries, relevant) for name, how, queries in kinds)


def read_titles(manifest: Path) -> dict[str, list[str]]:
    """Return the ids of the articles that have a title, by title."""
    titles: dict[str, list[str]] = defaultdict(list)
    with manifest.open(encoding="utf-8") as lines:
        for line in lines:
            post = json.loads(line)
            if post["indexed"] and post["title"]:
                titles[post["title"]].append(article_id(post["path"]))
    return titles


def is_usable(words: list[str]) -> bool:
    """Return whether three of a title's ``words`` may be asked, one of them Han."""
    return len(words) >= _LEAST_WORDS and any(map(is_han, words))


def _set(
    name: str, how: How, queries: list[list[str]], relevant: list[dict[str, float]]
) -> QuerySet:
    texts = {f"i{number}": " ".join(words) for number, words in enumerate(queries)}
    judgements = dict(zip(texts, relevant, strict=True))
    return QuerySet(name=name, queries=texts, judgements=judgements, how=how)
