"""An article as bytes, and back: what a segment keeps to show and to compare.

A row is an article but for what the indexer must know of it, which stands apart (`known`). Rows are
compressed one by one, so that one can be read alone, with a dictionary that is made from a sample
of the articles.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape
from itertools import starmap
from pathlib import Path
from threading import Lock

import zstandard

from search.article import Article, Entity, article_of, late_html
from search.engines.base import Known

SAMPLE_BYTES = 8 * 2**20
"""Of rows are enough to make a dictionary of."""

_LEAST_SAMPLE = 2**17
_DICTIONARY_SHARE = 8  # of the sample, up to a megabyte: it is stored once and read at every start
_SEGMENT_BYTES = 500  # of the pieces that a dictionary is put together from; measured

_LEVEL = 5  # of zstd; 940 bytes a post of 2,760, at level 6 2 % less in half as long again
_DECODER = json.JSONDecoder()
_TAKEN = "\0"  # stands in the HTML for a line of the text
_SHORTEST_TAKEN = 4  # characters; a shorter line is as long as what would stand for it


class RowPacker:
    """Articles to rows and back. Safe for many threads.

    Args:
        dictionary: what `make_dictionary` returned; empty for none.
    """

    def __init__(self, dictionary: bytes) -> None:
        self.dictionary = dictionary
        data = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressor = zstandard.ZstdCompressor(_LEVEL, dict_data=data, write_dict_id=False)
        self._decompressor = zstandard.ZstdDecompressor(dict_data=data)
        self._lock = Lock()  # zstd's contexts serve one thread at a time

    def compress(self, row: bytes) -> bytes:
        """Return a row as `serialise` made it, compressed."""
        with self._lock:
            return self._compressor.compress(row)

    def decompress(self, row: bytes) -> bytes:
        """Return what `compress` was given; zstandard.ZstdError where ``row`` is altered."""
        with self._lock:
            return self._decompressor.decompress(row)

    def unpack(self, row: bytes, known: Known) -> Article:
        """Return the article that was packed.

        Raises:
            ValueError, KeyError, TypeError, zstandard.ZstdError: the bytes are altered.
        """
        return deserialise(self.decompress(row), known)


class DictionaryFile:
    """The dictionary that all processes of one writer share: made by whoever first can.

    Args:
        path: where it is, or will be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def packer(self, sample: Sequence[bytes]) -> RowPacker:
        """Return a packer with the dictionary, which is made of ``sample`` if there is none yet."""
        if not self._path.exists():
            self.offer(make_dictionary(sample))
        return RowPacker(self._path.read_bytes() if self._path.exists() else b"")

    def offer(self, dictionary: bytes) -> None:
        """Make ``dictionary`` the one, unless it is empty or there is one by now."""
        if not dictionary:
            return
        descriptor, name = tempfile.mkstemp(
            dir=self._path.parent, prefix=f".{self._path.name}", suffix=".tmp"
        )
        with open(descriptor, "wb") as out:  # noqa: PTH123 -- it is open already
            out.write(dictionary)
        try:
            os.link(name, self._path)
        except FileExistsError:
            pass
        except OSError:  # no links on this disk: then the last one that made it is taken
            Path(name).replace(self._path)
        Path(name).unlink(missing_ok=True)


def make_dictionary(rows: Sequence[bytes]) -> bytes:
    """Return a dictionary for rows like these, as `serialise` makes them; b"" of too few."""
    size = min(SAMPLE_BYTES, sum(map(len, rows)))
    if size < _LEAST_SAMPLE:
        return b""
    try:
        return zstandard.train_dictionary(
            size // _DICTIONARY_SHARE, list(rows), k=_SEGMENT_BYTES, d=8
        ).as_bytes()
    except zstandard.ZstdError:  # they are too small, or all alike
        return b""


def serialise(article: Article) -> bytes:
    """Return a row before it is compressed: a line of JSON, the HTML and the text."""
    html, left = _without_text(article.html, article.text)
    values = [
        article.title,
        article.categories,
        article.authors,
        article.tags,
        int(article.date.timestamp()) if article.date else None,
        article.day.isoformat() if article.day else None,
        article.url,
        article.thumbnail,
        article.entities,
        article.encoding,
        left,
        len(html),
    ]
    head = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return f"{head}\n{html}{article.text}".encode(errors="surrogatepass")


def deserialise(row: bytes, known: Known) -> Article:
    """Return the article of a row as `serialise` made it; see `RowPacker.unpack`."""
    whole = row.decode(errors="surrogatepass")
    values, end = _DECODER.raw_decode(whole)
    title, categories, authors, tags, stamp, day, url, thumbnail, entities, encoding = values[:10]
    left, size = values[10:]
    body = end + 1  # behind the line's end
    text = whole[body + size :]
    return article_of(
        (
            known.id,
            known.path,
            title,
            text,
            late_html(lambda: _with_text(whole[body : body + size], text, left)),
            tuple(map(tuple, categories)),
            tuple(authors),
            tuple(tags),
            None if stamp is None else datetime.fromtimestamp(stamp, UTC),
            None if day is None else date.fromisoformat(day),
            url,
            thumbnail,
            tuple(starmap(Entity, entities)),
            known.draft,
            known.source,
            known.fingerprint,
            known.stamp,
            encoding,
        )
    )


def _without_text(html: str, text: str) -> tuple[str, list[int] | None]:
    """Return ``html`` without the lines of ``text`` that stand in it, and which lines do not.

    None in place of these: the HTML is whole.
    """
    if _TAKEN in html:
        return html, None
    pieces, left, at = [], [], 0
    for number, written in enumerate(escape(text, quote=False).split("\n")):
        found = html.find(written, at) if len(written) >= _SHORTEST_TAKEN else -1
        if found < 0:
            left.append(number)
        else:
            pieces.append(html[at:found])
            at = found + len(written)
    pieces.append(html[at:])
    return _TAKEN.join(pieces), left


def _with_text(html: str, text: str, left: list[int] | None) -> str:
    if left is None:
        return html
    lines = escape(text, quote=False).split("\n")
    for number in reversed(left):
        del lines[number]
    kept = html.split(_TAKEN)
    pieces = [""] * (2 * len(kept) - 1)
    pieces[::2] = kept
    pieces[1::2] = lines  # as many as there are gaps, or it fails
    return "".join(pieces)
