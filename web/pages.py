"""The search page and the page of an article."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from search.messages import LANGUAGES
from search.query.request import FacetName
from search.service import Index
from web.addresses import EVERYTHING, Addresses
from web.marking import mark_html
from web.query_string import read_leniently
from web.view import View
from web.ways_out import ways_out

FACETS: tuple[FacetName, ...] = ("category", "author", "date", "tag", "company")


def create_pages(index: Index) -> Blueprint:
    """Return the routes that answer in HTML."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def search() -> str:
        asked, problems = read_leniently(request.args, FACETS)
        page = index.search(asked)
        return render_template(
            "search.html",
            view=View(asked, here(), page),
            page=page,
            problems=problems,
            ways_out=[] if page.total else ways_out(index, asked),
        )

    @pages.get("/articles/<any_id:article_id>")
    def article(article_id: str) -> str:
        asked, _ = read_leniently(request.args, ())
        found = index.article(article_id)
        highlighter = index.highlighter(asked.text)
        return render_template(
            "article.html",
            view=View(asked, here(), article_id=article_id),
            article=found,
            title_spans=highlighter.spans(found.title, "title"),
            html=mark_html(found.html, highlighter),
        )

    return pages


def error_page(text: str, status: int) -> str:
    """Return a page that says what went wrong, and from where one can search on."""
    view = View(EVERYTHING, here())
    return render_template("error.html", view=view, status=status, text=text)


def here() -> Addresses:
    """Return the addresses of the links on the page asked for."""
    lang = request.args.get("lang")
    return Addresses(request.script_root, lang if lang in LANGUAGES else None)
