from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.characters import codes_of
from search.analysis.short_strings import MOST_CHARS, Array, ShortStrings


class _Numbered:
    """Numbers strings by a dict, and by a table that asks for them here."""

    def __init__(self) -> None:
        self.table = ShortStrings()
        self.known: dict[str, int] = {}
        self.asked: list[str] = []

    def numbers(self, strings: list[str]) -> list[int]:
        text = " ".join([*strings, ""])
        ends = np.cumsum([len(string) + 1 for string in strings]) - 1
        starts = ends - np.array(list(map(len, strings)))

        def others(starts: Array, ends: Array) -> Array:
            found = [text[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
            self.asked += found
            return np.array([self.known.setdefault(each, len(self.known)) for each in found])

        found = self.table.numbers(codes_of(text), starts, ends, others)
        return [int(number) for number in found]


_STRINGS = st.lists(st.text("ab1\x7f\x80é\uff42\U0001d4b7", min_size=1, max_size=10), min_size=1)


@given(st.lists(_STRINGS, min_size=1, max_size=4))
def test_each_string_has_the_number_it_was_given_first(batches: list[list[str]]) -> None:
    numbered = _Numbered()
    for strings in batches:
        found = numbered.numbers(strings)
        assert found == [numbered.known[string] for string in strings]


def test_strings_that_share_a_slot_do_not_share_a_number() -> None:
    numbered = _Numbered()
    strings = [f"{number:x}" for number in range(200_000)]  # three times as many as slots
    for _ in range(2):
        assert numbered.numbers(strings) == list(range(200_000))


def test_what_was_met_is_not_asked_for_again_unless_it_is_long_or_beyond_ascii() -> None:
    numbered = _Numbered()
    strings = ["a", "b2", "z" * MOST_CHARS, "z" * (MOST_CHARS + 1), "é"]
    for asked in (strings, strings[3:]):
        numbered.asked = []
        numbered.numbers(strings)
        assert numbered.asked == asked
