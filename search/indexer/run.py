"""From folders and files to an index: what is new, changed and gone since the last run.

An article is known by the source it came from and its path there. A file whose size and times are
those of the last run is not looked at; otherwise its bytes tell, by their fingerprint, whether it
changed. After a run the index holds what a new one of the same sources would.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from search.analysis import dictionary_in_force
from search.article import article_id
from search.corpus import Entry, Problem, ReadOptions, discover, source_of
from search.engines.base import DEFAULT_MEMORY, Known, Writer
from search.engines.locating import open_writer
from search.indexer.report import Progress, Summary
from search.indexer.work import Job, Outcome, do, stamp_of
from search.messages import say
from search.spawning import processors

if TYPE_CHECKING:
    from search.indexer.crew import Crew

FIRST = 6_000
"""Files from all over the sources that are read before the others."""

CREW_AFTER = 1_000
"""Files to read from which on others help, which takes them half a second to start."""

_Found = Entry | Problem
_Key = tuple[str, str]  # source and path

COLLECT_AFTER = 100_000
"""Objects made and not yet let go of, after which Python looks for garbage in circles."""


def index_paths(  # noqa: PLR0913 -- options, by name
    paths: Sequence[str | Path],
    location: str | Path,
    *,
    options: ReadOptions | None = None,
    rebuild: bool = False,
    memory: int = DEFAULT_MEMORY,
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
        memory: bytes that gathering may take, besides what the program itself needs.
        progress: called after every file.

    Raises:
        SourceNotFound: a path is not there or of no use; nothing was changed.
        EngineError: the index cannot be written.
    """
    began = monotonic()
    options = options or ReadOptions()
    found = discover(paths)
    sources = {source_of(path) for path in paths}
    with (
        _collecting_rarely(),
        open_writer(location, rebuild=rebuild, memory=memory) as writer,
        ExitStack() as stack,
    ):
        run = _Run(writer, options, sources, stack)
        total, entries = None, found
        if not any(Path(path).is_file() for path in paths):  # which may be a stream of lines
            others = run.pass_over(found)
            total, entries = len(run.passed) + len(others), _spread(others)
        for done, path in enumerate(run.take_all(entries), start=1):
            if progress:
                progress(Progress(done, total, path))
        run.remove_vanished()
        writer.commit()
    return run.summary(monotonic() - began)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Have Python look for garbage in circles less often, for here is hardly any.

    What a run knows and finds are hundreds of thousands of tuples that live to its end, and going
    through them again and again would take a fifth of a run that changes nothing.
    """
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _spread(found: Sequence[_Found]) -> Iterator[_Found]:
    """Yield some from all over first: an engine may make itself fit for all by these."""
    step = max(1, len(found) // FIRST)
    return chain(found[::step], (each for number, each in enumerate(found) if number % step))


@dataclass
class _Run:
    """One run in progress: the writer, what the index knew, and the counts so far.

    What is passed over is not among ``known``, ``owners`` and ``seen``.
    """

    writer: Writer
    options: ReadOptions
    sources: set[str]
    stack: ExitStack
    crew: Crew | None = None  # where there is much to read
    passed: list[str] = field(default_factory=list)  # paths of files that are as they were
    stamps: set[str] = field(default_factory=set)  # of these
    known: dict[_Key, Known] = field(default_factory=dict)  # of these sources
    owners: dict[str, _Key] = field(default_factory=dict)  # of their ids, and of new ones
    seen: set[_Key] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)  # folders and JSON Lines files not seen whole
    rivals: list[Entry] = field(default_factory=list)  # their ids are another's, if that is read
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    drafts: int = 0

    def pass_over(self, found: Iterable[_Found]) -> list[_Found]:
        """Take those whose stamp is in the index as they are; return the others."""
        stamps = self.writer.stamps(self.sources)
        others = []
        for each in found:
            stamp = stamp_of(each, self.options) if stamps and isinstance(each, Entry) else ""
            if stamp in stamps:
                self.stamps.add(stamp)
                self.passed.append(each.path)
            else:
                others.append(each)
                if len(others) == CREW_AFTER:
                    self._gather_crew()
        self.unchanged = len(self.passed)
        return others

    def take_all(self, found: Iterable[_Found]) -> Iterator[str]:
        """Index what was found; yield the path of each when it is done."""
        known = self.writer.known(self.sources, self.stamps)
        self.known = {(each.source, each.path): each for each in known}
        self.owners = {each.id: key for key, each in self.known.items()}
        yield from self.passed
        for outcome in self._outcomes(self._jobs(found)):
            if isinstance(outcome, Outcome):
                self._settle(outcome)
                yield outcome.entry.path
            else:
                yield outcome
        for entry in self.rivals:
            self._settle_rival(entry)
            yield entry.path

    def _outcomes(self, jobs: Iterator[Job | str]) -> Iterator[Outcome | str]:
        """Do the jobs, by the crew where there is one; paths pass through."""
        at_hand = 0
        for job in jobs:
            if isinstance(job, str):
                yield job
            elif self.crew:
                yield from self.crew.give(job)
            else:
                yield do(job, self.options, self.writer.put)
                at_hand += 1
                if at_hand == CREW_AFTER:
                    self._gather_crew()
        if self.crew:
            yield from self.crew.finish()
            for gathered in self.crew.gathered():
                self.writer.adopt(gathered)

    def _gather_crew(self) -> None:
        size = processors()
        if size > 1:
            from search.indexer.crew import Crew  # most runs need none

            gatherer = self.writer.gatherer(size)
            self.crew = self.stack.enter_context(Crew(size, self.options, gatherer))

    def _jobs(self, found: Iterable[_Found]) -> Iterator[Job | str]:
        """Yield what is to be read, and of all else its path."""
        for each in found:
            if isinstance(each, Problem):
                self.errors.append(each)
                if each.line is None:
                    self.unread.append(each.path)
                yield each.path
                continue
            key = each.source, each.path
            self.seen.add(key)
            before = self.known.get(key)
            stays = before is not None and (self.options.drafts or not before.draft)
            if before and stays and before.stamp and before.stamp == stamp_of(each, self.options):
                self.unchanged += 1
                yield each.path
                continue
            wanted = self._id_of(each, key)
            if wanted is None:
                self.rivals.append(each)
                continue
            self.owners[wanted] = key
            fingerprint = before.fingerprint if before and stays else ""
            yield Job(each, wanted, fingerprint, bool(before and before.stamp))

    def _id_of(self, entry: Entry, key: _Key) -> str | None:
        """Return the id it had, or one that no other has; None if what it asks for is another's."""
        before = self.known.get(key)
        if before:
            return before.id
        wanted = entry.given_id or article_id(entry.path)
        if self._owner_of(wanted) in (None, key):
            return wanted
        return None if entry.given_id else article_id(entry.path, salt=entry.source)

    def _owner_of(self, wanted: str) -> _Key | None:
        """Return the article, of any source, that has an id or is to have it; None for none."""
        if wanted in self.owners:
            return self.owners[wanted]
        found = self.writer.owner(wanted)
        return (found.source, found.path) if found else None

    def _settle(self, outcome: Outcome) -> None:
        """Count what came of a job."""
        key = outcome.entry.source, outcome.entry.path
        self.warnings.extend(outcome.warnings)
        match outcome.kind:
            case "put":
                self.updated += key in self.known
                self.added += key not in self.known
            case "unchanged":
                self.unchanged += 1
            case "draft":
                self.drafts += 1
                self._forget(key, outcome.id)
            case "failed":
                self.errors += [outcome.problem] if outcome.problem else []
                self._forget(key, outcome.id)

    def _settle_rival(self, entry: Entry) -> None:
        """Index an entry whose id was another's when it was found, now that all others are done."""
        key = entry.source, entry.path
        wanted = entry.given_id or ""
        owner = self.owners[wanted] = self._owner_of(wanted) or key
        if owner == key:
            self._settle(do(Job(entry, wanted, ""), self.options, self.writer.put))
        else:
            message = say("corpus.id_taken", id=wanted, other="/".join(owner))
            self.errors.append(Problem(entry.path, entry.line, message))

    def _forget(self, key: _Key, article: str) -> None:
        """Take back what was known or planned of an entry of which there is no article."""
        before = self.known.get(key)
        if before:
            self.writer.delete(before.id)
            self.removed += 1
        else:
            del self.owners[article]

    def remove_vanished(self) -> None:
        """Remove the articles of this run's sources that were not met, unless they were unread."""
        for key, before in self.known.items():
            if key not in self.seen and not self._is_unread(key[1]):
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
            other_dictionary=not self.writer.dictionaries() <= {dictionary_in_force().fingerprint},
        )


def _is_under(path: str, unread: str) -> bool:
    """Return whether an article lies in a folder (``a/``; ``/``: any) or a JSON Lines file."""
    return unread == "/" or path.startswith(unread if unread.endswith("/") else f"{unread}#")
