"""How a hard query is written down: what is typed, and the article it was taken from.

What must be marked stands between ⟦ and ⟧ in the article's text, which has none of its own.
"""

from __future__ import annotations

from typing import TypeAlias

Row: TypeAlias = tuple[str, str]
Rows: TypeAlias = dict[str, list[Row]]
"""Rows by what is hard in them."""


def text_of(marked: str) -> str:
    """The article's text.

    >>> text_of("安装⟦简单⟧，没有")
    '安装简单，没有'
    """
    return marked.replace("⟦", "").replace("⟧", "")
