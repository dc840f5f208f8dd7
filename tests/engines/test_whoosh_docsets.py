"""Sets of documents, sparse and dense, beside Python's own sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.docsets import DocSet, common, union

BELOW = 200


@st.composite
def sets(draw: st.DrawFn) -> tuple[DocSet, set[int]]:
    """A set in either form, few or many, and what is in it."""
    inside = draw(st.sets(st.integers(0, BELOW - 1), max_size=draw(st.sampled_from([3, 40, 200]))))
    if draw(st.booleans()):
        inside = set(range(BELOW)) - inside
    docs = np.array(sorted(inside), np.int32)
    sparse = DocSet(BELOW, docs)
    return (DocSet(BELOW, mask=sparse.mask) if draw(st.booleans()) else sparse), inside


def same(found: DocSet, wanted: set[int]) -> None:
    """Assert it in every way that it can be asked for."""
    assert found.docs.tolist() == sorted(wanted)
    assert found.mask.nonzero()[0].tolist() == sorted(wanted)
    assert found.others.tolist() == sorted(set(range(BELOW)) - wanted)
    assert len(found) == len(wanted)
    assert found.holds(np.arange(BELOW)).tolist() == [doc in wanted for doc in range(BELOW)]


@given(sets(), sets())
def test_two_sets_meet_as_pythons_do(
    one: tuple[DocSet, set[int]], other: tuple[DocSet, set[int]]
) -> None:
    same(one[0], one[1])
    same(one[0] & other[0], one[1] & other[1])
    same(one[0] - other[0], one[1] - other[1])
    same(one[0].where(other[0].mask), one[1] & other[1])
    assert one[0].is_within(other[0]) == (one[1] <= other[1])
    assert one[0].is_within(one[0])
    same(one[0], one[1])  # and neither has changed
    same(other[0], other[1])


@given(st.lists(sets(), max_size=4))
def test_a_union_is_as_pythons(several: list[tuple[DocSet, set[int]]]) -> None:
    found = union([each for each, _ in several], BELOW)
    same(found, set().union(*(inside for _, inside in several)))
    for each, inside in several:
        same(each, inside)


@given(st.lists(st.integers(0, BELOW - 1)))
def test_a_set_is_made_of_numbers_in_any_order(docs: list[int]) -> None:
    same(DocSet.of_any(np.array(docs, np.int32), BELOW), set(docs))


@pytest.mark.parametrize(("count", "is_dense"), [(0, False), (12, False), (13, True), (200, True)])
def test_a_set_is_dense_from_a_sixteenth_on(count: int, is_dense: bool) -> None:
    mask = np.arange(BELOW) < count
    assert DocSet.of_mask(mask).is_dense == is_dense
    assert DocSet.of_any(mask.nonzero()[0], BELOW).is_dense == is_dense
    assert (DocSet.all(BELOW) & DocSet(BELOW, mask=mask)).is_dense == is_dense


@given(st.sets(st.integers(-9, 500)), st.sets(st.integers(-9, 500), max_size=5))
def test_what_is_common_is_found_by_merging_and_by_looking_up(
    many: set[int], few: set[int]
) -> None:
    values, others = (np.array(sorted(each), np.int64) for each in (many, few))
    assert common(values, others).tolist() == sorted(many & few)
    assert common(others, values).tolist() == sorted(many & few)
