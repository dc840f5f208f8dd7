"""Words that mean the same: what is typed is looked for in its other words, too.

A file of synonyms has one group or several a line; a word may stand in several groups:

    抖音 = TikTok, 字节 = 字节跳动      # and what follows a # is a comment

They are applied to the query just before it is searched, so that all of its forms (any of its
words, without some of them) go through one place, and no index depends on them. A word that was
typed with a space in it is known by its neighbours; what is quoted or refused is taken as it
stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from search.errors import SettingsError
from search.query.model import Also, And, Or, Part, Phrase, Prefer, Query, Some, Word
from search.query.relaxing import Cut, all_of, any_of

MAX_MEMBER_CHARS = 40
"""Of one of the words of a group."""

MAX_MEMBERS = 32
"""Words of a group."""

MAX_USED = 64
"""Other words that one query is given: as many patterns as a text is searched for at once."""

_LONGEST_STRETCH = 8
"""Cut words that may be one word of a group."""

_LONGEST_TEXT = 2 * MAX_MEMBER_CHARS  # of these with a space between each two

Spell = Callable[[str], str]
"""Folds a text so that spellings of one word are equal; `search.analysis.spelling`."""


@dataclass(frozen=True)
class Synonyms:
    """Groups of words that mean the same.

    Attributes:
        others: of a word, spelled, the other words of its groups as written, one or more.
        firsts: what spelled words begin with.
        spell: as `Spell` says.
        cut: as `Cut` says.
    """

    others: Mapping[str, tuple[str, ...]]
    firsts: frozenset[str]
    spell: Spell
    cut: Cut

    def applied(self, query: Query) -> Query:
        """Return ``query``, each word of a group as any word of it; at most `MAX_USED` more."""
        return _Application(self).query(query) if self.others else query

    def cut_whole(self, text: str) -> tuple[str, ...]:
        """Return the words of ``text`` as `Cut` does, but a word of a group in one piece."""
        if not self.others:
            return self.cut(text)
        return tuple("".join(stretch.words) for stretch in self.stretches(self.cut(text)))

    def stretches(self, words: Sequence[str]) -> Iterator[Stretch]:
        """Yield ``words``, one after another; of words of groups the longest that begins there."""
        at = 0
        while at < len(words):
            found = self._stretch(words[at : at + _LONGEST_STRETCH])
            yield found
            at += len(found.words)

    def _stretch(self, words: Sequence[str]) -> Stretch:
        if words[0][0] in self.firsts:
            for count in range(len(words), 0, -1):
                text = " ".join(words[:count])
                others = len(text) <= _LONGEST_TEXT and self.others.get(self.spell(text))
                if others:
                    return Stretch(tuple(words[:count]), others)
        return Stretch((words[0],), ())


class Stretch(NamedTuple):
    """Cut words side by side, and the others that mean the same (none: it is any word)."""

    words: tuple[str, ...]
    others: tuple[str, ...]


def parse_synonyms(lines: Iterable[tuple[str, str]], spell: Spell, cut: Cut) -> Synonyms:
    """Return the groups of a file.

    Args:
        lines: where each stands, and its text.
        spell: see `Spell`.
        cut: see `Cut`.

    Raises:
        SettingsError: a line is no group; the message says which, and what to write.
    """
    others: dict[str, dict[str, str]] = {}
    for where, line in lines:
        for text in re.split("[,，]", line):
            if text.strip():
                group = _group(where, text.strip(), spell)
                for spelled in group:
                    rest = {key: each for key, each in group.items() if key != spelled}
                    others.setdefault(spelled, {}).update(rest)
    found = {spelled: tuple(rest.values()) for spelled, rest in others.items() if rest}
    return Synonyms(found, frozenset(spelled[0] for spelled in found), spell, cut)


def _group(where: str, text: str, spell: Spell) -> dict[str, str]:
    """Return the members of a group, as written, by how they are spelled."""
    members = [each.strip() for each in re.split("[=＝]", text)]
    if len(members) < 2:
        raise SettingsError("settings.synonym_alone", where=where, seen=text)
    if len(members) > MAX_MEMBERS:
        raise SettingsError(
            "settings.synonym_many", where=where, seen=len(members), most=MAX_MEMBERS
        )
    for each in members:
        if len(each) > MAX_MEMBER_CHARS:
            raise SettingsError(
                "settings.synonym_long", where=where, seen=each, most=MAX_MEMBER_CHARS
            )
    group = {spell(each): each for each in members}
    if "" in group:
        raise SettingsError("settings.synonym_empty", where=where, seen=text)
    return group


@dataclass
class _Application:
    """Synonyms at work on one query; ``left`` is how many more words it may be given."""

    synonyms: Synonyms
    left: int = field(default=MAX_USED)

    def query(self, query: Query) -> Query:
        """Return ``query`` with its words in other words, too."""
        match query:
            case Word():
                return all_of(list(self._words([query])))
            case Some(texts, part):
                words = [word for text in texts for word in self.synonyms.cut(text)]
                alike = [self._alike(each, part) for each in self.synonyms.stretches(words)]
                return any_of([query, *(each for phrases in alike for each in phrases)])
            case And(parts):
                return all_of(list(self._all(parts)))
            case Or(parts):
                return Or(tuple(map(self.query, parts)))
            case Also(asked, more):
                return Also(self.query(asked), self.query(more))
            case Prefer(every, some):
                return Prefer(self.query(every), self.query(some))
        return query

    def _all(self, parts: Sequence[Query]) -> Iterator[Query]:
        """Yield what is asked for together; words side by side may be one word of a group."""
        for _, group in groupby(parts, lambda each: isinstance(each, Word) and (each.part,)):
            several = list(group)
            words = [each for each in several if isinstance(each, Word)]
            yield from self._words(words) if words else map(self.query, several)

    def _words(self, typed: Sequence[Word]) -> Iterator[Query]:
        cut = [self.synonyms.cut(word.text) for word in typed]
        owners = [number for number, words in enumerate(cut) for _ in words]
        stretches = list(self.synonyms.stretches([word for words in cut for word in words]))
        if not any(each.others for each in stretches):
            yield from typed
            return
        at = 0
        for is_meant, group in groupby(stretches, lambda each: bool(each.others)):
            # What is no word of a group stays together: its words are weighed by one another.
            several = list(group)
            for each in several if is_meant else [_joined(several)]:
                found = self._typed(typed, cut, owners[at : at + len(each.words)], each.words)
                at += len(each.words)
                phrases = self._alike(each, typed[0].part)
                yield from [any_of([all_of(found), *phrases])] if phrases else found

    def _alike(self, stretch: Stretch, part: Part | None) -> list[Query]:
        others = stretch.others[: self.left]
        self.left -= len(others)
        return [Phrase(each, part) for each in others]

    def _typed(
        self,
        typed: Sequence[Word],
        cut: Sequence[tuple[str, ...]],
        owners: Sequence[int],
        words: Sequence[str],
    ) -> list[Query]:
        """Return cut words as they were typed: a whole word as it is, a part of one by itself."""
        found: list[Query] = []
        for owner, group in groupby(zip(owners, words, strict=True), lambda each: each[0]):
            own = tuple(word for _, word in group)
            text = typed[owner].text if own == cut[owner] else self._text_of(own)
            found.append(Word(text, typed[owner].part))
        return found

    def _text_of(self, words: tuple[str, ...]) -> str:
        """Return a text that is cut into ``words``, or nearly so."""
        text = "".join(words)
        return text if self.synonyms.cut(text) == words else " ".join(words)


def _joined(stretches: Sequence[Stretch]) -> Stretch:
    return Stretch(tuple(word for each in stretches for word in each.words), ())
