"""NumPy without the docstrings of its built-in functions, which nobody asks a command for."""

from __future__ import annotations

import sys
from types import ModuleType

_DOCSTRINGS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")


def spare_docstrings() -> None:
    """Have NumPy not write docstrings and signatures of built-in functions on import: 20 ms.

    They are in modules of their own that do nothing else; empty ones stand in their place, for the
    whole process. Where NumPy has other modules, or is imported already, nothing changes.
    """
    for name in _DOCSTRINGS:
        sys.modules.setdefault(name, ModuleType(name))
