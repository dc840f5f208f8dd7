"""Title, categories, tags, authors, draft and addresses, in all the shapes that they come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.article import Article

FieldsOf = Callable[[str], Article]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("字节爱上京东", "字节爱上京东"),
        ("'字节爱上京东……'", "字节爱上京东……"),
        ('"it\'s"', "it's"),
        ("2021", "2021"),
        ("007", "007"),
        ("1.0", "1.0"),
        ("2021-06-16", "2021-06-16"),
        ("No", "No"),
        ("true", "true"),
        ("'&#123;&#123; a &#125;&#125;'", "{{ a }}"),
        ("'a &amp; b &lt;c&gt; &quot;d&quot;'", 'a & b <c> "d"'),
        ("'&amp;lt;'", "&lt;"),
        ("' a  b '", "a  b"),
        ("|\n  a\n  b", "a b"),
        ('"a\\tb\\nc"', "a b c"),
        ('"a\\x07b\\uFEFF\\x9f"', "ab"),
        ("a_b_c", "a_b_c"),
        ("[转]foo", "[转]foo"),
        ("@foo", "@foo"),
        ("Vue: 入门: 一", "Vue: 入门: 一"),
    ],
)
def test_title(fields_of: FieldsOf, typed: str, title: str) -> None:
    assert fields_of(f"title: {typed}").title == title


@pytest.mark.parametrize("typed", ["", "''", "~", "null", "'  '", '"\\x00"'])
def test_a_blank_title_is_none_and_the_file_name_stands_in(fields_of: FieldsOf, typed: str) -> None:
    assert fields_of(f"title: {typed}").title == "a"


@pytest.mark.parametrize(
    ("block", "paths"),
    [
        ("categories: \n - 新媒体\n - 36kr\n - 资讯", (("新媒体", "36kr", "资讯"),)),
        ("categories: [a, b]", (("a", "b"),)),
        ("categories: a", (("a",),)),
        ("category: a", (("a",),)),
        ("category: [a, b]", (("a", "b"),)),
        ("categories:\n- [a, b]\n- [c]", (("a", "b"), ("c",))),
        ("categories:\n- [a, b]\n- c\n- [a, b]", (("a", "b"), ("c",))),
        ("categories:\n - 前沿\n - 今日推荐 / 精选", (("前沿", "今日推荐 / 精选"),)),
        ("categories: a/b", (("a/b",),)),
        ("categories: [2021, 1.0]", (("2021", "1.0"),)),
        ("categories: ['&#123;a&#125;']", (("{a}",),)),
        ("categories: [[[a]]]", (("a",),)),
        ("categories: {name: a}", (("a",),)),
        ("categories:\n- 前端: Vue", (("前端: Vue",),)),
        ("categories: [a, null, '', b]", (("a", "b"),)),
        ("categories: [[], [null]]", ()),
        ("categories: [null]", ()),
        ("categories: []", ()),
        ("categories:", ()),
        ("other: a", ()),
    ],
)
def test_categories(fields_of: FieldsOf, block: str, paths: tuple[tuple[str, ...], ...]) -> None:
    assert fields_of(block).categories == paths


@pytest.mark.parametrize(
    ("block", "tags"),
    [
        ("tags: [a, b]", ("a", "b")),
        ("tags:\n- a\n- b\n- a", ("a", "b")),
        ("tags: a, b", ("a", "b")),
        ("tags: 前端，后端、运维；其他", ("前端", "后端", "运维", "其他")),
        ("tag: a", ("a",)),
        ("tags: machine learning", ("machine learning",)),
        ("tags: ['a, b']", ("a, b",)),
        ("tags: [2021, 1.50, true]", ("2021", "1.50", "true")),
        ("tags: 3", ("3",)),
        ("tags: None", ("None",)),
        ("tags: [null]", ()),
        ("tags: []", ()),
        ("tags:", ()),
        ("tags: ', ,'", ()),
    ],
)
def test_tags(fields_of: FieldsOf, block: str, tags: tuple[str, ...]) -> None:
    assert fields_of(block).tags == tags


@pytest.mark.parametrize(
    ("block", "authors"),
    [
        ("author: 36kr", ("36kr",)),
        ("author: [甲, 乙, 甲]", ("甲", "乙")),
        ("authors:\n- 甲\n- 乙", ("甲", "乙")),
        ("author: {name: 甲, email: a@b.c}", ("甲",)),
        ("author:\n- name: 甲\n  link: x\n- name: 乙", ("甲", "乙")),
        ("author: Smith, John", ("Smith, John",)),
        ("author: 2021", ("2021",)),
        ("author: [null]", ()),
        ("author: {}", ()),
        ("author:", ()),
    ],
)
def test_authors(fields_of: FieldsOf, block: str, authors: tuple[str, ...]) -> None:
    assert fields_of(block).authors == authors


def test_several_authors_read_as_one_text(fields_of: FieldsOf) -> None:
    assert fields_of("author: [甲, 乙]").author == "甲, 乙"


@pytest.mark.parametrize(
    ("block", "moment"),
    [
        ("date: Wed, 16 Jun 2021 08:36:09 GMT", "2021-06-16T08:36:09+00:00"),
        ("date: 2021-06-16 08:36:09", "2021-06-16T08:36:09+00:00"),
        ("date: 1623832569", "2021-06-16T08:36:09+00:00"),
        ("pubDate: 2021-06-16", "2021-06-16T00:00:00+00:00"),
        ("date:\npublishDate: 2021-06-16", "2021-06-16T00:00:00+00:00"),
        ("published: 2021-06-16", "2021-06-16T00:00:00+00:00"),
        ("date: 2021-06-16\npublished: true", "2021-06-16T00:00:00+00:00"),
    ],
)
def test_date(fields_of: FieldsOf, block: str, moment: str) -> None:
    found = fields_of(block).date
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    ("block", "url", "thumbnail"),
    [
        ("url: https://a.b/c?d=e&amp;f", "https://a.b/c?d=e&f", None),
        ("link: //a.b/c", "https://a.b/c", None),
        ("permalink: /2021/a/", None, None),
        ("url: javascript:alert(1)", None, None),
        ("url: 'https://a.b/\"onclick=x'", None, None),
        ("url: 'http://a.b/ c'", None, None),
        ("thumbnail: 'https://a.b/c.png'", None, "https://a.b/c.png"),
        ("headimg: 'https://a.b/c.png'", None, "https://a.b/c.png"),
        ("thumbnail: ''\ncover: https://a.b/c.png", None, "https://a.b/c.png"),
        ("image: {feature: https://a.b/c.png}", None, "https://a.b/c.png"),
        ("images: [x]\nimage: [https://a.b/c.png, d]", None, "https://a.b/c.png"),
        ("thumbnail: /c.png", None, None),
        ("thumbnail: 'data:image/png;base64,AA'", None, None),
    ],
)
def test_addresses_name_a_host_on_the_web(
    fields_of: FieldsOf, block: str, url: str | None, thumbnail: str | None
) -> None:
    article = fields_of(block)
    assert (article.url, article.thumbnail) == (url, thumbnail)
