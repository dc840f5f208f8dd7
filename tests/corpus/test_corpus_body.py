"""HTML, Markdown, and both mixed: the content of a body."""

from __future__ import annotations

from time import process_time

import pytest

from search.corpus.body import html_title, is_html, kind_of, read_body
from search.corpus.markdown import MAX_CHARS, MAX_MARKS, to_html, without_tags
from search.corpus.text import Content


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# a\n\nb *c* **d** `e` [f](g) ~~h~~", "a\nb c d e f h"),
        ("日臻完**美的**", "日臻完美的"),
        ("日臻完<a href='b'>美的</a>", "日臻完美的"),
        ("长句\n换行", "长句换行"),
        ("- a\n- b\n\n1. c\n2. d", "a\nb\nc\nd"),
        ("> a\n> > b", "a\nb"),
        ("a  \nb\\\nc", "a\nb\nc"),
        ("|a|b|\n|-|-|\n|c|d|", "a\nb\nc\nd"),
        ("```py\nx = 1\n  <b> {% e %}\n```", "x = 1\n<b> {% e %}"),
        ("    code here", "code here"),
        ("![图](https://a.b/c.png)", "图"),
        ("a &amp; b &#20140;", "a & b 京"),
        ("a\n\n---\n\nb", "a\nb"),
        ("[toc]\n\na", "a"),
        # mixed
        ("a\n\n<div>\n\n*b*\n\n</div>\n\nc", "a\nb\nc"),
        ("# a\n\n<p>b <b>c</b></p>\n\n- d", "a\nb c\nd"),
        ("a\n\n<ul>\n    <li>b</li>\n\n    <li>c</li>\n</ul>", "a\nb\nc"),
        ("<div>a</div>\n\n# b\n\n*c*", "a\nb\nc"),
        ("<style>p {}</style>\n\n# a", "a"),
        # HTML as a whole: empty lines and indents mean nothing
        ("<div>\n\n    <p>a</p>\n\n\n      <p>*b*</p></div>", "a\n*b*"),
        ("<!-- a -->\n<p>b\n\n    c</p>", "b c"),
        ("<pre>\n# a\n</pre>", "# a"),
        # Hexo, Hugo, kramdown
        ("a {% asset_img b.png %}c", "a c"),
        ("{% codeblock lang:js %}\nlet a = {% b %}\n{% endcodeblock %}\nc", "let a =\nc"),
        ("{% raw %}{{ a }}{% endraw %}", "{{ a }}"),
        ("a {{< youtube b >}}c{{% d %}}", "a c"),
        ("a\n{: .note}", "a"),
        ("`{% a %}` b", "{% a %} b"),
        ("<!-- more -->\n\na", "a"),
    ],
)
def test_markdown(markdown: str, text: str) -> None:
    assert read_body(markdown, "markdown").text == text


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".md", "markdown"),
        (".mdown", "markdown"),
        (".html", "html"),
        (".htm", "html"),
        (".txt", "plain"),
    ],
)
def test_the_suffix_tells_what_a_body_is_written_in(suffix: str, kind: str) -> None:
    assert kind_of(suffix) == kind


def test_markdown_means_nothing_in_html_and_plain_text() -> None:
    assert read_body("# a\n\n*b*", "html").text == "# a *b*"
    assert read_body("# a <b>\n\n*b* &amp;", "plain").text == "# a <b>\n*b* &amp;"
    assert read_body("a <b>\nc", "plain").html == "<p>a &lt;b&gt;</p>\n<p>c</p>"


def test_an_empty_body_has_no_content() -> None:
    assert read_body("", "markdown") == Content(html="", text="")


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("<div>a</div>", True),
        ("<!DOCTYPE html>\n<html><body>a", True),
        ("<br>\n<hr/>\n<p>a", True),
        ("<div>a</div>\n\n- b", False),
        ("<div>\n<pre>\n- a\n# b\n</pre></div>", True),
        ("<script>\n# a\n</script>", True),
        ("<span>a</span>", False),
        ("a <div>b</div>", False),
        ("<https://a.b>", False),
        ("", False),
    ],
)
def test_html_is_told_from_markdown(body: str, whole: bool) -> None:
    assert is_html(body) is whole


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("<head><title>a &amp;\n b</title>", "a &  b"),
        ("<TITLE lang=en>a</TITLE>", "a"),
        ("<p>a</p>", ""),
    ],
)
def test_title_of_an_html_document(document: str, title: str) -> None:
    assert html_title(document) == title


def test_tags_that_are_never_closed_stay_as_text() -> None:
    assert without_tags("a {% b\nc %} {{< d") == "a {% b\nc %} {{< d"


def test_what_is_too_long_or_no_prose_is_taken_as_paragraphs() -> None:
    assert to_html("*" + "a" * MAX_CHARS + "*").startswith("<p>*a")
    assert to_html("*b*\n" + "*" * MAX_MARKS).startswith("<p>*b*</p>\n")


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[a](", "](", "*", "**a ", "*a _b ", "`", "``a", "> ", ">", "- ", "1. ", "# ",
        "|", "\n|-", "<", "<a", "<!--", "<pre", "<pre>", "<code", "{%", "{{<", "{{<\n", "{:", "\\",
        "~~~\n", "```\n", "[a]: b\n", "<!-- -->", "<!-- -->\n<br>", "&", "- : a\n", "<div>", "\n",
    ],
)  # fmt: skip
def test_repeated_without_end_it_takes_linear_time(piece: str) -> None:
    began = process_time()
    read_body(piece * (30_000 // len(piece)), "markdown")
    assert process_time() - began < 4


@pytest.mark.parametrize("piece", ["<pre>", "<code ", "<script>", "<!-- -->", "{% ", "{{< "])
def test_what_is_opened_without_end_is_looked_for_in_linear_time(piece: str) -> None:
    began = process_time()
    is_html("<div>" + piece * 50_000)
    without_tags("{% a %}" + piece * 50_000)
    assert process_time() - began < 4


@pytest.mark.parametrize(
    "piece", [">", "> ", "- ", "<b>", "<ul><li>", "[", "*", "  " * 99 + "- a\n"]
)
def test_nested_without_end_it_is_read(piece: str) -> None:
    read_body(piece * 2000 + "文", "markdown")
