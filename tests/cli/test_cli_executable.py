"""The installed ``wensou``, as a shell runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

WENSOU = str(Path(sys.executable).with_name("wensou"))


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENSOU_")}
    return {**kept, "WENSOU_LANG": "en", **more}


def run(*words: object, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [WENSOU, *map(str, words)],
        capture_output=True, encoding="utf-8", timeout=60, check=False, env=environment(), **how,
    )  # fmt: skip


def test_index_and_search_from_a_shell(posts, tmp_path):
    assert run("index", posts, cwd=tmp_path).returncode == 0
    found = run("search", "京东", "物流", "--json", cwd=tmp_path)
    assert json.loads(found.stdout)["hits"][0]["title"] == "京东物流"


def test_the_language_follows_the_locale():
    env = {**environment(), "LC_ALL": "zh_CN.UTF-8"} | {"WENSOU_LANG": ""}
    ran = subprocess.run(
        [WENSOU, "--help"], capture_output=True, encoding="utf-8", env=env, check=True
    )
    assert ran.stdout.startswith("用法：")


@pytest.mark.parametrize(
    ("words", "reader"),
    [("export", "head -c 20"), ("export", "true"), ("stats", "true"), ("--help", "true")],
)
def test_a_reader_that_has_read_enough_is_no_error(seed_index, words, reader):
    index = "" if words == "--help" else f"--index '{seed_index}'"
    # The reader is given time to leave before the first byte is written.
    command = f"{{ sleep 0.2; '{WENSOU}' {words} {index}; }} | {reader}"
    ran = subprocess.run(
        ["bash", "-c", command], capture_output=True, env=environment(), check=True
    )
    assert ran.stderr == b""


def test_json_is_utf8_whatever_the_terminal_speaks(seed_index):
    ran = subprocess.run(
        [WENSOU, "search", "快递", "--json", "--index", str(seed_index)],
        capture_output=True, env=environment(PYTHONIOENCODING="ascii"), check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout.decode("utf-8"))["query"] == "快递"


def test_text_never_fails_for_a_terminal_that_knows_no_chinese(seed_index):
    ran = subprocess.run(
        [WENSOU, "search", "快递", "--index", str(seed_index)],
        capture_output=True, env=environment(PYTHONIOENCODING="ascii"), check=True,
    )  # fmt: skip
    assert b"??" in ran.stdout


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of so many articles that indexing takes seconds."""
    file = tmp_path / "many.jsonl"
    line = json.dumps({"title": "题", "body": "京东的快递到了。" * 400})
    file.write_text(f"{line}\n" * 20_000, encoding="utf-8")
    return file


def test_an_interruption_leaves_the_old_index(posts, many, tmp_path):
    run("index", posts, cwd=tmp_path)
    process = subprocess.Popen(
        [WENSOU, "index", str(many)],
        cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8", env=environment(),
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Files read: ")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert said.endswith("Stopped; the index at var/index is as it was.\n")
    assert process.returncode == 130
    assert json.loads(run("stats", "--json", cwd=tmp_path).stdout)["articles"] == 3
