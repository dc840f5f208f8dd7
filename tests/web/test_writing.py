"""HTML that is written in Python, for its number: nothing of an article gets through as markup."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from search.article import format_category
from search.results import Bucket
from web import writing
from web.addresses import Gap
from web.facets import Facet
from web.histogram import Histogram
from web.periods import Period
from web.query_string import LONGEST_KEPT
from web.writing import bars_html, choices_html

# What a parser takes for something else wherever it stands; no text of an article has it.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(texts, st.integers(0, 10**7), st.booleans())
@example("\"'<a>&amp;", 1, True)
@example('"' * 300, 1, True)
def test_a_choice_says_just_what_it_is_of(text: str, count: int, is_chosen: bool) -> None:
    below = Bucket(text, count, (), (text, text))
    facet = Facet("category", "", (), chosen={(text,)} if is_chosen else frozenset())
    html = choices_html([Bucket(text, count, (below,), (text,))], facet)
    tree = LexborHTMLParser(html)
    boxes = tree.css("input")
    paths = [format_category(path) for path in ((text,), (text, text))]
    assert [box.attributes["value"] for box in boxes] == paths
    assert ["checked" in box.attributes for box in boxes] == [is_chosen, False]
    assert [node.text() for node in tree.css(".value")] == [text, text]
    assert [node.text() for node in tree.css(".count")] == [f"{count:,} 篇"] * 2
    assert ("open" in tree.css_first("details").attributes) == is_chosen
    assert ("none" in tree.css_first(".choice").attributes["class"].split()) == (count == 0)


def test_choices_of_any_length_are_not_remembered() -> None:
    before = writing._box.cache_info().currsize
    for number in range(20):
        choices_html([Bucket(f"{'a' * LONGEST_KEPT}{number}", 1)], Facet("tag", "", ()))
    assert writing._box.cache_info().currsize == before


def test_a_bar_is_a_link_where_there_are_articles() -> None:
    first, last = date(2021, 6, 1), date(2021, 6, 30)
    august = date(2021, 8, 1), date(2021, 8, 31)
    parameters = "from=2021-06-01&to=2021-06-30"
    bars = Histogram(
        (
            Period(first, last, "六月 & <b> 100%s", parameters),
            Period(date(2021, 7, 1), date(2021, 7, 31), "七月 %", parameters),
            Period(*august, "八月", parameters),
        ),
        (1200, 0, 3000),
        (),
        None,
        Gap("/?a=1&b=%25s", "/?a=1&", "&b=%25s"),
        august,
    )
    tree = LexborHTMLParser(f"<svg>{bars_html(bars)}</svg>")
    link, other = tree.css("a")
    assert link.attributes["href"] == f"/?a=1&{parameters}&b=%25s"
    assert other.attributes["href"] == "/?a=1&b=%25s"
    assert ["aria-current" in each.attributes for each in (link, other)] == [False, True]
    assert link.attributes["aria-label"] == "六月 & <b> 100%s：1,200 篇"
    assert [node.text() for node in tree.css("title")] == [
        "六月 & <b> 100%s：1,200 篇", "七月 %：0 篇", "八月：3,000 篇",
    ]  # fmt: skip
    assert (link.attributes["data-from"], link.attributes["data-to"]) == (
        "2021-06-01",
        "2021-06-30",
    )
    bar = tree.css_first(".bar")
    assert [bar.attributes[name] for name in ("x", "y", "width", "height")] == [
        "0.5", "60", "9", "40",
    ]  # fmt: skip
    assert [place.attributes["x"] for place in tree.css(".place")] == ["0", "10", "20"]
    assert tree.css_first("g").attributes["data-count"] == "0"
