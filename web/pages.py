"""The front page, the search page and the page of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo
from functools import lru_cache
from urllib.parse import quote

from flask import Blueprint, request
from markupsafe import Markup

from search.errors import RequestError
from search.messages import LANGUAGES, language
from search.query.request import SearchRequest
from search.service import Index
from search.settings import Images
from web.addresses import EVERYTHING, LAYOUTS, Addresses
from web.facets import SHOWN
from web.figures import Figures
from web.neighbours import neighbours
from web.query_string import days_turned, pairs, read_leniently, read_place
from web.reading import read
from web.rendering import render
from web.view import View
from web.ways_out import ways_out


def create_pages(index: Index, images: Images, zone: tzinfo | None) -> Blueprint:
    """Return the routes that answer in HTML; for the rest see `web.application.create_app`."""
    pages = Blueprint("pages", __name__)
    part = lru_cache(maxsize=128)(_part)

    @pages.app_template_global()
    def unchanging(name: str, addresses: Addresses) -> Markup:
        """Return a part of every page that is the same on each, in the language in force."""
        return part(name, addresses, language())

    figures = Figures(index)

    @pages.get("/")
    def search() -> str:
        asked, problems = read_leniently(request.args, SHOWN)
        asks_nothing = asks_for_everything(asked) and not problems
        page = index.search(replace(asked, snippets=False) if asks_nothing else asked)
        view = View(asked, here(), page, zone=zone)
        if asks_nothing and page.total:
            return render("front.html", view=view, page=page, figures=figures.now())
        return render(
            "search.html",
            view=view,
            page=page,
            problems=problems,
            turned=view.within(*days_turned(request.args)) if _are_days_turned(problems) else None,
            ways_out=[] if page.total else ways_out(index, asked),
        )

    @pages.get("/articles/<any_id:article_id>")
    def article(article_id: str) -> str:
        asked, at = read_place(request.args, read_leniently(request.args, ())[0])
        found = index.article(article_id)
        highlighter = index.highlighter(asked.text)
        before, after = neighbours(index, asked, article_id, at, here()) if at else (None, None)
        return render(
            "article.html",
            view=View(asked, here(), article_id=article_id, at=at, zone=zone),
            article=found,
            title_spans=highlighter.spans(found.title, "title"),
            reading=read(found, highlighter, images),
            before=before,
            after=after,
        )

    return pages


def _part(name: str, addresses: Addresses, _: str) -> Markup:
    html = render(f"parts/{name}.html", view=View(EVERYTHING, addresses))
    return Markup(html)  # noqa: S704 -- escaped by the template


def asks_for_everything(asked: SearchRequest) -> bool:
    """Return whether ``asked`` is what the front page answers: no words, filters, order or page."""
    return not pairs(asked)


def _are_days_turned(problems: list[RequestError]) -> bool:
    return any(each.key == "request.days" for each in problems)


def error_page(text: str, status: int) -> str:
    """Return a page that says what went wrong, and from where one can search on."""
    view = View(EVERYTHING, here())
    return render("error.html", view=view, status=status, text=text)


def here() -> Addresses:
    """Return the addresses of the links on the page asked for."""
    lang, layout = request.args.get("lang"), request.args.get("view")
    return Addresses(
        quote(request.script_root),
        lang if lang in LANGUAGES else None,
        next((each for each in LAYOUTS if each == layout), LAYOUTS[0]),
    )
