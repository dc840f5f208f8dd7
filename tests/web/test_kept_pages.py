"""Search pages that are made once for all who ask the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from search.indexer import index_paths
from search.query.request import SearchRequest
from search.service import Index, open_index
from web import create_app, kept_pages


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


def answered(pages: kept_pages.KeptPages, address: str, body: bytes | None) -> bytes | None:
    """Return what is kept of an address; where nothing is, add ``body``, if there is any."""
    app = Flask("other")
    app.add_url_rule("/", "pages.search", lambda: "")
    with app.test_request_context(address):
        kept_pages.g.tag = "1"
        found = pages.find()
        if found is None and body is not None:
            pages.add(Response(body))
        return found.data if found else None


def test_the_pages_least_lately_asked_for_are_let_go():
    pages = kept_pages.KeptPages(max_bytes=30)  # a page of 10 bytes has a key of 4
    for name in "abc":
        answered(pages, f"/?q={name}", name.encode() * 10)
    assert answered(pages, "/?q=a", None) is None
    assert answered(pages, "/?q=b", None) == b"b" * 10
    answered(pages, "/?q=d", b"d" * 10)
    kept = [answered(pages, f"/?q={name}", None) is not None for name in "bcd"]
    assert kept == [True, False, True]


def test_a_long_address_takes_its_place():
    pages = kept_pages.KeptPages(max_bytes=50)
    answered(pages, "/?q=a", b"a" * 10)
    answered(pages, f"/?q={'b' * 40}", b"b")
    assert answered(pages, "/?q=a", None) is None


def test_a_page_of_great_size_is_not_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept_pages, "MAX_PAGE_BYTES", 10)
    pages = kept_pages.KeptPages()
    answered(pages, "/?q=a", b"a" * 11)
    assert answered(pages, "/?q=a", None) is None
