"""What may import what: dependencies run one way, each big library has one home."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path.relative_to(ROOT)
    for package in ("search", "web")
    for path in (ROOT / package).rglob("*.py")
)

FRONT_DOOR = Path("search/__init__.py")
"""It names all areas, and loads each when it is first used."""

ENTRIES = tuple(map(Path, ("search/settings.py", "search/cli/program.py", "search/spawning.py")))
"""The reader of the environment, the program's entry, which hands it over, and what adds to it."""

VALUES = {"article", "errors", "messages", "query", "results"}
READING = {"corpus", "analysis"}
INDEXES = {"engines", "snippets"}
DOORS = {"indexer", "service"}

MAY_IMPORT = {
    "messages": set(),
    "article": set(),
    "errors": {"messages"},
    "results": {"article"},
    "query": {"article", "errors", "messages"},
    "spawning": set(),
    "slots": set(),
    "settings": {"errors", "messages"},
    "corpus": VALUES,
    "analysis": VALUES,
    "patterns": {"analysis"},
    "spotting": VALUES | {"analysis", "patterns"},
    "snippets": VALUES | {"analysis", "patterns", "spotting"},
    "typed_text": VALUES | {"analysis", "snippets", "suggesting"},
    "engines": VALUES | {"analysis", "slots", "spawning"},
    "suggesting": VALUES | {"analysis", "engines"},
    "indexer": VALUES | READING | INDEXES | {"spawning"},
    "service": VALUES | READING | INDEXES | {"suggesting", "settings", "typed_text"},
    "relevance": VALUES | {"corpus", "service"},
    "wire": VALUES | READING | DOORS | {"relevance"},
    # serve is a command that starts the page; apart from it the two interfaces are strangers.
    "cli": VALUES | READING | DOORS | {"relevance", "wire", "settings", "spawning", "web"},
    "web": VALUES | READING | DOORS | {"wire", "settings", "slots", "snippets"},
}
"""Every area, and the other areas that it may import."""

HOMES = {
    "multiprocessing": ["search/spawning.py", "search/indexer/crew.py", "search/cli/keeping.py"],
    "whoosh": ["search/engines/whoosh"],
    "numpy": ["search/analysis", "search/engines/whoosh", "search/suggesting"],
    "zstandard": ["search/engines/whoosh"],
    "jieba": ["search/analysis"],
    "rjieba": ["search/analysis"],
    "opencc": ["search/analysis"],
    "pypinyin": ["search/analysis"],
    "frontmatter": ["search/corpus"],
    "markdown_it": ["search/corpus"],
    "nh3": ["search/corpus"],
    "yaml": ["search/corpus"],
    "click": ["search/cli"],
    "rich": ["search/cli"],
    "flask": ["web"],
    "flask_bootstrap": ["web"],
    "flask_compress": ["web/compressing"],
    "jinja2": ["web"],
    "markupsafe": ["web"],
    "waitress": ["web"],
    "werkzeug": ["web"],
}
"""Every library, and the folders or modules where it may be imported."""


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of every module that the file imports, at its top or anywhere inside."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: write imports in full"
            assert node.module is not None
            if node.module in ("search", "web"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def area(name: str) -> str:
    """Return the area of a module: ``search.query.model`` is of query, ``web.api`` of web."""
    parts = name.split(".")
    return parts[1] if parts[0] == "search" and len(parts) > 1 else parts[0]


def own_area(path: Path) -> str:
    return area(".".join(path.with_suffix("").parts))


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", [path for path in MODULES if path != FRONT_DOOR], ids=str)
def test_dependencies_run_one_way(path):
    own = own_area(path)
    ours = {area(name) for name in imported(path) if name.split(".")[0] in ("search", "web")}
    assert ours - {own} <= MAY_IMPORT[own], f"{path} reaches up or sideways"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_each_library_is_imported_at_home_only(path):
    libraries = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names
    module = path.with_suffix("").as_posix()
    for library in libraries - {"search", "web"}:
        homes = HOMES.get(library, [])
        assert any(f"{module}/".startswith(f"{home}/") for home in homes), f"{library} in {path}"


@pytest.mark.parametrize("path", [path for path in MODULES if path not in ENTRIES], ids=str)
def test_only_settings_read_the_environment(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    of_os = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "os") == "os"
    }
    imported = {
        each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "os"
        for each in node.names
    }
    assert not (of_os | imported) & {"environ", "environb", "getenv"}
