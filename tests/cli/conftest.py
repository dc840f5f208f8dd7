"""The program, run in this process in an empty folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from search.cli import main


class Ran(NamedTuple):
    """What a run of the program left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def wensou(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ran]:
    """Run ``wensou`` with words, in English unless ``lang`` says otherwise."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, lang: str = "en", **environ: str) -> Ran:
        code = main([str(word) for word in words], {"WENSOU_LANG": lang, **environ})
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A folder of three articles, one draft and one file that is no article."""
    folder = tmp_path / "posts"
    folder.mkdir()
    for name, text in {
        "a.md": "---\ntitle: 京东物流\nauthor: 甲\ndate: 2021-06-16\n---\n京东的快递到了。",
        "b.md": "---\ntitle: 快递\nauthor: 乙\ntags: [物流]\ndate: Invalid Date\n---\n"
        "<a class='project-link' data-name='顺丰'>一单</a>快递。",
        "c.md": "---\ntitle: 茶\n---\n一杯茶。",
        "draft.md": "---\ntitle: 未完\ndraft: true\n---\n草稿。",
        "empty.md": "",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
