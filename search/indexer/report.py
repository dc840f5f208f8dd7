"""What a run tells: how far it is, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from search.corpus import Problem


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
        other_dictionary: whether articles in the index were cut with another user dictionary.
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
    other_dictionary: bool = False
