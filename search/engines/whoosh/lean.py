"""Whoosh without what it imports and never uses here: an HTTP client, asyncio, English endings."""

from __future__ import annotations

import sys
from functools import cached_property
from threading import active_count
from types import ModuleType


def _variations(word: str) -> set[str]:
    from whoosh.lang.morph_en import variations

    found: set[str] = variations(word)
    return found


_STANDING_IN: dict[str, dict[str, object]] = {
    "urllib.request": {"urlretrieve": None},
    "cached_property": {"cached_property": cached_property},
    "whoosh.lang.morph_en": {"variations": _variations},
}
"""What the modules are wanted for."""


def import_whoosh() -> None:
    """Import the parts of Whoosh that would import these, with others standing in their place.

    `whoosh.compat` wants ``urlretrieve`` and never calls it; `whoosh.reading` wants a package for
    what Python has by itself; the rules for English endings, for a type of query that is never
    made here, are imported when they are called. All together took 45 ms of a search from the
    command line. Nothing is done where another thread might come upon what stands in.
    """
    if "whoosh" in sys.modules or active_count() > 1:
        return
    missing = [name for name in _STANDING_IN if name not in sys.modules]
    for name in missing:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(_STANDING_IN[name])
    try:
        import whoosh.query
        import whoosh.reading  # noqa: F401 -- what is imported once stays
    finally:
        for name in missing:
            del sys.modules[name]
