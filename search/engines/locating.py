"""From the text that says where an index is to the engine that holds it.

    var/index, /abs/path, whoosh:///abs/path     the embedded engine, in that folder

Engines are imported when first used: a command that needs none loads none.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from search.engines.base import DEFAULT_MEMORY, Engine, Writer
from search.errors import EngineError


def open_engine(location: str | Path, memory: memoryview | None = None) -> Engine:
    """Open the index at ``location`` for reading.

    Args:
        location: see above.
        memory: for what is remembered of searches, which other processes that answer from the index
            have a part in; None where there are none.

    Raises:
        EngineError: the location is of no kind we know.
        IndexNotFound, IndexOutdated, IndexDamaged: see `search.errors`.
    """
    from search.engines.whoosh import WhooshEngine

    return WhooshEngine(_folder(location), memory)


def open_writer(
    location: str | Path, *, rebuild: bool = False, memory: int = DEFAULT_MEMORY
) -> Writer:
    """Open the index at ``location`` for writing; it need not be there yet.

    Args:
        location: see above.
        rebuild: whether the commit replaces everything there was.
        memory: bytes that gathering articles may take.

    Raises:
        EngineError: the location is of no kind we know.
        IndexLocked: another process is writing it.
        IndexOutdated, IndexDamaged: there is one that cannot be added to; not with ``rebuild``.
    """
    from search.engines.whoosh import WhooshEngine

    return WhooshEngine.new_writer(_folder(location), rebuild=rebuild, memory=memory)


def _folder(location: str | Path) -> Path:
    if isinstance(location, Path) or "://" not in location:
        return Path(location)
    parts = urlsplit(location)
    if parts.scheme != "whoosh":
        raise EngineError("engine.unknown_kind", location=location)
    return Path(unquote(parts.path))
