"""What goes wrong has a page, and every answer is protected."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import EnvironBuilder, run_wsgi_app

from search.engines.locating import open_writer
from search.errors import IndexDamaged
from search.service import open_index
from tests.articles import article
from web import create_app
from web.version import VERSION


def said(answer):
    tree = LexborHTMLParser(answer.text)
    return tree.css_first(".status").text(), tree.css_first("h1").text()


@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("/nowhere", 404, "这里没有页面。"),
        ("/nowhere?lang=en", 404, "There is no page here."),
        ("/articles/nobody", 404, "索引里没有编号为“nobody”的文章。"),
        ("/articles/a/b?lang=en", 404, 'No article in the index has the id "a/b".'),
        ("/articles/", 404, "这里没有页面。"),
        ("/%ff%fe?q=%ff", 404, "这里没有页面。"),
    ],
)
def test_what_is_not_there_has_a_page_to_search_on_from(client, address, status, text):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert said(answer) == (str(status), text)
    assert 'name="q"' in answer.text


@pytest.mark.parametrize(
    ("lang", "text"), [("zh-Hans", "这个地址不支持这种请求。"), ("en", "This address does not")]
)
def test_pages_are_only_read(client, lang, text):
    answer = client.post(f"/?lang={lang}")
    assert answer.status_code == 405
    assert text in answer.text


@pytest.fixture
def broken(index):
    """An application two of whose pages fail."""
    app = create_app(index)

    def damaged():
        raise IndexDamaged("engine.no_article", id="/home/someone/index")

    app.add_url_rule("/bug", "bug", lambda: 1 // 0)
    app.add_url_rule("/damaged", "damaged", damaged)
    return app.test_client()


@pytest.mark.parametrize("address", ["/bug", "/damaged"])
def test_what_fails_is_in_the_log_and_not_on_the_page(broken, address, caplog):
    answer = broken.get(address)
    assert said(answer) == ("500", "服务出错了，请稍后再试。")
    assert "/home/someone" not in answer.text
    assert [record.levelname for record in caplog.records] == ["ERROR"]


ADDRESSES = ["/", "/api/search", "/healthz", "/nowhere", "/static/css/base.css", "/?lang=en"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_protected(client, address):
    with client.get(address) as answer:
        headers = answer.headers
    policy = dict(each.split(" ", 1) for each in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/", f"/static/{VERSION}/nowhere"])
def test_an_answer_names_its_language_and_what_decided_it(client, address):
    answer = client.get(address, headers={"Accept-Language": "en-GB"})
    assert answer.headers["Content-Language"] == "en"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_file_speaks_no_language(client):
    with client.get(f"/static/{VERSION}/css/base.css") as answer:
        assert "Content-Language" not in answer.headers
        assert "Accept-Language" not in answer.headers["Vary"]


def test_the_language_is_that_of_a_parameter_of_its_own(client):
    assert client.get("/?q=a&lang=en").headers["Content-Language"] == "en"
    assert client.get("/?q=a&slang=en").headers["Content-Language"] == "zh-Hans"


HOSTS = {
    "127.0.0.1:8000": True,
    "[::1]:80": True,
    "wen_sou": True,
    "xn--fiqs8s.example": True,
    "": True,
    "xn--a": False,
    "a b": False,
    "h:99999": False,
    "[::1": False,
    "a..b": False,
    "a" * 70: False,
    "a." * 200: False,
    '"><b>': False,
}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("address", ["/", "/api/", "/feed.atom", "/opensearch.xml", "/api/stats"])
def test_what_is_no_host_is_refused(index, address, host):
    app = create_app(index)  # of which no part is made yet
    environ = EnvironBuilder(address).get_environ() | {"HTTP_HOST": host}
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    assert status.startswith("200 " if HOSTS[host] else "400 ")
    is_page = address == "/" or HOSTS[host]
    assert is_page or headers["Content-Type"] == "application/problem+json"
    assert b"<b>" not in b"".join(body)


@pytest.mark.parametrize("address", ["/", "/?q=快递", "/nowhere"])
def test_a_page_holds_no_script_or_style_of_its_own(client, address):
    tree = LexborHTMLParser(client.get(address).text)
    assert {node.text() for node in tree.css("script")} == {""}
    assert not tree.css("style, [style], [onclick], [onload]")
    sources = [node.attributes["src"] for node in tree.css("script")]
    sheets = [node.attributes["href"] for node in tree.css("link")]
    assert all(each and each.startswith("/") for each in sources + sheets)


@pytest.mark.parametrize(
    "address", ["/", "/?sort=newest", "/?q=hello", "/articles/deep", "/facets/author"]
)
def test_an_index_of_before_there_were_bounds_is_shown_all_the_same(tmp_path, address):
    names = tuple(f"n{number}" for number in range(1200))
    with open_writer(tmp_path / "index") as writer:
        writer.put(article("deep", "hello", "hello", authors=names, categories=(names,)))
        writer.commit()
    with open_index(tmp_path / "index") as index:
        client = create_app(index).test_client()
        answers = [client.get(address), client.get("/api/search")]
    assert [each.status_code for each in answers] == [200, 200]
    assert len(answers[0].data) < 250_000
