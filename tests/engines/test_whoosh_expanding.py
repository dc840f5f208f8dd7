"""Which terms a wildcard or a near spelling stands for."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.analysis import Slot
from search.engines.locating import open_writer
from search.engines.whoosh import expanding
from search.engines.whoosh.expanding import like, most_common, spelled_like
from search.engines.whoosh.field import Field
from search.engines.whoosh.snapshot import open_snapshot
from search.engines.whoosh.terms import Terms
from tests import oracle
from tests.articles import article


class TermsAlone(Field):
    """A field of terms, each in one article."""

    def __init__(self, terms: set[str]) -> None:
        packed = Terms.pack(sorted(term.encode() for term in terms))
        self.counts = np.ones(len(terms), int)
        self.name = "f"
        self.terms = Terms(*packed, len(terms))


def found(field: Field, numbers: list[int]) -> set[str]:
    return {field.terms[number].decode() for number in numbers}


LETTERS = st.text(alphabet="abé京", min_size=1, max_size=7)
VOCABULARY = st.sets(LETTERS, max_size=30)


@given(VOCABULARY, st.text(alphabet="abé京?*", max_size=7))
def test_a_pattern_stands_for_the_terms_it_matches(terms: set[str], pattern: str) -> None:
    field = TermsAlone(terms)
    assert found(field, like(field, pattern)) == {t for t in terms if fnmatchcase(t, pattern)}


@given(VOCABULARY, LETTERS, st.integers(0, 3), st.integers(0, 2))
def test_a_spelling_stands_for_the_terms_few_edits_away(
    terms: set[str], word: str, edits: int, fixed: int
) -> None:
    assume(fixed <= len(word))
    field = TermsAlone(terms)
    wanted = {
        term
        for term in terms
        if term[:fixed] == word[:fixed] and oracle.distance(word[fixed:], term[fixed:]) <= edits
    }
    assert found(field, spelled_like(field, word, edits, fixed=fixed)) == wanted


@given(st.data())
def test_the_bytes_of_terms_are_those_of_their_blocks(data: st.DataObject) -> None:
    terms = sorted({f"{number:x}".encode() for number in range(0, 3_000, 7)})
    packed = Terms(*Terms.pack(terms), len(terms))
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(terms))] * 2)))
    wanted = b"".join(term + b"\xff" for term in terms[first:last])
    assert packed.bytes_between(first, last).tobytes() == wanted
    assert packed.between(first, last) == terms[first:last]


def test_stars_over_a_long_term_take_no_time() -> None:
    field = TermsAlone({"b" + "a" * 20_000})
    assert like(field, "*a" * 20 + "b*") == []


def test_of_too_many_terms_the_commonest_of_all_segments_are_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for texts in (["aa ab", "ac ad", "ad", "ac", "aa", "x", "y"], ["ab ac ad", "ab ad z"]):
        with open_writer(tmp_path / "index") as writer:
            for text in texts:
                writer.put(article(text, text))
            writer.commit()
    monkeypatch.setattr(expanding, "MAX_EXPANSIONS", 2)
    snapshot = open_snapshot(tmp_path / "index")
    assert len(snapshot.segments) == 2
    assert snapshot.terms_like("title_grams", Slot(0, "a?", wild=True)) == (b"ab", b"ad")


def test_terms_in_as_many_articles_are_taken_by_their_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(expanding, "MAX_EXPANSIONS", 2)
    fields = [TermsAlone({"d", "c", "b"}), TermsAlone({"a"})]
    assert most_common(fields, lambda field: range(len(field.terms))) == (b"a", b"b")
