"""Articles made in a line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from search.article import Article


def article(
    name: str, title: str = "", text: str = "", day: str | None = None, **rest: Any
) -> Article:
    """An article whose id is ``name``; ``day`` is YYYY-MM-DD."""
    when = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(
        id=name,
        path=rest.pop("path", f"{name}.md"),
        title=title,
        text=text,
        html=f"<p>{text}</p>",
        date=when,
        day=date.fromisoformat(day) if day else None,
        source=rest.pop("source", "/posts"),
        **rest,
    )
