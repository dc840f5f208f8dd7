"""The OpenSearch description: what a browser must know to search here from its address bar."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

OPENSEARCH = {"": "http://a9.com/-/spec/opensearch/1.1/"}


def read(client, address, **more):
    answer = client.get(address, **more)
    assert answer.content_type == "application/opensearchdescription+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


@pytest.mark.parametrize(("lang", "name"), [("zh-Hans", "文搜"), ("en", "wensou")])
def test_it_has_a_name_in_the_readers_language(client, lang, name):
    found = read(client, "/opensearch.xml", headers={"Accept-Language": lang})
    assert found.findtext("ShortName", namespaces=OPENSEARCH) == name
    assert len(name) <= 16
    assert found.findtext("Description", namespaces=OPENSEARCH)


def test_its_addresses_are_those_of_this_server(client):
    found = read(client, "/opensearch.xml?lang=en", base_url="https://a.example/x")
    assert {
        each.get("type"): each.get("template") for each in found.findall("Url", OPENSEARCH)
    } == {
        "text/html": "https://a.example/x/?q={searchTerms}&lang=en",
        "application/atom+xml": "https://a.example/x/feed.atom?q={searchTerms}&lang=en",
        "application/x-suggestions+json": "https://a.example/x/api/suggest/opensearch"
        "?q={searchTerms}&lang=en",
    }


def test_its_addresses_answer(client):
    found = read(client, "/opensearch.xml")
    addresses = [each.get("template") for each in found.findall("Url", OPENSEARCH)]
    for address in (*addresses, found.findtext("Image", namespaces=OPENSEARCH)):
        with client.get(address.replace("{searchTerms}", "%E5%BF%AB")) as answer:
            assert answer.status_code == 200, address
