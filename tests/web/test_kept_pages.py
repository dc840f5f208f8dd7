"""Search pages that are made once for all who ask the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from search.errors import IndexDamaged
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


def test_browsers_that_take_the_same_share_a_page(client, searched):
    for accepted in ("gzip, br", "br;q=1.0, gzip;q=0.8, *;q=0.1, zstd;q=0"):
        answer = client.get("/?q=快递", headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == "br"
    assert searched == ["快递"]


def test_what_went_wrong_is_not_kept(index, monkeypatch):
    def fail(request):
        raise IndexDamaged("engine.damaged_arrays", path="a")

    client = create_app(index).test_client()
    with monkeypatch.context() as context:
        context.setattr(index, "search", fail)
        assert client.get("/?q=快递").status_code == 500
    assert client.get("/?q=快递").status_code == 200


@pytest.mark.parametrize(
    ("lang", "said"), [("zh-Hans", "服务出错了"), ("en", "Something went wrong")]
)
def test_an_index_that_is_gone_is_said_in_our_words(client_of, tmp_path, lang, said):
    client = client_of(a="# 甲")
    (tmp_path / "index").rename(tmp_path / "away")
    answer = client.get(f"/?q=甲&lang={lang}")
    assert (answer.status_code, answer.headers["Content-Language"]) == (500, lang)
    assert said in answer.text
    assert "Content-Security-Policy" in answer.headers
    (tmp_path / "away").rename(tmp_path / "index")
    assert client.get(f"/?q=甲&lang={lang}").status_code == 200


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
