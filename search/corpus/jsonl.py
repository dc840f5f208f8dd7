"""JSON Lines: one article a line, streamed, files of any size."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from search.article import article_id
from search.corpus.decoding import decode
from search.corpus.entry import MAX_BYTES, Entry, Problem, excerpt, problem
from search.errors import ArticleError
from search.messages import say

MAX_ID_CHARS = 200
"""Of an id that a line gives; see `Article.id`."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CHUNK_BYTES = 2**20


def entries(source: str, path: Path) -> Iterator[Entry | Problem]:
    """Yield an entry for each line that is an object, a problem for each that is not.

    An entry's path is ``<file name>#<id>``. Without an ``id`` the line is known by a digest of its
    ``url``, else of its title and body, with ``-2``, ``-3``… for repeats: an article that stays the
    same keeps its id wherever its line moves to. Blank lines are passed over.
    """
    name = PurePosixPath(source).name
    identities = _Identities()
    try:
        with path.open("rb") as stream:
            for line, raw in _lines(stream):
                try:
                    identity, given = identities.of(line, raw)
                except ArticleError as error:
                    yield Problem(name, line, str(error))
                    continue
                yield Entry(
                    source=source,
                    path=f"{name}#{identity}",
                    file=str(path),
                    line=line,
                    raw=raw,
                    given_id=given,
                )
    except OSError as error:
        yield problem(name, "corpus.unreadable", reason=error.strerror)


def record(raw: bytes) -> dict[str, object]:
    """Return the object that a line holds.

    Raises:
        ArticleError: the line is too long, no text, no JSON, or no object.
    """
    if len(raw) > MAX_BYTES:
        raise ArticleError("corpus.line_large", most=MAX_BYTES // 2**20)
    text = decode(raw).text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleError("corpus.line_json", seen=excerpt(text)) from error
    if not isinstance(value, dict):
        raise ArticleError("corpus.line_object", seen=excerpt(text))
    return value


def check_types(fields: dict[str, object]) -> None:
    """Hold the fields of an object to their types.

    Raises:
        ArticleError: one has another type, or there is neither title nor body.
    """
    for names, allowed, wanted in (
        (("body", "url"), (str,), "corpus.wanted_text"),
        (("title",), (str, int, float), "corpus.wanted_text"),
        (("author", "categories", "tags"), (str, int, float, list), "corpus.wanted_names"),
        (("date",), (str, int, float), "corpus.wanted_date"),
    ):
        for name in names:
            value = fields.get(name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, allowed)):
                raise ArticleError(
                    "corpus.field_type",
                    name=name,
                    seen=excerpt(json.dumps(value, ensure_ascii=False)),
                    wanted=say(wanted),
                )
    if not any(str(fields.get(name) or "").strip() for name in ("title", "body")):
        raise ArticleError("corpus.line_empty")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield lines that are not blank, from 1; of a line over `MAX_BYTES` only its beginning."""
    number = 0
    while raw := stream.readline(MAX_BYTES + 2):
        number += 1
        end = raw
        while not end.endswith(b"\n") and len(raw) > MAX_BYTES:
            end = stream.readline(_CHUNK_BYTES)
            if not end:
                break
        if line := raw.strip():
            yield number, line


class _Identities:
    """The ids met so far: digests only, so that a million lines stay in memory."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}
        self._derived: Counter[str] = Counter()

    def of(self, line: int, raw: bytes) -> tuple[str, str | None]:
        """Return what the line is known by, and the id that it gives (None for none)."""
        fields = record(raw)
        given = _given_id(fields.get("id"))
        if given is not None:
            first = self._given.setdefault(article_id(given), line)
            if first != line:
                raise ArticleError("corpus.line_repeated", seen=given, first=first)
            return given, given
        url = fields.get("url")
        seed = url.strip() if isinstance(url, str) else ""
        digest = article_id(seed or f"{fields.get('title')}\0{fields.get('body')}")
        self._derived[digest] += 1
        count = self._derived[digest]
        return (digest if count == 1 else f"{digest}-{count}"), None


def _given_id(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    usable = isinstance(value, str) and value.strip() and len(value) <= MAX_ID_CHARS
    if not usable or _CONTROL.search(str(value)):
        seen = excerpt(json.dumps(value, ensure_ascii=False))
        raise ArticleError("corpus.line_id", seen=seen, most=MAX_ID_CHARS)
    if value in (".", ".."):  # whoever follows the link leaves the article's folder, encoded or not
        raise ArticleError("corpus.line_id_dots", seen=value)
    return str(value)
