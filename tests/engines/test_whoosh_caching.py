"""Remembering within a number of bytes."""

from __future__ import annotations

from search.engines.whoosh.caching import BoundedCache


def test_what_was_used_last_is_kept_and_what_has_no_room_drives_nothing_out() -> None:
    cache: BoundedCache[bytes] = BoundedCache(10, len)
    made: list[str] = []

    def get(key: str, size: int) -> bytes:
        def make() -> bytes:
            made.append(key)
            return bytes(size)

        return cache.get(key, make)

    assert [len(get(key, 4)) for key in ("a", "b", "a", "c")] == [4, 4, 4, 4]  # b goes
    assert len(get("too large", 11)) == 11
    assert made == ["a", "b", "c", "too large"]
    assert [len(get(key, 4)) for key in ("a", "c", "b")] == [4, 4, 4]
    assert made == ["a", "b", "c", "too large", "b"]
    cache.clear()
    get("b", 4)
    assert made[-1] == "b"
    assert len(made) == 6
