"""Bytes to an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.article import Article, Entity, article_id
from search.corpus import Entry, Reading, ReadOptions, fingerprint, read
from search.errors import ArticleError, SettingsError
from search.messages import use_language

ArticleOf = Callable[..., Article]
ReadingOf = Callable[..., Reading]
FaultOf = Callable[..., ArticleError]

POST = """
---
title: '豆腐的三种嫩&#123;一&#125;'
categories: 
 - 美食
 - 下厨房
 - 今日推荐 / 精选
headimg: 'https://img.example.com/1.png'
author: 下厨房
comments: false
date: Wed, 16 Jun 2021 08:36:09 GMT
tags: [豆腐]
link: https://example.com/1
---

<div>   
<p>石膏点的<a class="project-link" data-id="7" data-name="豆腐坊" href="#">细</a>滑。</p> 
</div>
            """  # noqa: W291 -- the habits of the generator


def test_a_post_of_the_archive_becomes_an_article(article_of: ArticleOf) -> None:
    article = article_of(POST, "美食/豆腐.md")
    assert replace(article, fingerprint="") == Article(
        id="6a45eaf905cb9c11",
        path="美食/豆腐.md",
        title="豆腐的三种嫩{一}",
        text="石膏点的细滑。",
        html='<div>   \n<p>石膏点的<a data-id="7" data-name="豆腐坊" href="#" '
        'rel="noopener noreferrer">细</a>滑。</p> \n</div>',
        categories=(("美食", "下厨房", "今日推荐 / 精选"),),
        authors=("下厨房",),
        tags=("豆腐",),
        date=datetime(2021, 6, 16, 8, 36, 9, tzinfo=UTC),
        day=date(2021, 6, 16),
        url="https://example.com/1",
        thumbnail="https://img.example.com/1.png",
        entities=(Entity("豆腐坊", "7"),),
        source="/posts",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_same_post_in_any_encoding_and_with_any_line_ends(
    article_of: ArticleOf, encoding: str, line_end: str
) -> None:
    article = article_of(POST.replace("\n", line_end).encode(encoding))
    assert (article.title, article.authors, article.text) == (
        "豆腐的三种嫩{一}",
        ("下厨房",),
        "石膏点的细滑。",
    )


@pytest.mark.parametrize(
    ("content", "path", "title"),
    [
        ("---\ntitle: a\n---\n# b", "c.md", "a"),
        ("---\ntags: []\n---\n# b", "c.md", "b"),
        ("text\n\n## b *c*\n\n# d", "e.md", "b c"),
        ("text", "文件 名.md", "文件 名"),
        ("text", "a/b.c.md", "b.c"),
        ("text", "a/ .md", ".md"),
        ("text", "a&amp;b.md", "a&b"),
        ("<title>a</title><p>b</p>", "c.html", "a"),
        ("<title>a</title><h1>b</h1>", "c.html", "b"),
        ("# a", "b.txt", "b"),
        ("---\ntitle: '&#0;'\n---\n", "\x01.md", "\ufffd"),
    ],
)
def test_title_from_the_field_the_heading_or_the_name(
    article_of: ArticleOf, content: str, path: str, title: str
) -> None:
    assert article_of(content, path).title == title


def test_an_article_without_a_title_has_one_all_the_same(article_of: ArticleOf) -> None:
    assert article_of("text", "\x01.md").title == ".md"


@pytest.mark.parametrize(
    ("content", "path", "day"),
    [
        ("text", "2021-06-16-a.md", date(2021, 6, 16)),
        ("---\ndate: 2021-06-17\n---\n", "2021-06-16-a.md", date(2021, 6, 17)),
        ("text", "2021-02-31-a.md", None),
        ("text", "2021.md", None),
    ],
)
def test_jekylls_file_names_date_what_has_no_date(
    reading_of: ReadingOf, content: str, path: str, day: date | None
) -> None:
    reading = reading_of(content, path)
    assert reading.article is not None
    assert (reading.article.day, reading.warnings) == (day, ())


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", "2021-06-16T20:00:00+00:00", date(2021, 6, 16)),
        ("Asia/Shanghai", "2021-06-16T12:00:00+00:00", date(2021, 6, 16)),
        ("America/New_York", "2021-06-17T00:00:00+00:00", date(2021, 6, 16)),
    ],
)
def test_naive_dates_and_days_are_those_of_the_time_zone(
    article_of: ArticleOf, zone: str, moment: str, day: date
) -> None:
    article = article_of("---\ndate: 2021-06-16 20:00\n---\n", timezone=zone)
    assert article.date is not None
    assert (article.date.isoformat(), article.day) == (moment, day)


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc/passwd", "/etc/localtime", "a" * 300])
def test_a_time_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(SettingsError):
        ReadOptions(timezone=zone)


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        ("---\ntitle: a\ndate: Invalid Date\n---\n", 'a.md:3: date "Invalid Date" is not a date'),
        ("---\ndate: 2018-02-31\n---\n", 'a.md:2: date "2018-02-31" is not a date'),
        ("---\ndate: '{{ .Date }}'\n---\n", 'a.md:2: date "{{ .Date }}" is not a date'),
        ("---\ntitle: [转]foo\n---\n", 'a.md:2: "[转]foo" is not YAML; read as it stands'),
        ("文搜文搜文搜".encode() + b"\xff", "a.md: 1 characters could not be read as utf-8"),
    ],
)
def test_what_is_odd_is_a_warning_that_says_where(
    reading_of: ReadingOf, content: str | bytes, warning: str
) -> None:
    with use_language("en"):
        (problem,) = reading_of(content).warnings
    assert str(problem).startswith(warning)


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ("---\ndraft: true\n---\n", "a.md"),
        ("+++\ndraft = true\n+++\n", "a.md"),
        ('{"draft": true}', "a.md"),
        ("---\npublished: false\n---\n", "a.md"),
        ("text", "_drafts/a.md"),
        ("text", "b/_drafts/c/a.md"),
    ],
)
def test_drafts_stay_out_unless_wanted(
    reading_of: ReadingOf, article_of: ArticleOf, content: str, path: str
) -> None:
    assert reading_of(content, path).article is None
    assert article_of(content, path, drafts=True).draft is True


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ("---\ndraft: false\n---\n", "a.md"),
        ("---\npublished: true\n---\n", "a.md"),
        ("text", "_drafts.md"),
        ("text", "my_drafts/a.md"),
    ],
)
def test_what_is_no_draft_is_in(article_of: ArticleOf, content: str, path: str) -> None:
    assert article_of(content, path).draft is False


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        (b"", "corpus.empty", None),
        (b" \r\n\t\n", "corpus.empty", None),
        (b"\xef\xbb\xbf", "corpus.empty", None),
        (b"\0", "corpus.empty", None),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "corpus.binary", None),
        ("déjà vu, café".encode("latin-1"), "corpus.encoding", None),
        (b"\n---\ntitle: 'a' b\n---\n", "corpus.yaml", 3),
        (b"---\ntitle: a\n", "corpus.not_closed", 1),
    ],
)
def test_what_cannot_become_an_article(
    fault_of: FaultOf, content: bytes, key: str, line: int | None
) -> None:
    fault = fault_of(content)
    assert (fault.key, fault.line) == (key, line)


def test_front_matter_alone_is_an_article_and_so_is_a_control_character(
    article_of: ArticleOf,
) -> None:
    assert article_of("---\ntitle: a\n---").text == ""
    article = article_of("---\ntitle: 'a\0\x07b'\n---\nc\0d\x0be")
    assert (article.title, article.text) == ("ab", "cde")


def test_an_id_is_made_of_the_path_alone(article_of: ArticleOf) -> None:
    assert article_of("a", "b/c.md").id == article_of("d", "b/c.md").id == article_id("b/c.md")


def test_a_fingerprint_covers_the_bytes_and_the_zone_but_not_whether_drafts_are_wanted() -> None:
    before = fingerprint(b"a", ReadOptions())
    assert len(before) == 16
    assert fingerprint(b"a", ReadOptions(drafts=True)) == before
    assert fingerprint(b"b", ReadOptions()) != before
    assert fingerprint(b"a", ReadOptions(timezone="Asia/Shanghai")) != before


PIECES = [
    b"---\n", b"+++\n", b"title: ", b"date: 2021-06-16\n", b"categories:\n", b" - ", b"tags: [a, ",
    b"&a ", b"*a", b"{", b"}", b'"', b"'", b"\n", b"\r", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"<div>", b"</p>", b"<a href=", b"<!--", b"```\n", b"# ", b"{% ", b"| ", b"&#", b"\xb0\xa1",
    "文".encode(), b";;;\n", b"!!", b"? ", b": ",
]  # fmt: skip


@given(
    st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES)).map(b"".join)),
    st.sampled_from(["a.md", "a.html", "a.txt", " .md"]),
)
@example(b"---\ntitle: " + b"[" * 5000 + b"\n---\n", "a.md")
@example(b"---\n" + b"a: &a [*a]\n" * 9 + b"---\n", "a.md")
def test_any_bytes_are_an_article_or_an_article_error(raw: bytes, path: str) -> None:
    entry = Entry(source="/posts", path=path, file="/posts/a")
    try:
        article = read(entry, raw, ReadOptions(drafts=True)).article
    except ArticleError as error:
        said = str(error)
    else:
        assert article is not None
        assert "\n" not in article.title
        assert "\0" not in article.title + article.text + article.html
        said = article.title.strip()
    assert said
