"""What a browser may keep, and that it asks no more than it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Blueprint, Flask

from search.indexer import index_paths
from search.service import Index, open_index
from web import caching, create_app
from web.version import VERSION, read_version

TAGGED = [
    "/",
    "/?q=快递",
    "/api/",
    "/api/v1/search?q=快递",
    "/api/suggest?q=快",
    "/api/stats",
    "/api/openapi.json",
    "/feed.atom?q=快递",
    "/opensearch.xml",
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", TAGGED)
def test_an_answer_that_still_holds_is_not_given_again(client, address, method):
    first = client.open(address, method=method)
    assert first.status_code == 200
    assert first.headers["ETag"].startswith('W/"')
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.open(address, method=method, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]


def test_who_only_asks_what_can_be_asked_is_told(client):
    tag = client.get("/?q=快递").headers["ETag"]
    answer = client.options("/?q=快递", headers={"If-None-Match": tag})
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (200, True)


def test_what_still_holds_is_not_searched(index: Index, monkeypatch):
    client = create_app(index).test_client()
    tag = client.get("/api/search?q=快递").headers["ETag"]
    monkeypatch.setattr(index, "search", None)
    assert client.get("/api/search?q=快递", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("known", ["*", 'W/"other"', '"other"', "", "no tag"])
def test_an_answer_is_given_to_whoever_has_another(client, known):
    assert client.get("/?q=快递", headers={"If-None-Match": known}).status_code == 200


@pytest.fixture
def archive(tmp_path: Path):
    """Writes a post and indexes it; returns where the index is."""

    def write(name: str) -> Path:
        (tmp_path / "posts").mkdir(exist_ok=True)
        (tmp_path / "posts" / f"{name}.md").write_text(f"# {name}\n\n物流", encoding="utf-8")
        index_paths([tmp_path / "posts"], tmp_path / "index")
        return tmp_path / "index"

    return write


def test_a_commit_makes_all_answers_new(archive):
    with open_index(archive("a")) as index:
        client = create_app(index).test_client()
        tag = client.get("/api/search").headers["ETag"]
        archive("b")
        answer = client.get("/api/search", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.json["total"]) == (200, 2)


def test_the_language_the_settings_and_the_program_decide_too(
    index, client, seed_index, monkeypatch
):
    def tag(client):
        return client.get("/api/search").headers["ETag"]

    known = tag(client)
    assert client.get("/api/search?lang=en").headers["ETag"] != known
    with open_index(seed_index) as same, open_index(seed_index, half_life_days=7) as other:
        assert tag(create_app(same).test_client()) == known
        assert tag(create_app(other).test_client()) != known
    monkeypatch.setattr(caching, "VERSION", "next")
    assert tag(client) != known


def test_the_settings_of_an_application_decide_too(index):
    tags = set()
    for settings in ((), ("on",), ("off",)):
        app = Flask("other")
        pages = Blueprint("pages", "other")
        pages.add_url_rule("/", view_func=lambda: "page")
        app.register_blueprint(pages)
        caching.keep(app, index, *settings)
        tags.add(app.test_client().get("/").headers["ETag"])
    assert len(tags) == 3


@pytest.mark.parametrize(
    "address", ["/api/search?page=0", "/articles/nobody", "/nowhere", "/healthz"]
)
def test_other_answers_have_no_tag(client, address):
    answer = client.get(address)
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


def test_files_are_kept_for_a_year_under_the_version(client):
    with client.get(f"/static/{VERSION}/js/main.js") as answer:
        assert answer.status_code == 200
        kept = set(answer.headers["Cache-Control"].split(", "))
        assert kept == {"public", "max-age=31536000", "immutable"}
        assert "Content-Language" not in answer.headers
    page = client.get("/").text
    assert f"/static/{VERSION}/css/base.css" in page
    assert f"/bootstrap/static/{VERSION}/css/bootstrap.min.css" in page


def test_a_file_without_version_is_asked_after(client):
    with client.get("/static/icon.svg") as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("address", ["/static/0/js/main.js", f"/static/{VERSION}/none.js"])
def test_a_file_that_is_not_there_is_not_kept(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-cache")


def test_a_change_of_any_file_is_another_version(tmp_path: Path):
    (tmp_path / "a.js").write_text("1")
    first = read_version([tmp_path])
    assert read_version([tmp_path]) == first
    (tmp_path / "a.js").write_text("2")
    second = read_version([tmp_path])
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    assert len({first, second, read_version([tmp_path])}) == 3
