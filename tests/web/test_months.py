"""When the articles of an answer were written, as a table of years and months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from search.query.request import SearchRequest
from search.results import Bucket, Page
from tests.web.test_pages import page, texts
from web.addresses import Addresses
from web.months import MAX_YEARS, months
from web.writing import months_html

Make = Callable[..., FlaskClient]

TWO = (
    Bucket("2022", 1200, (Bucket("2022-01", 1200),)),
    Bucket("2020", 3, (Bucket("2020-12", 2), Bucket("2020-02", 1))),
)


def rows(years: Sequence[Bucket] = TWO, **asked: Any) -> list[list[LexborNode]]:
    """Return the cells of the table of an answer."""
    answer = Page(query="", total=0, hits=(), facets={"date": tuple(years)})
    table = months(SearchRequest(**asked), answer, Addresses())
    assert table
    tree = LexborHTMLParser(f"<table>{months_html(table)}</table>")
    return [row.css("th, td") for row in tree.css("tr")]


def test_a_column_is_a_year_a_row_a_month_the_first_the_whole_year() -> None:
    table = [[cell.text() for cell in row] for row in rows()]
    assert table == [
        ["", "2020", "2022"],
        ["全年", "3", "1,200"],
        ["1 月", "", "1,200"],
        ["2 月", "1", ""],
        *([f"{month} 月", "", ""] for month in range(3, 12)),
        ["12 月", "2", ""],
    ]
    heads = [[cell.attributes.get("scope") for cell in row if cell.tag == "th"] for row in rows()]
    assert heads == [["col"] * 2, *([["row"]] * 13)]


def test_a_number_is_a_link_to_its_days() -> None:
    links = [cell.css_first("a") for row in rows(text="a&", offset=10) for cell in row]
    hrefs = [link.attributes["href"] for link in links if link]
    assert hrefs == [
        "/?q=a%26&from=2020-01-01&to=2020-12-31",
        "/?q=a%26&from=2022-01-01&to=2022-12-31",
        "/?q=a%26&from=2022-01-01&to=2022-01-31",
        "/?q=a%26&from=2020-02-01&to=2020-02-29",
        "/?q=a%26&from=2020-12-01&to=2020-12-31",
    ]


@pytest.mark.parametrize(
    ("last", "count", "href"),
    [(date(2022, 1, 31), 1, "/"), (date(2022, 1, 30), 0, "/?from=2022-01-01&to=2022-01-31")],
)
def test_the_month_chosen_is_a_link_that_takes_it_away(last: date, count: int, href: str) -> None:
    table = rows(date_from=date(2022, 1, 1), date_to=last)
    link = table[2][2].css_first("a")
    assert link
    assert link.attributes["href"] == href
    current = [cell for row in table for cell in row if cell.css("[aria-current=true]")]
    assert len(current) == count


def test_of_very_many_years_the_newest_are_shown() -> None:
    many = [Bucket(f"{year}", 1, (Bucket(f"{year}-01", 1),)) for year in range(2025, 1825, -1)]
    heads = [cell.text() for cell in rows(many)[0]]
    assert (len(heads) - 1, heads[1], heads[-1]) == (MAX_YEARS, "1926", "2025")
    answer = Page(query="", total=0, hits=(), facets={"date": tuple(many)})
    table = months(SearchRequest(), answer, Addresses())
    assert table
    assert table.left_out == 100


@pytest.mark.parametrize("facets", [{}, {"date": ()}])
def test_without_dates_there_is_no_table(facets: dict[str, tuple[Bucket, ...]]) -> None:
    answer = Page(query="", total=1, hits=(), facets=facets)
    assert months(SearchRequest(), answer, Addresses()) is None


@pytest.mark.parametrize("address", ["/", "/?q=%E5%BF%AB%E9%80%92"])
@pytest.mark.parametrize(
    ("language", "caption", "row"),
    [("zh", "各年各月的文章数", "全年"), ("en", "Articles by year and month", "Year")],
)
def test_the_table_stands_folded_behind_the_picture(
    client: FlaskClient, address: str, language: str, caption: str, row: str
) -> None:
    tree = page(client, address, language=language)
    assert texts(tree, ".histogram ~ .as-table caption") == [caption]
    assert texts(tree, ".as-table tbody th")[0] == row
    assert not tree.css(".as-table[open]")
    assert page(client, "/?from=2023&to=2023").css(".as-table[open]")


def test_years_that_are_left_out_are_counted(client_of: Make) -> None:
    posts = {f"p{year}": f"---\ndate: {year}-01-01\n---\n文" for year in range(1900, 2003)}
    assert texts(page(client_of(**posts), "/"), ".as-table .left-out") == [
        "更早还有 3 个年份有文章。"
    ]
