"""What the documents tell people to type can be typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
CALL = re.compile(r"^ *(?:\$ )?wensou ([^\n#|]+)|`wensou ([^`\n]+)`", re.MULTILINE)
CALLS = sorted(
    {
        next(filter(None, found.groups())).strip()
        for path in DOCUMENTS
        for found in CALL.finditer(path.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("call", CALLS)
def test_every_command_and_option_in_the_documents_is_there(wensou, call):
    if call.startswith("-"):
        assert call in ("--help", "--version")
        return
    name, *words = call.split()
    for each in name.split("|"):
        ran = wensou(each, "--help")
        assert ran.code == 0, ran.err
        options = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
        assert [option for option in options if option not in ran.out] == []
