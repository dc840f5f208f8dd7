"""JSON Lines: one article a line."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.corpus import MAX_BYTES, Entry, Problem, ReadOptions, discover, read
from search.errors import ArticleError
from search.messages import use_language

Lines = Callable[..., list[Entry | Problem]]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """What is found in a file of these lines, texts as they are and anything else as JSON."""

    def find(*each: object) -> list[Entry | Problem]:
        path = tmp_path / "a.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line) for line in each]
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return list(discover([path]))

    return find


@pytest.fixture
def article_of_line(lines: Lines) -> Callable[[object], Article]:
    def article(line: object) -> Article:
        (entry,) = lines(line)
        assert isinstance(entry, Entry), entry
        found = read(entry, entry.load(), ReadOptions()).article
        assert found is not None
        return found

    return article


def test_every_field_of_a_line(article_of_line: Callable[[object], Article]) -> None:
    article = article_of_line(
        {
            "id": "n-1",
            "title": "京东 &amp; 物流",
            "body": "# 一\n\n日臻完<a>美的</a>",
            "author": "36kr",
            "categories": ["新媒体", "今日推荐 / 精选"],
            "tags": ["a", "b"],
            "date": "2021-06-16T08:36:09Z",
            "url": "https://a.b/c",
        }
    )
    assert (article.id, article.path) == ("n-1", "a.jsonl#n-1")
    assert (article.title, article.text) == ("京东 & 物流", "一\n日臻完美的")
    assert (article.authors, article.tags) == (("36kr",), ("a", "b"))
    assert article.categories == (("新媒体", "今日推荐 / 精选"),)
    assert article.date is not None
    assert (article.date.isoformat(), article.url) == ("2021-06-16T08:36:09+00:00", "https://a.b/c")


@pytest.mark.parametrize(
    ("line", "title", "text"),
    [
        ({"title": "a"}, "a", ""),
        ({"body": "b"}, "b", "b"),
        ({"body": "# c\n\nb"}, "c", "c\nb"),
        ({"title": None, "body": "b " * 100}, "b " * 39 + "b…", ("b " * 100).strip()),
        ({"title": 2021}, "2021", ""),
        ({"title": "a", "body": "<p>b</p><script>c</script>"}, "a", "b"),
        ({"title": "a\0", "body": "b\0\ud800c"}, "a", "bc"),
    ],
)
def test_a_title_or_a_body_is_enough(
    article_of_line: Callable[[object], Article], line: object, title: str, text: str
) -> None:
    article = article_of_line(line)
    assert (article.title, article.text) == (title, text)


@pytest.mark.parametrize(
    ("fields", "categories", "authors", "tags", "date"),
    [
        ({"categories": [["a", "b"], ["c"]]}, (("a", "b"), ("c",)), (), (), None),
        ({"categories": "a", "author": ["甲", "乙"]}, (("a",),), ("甲", "乙"), (), None),
        ({"tags": "a, b", "date": 1623832569}, (), (), ("a", "b"), "2021-06-16 08:36:09+00:00"),
        ({"author": None, "tags": None, "date": None, "url": None}, (), (), (), None),
    ],
)
def test_the_shapes_of_a_line(
    article_of_line: Callable[[object], Article],
    fields: dict[str, object],
    categories: object,
    authors: object,
    tags: object,
    date: str | None,
) -> None:
    article = article_of_line({"title": "t", **fields})
    assert (article.categories, article.authors, article.tags) == (categories, authors, tags)
    assert (str(article.date) if article.date else None) == date


@pytest.mark.parametrize(
    ("given", "known"),
    [("n-1", "n-1"), (7, "7"), ("文 搜/1", "文 搜/1"), ("x" * 200, "x" * 200), ("...", "...")],
)
def test_a_given_id_is_the_id(
    article_of_line: Callable[[object], Article], given: object, known: str
) -> None:
    assert article_of_line({"id": given, "title": "a"}).id == known


def test_without_an_id_a_line_is_known_by_its_address_else_by_what_it_says(lines: Lines) -> None:
    first, again, other, moved = (
        {"url": "https://a.b", "title": "a"},
        {"url": "https://a.b", "title": "changed"},
        {"title": "a", "body": "b"},
        {"title": "a", "body": "c"},
    )
    before = [each.path for each in lines(first, other, moved)]
    assert len(set(before)) == 3
    assert [each.path for each in lines(moved, other, again)] == before[::-1]


def test_equal_lines_without_ids_are_articles_of_their_own(lines: Lines) -> None:
    paths = [each.path for each in lines(*[{"title": "a"}] * 3)]
    assert paths == [paths[0], f"{paths[0]}-2", f"{paths[0]}-3"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", 'the line is not JSON ("{")'),
        ("plain text", 'the line is not JSON ("plain text")'),
        ("[1]", 'the line is JSON, but no object ("[1]")'),
        ("null", "the line is JSON, but no object"),
        ('{"a":' * 100_000, "the line is not JSON"),
        ({"id": "n", "title": "b"}, 'id "n" stands on line 1 already'),
        ({"id": "", "title": None}, None),
        ({"id": "x" * 201, "title": "a"}, "id "),
        ({"id": "a\nb", "title": "a"}, 'id "a\\nb" cannot be used'),
        ({"id": " ", "title": "a"}, 'id " " cannot be used'),
        ({"id": ".", "title": "a"}, 'id "." cannot be used'),
        ({"id": "..", "title": "a"}, 'id ".." cannot be used'),
        ({"id": 1.5, "title": "a"}, "id 1.5 cannot be used"),
        ({"id": True, "title": "a"}, "id true cannot be used"),
        ({"id": ["n"], "title": "a"}, 'id ["n"] cannot be used'),
    ],
)
def test_a_line_that_is_no_article_is_a_problem_at_its_line(
    lines: Lines, line: object, message: str | None
) -> None:
    with use_language("en"):
        _, second, third = lines({"id": "n", "title": "a"}, line, {"id": "m", "title": "c"})
    assert third.path == "a.jsonl#m"
    if message is None:
        assert isinstance(second, Entry)
    else:
        assert isinstance(second, Problem)
        assert str(second).startswith(f"a.jsonl:2: {message}")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ({}, "corpus.line_empty"),
        ({"title": " ", "body": ""}, "corpus.line_empty"),
        ({"title": ["a"]}, "corpus.field_type"),
        ({"title": True}, "corpus.field_type"),
        ({"title": "a", "body": 1}, "corpus.field_type"),
        ({"title": "a", "date": {}}, "corpus.field_type"),
        ({"title": "a", "tags": {"b": 1}}, "corpus.field_type"),
        ({"title": "a", "url": ["b"]}, "corpus.field_type"),
    ],
)
def test_a_field_of_another_type_is_an_error_at_the_line(
    lines: Lines, line: object, key: str
) -> None:
    _, entry = lines({"title": "a"}, line)
    assert isinstance(entry, Entry)
    with pytest.raises(ArticleError) as caught:
        read(entry, entry.load(), ReadOptions())
    assert (caught.value.key, caught.value.line) == (key, 2)


def test_a_date_that_cannot_be_read_is_a_warning_at_the_line(lines: Lines) -> None:
    (entry,) = lines("", {"title": "a", "date": "Invalid Date"})
    assert isinstance(entry, Entry)
    (warning,) = read(entry, entry.load(), ReadOptions()).warnings
    assert (warning.path, warning.line) == (entry.path, 2)


@pytest.mark.parametrize("head", ["\ufeff", "\n\n  \n", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_marks_blank_lines_and_line_ends_mean_nothing(tmp_path: Path, head: str, end: str) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(f'{head}{{"id": "n", "title": "a"}}{end}'.encode())
    assert [each.path for each in discover([path])] == ["a.ndjson#n"]


def test_a_line_over_16_mib_is_a_problem_and_the_next_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"title": "' + b"a" * (MAX_BYTES + 2**21) + b'"}\n')
        stream.write(b'{"id": "n", "title": "a"}\n')
    problem, entry = discover([path])
    assert isinstance(problem, Problem)
    assert (problem.line, "16 MiB" in problem.message) == (1, True)
    assert (entry.path, entry.line) == ("a.jsonl#n", 2)  # type: ignore[union-attr]


def test_a_file_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(2000):
            stream.write(json.dumps({"id": str(number), "body": "b" * 20_000}) + "\n")
    tracemalloc.start()
    try:
        assert sum(isinstance(each, Entry) for each in discover([path])) == 2000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 10


def test_json_lines_are_read_when_given_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "n", "title": "a"}', encoding="utf-8")
    assert list(discover([tmp_path])) == []
    assert [each.path for each in discover([tmp_path / "a.jsonl"])] == ["a.jsonl#n"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from(["id", "title", "body", "author", "categories", "tags", "date", "url"])


@given(
    st.binary(max_size=99) | st.dictionaries(FIELDS, VALUES).map(lambda it: json.dumps(it).encode())
)
def test_any_line_is_an_article_a_problem_or_an_article_error(line: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_bytes(line)
        for each in discover([path]):
            if isinstance(each, Problem):
                assert each.line
                continue
            try:
                reading = read(each, each.load(), ReadOptions(drafts=True))
            except ArticleError as error:
                assert str(error)  # noqa: PT017 -- an article is as right
            else:
                assert reading.article
