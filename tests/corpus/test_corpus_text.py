"""What a body says: text, the first heading, a picture, companies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.article import Article
from search.corpus.safe_html import sanitise
from search.corpus.text import read_html

ArticleOf = Callable[..., Article]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        # inline tags do not break words, block ones do
        ('日臻完<a href="x">美的</a>', "日臻完美的"),
        ("<p>日臻完<b>美</b><i>的</i></p>", "日臻完美的"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a<div>b</div>c", "a\nb\nc"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("a<hr>b", "a\nb"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\nb\nc"),
        ("<h2>a</h2>b<blockquote>c</blockquote>d", "a\nb\nc\nd"),
        ("<span>京</span><font color=red>东</font>", "京东"),
        ("H<sub>2</sub>O", "H2O"),
        ("漢<ruby>字<rt>かんじ</rt></ruby>", "漢字かんじ"),
        ("very<wbr>long", "verylong"),
        # spaces
        ("  a \n b\t\tc &nbsp; d　e ", "a b c d e"),
        ("<p>长句\n换行</p>", "长句换行"),
        ("<p>长句 \n  換行</p>", "长句換行"),
        ("<p>一，\n二</p>", "一，二"),
        ("<p>word\nword 中\nword</p>", "word word 中 word"),
        ("<pre>a\n  b\n\nc</pre>d\ne", "a\nb\nc\nd e"),
        # entities, once
        ("a &amp; b &lt;c&gt; &quot;d&quot; &#20140;&#x4E1C;", 'a & b <c> "d" 京东'),
        ("&amp;lt;", "&lt;"),
        ("&#123;&#123; a &#125;&#125;", "{{ a }}"),
        ("a << b <<", "a << b <<"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        # gone with all in them
        ("a<script>b</script>c", "ac"),
        ("<style>p { a: b }</style>c", "c"),
        ("a<!-- b -->c<!-- d", "ac"),
        ("<title>a</title>b", "b"),
        ("<textarea>a</textarea><select><option>b</select>c", "c"),
        ("<iframe src=x>a</iframe>b<noscript>c</noscript>", "b"),
        ("<form>a <input value=b> c</form>", "a c"),
        # what a picture shows
        ('a<img src="x" alt="图 1">b', "a 图 1 b"),
        ('<img alt="a &amp; &quot;b&quot;">', 'a & "b"'),
        ("<img src=x>", ""),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_text(html: str, text: str) -> None:
    assert read_html(sanitise(html)).text == text


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<p>a</p><h2>b</h2><h1>c</h1>", "b"),
        ("<h1>a <b>b</b>\nc</h1>", "a b c"),
        ("<h1>a<br>b</h1>", "a b"),
        ("<h1><img src=x></h1><h3>b</h3>", "b"),
        ("<h1>&amp;lt;</h1>", "&lt;"),
        ("<p>a</p>", ""),
    ],
)
def test_the_first_heading_that_says_something(html: str, heading: str) -> None:
    assert read_html(sanitise(html)).heading == heading


@pytest.mark.parametrize(
    ("html", "picture"),
    [
        ('<img src="https://a.b/c.png"><img src="https://d.e/f.png">', "https://a.b/c.png"),
        ('<img src="c.png"><img src="//a.b/c.png">', "https://a.b/c.png"),
        ('<img src="https://a.b/c?d=1&amp;e=2">', "https://a.b/c?d=1&e=2"),
        ('<img src="data:image/png;base64,AA">', None),
        ("<p>a</p>", None),
    ],
)
def test_the_first_picture_of_another_host(html: str, picture: str | None) -> None:
    assert read_html(sanitise(html)).picture == picture


def test_companies_named_by_the_markup_are_entities_once() -> None:
    link = '<a class="project-link" data-id="27570" data-name="京东" href="https://a.b">京东</a>'
    other = '<a data-name="A&amp;B">x</a>'
    found = read_html(sanitise(f"<p>{link}{link}{other}<a data-name=' '>y</a></p>")).entities
    assert found == (("京东", "27570"), ("A&B", ""))


def test_the_thumbnail_of_the_front_matter_goes_before_the_first_picture(
    article_of: ArticleOf,
) -> None:
    body = "---\n<p><img src='https://a.b/1.png'></p>"
    assert article_of(f"---\ntitle: a\n{body}").thumbnail == "https://a.b/1.png"
    given = article_of(f"---\nthumbnail: https://a.b/2.png\n{body}")
    assert given.thumbnail == "https://a.b/2.png"
