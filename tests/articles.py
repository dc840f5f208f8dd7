"""Articles made in a line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from search.article import Article


def article(
    id: str, title: str = "", text: str = "", day: str | None = None, **rest: Any
) -> Article:
    """An article of that id; ``day`` is YYYY-MM-DD."""
    when = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(
        id=id,
        path=rest.pop("path", f"{id}.md"),
        title=title,
        text=text,
        html=f"<p>{text}</p>",
        date=when,
        day=date.fromisoformat(day) if day else None,
        source=rest.pop("source", "/posts"),
        **rest,
    )
