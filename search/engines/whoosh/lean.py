"""Whoosh without what it imports and never uses here: an HTTP client, and asyncio."""

from __future__ import annotations

import sys
from functools import cached_property
from threading import active_count
from types import ModuleType


def import_whoosh() -> None:
    """Import the parts of Whoosh that would import these, with others standing in their place.

    `whoosh.compat` wants ``urlretrieve`` and never calls it; `whoosh.reading` wants a package for
    what Python has by itself. Both together took 30 ms of a search from the command line. Nothing
    is done where another thread might come upon what stands in.
    """
    if "whoosh" in sys.modules or active_count() > 1:
        return
    standing_in = {"urllib.request": "urlretrieve", "cached_property": "cached_property"}
    missing = [name for name in standing_in if name not in sys.modules]
    for name in missing:
        sys.modules[name] = ModuleType(name)
        setattr(sys.modules[name], standing_in[name], cached_property)
    try:
        import whoosh.reading  # noqa: F401 -- what is imported once stays
    finally:
        for name in missing:
            del sys.modules[name]
