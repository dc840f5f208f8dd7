"""What a search can be narrowed by."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from search.query.request import SearchRequest
from search.results import Bucket, Page
from web import create_app
from web.facets import facets, left_out, whole
from web.writing import choices_html


def page(**buckets):
    return Page(query="", total=9, hits=(), facets=buckets)


def choices(facet):
    """Return the choices of a facet as a tree: what stands directly in its list."""
    html = choices_html((*facet.shown, *facet.rest), facet)
    return LexborHTMLParser(f"<ul id=all>{html}</ul>").css("#all > li")


def shown(facet):
    """Return (text, count, whether it is chosen) of each choice."""
    return [(text(each), count(each), is_chosen(each)) for each in choices(facet)]


def text(choice):
    return choice.css_first(".value").text()


def count(choice):
    return int(choice.css_first(".count").text().split()[0].replace(",", ""))


def is_chosen(choice):
    return "checked" in choice.css_first("input").attributes


TREE = (
    Bucket("新媒体", 3, (Bucket("36kr", 2, (), ("新媒体", "36kr")),), ("新媒体",)),
    Bucket("今日 / 精选", 1, (), ("今日 / 精选",)),
)
DATES = (Bucket("2021", 2, (Bucket("2021-06", 2),)),)


def test_facets_stand_in_their_order_without_those_that_are_empty():
    answer = page(
        company=(Bucket("b", 1),), tag=(Bucket("a", 1),), author=(), category=TREE, date=DATES
    )
    names = [facet.name for facet in facets(SearchRequest(), answer)]
    assert names == ["category", "date", "tag", "company"]


def test_a_category_travels_as_its_path():
    (facet,) = facets(SearchRequest(), page(category=TREE))
    values = [[box.attributes["value"] for box in each.css("input")] for each in choices(facet)]
    assert values == [["新媒体", "新媒体/36kr"], [r"今日 \/ 精选"]]


@pytest.mark.parametrize(
    ("path", "are_chosen", "is_open"),
    [
        ((), [False, False], False),
        (("新媒体",), [True, False], True),
        (("新媒体", "36kr"), [False, True], True),
        (("36kr",), [False, False], False),
    ],
)
def test_a_category_opens_where_it_or_something_below_it_is_chosen(path, are_chosen, is_open):
    asked = SearchRequest(categories=[path] if path else [])
    (facet,) = facets(asked, page(category=TREE))
    first = choices(facet)[0]
    assert ["checked" in box.attributes for box in first.css("input")] == are_chosen
    assert ("open" in first.css_first("details").attributes) == is_open


def test_what_is_chosen_and_found_nowhere_stays_with_a_count_of_0():
    asked = SearchRequest(categories=[("x", "y")], authors=["甲"], tags=["乙"], companies=["丙"])
    found = facets(asked, page(category=TREE))
    assert shown(found[0])[-1] == ("x / y", 0, True)
    assert [shown(facet) for facet in found[1:]] == [
        [("甲", 0, True)], [("乙", 0, True)], [("丙", 0, True)]
    ]  # fmt: skip


def test_what_is_chosen_twice_is_one_choice():
    asked = SearchRequest(categories=[("x", "y")] * 2, authors=["甲"] * 2)
    found = facets(asked, page())
    assert [shown(facet) for facet in found] == [[("x / y", 0, True)], [("甲", 0, True)]]


def test_chosen_authors_come_first_and_are_not_folded_away():
    buckets = tuple(Bucket(f"a{number}", 20 - number) for number in range(12))
    (facet,) = facets(SearchRequest(authors=["a11"]), page(author=buckets))
    assert [each.value for each in facet.shown] == ["a11", *(f"a{n}" for n in range(7))]
    assert [each.value for each in facet.rest] == ["a7", "a8", "a9", "a10"]


def test_a_list_is_cut_at_a_hundred_but_for_what_is_chosen():
    buckets = tuple(Bucket(f"c{n}", 1, (), (f"c{n}",)) for n in range(150))
    (facet,) = facets(SearchRequest(categories=[("c149",)]), page(category=buckets))
    assert (len(facet.shown), len(facet.rest), facet.left_out) == (8, 93, 49)
    assert facet.rest[-1].value == "c149"


def test_a_list_below_a_category_is_cut_likewise():
    below = tuple(Bucket(f"c{n}", 1, (), ("a", f"c{n}")) for n in range(150))
    tree = (Bucket("a", 150, below, ("a",)),)
    (facet,) = facets(SearchRequest(categories=[("a", "c149")]), page(category=tree))
    boxes = choices(facet)[0].css("details input")
    assert len(boxes) == 101
    assert [box.attributes["value"] for box in boxes if "checked" in box.attributes] == ["a/c149"]


WIDE = tuple(
    Bucket(
        f"a{top}",
        1000 - top,
        tuple(Bucket(f"b{below}", 500 - top, (), (f"a{top}", f"b{below}")) for below in range(60)),
        (f"a{top}",),
    )
    for top in range(50)
)
"""3,050 categories; the more articles, the further ahead."""


def paths(facet):
    html = choices_html((*facet.shown, *facet.rest), facet)
    return [box.attributes["value"] for box in LexborHTMLParser(html).css("input")]


def test_a_tree_is_cut_at_300_below_others_those_with_most_articles_first():
    (facet,) = facets(SearchRequest(), page(category=WIDE))
    below = [each for each in paths(facet) if "/" in each]
    assert below == [f"a{top}/b{n}" for top in range(5) for n in range(60)]
    assert (len(paths(facet)), facet.left_out) == (350, 2700)


def test_what_is_chosen_in_a_tree_stays_and_so_does_its_way_down_and_what_is_below_it():
    deep = Bucket("z", 1, (Bucket("y", 1, (), ("a49", "z", "y")),), ("a49", "z"))
    tree = (*WIDE[:-1], WIDE[-1]._replace(children=(*WIDE[-1].children, deep)))
    asked = SearchRequest(categories=[("a49", "z", "y"), ("a40",)])
    (facet,) = facets(asked, page(category=tree))
    found = paths(facet)
    assert {"a49/z", "a49/z/y", *(f"a40/b{n}" for n in range(60))} < set(found)
    assert (len(found), facet.left_out) == (350, 2702)


@pytest.mark.parametrize("tops", [4, 12])
def test_what_is_left_out_of_a_tree_is_said_and_not_folded_away(index_of, tops):
    categories = [[f"a{n % tops}", f"b{n}"] for n in range(360)]
    articles = [
        {"id": f"{n}", "title": "t", "categories": [each]} for n, each in enumerate(categories)
    ]
    tree = LexborHTMLParser(create_app(index_of(*articles)).test_client().get("/?sort=newest").text)
    said = [each.text().strip() for each in tree.css("[data-facet=category] > .left-out")]
    assert said == ["还有 60 项没有列出，请用搜索框查找。"]
    assert len(tree.css("[data-facet=category] input")) == tops + 300


def test_a_category_deeper_than_there_can_be_costs_no_more_than_one():
    asked = SearchRequest(categories=[tuple("a" * 20_000)])
    (facet,) = facets(asked, page(category=TREE))
    assert len(facet.opened) == 15


@pytest.mark.parametrize(("chosen", "unseen_count"), [([], 50), (["v120"], 50), (["x"], 51)])
def test_what_the_page_has_no_place_for_is_counted_and_can_be_told(chosen, unseen_count):
    asked, answer = SearchRequest(tags=chosen), page(tag=[Bucket(f"v{n}", 1) for n in range(150)])
    (facet,) = facets(asked, answer)
    unseen = left_out(whole("tag", asked, answer))
    assert (facet.left_out, len(unseen)) == (unseen_count, unseen_count)
    assert {each.value for each in unseen}.isdisjoint(c[0] for c in shown(facet))


@pytest.mark.parametrize(
    ("name", "count", "has_search"),
    [("author", 10, False), ("author", 11, True), ("tag", 11, True), ("category", 11, False)],
)
def test_values_are_looked_for_by_name_where_there_are_more_than_ten(name, count, has_search):
    buckets = tuple(Bucket(f"v{number}", 1, (), (f"v{number}",)) for number in range(count))
    (facet,) = facets(SearchRequest(), page(**{name: buckets}))
    assert facet.has_search is has_search


def test_a_choice_without_articles_is_quiet(client):
    tree = LexborHTMLParser(client.get("/?author=谁也不是").text)
    assert [each.text().split() for each in tree.css("[data-facet=author] .choice.none")] == [
        ["谁也不是", "0", "篇"]
    ]
