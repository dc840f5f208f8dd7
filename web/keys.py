"""The keys in a table: the help that ``?`` opens.

What they do is in static/js: keys.js, combobox.js and, for those of an article, reader.js.
"""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key, or several that belong together.

    Attributes:
        names: as they stand on a keyboard.
        does: the key of the message that says what they do.
    """

    names: tuple[str, ...]
    does: str


KEYS = (
    (
        "live.keys_everywhere",
        (
            Key(("/",), "live.key_box"),
            Key(("?",), "live.key_help"),
            Key(("Esc",), "live.key_escape"),
        ),
    ),
    (
        "live.keys_results",
        (
            Key(("j", "k"), "live.key_hits"),
            Key(("Enter",), "live.key_open"),
        ),
    ),
    (
        "live.keys_box",
        (
            Key(("↓", "↑"), "live.key_options"),
            Key(("Delete",), "live.key_forget"),
        ),
    ),
    (
        "live.keys_article",
        (
            Key(("n", "p"), "live.key_matches"),
            Key(("h", "l"), "live.key_beside"),
            Key(("u",), "live.key_back"),
        ),
    ),
)
"""Each key, by the message that says where it holds."""
