"""The Atom feed of a search: what RFC 4287 asks of it, and what stands in it."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

import pytest

from search.service import Index
from tests.articles import article
from web import create_app
from web.feed import entry_id

ATOM = {"": "http://www.w3.org/2005/Atom"}


def read(client, address, **more):
    answer = client.get(address, **more)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def titles(feed):
    return [each.findtext("title", namespaces=ATOM) for each in feed.findall("entry", ATOM)]


def links(element):
    return {each.get("rel"): each.get("href") for each in element.findall("link", ATOM)}


@pytest.mark.parametrize("address", ["/feed.atom", "/feed.atom?q=快递", "/feed.atom?q=qqqq"])
def test_what_a_feed_must_have(client, address):
    feed = read(client, address)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (feed, *feed.findall("entry", ATOM)):
        for name in ("id", "title", "updated"):
            [only] = element.findall(name, ATOM)
            assert only.text
        assert datetime.fromisoformat(element.findtext("updated", namespaces=ATOM)).tzinfo
        assert links(element)["alternate"].startswith("http://localhost/")
    assert feed.find("author/name", ATOM) is not None
    assert links(feed)["self"].startswith("http://localhost/feed.atom")
    ids = [each.findtext("id", namespaces=ATOM) for each in feed.iter(f"{{{ATOM['']}}}entry")]
    assert len(set(ids)) == len(ids) <= 50


def test_the_newest_come_first_unless_another_order_is_asked_for(client):
    def dates(address):
        found = read(client, address).findall("entry/updated", ATOM)
        return [each.text for each in found]

    newest = dates("/feed.atom")
    assert len(newest) == 50
    assert newest == sorted(newest, reverse=True)
    oldest = dates("/feed.atom?sort=oldest")
    dated = [each for each in oldest if each > "1971"]
    assert dated == sorted(dated)
    best = titles(read(client, "/feed.atom?q=黑洞&sort=relevance"))
    hits = client.get("/api/search?q=黑洞&size=50").json["hits"]
    assert best == [each["title"] for each in hits]


def test_a_feed_is_narrowed_as_the_search_is(client):
    feed = read(client, "/feed.atom?q=快递&author=虎嗅&author=36kr&from=2023&size=3&page=2&lang=en")
    total = client.get("/api/search?q=快递&author=虎嗅&author=36kr&from=2023").json["total"]
    assert len(titles(feed)) == total > 2
    assert {each.text for each in feed.findall("entry/author/name", ATOM)} == {"36kr", "虎嗅"}
    assert (
        feed.findtext("title", namespaces=ATOM) == "快递 · 虎嗅 · 36kr · From 2023-01-01 · wensou"
    )
    assert links(feed) == {
        "self": "http://localhost/feed.atom?q=%E5%BF%AB%E9%80%92&author=%E8%99%8E%E5%97%85&author=36kr&from=2023-01-01"
        "&sort=newest&lang=en",
        "alternate": "http://localhost/?q=%E5%BF%AB%E9%80%92&author=%E8%99%8E%E5%97%85&author=36kr&from=2023-01-01"
        "&sort=newest&lang=en",
    }


def test_an_entry(index_of):
    index = index_of(
        {
            "id": "a/b",
            "title": "京东 <物流> & 仓",
            "body": "仓里\u0008的\ufffe快递",
            "date": "2021-06-16T08:36:09Z",
            "authors": ["甲", "乙"],
            "categories": [["新媒体", "36kr"]],
            "tags": ["物流"],
            "url": "https://36kr.com/p/1?a=1&b=2",
        },
        {"id": "undated", "title": "无日期", "body": "x", "url": "javascript:alert(1)"},
    )
    client = create_app(index).test_client()
    first, last = read(client, "/feed.atom", base_url="https://a.example/x").findall("entry", ATOM)
    assert {each.tag.partition("}")[2]: each.text for each in first if each.text} == {
        "id": "urn:uuid:" + first.findtext("id", namespaces=ATOM)[9:],
        "title": "京东 <物流> & 仓",
        "updated": "2021-06-16T08:36:09+00:00",
        "published": "2021-06-16T08:36:09+00:00",
        "summary": "仓里的快递",
    }
    assert [each.text for each in first.findall("author/name", ATOM)] == ["甲", "乙"]
    assert [each.attrib for each in first.findall("category", ATOM)] == [
        {"term": "新媒体/36kr", "label": "新媒体 / 36kr"},
        {"term": "物流"},
    ]
    assert links(first) == {
        "alternate": "https://a.example/x/articles/a%2Fb",
        "via": "https://36kr.com/p/1?a=1&b=2",
    }
    assert last.findtext("updated", namespaces=ATOM) == "1970-01-01T00:00:00+00:00"
    assert last.find("published", ATOM) is None
    assert list(links(last)) == ["alternate"]


def test_only_what_a_browser_may_follow_is_linked(index_of):
    index = index_of({"id": "a", "title": "题", "url": "javascript:alert(1)"})
    (entry,) = read(create_app(index).test_client(), "/feed.atom").findall("entry", ATOM)
    assert list(links(entry)) == ["alternate"]


def test_a_feed_of_nothing_was_never_changed(client):
    feed = read(client, "/feed.atom?q=没有这样的文章吧&match=all")
    assert feed.findall("entry", ATOM) == []
    assert feed.findtext("updated", namespaces=ATOM) == "1970-01-01T00:00:00+00:00"


def test_the_id_of_an_entry_stays():
    one = article("1", "题目", url="https://a.example/1")
    assert entry_id(one) == "urn:uuid:8ea1a8b1-3a1a-5705-9adf-68bfaa5fc70e"
    assert entry_id(article("1", "别的", "改了", "2021-06-16", url=one.url)) == entry_id(one)
    assert entry_id(article("1", "题目", url="https://b.example/1")) != entry_id(one)


def test_a_text_that_xml_cannot_hold_is_left_out(client):
    feed = read(client, "/feed.atom?q=%00%08%0b%ef%bf%be快递%f0%9f%98%80")
    assert feed.findtext("title", namespaces=ATOM).startswith("快递😀 · ")


def test_a_parameter_that_cannot_be_is_an_error(client):
    answer = client.get("/feed.atom?sort=best")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_all_articles_have_ids_of_their_own(index: Index):
    ids = [entry_id(each) for each in index.articles()]
    assert len(set(ids)) == len(ids) > 50
