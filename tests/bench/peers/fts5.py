"""SQLite's FTS5: the same grams under its ``ascii`` tokenizer, facets by GROUP BY.

Of ASCII that tokenizer takes letters, digits and the signs it is given, of all else everything, so
a gram stays one token. Words are left out: in FTS5 nothing can score without having to match, so
hits are ranked by the grams alone (which spares it work). A single character is the beginning of
its pairs, for which it is given an index of first characters. The full-text table keeps no text;
the articles are rows beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from search.article import Article
from tests.bench.asks import FACETS, HITS, LEVEL, MAX_BUCKETS, Answer, Ask, Counts
from tests.bench.peers.meaning import (
    BOOSTS,
    PARTS,
    Run,
    Wanted,
    all_wanted,
    filled,
    part_terms,
    runs,
)
from tests.bench.rows import category_levels, pack, unpack

_FILE = "index.sqlite"
_SCHEMA = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE article (doc INTEGER PRIMARY KEY, id TEXT, day TEXT, stamp INTEGER, row BLOB);
CREATE TABLE category (value TEXT, doc INTEGER, PRIMARY KEY (doc, value)) WITHOUT ROWID;
CREATE TABLE author (value TEXT, doc INTEGER, PRIMARY KEY (doc, value)) WITHOUT ROWID;
CREATE TABLE tag (value TEXT, doc INTEGER, PRIMARY KEY (doc, value)) WITHOUT ROWID;
CREATE TABLE date (value TEXT, doc INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE grams USING fts5
    ({", ".join(PARTS)}, content='', prefix='1', tokenize="ascii tokenchars '+#'");
"""
_MATCHING = """
INSERT INTO matching SELECT grams.rowid, article.day, article.stamp, bm25(grams, {weights})
FROM grams JOIN article ON article.doc = grams.rowid WHERE grams MATCH ?
"""


class _Searching:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(
            "CREATE TEMP TABLE matching (doc INTEGER PRIMARY KEY, day TEXT, stamp, score)"
        )

    def search(self, ask: Ask) -> Answer:
        """Answer ``ask``: matches into a table of their own, then the page and facets from it."""
        run = self._connection.execute
        run("DELETE FROM matching")
        weights = ", ".join(str(BOOSTS[part]) for part in PARTS)
        run(_MATCHING.format(weights=weights), [_match_text(ask.text)])
        filters = _filters(ask)
        where, values = _where(filters, "")
        order = "stamp IS NULL, stamp DESC" if ask.newest else "score"
        total = run(f"SELECT count(*) FROM matching {where}", values).fetchone()[0]
        rows = run(
            f"SELECT (SELECT row FROM article WHERE article.doc = matching.doc) FROM matching"
            f" {where} ORDER BY {order}, doc LIMIT {HITS}",
            values,
        )
        hits = tuple(unpack(row).id for (row,) in rows)
        facets = {name: self._facet(name, filters) for name in FACETS} if ask.facets else {}
        return Answer(total, hits, facets)

    def close(self) -> None:
        """Let go of its file."""
        self._connection.close()

    def _facet(self, name: str, filters: dict[str, tuple[str, list[str]]]) -> Counts:
        where, values = _where(filters, name)
        rows = self._connection.execute(
            f"SELECT value, count(*) AS n FROM matching CROSS JOIN {name} USING (doc) {where}"
            f" GROUP BY value ORDER BY n DESC, value LIMIT {MAX_BUCKETS}",
            values,
        )
        return dict(rows.fetchall())


def _filters(ask: Ask) -> dict[str, tuple[str, list[str]]]:
    """Return by facet the condition that narrows, and its values."""
    found: dict[str, tuple[str, list[str]]] = {}
    if ask.category:
        held = "EXISTS (SELECT 1 FROM category AS c WHERE c.doc = matching.doc AND c.value = ?)"
        found["category"] = held, [LEVEL.join(ask.category)]
    if ask.has_days:
        first = ask.first_day.isoformat() if ask.first_day else ""
        last = ask.last_day.isoformat() if ask.last_day else "9999-12-31"
        found["date"] = "day BETWEEN ? AND ?", [first, last]
    return found


def _where(filters: dict[str, tuple[str, list[str]]], leave_out: str) -> tuple[str, list[str]]:
    kept = [each for name, each in filters.items() if name != leave_out]
    conditions = " AND ".join(condition for condition, _ in kept)
    values = [value for _, some in kept for value in some]
    return f"WHERE {conditions}" if kept else "", values


def _match_text(text: str) -> str:
    return " AND ".join(f"({_wanted_text(wanted)})" for wanted in all_wanted(text))


def _wanted_text(wanted: Wanted) -> str:
    phrases = [_phrase(each) for run in runs(wanted.terms) for each in filled(run)]
    return f"{{{' '.join(wanted.parts)}}} : ({' OR '.join(phrases)})"


def _phrase(run: Run) -> str:
    return f'"{" ".join(gram for _, gram in run.grams)}"' + (" *" if run.last_is_prefix else "")


class _Fts5:
    def index(self, articles: Iterator[Article], folder: Path) -> None:
        """Make an index in one transaction, then merge its parts into one."""
        connection = sqlite3.connect(folder / _FILE)
        connection.executescript(_SCHEMA)
        for doc, article in enumerate(articles, start=1):
            _add(connection, doc, article)
        connection.execute("INSERT INTO grams(grams) VALUES ('optimize')")
        connection.commit()
        connection.close()

    def open(self, folder: Path) -> _Searching:
        """Open the index in ``folder``."""
        return _Searching(sqlite3.connect(folder / _FILE))


def _add(connection: sqlite3.Connection, doc: int, article: Article) -> None:
    day = article.day.isoformat() if article.day else None
    stamp = int(article.date.timestamp()) if article.date else None
    connection.execute(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?)", (doc, article.id, day, stamp, pack(article))
    )
    values = {
        "category": category_levels(article),
        "author": article.authors,
        "tag": article.tags,
        "date": [day[:7]] if day else [],
    }
    for table, each in values.items():
        rows = [(value, doc) for value in each]
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
    grams = [terms.grams for terms in part_terms(article).values()]
    places = ", ".join("?" * len(grams))
    connection.execute(
        f"INSERT INTO grams(rowid, {', '.join(PARTS)}) VALUES (?, {places})", (doc, *grams)
    )


PEER = _Fts5()
