"""HTML that is written in Python, for its number: nothing of an article gets through as markup."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.query.request import SearchRequest
from web.addresses import Addresses
from web.facets import Choice
from web.histogram import Bar
from web.periods import Period
from web.writing import bars_html, choices_html

# What a parser takes for something else wherever it stands; no text of an article has it.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(texts, st.integers(0, 10**7), st.booleans())
def test_a_choice_says_just_what_it_is_of(text: str, count: int, is_chosen: bool) -> None:
    below = Choice("category", f"a/{text}", text, count, is_chosen=False)
    html = choices_html([Choice("category", text, text, count, is_chosen, (below,))])
    tree = LexborHTMLParser(html)
    boxes = tree.css("input")
    assert [box.attributes["value"] for box in boxes] == [text, f"a/{text}"]
    assert ["checked" in box.attributes for box in boxes] == [is_chosen, False]
    assert [node.text() for node in tree.css(".value")] == [text, text]
    assert [node.text() for node in tree.css(".count")] == [f"{count:,} 篇"] * 2
    assert ("open" in tree.css_first("details").attributes) == is_chosen
    assert ("none" in tree.css_first(".choice").attributes["class"].split()) == (count == 0)


@given(texts)
def test_a_choice_that_is_a_link_leads_there(text: str) -> None:
    href = Addresses(lang="en").search(SearchRequest(text=text))
    html = choices_html([Choice("", text, text, 1, is_chosen=True, href=href)])
    link = LexborHTMLParser(html).css_first("a.choice")
    assert link.attributes["href"] == href
    assert link.attributes["aria-current"] == "true"


def test_a_bar_is_a_link_where_there_are_articles() -> None:
    first, last = date(2021, 6, 1), date(2021, 6, 30)
    bars = [
        Bar(Period(first, last, "六月 & <b>", ""), 1200, 10, 40, is_chosen=True, href="/?a=1&b=2"),
        Bar(Period(first, last, "七月", ""), 0, 20, 0, is_chosen=False, href=""),
    ]
    tree = LexborHTMLParser(f"<svg>{bars_html(bars)}</svg>")
    link = tree.css_first("a")
    assert link.attributes["href"] == "/?a=1&b=2"
    assert link.attributes["aria-label"] == "六月 & <b>：1,200 篇"
    assert (link.attributes["data-from"], link.attributes["data-to"]) == (
        "2021-06-01",
        "2021-06-30",
    )
    bar = tree.css_first(".bar")
    assert [bar.attributes[name] for name in ("x", "y", "width", "height")] == [
        "10.5", "60", "9", "40",
    ]  # fmt: skip
    assert len(tree.css("a")) == 1
    assert len(tree.css(".place")) == 2
