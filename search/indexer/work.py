"""What is done with one entry: read it, see whether it changed, hand its article over.

It needs nothing of the index and nothing of the other entries, so it can be done in any process.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Literal, NamedTuple

from search.article import Article
from search.corpus import READER_VERSION, Entry, Problem, ReadOptions, fingerprint, read, stamped
from search.errors import ArticleError


class Job(NamedTuple):
    """An entry to read.

    Attributes:
        entry: what to read.
        id: that its article is to have.
        fingerprint: of the article as it is in the index; "" where it is not, or must not stay.
        is_stamped: whether the index has a stamp of it.
    """

    entry: Entry
    id: str
    fingerprint: str
    is_stamped: bool = False


class Outcome(NamedTuple):
    """What came of a job.

    Attributes:
        entry, id: of the job.
        kind: "put": its article was handed over; "unchanged": it is in the index as it is (and was
            handed over again only where it now has a stamp); "draft": it is one and is left out;
            "failed": no article could be made of it.
        problem: why it failed.
        warnings: what was odd about it.
    """

    entry: Entry
    id: str
    kind: Literal["put", "unchanged", "draft", "failed"]
    problem: Problem | None = None
    warnings: tuple[Problem, ...] = ()


def do(job: Job, options: ReadOptions, put: Callable[[Article], object]) -> Outcome:
    """Do ``job``; ``put`` takes the article."""
    entry = stamped(job.entry)
    try:
        raw = entry.load()
        now = fingerprint(raw, options)
        is_unchanged, stamp = now == job.fingerprint, stamp_of(entry, options)
        if is_unchanged and (job.is_stamped or not stamp):
            return Outcome(_light(entry), job.id, "unchanged")
        reading = read(entry, raw, options, known_id=job.id, known_print=now, stamp=stamp)
    except ArticleError as error:
        line = error.line if error.line is not None else entry.line
        return Outcome(_light(entry), job.id, "failed", Problem(entry.path, line, str(error)))
    if reading.article is None:
        return Outcome(_light(entry), job.id, "draft", None, reading.warnings)
    put(reading.article)
    # A file met a moment after it was written got no stamp; without, each run would read it again.
    kind: Literal["put", "unchanged"] = "unchanged" if is_unchanged else "put"
    return Outcome(_light(entry), job.id, kind, None, () if is_unchanged else reading.warnings)


def stamp_of(entry: Entry, options: ReadOptions) -> str:
    """Return what `Article.stamp` is of an entry: of its file as found, and of how it is read."""
    source, path, _, _, _, _, stamp = entry
    if not stamp:
        return ""
    text = f"{READER_VERSION}\0{options.timezone}\0{source}\0{path}\0{stamp}"
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _light(entry: Entry) -> Entry:
    """Return ``entry`` without what was read, which would have to go from process to process."""
    return entry._replace(raw=None)
