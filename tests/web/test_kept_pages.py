"""Search pages that are made once for all who ask the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, Response, g
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.indexer import index_paths
from search.query.request import SearchRequest
from search.service import Index, open_index
from search.spawning import shared_memory, spawning
from web import create_app
from web.kept_pages import SLOT_BYTES, KeptPages


@pytest.fixture
def searched(index: Index, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the index was searched for."""
    texts: list[str] = []
    search = index.search

    def noted(request: SearchRequest):
        texts.append(request.text)
        return search(request)

    monkeypatch.setattr(index, "search", noted)
    return texts


@pytest.fixture
def client(index: Index) -> FlaskClient:
    """One that nobody has asked for anything yet."""
    return create_app(index).test_client()


def test_who_asks_the_same_gets_the_page_as_it_was_sent(client, searched):
    first, again = (client.get("/?q=快递", headers={"Accept-Encoding": "gzip"}) for _ in range(2))
    assert (again.status_code, again.data) == (200, first.data)
    assert dict(again.headers) == dict(first.headers)
    assert first.headers["Content-Encoding"] == "gzip"
    assert searched == ["快递"]


@pytest.mark.parametrize(
    ("address", "headers", "root"),
    [
        ("/?q=快递&page=2", {}, ""),
        ("/?q=快递&view=cards", {}, ""),
        ("/?q=快递", {"Accept-Language": "en"}, ""),
        ("/?q=快递", {"Accept-Encoding": "gzip"}, ""),
        ("/?q=快递", {}, "/archive"),
    ],
)
def test_a_page_of_anything_else_is_another(client, searched, address, headers, root):
    first = client.get("/?q=快递")
    other = client.get(address, headers=headers, environ_overrides={"SCRIPT_NAME": root})
    assert other.data != first.data
    assert len(searched) == 2


def test_answers_to_programs_are_made_anew(client, searched):
    for _ in range(2):
        client.get("/api/v1/search?q=快递")
    assert len(searched) == 2


def test_a_commit_makes_all_pages_anew(tmp_path: Path):
    (tmp_path / "posts").mkdir()

    def write(name: str) -> Path:
        (tmp_path / "posts" / f"{name}.md").write_text(f"# {name}\n\n物流", encoding="utf-8")
        index_paths([tmp_path / "posts"], tmp_path / "index")
        return tmp_path / "index"

    with open_index(write("甲文")) as index:
        client = create_app(index).test_client()
        assert "乙文" not in client.get("/?q=物流").text
        write("乙文")
        assert "乙文" in client.get("/?q=物流").text


def test_a_reader_who_has_the_page_is_told_that_it_holds(client, searched):
    tag = client.get("/?q=快递").headers["ETag"]
    again = client.get("/?q=快递", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def answered(pages: KeptPages, address: str, body: bytes | None = None) -> bytes | None:
    """Return what is kept of an address; where nothing is, add ``body``, if there is any."""
    app = Flask("other")
    app.add_url_rule("/", "pages.search", lambda: "")
    with app.test_request_context(address):
        g.tag = "1"
        found = pages.find()
        if found is None and body is not None:
            pages.add(Response(body))
        return found.data if found else None


def test_a_page_takes_the_place_of_another():
    pages = KeptPages(bytearray(SLOT_BYTES))
    for name in ("a", "b"):
        assert answered(pages, f"/?q={name}", name.encode()) is None
        assert answered(pages, f"/?q={name}") == name.encode()
    assert answered(pages, "/?q=a") is None


def test_a_page_of_great_size_is_not_kept():
    pages = KeptPages()
    answered(pages, "/?q=a", b"a" * SLOT_BYTES)
    assert answered(pages, "/?q=a") is None


@given(st.integers(0, SLOT_BYTES - 1), st.integers(0, 255))
def test_what_is_not_as_it_was_written_is_no_page(at: int, byte: int):
    memory = bytearray(SLOT_BYTES)
    pages = KeptPages(memory)
    answered(pages, "/?q=a", b"a" * 1000)
    before = bytes(memory)
    memory[at] = byte
    is_as_written = before == memory or at >= len(before.rstrip(b"\0"))
    assert answered(pages, "/?q=a") == (b"a" * 1000 if is_as_written else None)


def test_processes_have_their_pages_in_common():
    memory = shared_memory(4 * SLOT_BYTES)
    with spawning() as context:
        other = context.Process(target=_add_in, args=(memory,))
        other.start()
    other.join()
    assert answered(KeptPages(memoryview(memory)), "/?q=a") == b"page"


def _add_in(memory) -> None:
    answered(KeptPages(memoryview(memory)), "/?q=a", b"page")
