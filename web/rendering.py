"""Templates, compiled once for each language: what they say then stands in them like the rest.

``{{ "web.search" | say }}`` is a filter on a constant, which Jinja works out, escapes and joins to
the text around it when it compiles a template: a page has a hundred of these.
"""

from __future__ import annotations

from functools import cache

from flask import Flask, current_app
from jinja2 import Environment
from markupsafe import Markup

from search.messages import LANGUAGES, language, say

_EXTENSION = "wensou-templates"


def add_templates(app: Flask) -> None:
    """Make `render` work in ``app``, with what its environment holds then and later."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_filter(say)

    @app.template_global()
    @cache
    def icon(name: str) -> Markup:
        """Return a small picture; there are a few."""
        return Markup(render("parts/icon.html", name=name))  # noqa: S704 -- a template

    app.extensions[_EXTENSION] = {tag: app.jinja_env.overlay() for tag in LANGUAGES}


def render(template: str, /, **context: object) -> str:
    """Return ``template`` filled in, in the language in force.

    It is given ``context`` and the globals of the environment, not Flask's request and session.
    """
    environments: dict[str, Environment] = current_app.extensions[_EXTENSION]
    return environments[language()].get_template(template).render(context)
