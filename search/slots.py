"""Values of bytes in memory that several processes may share, for whoever looks for the same again.

The memory is parted into slots of one size. A value may stand in two of them, which its key says,
and takes the place of what was written earlier. Nobody waits for anybody: a slot holds its key, and
a digest of the key and the value together, so one that is half written, or of another value, or of
slots of another size, is none.

    16 bytes    the key
    16 bytes    digest of the key and the value
     4 bytes    when it was written, in seconds
     4 bytes    length of the value
    the value
"""

from __future__ import annotations

from hashlib import blake2b
from struct import Struct
from time import time

KEY_BYTES = 16

_HEAD = Struct(f"<{KEY_BYTES}s{KEY_BYTES}sII")


class Slots:
    """Values in ``memory``, the latest of them. Safe for many threads and processes.

    Args:
        memory: room for one slot or more.
        slot_bytes: of a slot; a value has some less.
    """

    def __init__(self, memory: bytearray | memoryview, slot_bytes: int) -> None:
        self._memory = memoryview(memory).cast("B")
        self._slot_bytes = slot_bytes
        self._count = len(self._memory) // slot_bytes

    def find(self, key: bytes) -> bytes | None:
        """Return the value of ``key``, as `key_of` makes it; None for none."""
        for place in self._places(key):
            known, digest, _, length = _HEAD.unpack_from(self._memory, place)
            if known != key:
                continue
            start = place + _HEAD.size
            value = bytes(self._memory[start : start + min(length, self._slot_bytes - _HEAD.size)])
            if _digest(key, value) == digest:
                return value
        return None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value, if it is not too large."""
        if len(value) > self._slot_bytes - _HEAD.size:
            return
        now = int(time()) & 0xFFFFFFFF

        def written(place: int) -> int:
            second: int = _HEAD.unpack_from(self._memory, place)[2]
            return second if second <= now else 0  # no slot of this size was written there

        place = min(self._places(key), key=written)
        head = _HEAD.pack(key, _digest(key, value), now, len(value))
        self._memory[place : place + _HEAD.size + len(value)] = head + value

    def _places(self, key: bytes) -> tuple[int, int]:
        one, other = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
        return one % self._count * self._slot_bytes, other % self._count * self._slot_bytes


def key_of(*facts: object) -> bytes:
    """Return a key for what ``facts``, the same in every process as text, decide."""
    written = repr(facts).encode(errors="surrogatepass")
    return blake2b(written, digest_size=KEY_BYTES).digest()


def _digest(key: bytes, value: bytes) -> bytes:
    return blake2b(value, digest_size=KEY_BYTES, key=key).digest()
