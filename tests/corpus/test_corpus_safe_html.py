"""HTML that is safe to show, and good to read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corpus.safe_html import sanitise


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        (
            '<p class="a" id="b" style="c:d" title="e" lang="f">a <b>b</b></p>',
            '<p title="e" lang="f">a <b>b</b></p>',
        ),
        (
            '<a href="https://a.b/" target="_blank">c</a>',
            '<a href="https://a.b/" rel="noopener noreferrer">c</a>',
        ),
        (
            '<a rel="opener" href="/c">d</a>',
            '<a href="/c" rel="noopener noreferrer">d</a>',
        ),
        (
            '<a class="x" data-id="1" data-name="京东" href="https://a.b">京东</a>',
            '<a data-id="1" data-name="京东" href="https://a.b" rel="noopener noreferrer">京东</a>',
        ),
        (
            '<img data-x="1" src="https://a.b/c.png" alt="d">',
            '<img src="https://a.b/c.png" alt="d" referrerpolicy="no-referrer" loading="lazy">',
        ),
        (  # `search.corpus.text` looks for tags by their brackets
            '<img alt="<p>d</p>">',
            '<img alt="&lt;p&gt;d&lt;/p&gt;" referrerpolicy="no-referrer" loading="lazy">',
        ),
        (
            '<img src="c.png" referrerpolicy="unsafe-url" loading="eager">',
            '<img src="c.png" referrerpolicy="no-referrer" loading="lazy">',
        ),
        (
            '<td colspan="2" onclick="a" width="1">b</td>',
            "b",
        ),
        (
            '<table><tr><td colspan="2">b</td></tr></table>',
            '<table><tbody><tr><td colspan="2">b</td></tr></tbody></table>',
        ),
        (
            '<pre><code class="x language-c++ y">a</code></pre>',
            '<pre><code class="language-c++">a</code></pre>',
        ),
        ('<code class="x">a</code>', "<code>a</code>"),
        ("<font color=red>a</font><center>b</center>", "ab"),
        (
            "<details open><summary>a</summary>b</details>",
            '<details open=""><summary>a</summary>b</details>',
        ),
        ("a << b < c & d", "a &lt;&lt; b &lt; c &amp; d"),
    ],
)
def test_what_is_good_for_reading_is_kept(html: str, safe: str) -> None:
    assert sanitise(html) == safe


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//a.b/c.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x OnError = 'alert(1)'>",
    '<img/src="x"/onerror=alert(1)>',
    '<img src="javascript:alert(1)">',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="JaVaScRiPt:alert(1)">a</a>',
    '<a href=" javascript:alert(1)">a</a>',
    '<a href="java\tscript:alert(1)">a</a>',
    '<a href="java&#10;script:alert(1)">a</a>',
    '<a href="&#106;avascript:alert(1)">a</a>',
    '<a href="javascript&colon;alert(1)">a</a>',
    '<a href="\x01javascript:alert(1)">a</a>',
    '<a href="vbscript:a">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    '<a href="https://a.b" onmouseover="alert(1)">a</a>',
    '<iframe src="https://a.b"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<svg onload=alert(1)>",
    '<svg><a xlink:href="javascript:alert(1)">a</a></svg>',
    "<svg><script>alert(1)</script></svg>",
    '<math><mi xlink:href="javascript:alert(1)">a</mi></math>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<style>@import 'https://a.b/c.css';</style>",
    '<p style="background:url(javascript:alert(1))">a</p>',
    '<link rel="stylesheet" href="https://a.b/c.css">',
    '<meta http-equiv="refresh" content="0;url=https://a.b">',
    '<base href="https://a.b/">',
    '<object data="a.swf"></object><embed src="a.swf">',
    '<form action="https://a.b"><input name="password"><button formaction="javascript:a">b</form>',
    "<body onload=alert(1)>",
    "<details ontoggle=alert(1) open>a</details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    '<blockquote cite="javascript:alert(1)">a</blockquote>',
    "<!--><script>alert(1)</script>-->",
    "<!--a--!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<xmp><script>alert(1)</script></xmp>",
    "<a title='<!--' x='--><img src=x onerror=alert(1)>'>a</a>",
]

FORBIDDEN_TAGS = {
    "script", "style", "iframe", "svg", "math", "object", "embed", "form", "input", "button",
    "link", "meta", "base", "video", "audio", "source", "noscript", "xmp", "body", "template",
    "title",
}  # fmt: skip
FORBIDDEN_ATTRIBUTES = {"style", "srcdoc", "formaction", "xlink:href", "id", "class", "action"}


class Danger(HTMLParser):
    """Reads HTML as tags and attributes, so that an attack quoted in a value is no alarm."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_TAGS:
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            runs = name in ("href", "src", "cite") and re.match(
                "(javascript|vbscript|data):", address
            )
            if name.startswith("on") or name in FORBIDDEN_ATTRIBUTES or runs:
                self.found.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}")

    unknown_decl = handle_pi = handle_decl


@pytest.mark.parametrize("attack", [each for each in ATTACKS if each.startswith("<a href=")])
def test_the_alarm_of_these_tests_rings(attack: str) -> None:
    assert Danger(attack).found


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_or_reaches_the_page_around(attack: str) -> None:
    # The second puts it where the tags are walked through beforehand.
    for html in (attack, "<i>a</i>" * 2000 + attack, f"<div>{attack}</div>" + "<p>" * 2000):
        assert Danger(sanitise(html)).found == []


@given(st.lists(st.sampled_from([*ATTACKS, "<", ">", '"', "'", "<!--", "-->", "</", "a"])))
def test_no_mixture_of_attacks_gets_through(pieces: list[str]) -> None:
    safe = sanitise("".join(pieces))
    assert Danger(safe).found == []
    assert sanitise(safe) == safe
