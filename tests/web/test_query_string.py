"""Parameters of an address, there and back."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.errors import RequestError
from search.messages import use_language
from search.query import parse
from search.query.request import MATCHES, SORTS, SearchRequest
from web import query_string
from web.query_string import LONGEST_KEPT, pairs, read, read_leniently, write


def args(text: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(text, keep_blank_values=True))


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("", SearchRequest()),
        ("q=京东", SearchRequest(text="京东")),
        ("category=a/b&category=c", SearchRequest(categories=(("a", "b"), ("c",)))),
        (r"category=a/今日推荐 \/ 精选", SearchRequest(categories=(("a", "今日推荐 / 精选"),))),
        ("author=36kr&author=a,b", SearchRequest(authors=("36kr", "a,b"))),
        ("tag=x", SearchRequest(tags=("x",))),
        ("company=京东&company=a, b", SearchRequest(companies=("京东", "a, b"))),
        ("from=2021&to=2021",
         SearchRequest(date_from=date(2021, 1, 1), date_to=date(2021, 12, 31))),
        ("from=2021-02&to=2021-02-03",
         SearchRequest(date_from=date(2021, 2, 1), date_to=date(2021, 2, 3))),
        ("from=&to=&page=", SearchRequest()),
        ("sort=newest&match=any", SearchRequest(sort="newest", match="any")),
        ("sort=hot", SearchRequest(sort="hot")),
        ("page=3", SearchRequest(offset=20)),
        ("size=50&page=2", SearchRequest(limit=50, offset=50)),
        ("page=2&size=50", SearchRequest(limit=50, offset=50)),
        ("unknown=1&lang=en", SearchRequest()),
    ],
)  # fmt: skip
def test_parameters_are_read(text: str, request_: SearchRequest) -> None:
    assert read(args(text), ()) == request_


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("from=yesterday", '"yesterday" is not a date. Write 2021, 2021-06 or 2021-06-16.'),
        ("to=2021-02-30", '"2021-02-30" is not a date. Write 2021, 2021-06 or 2021-06-16.'),
        ("sort=best", 'sort cannot be "best". Choose one of: relevance, hot, newest, oldest.'),
        ("match=most", 'match cannot be "most". Choose one of: auto, all, any.'),
        ("page=0", "There is no page 0; pages are counted from 1."),
        ("page=x", 'page is to be a whole number, not "x".'),
        ("size=1000", "A page cannot show 1000 articles. Give 1 to 100."),
        ("page=1002", "Hit 10020 is too deep"),
        ("category=/", '"/" names no category.'),
        (f"tag=b&tag={'a' * 4001}", "A value of 4001 characters is too long. Give at most 4000."),
        (f"category={'/'.join('a' * 2001)}", "A value of 4001 characters is too long."),
        ("&".join(["author=a"] * 201), "201 values of one filter are too many. Give at most 200."),
    ],
)
def test_what_cannot_be_is_named(text: str, message: str) -> None:
    with use_language("en"), pytest.raises(RequestError) as caught:
        read(args(text), ())
    with use_language("en"):
        assert str(caught.value).startswith(message)


def test_a_text_is_taken_as_far_as_it_is_searched_and_is_said_to_be_longer() -> None:
    request = read(args("q=" + "京东" * 600), ())
    assert request.text == "京东" * 500 + "京"
    assert parse(request.text).notes == parse("京东" * 600).notes != ()


def test_strangers_have_nothing_of_any_length_remembered() -> None:
    before = query_string._kept_quoted.cache_info().currsize
    for number in range(20):
        write(SearchRequest(authors=(f"'{'a' * LONGEST_KEPT}{number}",)))
    assert query_string._kept_quoted.cache_info().currsize == before


def test_the_page_goes_on_without_what_cannot_be() -> None:
    request, problems = read_leniently(args("q=a&sort=best&from=x&page=-1&author=b"), ())
    assert request == SearchRequest(text="a", authors=("b",))
    assert len(problems) == 3


NAMES = st.text(min_size=1, max_size=6).filter(lambda name: name == name.strip() != "")
REQUESTS = st.builds(
    SearchRequest,
    text=st.text(max_size=20),
    categories=st.lists(st.lists(NAMES, min_size=1, max_size=3).map(tuple), max_size=2),
    authors=st.lists(NAMES, max_size=2),
    tags=st.lists(NAMES, max_size=2),
    companies=st.lists(NAMES, max_size=2),
    date_from=st.none() | st.dates(max_value=date(2020, 1, 1)),
    date_to=st.none() | st.dates(min_value=date(2020, 1, 1)),
    sort=st.sampled_from(SORTS),
    match=st.sampled_from(MATCHES),
    limit=st.integers(1, 100),
)


@given(REQUESTS, st.integers(1, 100))
def test_what_is_written_reads_back_equal(request: SearchRequest, page: int) -> None:
    asked = SearchRequest(
        **{name: getattr(request, name) for name in SearchRequest.__slots__ if name != "offset"},
        offset=(page - 1) * request.limit,
    )
    assert read(MultiDict(pairs(asked)), ()) == asked


@given(st.text(alphabet="京a&=+%# /\\\"'<>\n", max_size=12))
def test_no_text_breaks_the_address(text: str) -> None:
    assert read(args(write(SearchRequest(text=text))), ()).text == text


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q", "category", "from", "to", "page", "size", "sort"]),
            st.text() | st.sampled_from(["2020", "2024"]),
        )
    )
)
def test_no_parameters_are_an_error_of_the_page(given_pairs: list[tuple[str, str]]) -> None:
    read_leniently(MultiDict(given_pairs), ())
