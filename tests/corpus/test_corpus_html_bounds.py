"""Broken and hostile HTML is read in time linear in its length."""

from __future__ import annotations

from time import process_time

import pytest

from search.corpus.html_bounds import MAX_ATTRIBUTE_CHARS, MAX_DEPTH, MAX_FORMATS, bound
from search.corpus.safe_html import sanitise

MANY = "<p>a</p>" * 1001
"""Enough tags to be looked into."""

HOSTILE = {
    "nested": "<div>" * 100_000,
    "end tags of nothing": "<div></x>" * 50_000,
    "end tags in comments": "<div><!--</div>-->" * 50_000,
    "end tags in scripts": "<div><script></div></script>" * 50_000,
    "end tags in attributes": '<div><a title="</div>">' * 50_000,
    "end tags in a declaration": "<div><!x </div>" * 50_000,
    "end tags behind walls": "<div><table></div></table>" * 50_000,
    "end tags in selects": "<div><select></div></select>" * 50_000,
    "end tags of formats in tables": "<div><b><table></b></table></div>" * 20_000,
    "lists": "<ul><li>" * 50_000,
    "links": "<a>" * 100_000,
    "formats": "<p>" + "".join(f"<b lang=a{n}>" for n in range(200)) + "</p>" + "<p>x" * 50_000,
    "formats and blocks": "<b><div></b>" * 50_000,
    "attributes": "<a " + " ".join(f"a{n}" for n in range(99_999)) + ">x",
    "attributes after >": "<a x='>' " + " ".join(f"a{n}" for n in range(99_999)) + ">x",
    "unclosed tags": "<a " * 200_000,
    "unclosed quotes": '<a x="' * 100_000 + "'",
    "unclosed comments": "<!-" * 200_000,
    "unclosed scripts": "<script>" * 100_000,
    "ampersands": "&" * 1_000_000,
    "references": "text &amp; " * 300_000,
    "smaller": "<" * 500_000,
    "text onwards": "<xmp></xmp><div>" * 50_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_html_takes_about_a_second(html: str) -> None:
    # Each takes half a minute or longer unbounded, or makes a hundred times its length.
    began = process_time()
    safe = sanitise(html)
    assert process_time() - began < 5
    assert len(safe) < 50 * len(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 150 + "a" + "</div>" * 150,
        "<div><p>a<b>b</b></div>" * 2000,
        "<p>a <font color=1>b</p>" * 9,
        "<ul><li>a<li>b</ul>" * 2000,
        "<table><tr><td>a<td>b</table>" * 500,
        "<img src=a><br>" * 2000,
        '<a name="1"><p>a</p>' * 2000,
        "<p>a < b > c << d</p>" * 2000,
        '<p title="a > b" class=c>d</p>' * 2000,
        f"<img alt='b' src='data:{'A/B=' * 30_000}'>",
    ],
)
def test_honest_html_comes_back_as_it_is(html: str) -> None:
    assert bound(html) == html


@pytest.mark.parametrize(
    ("html", "bounded"),
    [
        ("<div>" * 999 + "a" + "</div>" * 999, "<div>" * MAX_DEPTH + "a" + "</div>" * MAX_DEPTH),
        ("<b>" * 999 + "a" + "</b>" * 999, "<b>" * MAX_FORMATS + "a" + "</b>" * MAX_FORMATS),
        ("<!-- a --><script>b</script>c", "c"),
        (f"<p {'a ' * MAX_ATTRIBUTE_CHARS}>b</p>", "<p>b</p>"),
    ],
)
def test_what_exceeds_the_bounds_goes_and_its_text_stays(html: str, bounded: str) -> None:
    assert bound(MANY + html) == MANY + bounded


def test_many_references_are_read_right() -> None:
    html = '<p title="a &amp; b">' + "甲 &amp; 乙 &#20140;&lt; " * 9999 + "</p>"
    assert sanitise(html) == html.replace("&#20140;", "京")
