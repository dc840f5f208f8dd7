"""The page about the HTTP interface says all that its document says."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from selectolax.lexbor import LexborHTMLParser

from search.messages import use_language
from web.openapi import describe
from web.reference import limits_text


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_every_operation_parameter_field_and_text_is_on_the_page(client, lang):
    tree = LexborHTMLParser(client.get(f"/api/?lang={lang}").text)
    text = re.sub(r"\s+", " ", tree.body.text())
    with use_language(lang):
        document = describe()
    said = [
        *re.findall(
            r'"(?:description|summary)": ("(?:[^"\\]|\\.)*")', json.dumps(document["paths"])
        ),
        *re.findall(
            r'"description": ("(?:[^"\\]|\\.)*")', json.dumps(document["components"]["schemas"])
        ),
    ]
    for each in {json.loads(each) for each in said}:
        assert each in UNSAID or each in text, each
    assert {each.text() for each in tree.css("h3")} == set(document["components"]["schemas"])


UNSAID = {
    "回答。",
    "The answer.",
    "决定回答的一切：索引、语言、程序的版本。",
    "All that decides the answer: the index, the language, the version of the program.",
    "从顶层起的名称；不是分类时为空。",
    "Names from the top level down; empty where it is no category.",
}
"""What all answers have in common, and what is in a list."""


def test_its_examples_and_links_answer(client):
    tree = LexborHTMLParser(client.get("/api/").text)
    hrefs = {each.attributes["href"] for each in tree.css("main a")}
    places = {each.attributes["id"] for each in tree.css("main [id]")}
    assert {each[1:] for each in hrefs if each.startswith("#")} <= places
    assert {"bad-parameter", "no-article"} <= places
    every = [each.attributes["id"] for each in tree.css("[id]")]
    assert len(set(every)) == len(every)
    paths = {each for each in hrefs if each.startswith("/")}
    assert len(paths) >= 6
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_a_command_asks_what_its_link_asks(client):
    tree = LexborHTMLParser(client.get("/api/").text)
    words = shlex.split(tree.css_first("pre code").text().replace("\\\n", ""))
    assert words == [
        "curl", "--get", "http://localhost/api/v1/search",
        "--data-urlencode", "q=京东 物流",
        "--data-urlencode", "category=新媒体/36kr",
        "--data-urlencode", "from=2021-06",
    ]  # fmt: skip


def test_addresses_in_its_text_are_code(client):
    tree = LexborHTMLParser(client.get("/api/").text)
    assert "/api/v1" in [each.text() for each in tree.css(".reference > p code")]
    assert "`" not in tree.css_first("main").text()


def test_its_other_language_is_this_page(client):
    tree = LexborHTMLParser(client.get("/api/").text)
    [other] = tree.css(".languages a")
    assert other.attributes["href"] == "/api/?lang=en"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 10_000}, "1–10,000"),
        ({"type": "string", "maxLength": 200}, "最多 200 字"),
        ({"type": "array", "maxItems": 200}, "最多 200 个值"),
        ({"type": "integer", "minimum": 0}, ""),
    ],
)
def test_limits_in_a_few_words_that_say_what_is_counted(schema, text):
    assert limits_text(schema) == text
