"""Numbers in bits and back, whatever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh import packing, places
from search.engines.whoosh.dense import DensePostings, encode_dense, width_maps
from search.engines.whoosh.packing import (
    bits_set,
    narrowed,
    pack,
    read_ascending,
    set_bits,
    starts_of,
    steps_at,
    steps_of,
    unpack,
    widened,
)
from search.engines.whoosh.places import DOC_BITS
from search.engines.whoosh.postings import Postings, encode
from search.engines.whoosh.records import Records, TermPostings, decode_docs, decode_term


@given(
    st.lists(st.integers(0, 32).flatmap(lambda w: st.tuples(st.just(w), st.integers(0, 2**w - 1))))
)
def test_values_of_any_width_come_back(pairs: list[tuple[int, int]]) -> None:
    widths = np.array([width for width, _ in pairs], np.int64)
    values = np.array([value for _, value in pairs], np.uint64)
    offsets = starts_of(widths)
    data = pack(values, offsets[:-1], widths, (int(offsets[-1]) + 7) // 8)
    assert unpack(data, offsets[:-1], widths).tolist() == values.tolist()
    for at in range(0, len(pairs), 50):  # some alone are read in another way than all together
        assert unpack(data, offsets[[at]], widths[[at]]).tolist() == values[[at]].tolist()


def test_bits_count_from_the_least_of_a_byte() -> None:
    assert set_bits(np.array([0, 9]), 2).tolist() == [1, 2]
    assert bits_set(np.array([1, 2], np.uint8)).tolist() == [0, 9]
    packed = pack(np.array([5, 1], np.uint64), np.array([0, 3]), np.array([3, 2]), 1)
    assert packed.tolist() == [0b01101]


@given(st.lists(st.integers(0, 200_000)))
def test_a_few_wide_values_among_narrow_ones_come_back(values: list[int]) -> None:
    stored = narrowed(np.array(values, np.int64))
    assert stored[""].itemsize <= 2
    assert widened(stored[""], stored["_wide"], stored["_wides"]).tolist() == values


@st.composite
def postings(draw: st.DrawFn) -> tuple[Postings, int, np.ndarray]:
    """Postings of some terms, of how many documents, and the widths of their positions."""
    universe = draw(st.integers(1, 400))
    bits = np.array(draw(st.lists(st.integers(0, 20), min_size=universe, max_size=universe)))
    sets = draw(st.lists(st.sets(st.integers(0, universe - 1), min_size=1), min_size=1, max_size=6))
    docs = np.array([doc for each in sets for doc in sorted(each)])
    often = st.sampled_from([1, 1, 1, 2, 3, 4, 300])
    freqs = np.array(draw(st.lists(often, min_size=len(docs), max_size=len(docs))))
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    positions = np.array(
        [rng.integers(2 ** bits[doc]) for doc, n in zip(docs, freqs, strict=True) for _ in range(n)]
    )
    return Postings(np.array(list(map(len, sets))), docs, freqs, positions), universe, bits


@pytest.fixture(params=[False, True], ids=["lists", "lists and maps"])
def _either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in small segments, and as in large ones."""
    if request.param:
        monkeypatch.setattr(packing, "LEAST_MAPPED", 1)
        monkeypatch.setattr(places, "_PART", 7)


either = pytest.mark.usefixtures("_either")


@either
@given(postings())
def test_records_come_back_together_and_alone(given_: tuple[Postings, int, np.ndarray]) -> None:
    whole, universe, bits = given_
    assert whole.freqs is not None
    assert whole.positions is not None
    data, sizes = encode(whole, universe, bits)
    bounds, occurrences = starts_of(sizes), whole.occurrences()
    records = Records(data, bounds, whole.counts, occurrences, universe, bits)
    for seen, wanted in zip(records.postings(), whole, strict=True):
        assert seen is not None
        assert wanted is not None
        assert seen.tolist() == wanted.tolist()
    starts, first = starts_of(whole.counts), starts_of(occurrences)
    for term in range(len(sizes)):
        count, total = int(whole.counts[term]), int(occurrences[term])
        alone = decode_term(data[bounds[term] : bounds[term + 1]], count, total, universe, bits)
        span = slice(starts[term], starts[term + 1])
        assert alone.docs.tolist() == whole.docs[span].tolist()
        assert alone.doc_set().docs.tolist() == whole.docs[span].tolist()
        assert alone.freqs.tolist() == whole.freqs[span].tolist()
        positions = whole.positions[first[term] : first[term + 1]]
        docs = np.repeat(whole.docs[span], whole.freqs[span])
        assert alone.places().tolist() == ((docs << DOC_BITS) + positions).tolist()


@either
@given(postings(), st.data())
def test_a_term_is_met_in_the_documents_asked_for(
    given_: tuple[Postings, int, np.ndarray], data: st.DataObject
) -> None:
    whole, universe, bits = given_
    assert whole.freqs is not None
    packed, sizes = encode(whole, universe, bits)
    count, total = int(whole.counts[0]), int(whole.occurrences()[0])
    term = decode_term(packed[: sizes[0]], count, total, universe, bits)
    by_hand = dict(zip(whole.docs[:count].tolist(), whole.freqs[:count].tolist(), strict=True))
    every = term.places()
    for most in (3, universe):
        docs = sorted(data.draw(st.sets(st.integers(0, universe - 1), max_size=most)))
        asked = np.array(docs, np.int32)
        inside, freqs = term.meet(asked)
        assert dict(zip(asked[inside].tolist(), freqs.tolist(), strict=True)) == {
            doc: by_hand[doc] for doc in docs if doc in by_hand
        }
        assert asked[term.holds(asked)].tolist() == [doc for doc in docs if doc in by_hand]
        among = every[np.isin(every >> DOC_BITS, asked)]
        if isinstance(term, TermPostings):
            found = term.places_in(asked)
        else:
            widths = width_maps(bits)
            found = term.places_in(asked, term.position_starts(widths), widths)
        assert found.tolist() == among.tolist()


@either
@given(postings(), st.integers(1, 30))
def test_records_are_the_same_however_many_are_packed_at_once(
    given_: tuple[Postings, int, np.ndarray], most: int
) -> None:
    whole, universe, bits = given_
    data, sizes = encode(whole, universe, bits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.engines.whoosh.postings._PART_OCCURRENCES", most)
        parts, part_sizes = encode(whole, universe, bits)
    assert (parts.tolist(), part_sizes.tolist()) == (data.tolist(), sizes.tolist())


@given(st.lists(st.integers(1, 30), min_size=1), st.data())
def test_a_few_of_the_steps_are_those_of_all(steps: list[int], data: st.DataObject) -> None:
    packed = set_bits(np.cumsum(steps) - 1, (sum(steps) + 7) // 8)
    assert steps_of(bits_set(packed)).tolist() == steps
    places = sorted(data.draw(st.sets(st.integers(0, len(steps) - 1))))
    found = steps_at(packed, np.array(places, np.int64))
    assert found.tolist() == [steps[place] for place in places]


@either
@given(postings(), st.data())
def test_places_are_those_in_the_documents_asked_for(
    given_: tuple[Postings, int, np.ndarray], data: st.DataObject
) -> None:
    whole, universe, bits = given_
    assert whole.freqs is not None
    assert whole.positions is not None
    packed, sizes = encode(whole, universe, bits)
    records = Records(packed, starts_of(sizes), whole.counts, whole.occurrences(), universe, bits)
    candidates = np.array(sorted(data.draw(st.sets(st.integers(0, universe - 1)))), np.int64)
    docs = np.repeat(whole.docs, whole.freqs)
    every = (docs << DOC_BITS) + whole.positions
    assert records.places_in(candidates).tolist() == every[np.isin(docs, candidates)].tolist()


SETS_OF_DOCS = (
    [0],
    [99_999],
    [0, 99_999],
    list(range(500)),
    [7, 8, 50_000],
    list(range(12_500)),  # the last that are not a map
    list(range(87_499, 100_000)),
    list(range(100_000)),
)


@pytest.mark.parametrize("docs", SETS_OF_DOCS)
def test_values_have_documents_alone(docs: list[int]) -> None:
    values = Postings(np.array([len(docs)]), np.array(docs), None, None)
    data, _ = encode(values, 100_000, None)
    assert decode_docs(data, len(docs), 100_000).tolist() == docs
    assert read_ascending(data, len(docs), 100_000).tolist() == docs


@pytest.mark.parametrize(("step", "bits"), [(100, 9.0), (10, 5.4), (3, 3.01)])
def test_a_common_term_takes_few_bits_a_document(step: int, bits: float) -> None:
    docs = np.arange(0, 100_000, step)
    data, _ = encode(Postings(np.array([len(docs)]), docs, None, None), 100_000, None)
    assert len(data) * 8 / len(docs) < bits


@pytest.mark.parametrize("large_share", [0, 5], ids=["looked up", "unpacked"])
@pytest.mark.parametrize("stretch", [1, 2_048])
def test_a_term_of_a_large_segment_is_met_either_way(
    monkeypatch: pytest.MonkeyPatch, large_share: int, stretch: int
) -> None:
    monkeypatch.setattr("search.engines.whoosh.dense._LARGE_SHARE", large_share)
    monkeypatch.setattr("search.engines.whoosh.dense._STRETCH", stretch)
    universe, dealer = 5_000, np.random.default_rng(1)
    docs = np.flatnonzero(dealer.random(universe) < 0.5)
    freqs = dealer.integers(1, 8, len(docs))
    bits = dealer.integers(3, 9, universe).astype(np.uint8)
    positions = np.concatenate([np.arange(count) for count in freqs])
    record = encode_dense(docs, freqs, positions, universe, bits)
    term, widths = DensePostings(record, len(docs), universe, bits), width_maps(bits)
    every = (docs.repeat(freqs) << DOC_BITS) + positions
    for count in (1, 40, 3_000):
        asked = np.sort(dealer.choice(universe, count, replace=False))
        inside, found = term.meet(asked)
        held = np.isin(docs, asked)
        assert asked[inside].tolist() == asked[term.holds(asked)].tolist() == docs[held].tolist()
        assert found.tolist() == freqs[held].tolist()
        places = term.places_in(asked, term.position_starts(widths), widths)
        assert places.tolist() == every[np.isin(every >> DOC_BITS, asked)].tolist()
