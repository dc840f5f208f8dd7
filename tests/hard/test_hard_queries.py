"""Hard little queries, each of which must find the article it was taken from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from search.indexer import index_paths
from search.query.request import SearchRequest
from search.results import Hit, Span
from search.service import Index, open_index
from tests.hard import chinese, latin, scripts
from tests.hard.rows import Row, text_of
from web import create_app

GROUPS = (
    chinese.THREADS, chinese.CUTS, chinese.PUNCTUATION, chinese.SCRIPTS,
    latin.NAMES, latin.NUMBERS, latin.ADDRESSES,
    scripts.OTHERS, scripts.UNSEEN,
)  # fmt: skip
ROWS = [pytest.param(row, id=f"{kind}: {row[0]}") for group in GROUPS
        for kind, rows in group.items() for row in rows]  # fmt: skip
TEXTS = list(dict.fromkeys(text_of(param.values[0][1]) for param in ROWS))  # type: ignore[index]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """All texts, each twice: as a title without a body, and as a body under another title."""
    folder = tmp_path_factory.mktemp("hard")
    lines = [
        json.dumps(article)
        for number, text in enumerate(TEXTS)
        for article in (
            {"id": f"t{number}", "title": text},
            {"id": f"b{number}", "title": "—", "body": text},
        )
    ]
    (folder / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    index_paths([folder / "texts.jsonl"], folder / "index")
    with open_index(folder / "index") as index:
        yield index


@pytest.fixture(scope="module")
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


def marked(text: str, spans: tuple[Span, ...]) -> str:
    parts, end = [], 0
    for span in spans:
        parts += [text[end : span.start], f"⟦{text[span.start : span.end]}⟧"]
        end = span.end
    return "".join(parts) + text[end:]


def found(index: Index, typed: str) -> dict[str, Hit]:
    page = index.search(SearchRequest(text=typed, match="all", limit=1000))
    assert page.total == len(page.hits)
    return {hit.article.id: hit for hit in page.hits}


def test_there_are_two_hundred() -> None:
    assert len(ROWS) >= 200


@pytest.mark.parametrize("row", ROWS)
def test_a_hard_query_finds_its_article_and_marks_what_was_typed(index: Index, row: Row) -> None:
    typed, wanted = row
    number = TEXTS.index(text_of(wanted))
    hits = found(index, typed)
    in_title, in_body = hits[f"t{number}"], hits[f"b{number}"]
    assert marked(in_title.article.title, in_title.title_spans) == wanted
    assert marked(in_body.snippet.text, in_body.snippet.spans) == wanted
    assert in_body.title_spans == ()


def test_what_is_found_by_all_words_is_found_by_default(index: Index) -> None:
    missed = []
    for param in ROWS:
        typed, wanted = param.values[0]
        page = index.search(SearchRequest(text=typed, limit=1000))
        names = {hit.article.id for hit in page.hits}
        number = TEXTS.index(text_of(wanted))
        missed += [typed] * (not {f"t{number}", f"b{number}"} <= names)
    assert missed == []


def test_the_page_of_an_article_marks_the_same(client: FlaskClient) -> None:
    for param in ROWS:
        typed, wanted = param.values[0]
        name = f"b{TEXTS.index(text_of(wanted))}"
        html = client.get(f"/articles/{name}", query_string={"q": typed}).get_data(as_text=True)
        [body] = re.findall(r'<div class="body"[^>]*>(.*?)</div>', html, re.DOTALL)
        shown = re.sub("<mark[^>]*>", "⟦", body).replace("</mark>", "⟧")
        assert unescape(re.sub("<[^>]*>", "", shown)).strip() == wanted, typed
