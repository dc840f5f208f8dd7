"""What the script of the filters asks for: pieces of the search page.

Every address takes the parameters of a search besides its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice

from flask import Blueprint, abort, request

from search.analysis import normalise
from search.analysis.pinyin import pinyin
from search.messages import say
from search.query.request import FacetName, SearchRequest
from search.results import Bucket
from search.service import Index
from web.facets import SOUGHT, left_out, whole
from web.query_string import read_leniently
from web.writing import choices_html

MAX_FOUND = 20
"""Values of one answer: who sees so many types on."""

ALL_BUCKETS = 10**9
"""More than there can be: who types looks for a rare value as well."""

MAX_HEARD = 1_000
"""Values that are looked at for how they sound, those with most articles: some 10 ms."""

MAX_FOLDED = 2**17
"""Values whose folded form is kept, for who types asks of all of them at each key: some 30 MB."""

MAX_FOLDED_CHARS = 100
"""Of such a value; few are longer."""

MAX_TYPED_CHARS = 100
"""Of a value that is looked for; what is typed beyond is not looked at."""


def create_facet_search(index: Index) -> Blueprint:
    """Return the routes that answer the filters' script."""
    routes = Blueprint("facet_search", __name__, url_prefix="/facets")

    @routes.get("/<name>")
    def values(name: str) -> str:
        """Answer with list items: values that the page has no place for and ``find`` is in.

        Behind them stand those, wherever they are, that sound like it.
        """
        known = next((each for each in SOUGHT if each == name), None) or abort(404)
        typed = request.args.get("find", "")[:MAX_TYPED_CHARS]
        asked = replace(_plain((known,)), buckets=ALL_BUCKETS)
        facet = whole(known, asked, index.search(asked))
        wanted = normalise(typed.strip())
        both = chain(_holding(wanted, left_out(facet)), _heard(wanted, facet.shown))
        return choices_html(list(islice(both, MAX_FOUND)), facet)

    @routes.get("/")
    def total() -> str:
        """Answer with what the button says that applies the filters."""
        found = index.search(_plain(())).total
        return say("facets.show", total=f"{found:,}")

    return routes


_folded = lru_cache(MAX_FOLDED)(normalise)


def _holding(wanted: str, choices: Iterable[Bucket]) -> Iterator[Bucket]:
    """Yield values in which ``wanted`` is text."""
    for each in choices:
        value = each.value
        if wanted in (_folded(value) if len(value) <= MAX_FOLDED_CHARS else normalise(value)):
            yield each


def _heard(wanted: str, choices: Sequence[Bucket]) -> Iterator[Bucket]:
    """Yield values in which ``wanted`` is no text but pinyin, whole or begun, of characters."""
    letters = wanted.replace(" ", "").replace("'", "")
    if not (letters.isascii() and letters.isalpha()):
        return
    for each in choices[:MAX_HEARD]:
        syllables, folded = _spelled(each.value)
        if wanted not in folded and _is_in(letters, syllables):
            yield each


@lru_cache(2 * MAX_HEARD)
def _spelled(value: str) -> tuple[tuple[str, ...], str]:
    folded = normalise(value)
    return pinyin().spelled(folded), folded


def _is_in(letters: str, syllables: Sequence[str]) -> bool:
    """Return whether some syllables, one after the other, begin so that they make ``letters``.

    >>> [_is_in(each, ("ren", "min", "wang")) for each in ("renmin", "rmw", "minw", "enmin")]
    [True, True, True, False]
    """
    for start in range(len(syllables)):
        ends = {0}
        for syllable in syllables[start:]:
            begun = range(1, len(syllable) + 1)
            ends = {end + n for end in ends for n in begun if letters.startswith(syllable[:n], end)}
            if len(letters) in ends:
                return True
            if not ends:
                break
    return False


def _plain(counted: tuple[FacetName, ...]) -> SearchRequest:
    """Return the search asked for, without its hits."""
    asked, _ = read_leniently(request.args, counted)
    return replace(asked, offset=0, limit=0, snippets=False)
