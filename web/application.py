"""The application: one index, behind pages and JSON."""

from __future__ import annotations

import logging
from datetime import tzinfo
from functools import partial
from pathlib import Path

from flask import Flask, Response, make_response, request, send_from_directory
from flask_bootstrap import Bootstrap5
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from search.errors import WensouError
from search.messages import language, say
from search.service import Index
from search.settings import Images
from web.addresses import ArticleId
from web.api import add_api
from web.caching import YEAR_S, keep, page_tag
from web.compressing import Choosing, compress
from web.facet_search import create_facet_search
from web.feed import create_feeds
from web.hits import facts_html, hits_html
from web.kept_pages import KeptPages
from web.keys import KEYS
from web.marking import mark
from web.opensearch import create_opensearch
from web.pages import create_pages, error_page
from web.periods import period_text
from web.problems import kind_of, problem
from web.protection import Hosts, Protected, refuse_strange_hosts
from web.rendering import add_templates
from web.speaking import FOR_PROGRAMS, Speaking, name_language
from web.syntax import SYNTAX
from web.version import VERSION
from web.view import day_text, web_address
from web.writing import bars_html, choices_html, months_html, pages_html

_log = logging.getLogger(__name__)


def create_app(
    index: Index,
    images: Images = "on",
    memory: bytearray | memoryview | None = None,
    *,
    zone: tzinfo | None = None,
) -> Flask:
    """Return the application that answers from ``index``, which stays the caller's to close.

    Args:
        index: what it answers from.
        images: which pictures of other sites are shown (see `web.pictures`).
        memory: for pages that were made, which other processes may have a part in; None for some
            of its own (see `web.kept_pages`).
        zone: in which the articles' days were counted, for ages; None for that of the machine.
    """
    # The version stands before the whole path, so that scripts import each other with it, too.
    app = Flask(__name__, static_url_path=f"/static/{VERSION}")
    app.config.update(
        BOOTSTRAP_SERVE_LOCAL=True,
        SEND_FILE_MAX_AGE_DEFAULT=YEAR_S,
    )
    app.url_map.converters["any_id"] = ArticleId
    app.before_request(refuse_strange_hosts)
    compress(app)
    Bootstrap5(app)
    app.register_blueprint(create_pages(index, images, zone))
    app.register_blueprint(create_facet_search(index))
    app.register_blueprint(create_feeds(index))
    app.register_blueprint(create_opensearch())
    add_api(app, index)
    app.add_url_rule("/static/<path:filename>", view_func=_newest_file)
    _prepare_templates(app)
    app.add_template_filter(partial(hits_html, pictures=images == "on"), "hits")
    keep(app, index, images, zone=zone)
    app.after_request(name_language)
    app.register_error_handler(WensouError, _show_error)
    app.register_error_handler(HTTPException, _show_http_error)
    protected = Protected(app.wsgi_app, images)
    pages = KeptPages(protected, partial(page_tag, index, images, zone=zone), memory)
    app.wsgi_app = Speaking(Hosts(Choosing(pages), protected))  # type: ignore[method-assign]
    return app


def _newest_file(filename: str) -> Response:
    """Answer with a file under the address that it has in every version."""
    return send_from_directory(Path(__file__).parent / "static", filename, max_age=0)


def _prepare_templates(app: Flask) -> None:
    add_templates(app)
    app.add_template_global(language)
    app.jinja_env.globals |= {"syntax": SYNTAX, "keys": KEYS}
    app.add_template_filter(choices_html, "choices")
    app.add_template_filter(bars_html, "bars")
    app.add_template_filter(months_html, "months")
    app.add_template_filter(pages_html, "pages")
    app.add_template_filter(facts_html, "facts")
    for each in (mark, day_text, period_text, web_address):
        app.add_template_filter(each)


def _show_error(error: WensouError) -> Response:
    kind = kind_of(error)
    if kind:
        return _error_answer(str(error), kind.status, error)
    # It names folders of this machine: for those who run it, not for those who read.
    _log.error("%s", error, exc_info=error)
    return _error_answer(say("web.error_500"), 500)


def _show_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status >= 500:  # what went wrong is in the log, not on the page
        return _error_answer(say("web.error_500"), status)
    keys = {404: "web.error_404", 405: "web.error_405"}
    answer = _error_answer(say(keys.get(status, "web.error_400")), status)
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def _error_answer(text: str, status: int, error: WensouError | None = None) -> Response:
    if request.path.startswith(FOR_PROGRAMS):
        return problem(text, status, error)
    return make_response(error_page(text, status), status)
