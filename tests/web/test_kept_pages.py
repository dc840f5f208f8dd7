"""Search pages that are made once for all who ask the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from search.indexer import index_paths
from search.query.request import SearchRequest
from search.service import Index, open_index
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


class _Failing:
    """What a WSGI application gives that fails while it is read."""

    is_closed = False

    def __iter__(self):
        yield b"a"
        raise OSError("failed")

    def close(self) -> None:
        self.is_closed = True


def test_what_fails_is_closed_and_not_kept():
    failing = _Failing()
    slots = bytearray(SLOT_BYTES)

    def app(environ, start_response):
        start_response("200 OK", [])
        return failing

    pages = KeptPages(app, lambda: "tag", slots)
    with pytest.raises(OSError, match="failed"):
        run_wsgi_app(pages, EnvironBuilder("/").get_environ())
    assert failing.is_closed
    assert not any(slots)
