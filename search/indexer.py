"""From folders and files to an index: what is new, changed and gone since the last run.

An article is known by the source it came from and its path there; whether it changed is seen by the
fingerprint of its bytes. After a run the index holds what a new one of the same sources would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from search.article import Article, article_id
from search.corpus import Entry, Problem, ReadOptions, discover, fingerprint, read, source_of
from search.engines.base import Known, Writer
from search.engines.locating import open_writer
from search.errors import ArticleError


class Progress(NamedTuple):
    """How far a run is.

    Attributes:
        done: files (or lines of a JSON Lines file) looked at.
        total: of them; None where it is not known beforehand.
        path: of the one just looked at.
    """

    done: int
    total: int | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did, in articles.

    Attributes:
        added, updated, removed, unchanged: articles.
        failed: files (or lines) of which no article could be made; each is in ``errors``.
        drafts: left out because they are drafts.
        seconds: that the run took.
        errors: what could not be indexed and why, in the order met.
        warnings: what was indexed with something amiss, such as a date that cannot be read.
    """

    added: int
    updated: int
    removed: int
    unchanged: int
    failed: int
    drafts: int
    seconds: float
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def index_paths(
    paths: Sequence[str | Path],
    location: str | Path,
    *,
    options: ReadOptions | None = None,
    rebuild: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Bring the index at ``location`` up to date with the articles under ``paths``.

    Articles of other sources indexed before stay. Interrupted at any moment (an exception, a
    signal), the index stays as it was.

    Args:
        paths: folders, single files, JSON Lines files.
        location: see `search.engines.locating`; made where there is no index yet.
        options: how to read; the defaults of `ReadOptions` where None.
        rebuild: start anew; what was there is replaced when the new index is whole.
        progress: called after every file.

    Raises:
        SourceNotFound: a path is not there or of no use; nothing was changed.
        EngineError: the index cannot be written.
    """
    began = monotonic()
    options = options or ReadOptions()
    found = discover(paths)
    sources = {source_of(path) for path in paths}
    with open_writer(location, rebuild=rebuild) as writer:
        run = _Run(writer, options, sources)
        for done, (each, total) in enumerate(_counted(found, paths), start=1):
            run.take(each)
            if progress:
                progress(Progress(done, total, each.path))
        run.remove_vanished()
        writer.commit()
    return run.summary(monotonic() - began)


def _counted(
    found: Iterator[Entry | Problem], paths: Sequence[str | Path]
) -> Iterator[tuple[Entry | Problem, int | None]]:
    """Yield what was found, each with the number of all; None where they are lines of a stream."""
    if any(Path(path).is_file() for path in paths):
        yield from ((each, None) for each in found)
    else:
        everything = list(found)
        yield from ((each, len(everything)) for each in everything)


_Key = tuple[str, str]  # source and path


@dataclass
class _Run:
    """One run in progress: the writer, what the index knew, and the counts so far."""

    writer: Writer
    options: ReadOptions
    sources: set[str]
    known: dict[_Key, Known] = field(init=False)
    owners: dict[str, _Key] = field(init=False)  # id -> the article that has it
    seen: set[_Key] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)  # folders and JSON Lines files not seen whole
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    drafts: int = 0

    def __post_init__(self) -> None:
        self.known = {(each.source, each.path): each for each in self.writer.known()}
        self.owners = {each.id: key for key, each in self.known.items()}

    def take(self, each: Entry | Problem) -> None:
        """Index one entry, or note a problem."""
        if isinstance(each, Problem):
            self.errors.append(each)
            if each.line is None:
                self.unread.append(each.path)
            return
        key = each.source, each.path
        self.seen.add(key)
        try:
            self._index(each, key)
        except ArticleError as error:
            line = error.line if error.line is not None else each.line
            self.errors.append(Problem(each.path, line, str(error)))
            self._forget(key)

    def _index(self, entry: Entry, key: _Key) -> None:
        raw = entry.load()
        print_now = fingerprint(raw, self.options)
        before = self.known.get(key)
        if before and before.fingerprint == print_now and (self.options.drafts or not before.draft):
            self.unchanged += 1
            return
        reading = read(entry, raw, self.options)
        self.warnings.extend(reading.warnings)
        if reading.article is None:
            self.drafts += 1
            self._forget(key)
            return
        article = self._identified(reading.article, key, given=entry.given_id is not None)
        self.writer.put(replace(article, fingerprint=print_now))
        self.updated += before is not None
        self.added += before is None

    def _identified(self, article: Article, key: _Key, *, given: bool) -> Article:
        """Give the article the id it had, or one that no other article of the index has."""
        before = self.known.get(key)
        owner = self.owners.get(article.id, key)
        if before:
            article = replace(article, id=before.id)
        elif owner != key and given:
            raise ArticleError("corpus.id_taken", id=article.id, other="/".join(owner))
        elif owner != key:
            article = replace(article, id=article_id(article.path, salt=article.source))
        self.owners[article.id] = key
        return article

    def _forget(self, key: _Key) -> None:
        before = self.known.get(key)
        if before:
            self.writer.delete(before.id)
            self.removed += 1

    def remove_vanished(self) -> None:
        """Remove the articles of this run's sources that were not met, unless they were unread."""
        for key, before in self.known.items():
            if key[0] in self.sources and key not in self.seen and not self._is_unread(key[1]):
                self.writer.delete(before.id)
                self.removed += 1

    def _is_unread(self, path: str) -> bool:
        return any(_is_under(path, folder) for folder in self.unread)

    def summary(self, seconds: float) -> Summary:
        """Return what was done."""
        return Summary(
            added=self.added,
            updated=self.updated,
            removed=self.removed,
            unchanged=self.unchanged,
            failed=len(self.errors),
            drafts=self.drafts,
            seconds=seconds,
            errors=tuple(self.errors),
            warnings=tuple(self.warnings),
        )


def _is_under(path: str, unread: str) -> bool:
    """Return whether an article lies in a folder (``a/``; ``/``: any) or a JSON Lines file."""
    return unread == "/" or path.startswith(unread if unread.endswith("/") else f"{unread}#")
