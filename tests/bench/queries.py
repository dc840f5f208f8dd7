"""Questions as people ask them, chosen from the titles of the corpus by a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from search.analysis import UNSPACED, cut_words, normalise
from search.article import Article
from tests.bench.asks import KINDS, Ask, Kind

WARM_UP = 20
"""Questions of each kind that are asked first and not timed."""

_WORD = re.compile(r"\w+", re.ASCII)
_HAN_WORD = re.compile(f"[{UNSPACED}]+")
_TRIES = 20  # for each question, to find one that is not there yet
_SPAN_DAYS = (90, 180, 365, 730)
_Title = tuple[Article, list[str]]


def choose(articles: Iterable[Article], count: int, seed: int) -> list[Ask]:
    """Return ``count`` questions of each kind and `WARM_UP` others, those to warm up with first.

    Kind by kind, in the order of `KINDS`. No question stands twice in a kind, if there are titles
    enough for that.
    """
    chooser = random.Random(seed)
    titles = list(_titles(articles))
    chooser.shuffle(titles)
    asks: list[Ask] = []
    for kind in KINDS:
        found: list[Ask] = []
        tries_left = _TRIES * (count + WARM_UP)
        while len(found) < count + WARM_UP:
            tries_left -= 1
            ask = _ask(kind, chooser.choice(titles), chooser)
            if ask and (ask not in found or tries_left < 0):
                found.append(ask)
        asks += found
    return asks


def _titles(articles: Iterable[Article]) -> Iterator[_Title]:
    """Yield the articles that have a day, without their bodies, and the words of their titles."""
    for article in articles:
        if article.day and article.categories:
            words = [word for word in cut_words(article.title) if _is_plain(word)]
            if len(words) > 1:
                yield replace(article, text="", html=""), words


def _is_plain(word: str) -> bool:
    return bool(_WORD.fullmatch(word) or _HAN_WORD.fullmatch(word))


def _ask(kind: Kind, title: _Title, chooser: random.Random) -> Ask | None:
    article, words = title
    match kind:
        case "phrase":
            text = _phrase(article, _some(words, chooser, 2, 4))
        case "prefix":
            text = _beginning(_some(words, chooser, 1, 2), chooser)
        case "filtered":
            return _filtered(article, " ".join(_some(words, chooser, 1, 2)), chooser)
        case _:
            text = " ".join(_some(words, chooser, 1, 4))
    return Ask(kind=kind, text=text) if text else None


def _some(words: list[str], chooser: random.Random, least: int, most: int) -> list[str]:
    """Return consecutive words of a title, at least one of them longer than a character."""
    count = min(chooser.randint(least, most), len(words))
    starts = range(len(words) - count + 1)
    good = [at for at in starts if any(len(word) > 1 for word in words[at : at + count])]
    if not good:
        return [max(words, key=len)]
    at = chooser.choice(good)
    return words[at : at + count]


def _phrase(article: Article, words: list[str]) -> str | None:
    """Return the part of the title from the first word to the last, in quotes; None for none."""
    title = normalise(article.title)
    start = end = title.find(words[0])
    for word in words:
        end = title.find(word, end) + len(word)
    found = title[start:end]
    fits = len(words) > 1 and len(found) <= 40 and '"' not in found
    return f'"{found}"' if fits else None


def _beginning(words: list[str], chooser: random.Random) -> str | None:
    *before, last = words
    if len(last) < 2 and not before:
        return None
    letters = chooser.randint(2, 4) if last.isascii() else chooser.randint(1, 2)
    return " ".join([*before, f"{last[:letters]}*"])


def _filtered(article: Article, text: str, chooser: random.Random) -> Ask:
    path = article.categories[0]
    assert article.day is not None
    span = timedelta(days=chooser.choice(_SPAN_DAYS))
    first = article.day - span * chooser.random()
    return Ask(
        kind="filtered",
        text=text,
        category=path[: chooser.randint(1, len(path))],
        first_day=first,
        last_day=first + span,
    )
