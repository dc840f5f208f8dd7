"""The application: one index, behind pages and JSON."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from flask_bootstrap import Bootstrap5
from werkzeug.exceptions import HTTPException

from search.errors import ArticleNotFound, RequestError, WensouError
from search.messages import language, say
from search.service import Index
from web.addresses import ArticleId
from web.ages import age_text
from web.api import create_api, json_answer
from web.facets import period_text
from web.marking import mark
from web.pages import create_pages, error_page
from web.protection import protect
from web.reading_time import reading_minutes
from web.speaking import Speaking, name_language
from web.syntax import SYNTAX
from web.view import day_text, web_address

MAX_BODY_BYTES = 64 * 1024
"""Of a request; ours have none."""

_log = logging.getLogger(__name__)


def create_app(index: Index) -> Flask:
    """Return the application that answers from ``index``, which stays the caller's to close."""
    app = Flask(__name__)
    app.config.update(BOOTSTRAP_SERVE_LOCAL=True, MAX_CONTENT_LENGTH=MAX_BODY_BYTES)
    app.url_map.converters["any_id"] = ArticleId
    Bootstrap5(app)
    app.register_blueprint(create_pages(index))
    app.register_blueprint(create_api(index))
    _prepare_templates(app)
    app.after_request(protect)
    app.after_request(name_language)
    app.register_error_handler(WensouError, _show_error)
    app.register_error_handler(HTTPException, _show_http_error)
    app.wsgi_app = Speaking(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_global(say)
    app.add_template_global(language)
    app.jinja_env.globals["syntax"] = SYNTAX
    for each in (mark, day_text, period_text, age_text, reading_minutes, web_address):
        app.add_template_filter(each)


def _show_error(error: WensouError) -> tuple[str | Response, int]:
    if isinstance(error, ArticleNotFound):
        return _error_answer(str(error), 404)
    if isinstance(error, RequestError):
        return _error_answer(str(error), 400)
    # It names folders of this machine: for those who run it, not for those who read.
    _log.error("%s", error, exc_info=error)
    return _error_answer(say("web.error_500"), 500)


def _show_http_error(error: HTTPException) -> tuple[str | Response, int]:
    status = error.code or 500
    if status >= 500:  # what went wrong is in the log, not on the page
        return _error_answer(say("web.error_500"), status)
    keys = {404: "web.error_404", 405: "web.error_405", 413: "web.error_413"}
    return _error_answer(say(keys.get(status, "web.error_400")), status)


def _error_answer(text: str, status: int) -> tuple[str | Response, int]:
    if request.path.startswith("/api/") or request.path == "/healthz":
        return json_answer({"error": text}), status
    return error_page(text, status), status
