"""The meaning of a query and of filters, spelled out slowly: no index, no pairs, no arrays.

Written against `search.query.model` and `search.query.request`; every engine is held to it. Folding
and the cutting of a word into words are taken from `search.analysis`, which has tests of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from search.analysis import EMOJI, UNSPACED, cut_words, normalise
from search.article import Article, CategoryPath
from search.query import model
from search.query.request import Filters
from search.results import Bucket

_ATOM = re.compile(
    rf"(?P<char>[{UNSPACED}])|(?P<other>[a-z](?:\+\+|\#)(?![a-z])|[^\W\d_{UNSPACED}]+|\d+|[{EMOJI}])"
    r"|(?P<end>\n)"
)
_WILD_ATOM = re.compile(
    rf"(?P<char>[{UNSPACED}]|(?<![*?])\?(?=[{UNSPACED}]))"
    rf"|(?P<other>[a-z](?:\+\+|\#)(?![a-z])|[*?]*[^\W\d_{UNSPACED}](?:[*?]|[^\W\d_{UNSPACED}])*"
    rf"|[*?]*\d[*?\d]*|[{EMOJI}])"
)


class Atom(NamedTuple):
    """A character of an unspaced script, a word or number of another; ``stretch`` tells which
    characters stand unbroken."""

    text: str
    stretch: int
    is_char: bool


def atoms(text: str, *, keep_ends: bool = True, kinds: re.Pattern[str] = _ATOM) -> list[Atom]:
    found: list[Atom] = []
    stretch, end = 0, 0
    for match in kinds.finditer(normalise(text)):
        is_char = match.lastgroup == "char"
        if not (is_char and found and found[-1].is_char and match.start() == end):
            stretch += 1
        end = match.end()
        if keep_ends or match.lastgroup != "end":
            found.append(Atom(match[0], stretch, is_char))
    return found


Same = Callable[[Atom, Atom], bool]


def is_equal(want: Atom, have: Atom) -> bool:
    return want.text == have.text


def is_like(want: Atom, have: Atom) -> bool:
    if want.is_char:
        return have.is_char if want.text == "?" else is_equal(want, have)
    return fnmatchcase(have.text, want.text)


def is_spelled(edits: int) -> Same:
    def same(want: Atom, have: Atom) -> bool:
        return want.text[0] == have.text[0] and distance(want.text, have.text) <= edits

    return same


@cache
def distance(a: str, b: str) -> int:
    """Letters put in, left out, replaced, or swapped with their neighbour."""
    if not a or not b:
        return len(a) + len(b)
    ways = [distance(a[1:], b), distance(a, b[1:]), distance(a[1:], b[1:]) - (a[0] == b[0])]
    if len(a) > 1 and a[:2] == b[1::-1]:
        ways.append(distance(a[2:], b[2:]))
    return min(ways) + 1


def stands_in(wanted: list[Atom], text: list[Atom], *, prefix: bool, same: Same = is_equal) -> bool:
    return any(
        _stands_at(wanted, text[start:], prefix=prefix, same=same)
        for start in range(len(text) - len(wanted) + 1)
    )


def _stands_at(wanted: list[Atom], text: list[Atom], *, prefix: bool, same: Same) -> bool:
    for index, (want, have) in enumerate(zip(wanted, text, strict=False)):
        is_last = index == len(wanted) - 1
        if not same(want, have) and not (
            prefix and is_last and not want.is_char and have.text.startswith(want.text)
        ):
            return False
        together = index and want.stretch == wanted[index - 1].stretch and want.is_char
        if together and have.stretch != text[index - 1].stretch:
            return False
    return True


def stand_near(
    units: list[list[Atom]], text: list[Atom], slop: int, start: int | None = None
) -> bool:
    """Whether they stand in this order from ``start`` on, or a little after; anywhere for None."""
    if not units:
        return True
    first, *others = units
    starts = range(len(text)) if start is None else range(start, start + slop + 1)
    return any(
        stand_near(others, text, slop, at + len(first))
        for at in starts
        if at + len(first) <= len(text)
        and _stands_at(first, text[at:], prefix=False, same=is_equal)
    )


class Texts:
    """An article's parts as atoms, made once."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._parts = {
            "title": [atoms(article.own_title)],
            "body": [atoms(article.text)],
            "tags": [atoms(tag) for tag in article.tags],
        }

    def _chosen(self, part: str | None) -> list[list[list[Atom]]]:
        return list(self._parts.values()) if part is None else [self._parts[part]]

    def hold(self, text: str, part: str | None, *, prefix: bool = False) -> bool:
        wanted = atoms(text, keep_ends=False)
        return self._any(wanted, part, prefix=prefix)

    def hold_like(self, text: str, part: str | None) -> bool:
        return self._any(atoms(text, kinds=_WILD_ATOM), part, same=is_like)

    def hold_spelled(self, text: str, edits: int, part: str | None) -> bool:
        return self._any(atoms(text), part, same=is_spelled(edits))

    def _any(
        self, wanted: list[Atom], part: str | None, *, prefix: bool = False, same: Same = is_equal
    ) -> bool:
        return any(
            stands_in(wanted, each, prefix=prefix, same=same)
            for texts in self._chosen(part)
            for each in texts
        )

    def hold_near(self, texts: tuple[str, ...], slop: int, part: str | None) -> bool:
        units = [atoms(each, keep_ends=False) for each in texts if has_term(each)]
        return any(stand_near(units, _one(each), slop) for each in self._chosen(part))


def _one(texts: list[list[Atom]]) -> list[Atom]:
    """The texts of a part, tags parted as paragraphs are."""
    parted = [atom for text in texts if text for atom in (*text, Atom("\n", 0, False))]
    return parted[:-1]


def has_term(text: str) -> bool:
    return bool(atoms(text, keep_ends=False))


def matches(  # noqa: C901 -- a case a type of query
    query: model.Query, texts: Texts, all_articles: Iterable[Article]
) -> bool:
    article = texts.article
    match query:
        case model.Word(text, part):
            return all(texts.hold(word, part) for word in cut_words(text))
        case model.Some(several, part):
            return any(texts.hold(each, part) for each in _enough(several))
        case model.Also(asked, _):
            return matches(asked, texts, all_articles)
        case model.Prefer(_, some):
            return matches(some, texts, all_articles)
        case model.Phrase(text, part):
            return texts.hold(text, part)
        case model.Prefix(text, part):
            return texts.hold(text, part, prefix=True)
        case model.Near(several, slop, part):
            return texts.hold_near(several, slop, part)
        case model.Wildcard(text, part):
            return texts.hold_like(text, part)
        case model.Fuzzy(text, edits, part):
            return texts.hold_spelled(text, edits, part)
        case model.And(parts):
            return all(matches(each, texts, all_articles) for each in parts)
        case model.Or(parts):
            return any(matches(each, texts, all_articles) for each in parts)
        case model.Not(part):
            return not matches(part, texts, all_articles)
        case model.Before(day):
            return article.day is not None and article.day < day
        case model.After(day):
            return article.day is not None and article.day > day
        case model.Named(name, values):
            return _is_named(name, values, article, all_articles)
        case model.Everything():
            return True
    raise AssertionError(query)


def _enough(several: tuple[str, ...]) -> list[str]:
    """Pairs of characters that stand side by side, words of other scripts; else characters."""
    asked = [atoms(text, keep_ends=False) for text in several]
    pairs = [
        left.text + right.text
        for each in asked
        for left, right in pairwise(each)
        if left.is_char and right.is_char and left.stretch == right.stretch
    ]
    longer = pairs + [atom.text for each in asked for atom in each if not atom.is_char]
    return longer or [atom.text for each in asked for atom in each]


def _is_named(
    name: str, values: tuple[str, ...], article: Article, all_articles: Iterable[Article]
) -> bool:
    wanted = [normalise(value) for value in values]
    is_equal = any(wanted in _named(name, each, len(wanted)) for each in all_articles)
    for names in _named(name, article, len(wanted)):
        if names == wanted if is_equal else all(w in n for w, n in zip(wanted, names, strict=True)):
            return True
    return False


def _named(name: str, article: Article, levels: int) -> Iterator[list[str]]:
    if name != "category":
        yield from ([normalise(value)] for value in _names(name, article))
        return
    for path in article.categories:
        for start in range(len(path) - levels + 1):
            yield [normalise(each) for each in path[start : start + levels]]


def _names(name: str, article: Article) -> tuple[str, ...]:
    companies = tuple(each.name for each in article.entities)
    return {"author": article.authors, "tag": article.tags, "company": companies}[name]


def passes(filters: Filters, article: Article, *, but: str = "") -> bool:
    """Whether the article passes the filters of all facets except ``but``."""
    wanted = {"author": filters.authors, "tag": filters.tags, "company": filters.companies}
    return (
        (but == "category" or not filters.categories or _is_under(article, filters.categories))
        and all(
            but == name or not values or _meets(_names(name, article), values)
            for name, values in wanted.items()
        )
        and (but == "date" or _is_within(article, filters))
    )


def _meets(values: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return bool(set(values) & set(wanted))


def _is_under(article: Article, wanted: tuple[CategoryPath, ...]) -> bool:
    return any(path[: len(want)] == want for path in article.categories for want in wanted)


def _is_within(article: Article, filters: Filters) -> bool:
    first, last = filters.date_from, filters.date_to
    if first is None and last is None:
        return True
    if article.day is None:
        return False
    return (first is None or article.day >= first) and (last is None or article.day <= last)


def facet(name: str, articles: Iterable[Article]) -> Counter[tuple[str, ...]]:
    """How many articles carry each value, such as ``("36kr",)`` or ``("新媒体", "36kr")``."""
    counts: Counter[tuple[str, ...]] = Counter()
    for article in articles:
        counts.update(set(_values(name, article)))
    return counts


def _values(name: str, article: Article) -> Iterator[tuple[str, ...]]:
    match name:
        case "author" | "tag" | "company":
            for value in _names(name, article):
                yield (value,)
        case "category":
            for path in article.categories:
                for depth in range(1, len(path) + 1):
                    yield path[:depth]
        case "date":
            if article.day is not None:
                yield (f"{article.day:%Y}",)
                yield (f"{article.day:%Y-%m}",)


def counted(buckets: Iterable[Bucket]) -> Counter[tuple[str, ...]]:
    """The same of an answer's buckets, children included."""
    counts: Counter[tuple[str, ...]] = Counter()
    for bucket in buckets:
        key = bucket.path or (bucket.value,)
        assert key not in counts, f"{key} stands twice"
        counts[key] = bucket.count
        counts.update(counted(bucket.children))
    return counts
