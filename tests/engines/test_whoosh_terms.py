"""Terms in blocks: found, and numbered in the order of their bytes."""

from __future__ import annotations

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.terms import Terms

VOCABULARY = st.sets(st.text(alphabet="abé京东\ud800", max_size=4), max_size=200)


def encoded(terms: set[str]) -> list[bytes]:
    return sorted(term.encode(errors="surrogatepass") for term in terms)


@given(VOCABULARY, st.text(alphabet="abé京东", max_size=4))
def test_terms_are_where_sorting_puts_them(vocabulary: set[str], other: str) -> None:
    wanted = encoded(vocabulary)
    terms = Terms(*Terms.pack(wanted), len(wanted))
    assert list(terms) == wanted
    assert [terms[number] for number in range(len(wanted))] == wanted
    assert [terms.find(term) for term in wanted] == list(range(len(wanted)))
    sought = other.encode()
    assert terms.find(sought) == (wanted.index(sought) if sought in wanted else -1)
    assert terms.lower_bound(sought) == bisect_left(wanted, sought)


@given(VOCABULARY, st.integers(0, 200), st.integers(0, 200))
def test_a_range_is_a_slice(vocabulary: set[str], first: int, last: int) -> None:
    wanted = encoded(vocabulary)
    terms = Terms(*Terms.pack(wanted), len(wanted))
    last = min(last, len(wanted))
    assert terms.between(first, last) == wanted[first : max(first, last)]
    data = terms.bytes_between(first, last).tobytes()
    assert data == b"".join(term + b"\xff" for term in wanted[first : max(first, last)])
