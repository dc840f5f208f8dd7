"""An archive that changes, an index that follows it, and programs that are killed while it does.

After every round the index must be sound and hold just what a new index of the same files would;
where the indexer was killed, it must hold what it held before, or what it was to hold then.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import sleep

import search
from search.article import Article
from search.indexer import index_paths

_WORDS = ("京东", "物流", "东南亚", "供应链", "电商", "搜索", "引擎", "开源", "2021年", "C++", "的")
_INDEX = (sys.executable, "-c", "import sys; from search.cli import main; sys.exit(main())")
_LONGEST_S = 1.5  # before the indexer is killed
_MOST_CHANGES = 60

Content = dict[str, Article]


class BrokenError(AssertionError):
    """The index is not what it must be; the message says how."""


@dataclass(frozen=True, slots=True)
class Round:
    """What was done in a round.

    Attributes:
        changes: files written or removed.
        killed: whether the indexer was killed.
        articles: in the index afterwards.
    """

    changes: int
    killed: bool
    articles: int


@dataclass
class Soak:
    """An archive and its index in a folder.

    Args:
        work: the folder; empty.
        seed: of all that is done by chance.
    """

    work: Path
    seed: int
    _random: random.Random = field(init=False)
    _reader: search.Index | None = None
    _made: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._posts.mkdir(parents=True)

    @property
    def _posts(self) -> Path:
        return self.work / "posts"

    @property
    def _location(self) -> Path:
        return self.work / "index"

    def rounds(self) -> Iterator[Round]:
        """Yield round after round, without end.

        Raises:
            BrokenError: the index is not what it must be.
        """
        content: Content = {}
        try:
            while True:
                changes = self._change()
                after = self._rebuilt()
                killed = self._location.is_dir() and self._random.random() < 0.5
                if killed:
                    self._index_and_kill()
                    self._compare("after a kill", self._held(), content, after)
                index_paths([self._posts], self._location, memory=2**24)
                content = after
                self._compare("after a run", self._held(), content)
                self._search(content)
                yield Round(changes, killed, len(content))
        finally:
            if self._reader:
                self._reader.close()

    def _change(self) -> int:
        """Write, alter and remove some files."""
        files = sorted(self._posts.rglob("*.md"))
        count = self._random.randint(1, _MOST_CHANGES)
        for _ in range(count):
            act = self._random.random()
            if files and act < 0.2:
                files.pop(self._random.randrange(len(files))).unlink()
            elif files and act < 0.4:
                self._write(self._random.choice(files))
            else:
                self._made += 1
                folder = self._posts / self._random.choice("甲乙丙")
                folder.mkdir(exist_ok=True)
                self._write(folder / f"{self._made}.md")
        return count

    def _write(self, path: Path) -> None:
        words = self._random.choices(_WORDS, k=self._random.randint(0, 200))
        day = f"20{self._random.randint(10, 30)}-0{self._random.randint(1, 9)}-01"
        front = f"title: {''.join(words[:4]) or '无题'}\ndate: {day}\nauthor: {path.parent.name}"
        content = f"---\n{front}\n---\n{''.join(words)}\n".encode()
        if self._random.random() < 0.02:
            content = self._random.randbytes(200)
        path.write_bytes(content)

    def _rebuilt(self) -> Content:
        """Return what an index made anew holds."""
        location = self.work / "anew"
        index_paths([self._posts], location)
        content = _content(location)
        shutil.rmtree(location)
        return content

    def _index_and_kill(self) -> None:
        command = [*_INDEX, "index", self._posts, "--index", self._location, "--quiet"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        sleep(self._random.uniform(0, _LONGEST_S))
        process.kill()
        process.wait()

    def _held(self) -> Content:
        with search.open_index(self._location) as index:
            if problems := index.check():
                raise BrokenError("\n".join(problems))
        return _content(self._location)

    def _compare(self, when: str, held: Content, *allowed: Content) -> None:
        if held not in allowed:
            odd = sorted(set(held.items()) ^ set(allowed[-1].items()), key=str)
            raise BrokenError(f"seed {self.seed}, {when}: {[path for path, _ in odd][:5]} differ")

    def _search(self, content: Content) -> None:
        """Ask a reader that was opened in the first round, for a word and with facets."""
        self._reader = self._reader or search.open_index(self._location)
        word = self._random.choice(_WORDS[:6])
        page = self._reader.search(search.SearchRequest(text=word, facets=("author",)))
        wanted = [each for each in content.values() if word in f"{each.title}\n{each.text}"]
        counts = sum(bucket.count for bucket in page.facets["author"])
        if (page.total, counts) != (len(wanted), sum(1 for each in wanted if each.authors)):
            raise BrokenError(f"seed {self.seed}: {word} finds {page.total}, not {len(wanted)}")


def _content(location: Path) -> Content:
    """Return the articles by path; when their files were looked at is no part of what they are."""
    with search.open_index(location) as index:
        return {each.path: replace(each, stamp="") for each in index.articles()}
