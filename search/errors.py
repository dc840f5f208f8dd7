"""Every exception of ours, one tree; foreign exceptions stop at the seam that met them.

    WensouError
    ├── SettingsError            wensou.toml or an environment variable cannot be used
    ├── RequestError             a request asks for what cannot be (a page too deep, a bad date)
    ├── CorpusError              the source of the articles
    │   ├── SourceNotFound       a PATH given to `wensou index` is not there, or is of no use
    │   └── ArticleError         a file, or a line of a JSON Lines file, cannot become an article
    ├── EngineError              the index
    │   ├── IndexNotFound        there is none at the location
    │   ├── IndexLocked          another process is writing it
    │   ├── IndexOutdated        made by another version or for other settings: to be built anew
    │   └── IndexDamaged         its files contradict themselves
    ├── JudgementError           queries or judgements for `wensou eval` cannot be used
    ├── ServingError             the processes that answer end again and again
    └── ArticleNotFound          no article has the id asked for

An error keeps a message key and the facts; its text is made by `search.messages.say` in the
language in force when it is shown: Chinese on the page, English in an English terminal.
"""

from __future__ import annotations

from typing import Any

from search.messages import say


class WensouError(Exception):
    """Base of all our errors.

    Args:
        key: what happened, as a key of the message catalogues (``area.name``).
        **facts: the values that the message shows.
    """

    def __init__(self, key: str, /, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        return say(self.key, **self.facts)

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would lose the facts when an error crosses a process boundary.
        return _restore, (type(self), self.key, self.facts, self.__dict__)


def _restore(
    cls: type[WensouError], key: str, facts: dict[str, object], state: dict[str, Any]
) -> WensouError:
    error = cls.__new__(cls)
    WensouError.__init__(error, key, **facts)
    error.__dict__.update(state)
    return error


class SettingsError(WensouError):
    """A setting cannot be used."""


class RequestError(WensouError):
    """A search request asks for what cannot be.

    Attributes:
        parameter: of an address, that is to blame; "" where the request came another way.
    """

    parameter = ""

    def blaming(self, parameter: str) -> RequestError:
        """Return the same error, ``parameter`` to blame for it."""
        error = RequestError(self.key, **self.facts)
        error.parameter = parameter
        return error


class CorpusError(WensouError):
    """Something is wrong with the source of the articles."""


class SourceNotFound(CorpusError):  # noqa: N818 -- reads as the fact it states
    """A path to index is not there, or is neither a folder nor a file that can be indexed."""


class ArticleError(CorpusError):
    """One file, or one line of a JSON Lines file, cannot become an article.

    Args:
        key: the message's key.
        line: the line of the file where the fault is, from 1; None where no line is to blame.
        **facts: the values that the message shows.

    The path is added by whoever knows it (see `search.corpus.Problem`).
    """

    def __init__(self, key: str, /, *, line: int | None = None, **facts: object) -> None:
        super().__init__(key, **facts)
        self.line = line


class EngineError(WensouError):
    """The index cannot do what was asked."""


class IndexNotFound(EngineError):  # noqa: N818 -- reads as the fact it states
    """There is no index at the location."""


class IndexLocked(EngineError):  # noqa: N818 -- reads as the fact it states
    """Another process is writing the index."""


class IndexOutdated(EngineError):  # noqa: N818 -- reads as the fact it states
    """The index was made by another version, or for other settings, and is to be built anew."""


class IndexDamaged(EngineError):  # noqa: N818 -- reads as the fact it states
    """Files of the index are missing, cut short or altered."""


class JudgementError(WensouError):
    """Queries, or judgements on what is relevant to them, cannot be used."""


class ServingError(WensouError):
    """The page cannot be served any longer."""


class ArticleNotFound(WensouError):  # noqa: N818 -- reads as the fact it states
    """No article in the index has the id asked for."""
