"""Templates, compiled once for each language: what they say then stands in them like the rest.

``{{ "web.search" | say }}`` is a filter on a constant, which Jinja works out, escapes and joins to
the text around it when it compiles a template: a page has a hundred of these.
"""

from __future__ import annotations

from flask import Flask, current_app
from jinja2 import Environment

from search.messages import LANGUAGES, language, say

_EXTENSION = "wensou-templates"


def add_templates(app: Flask) -> None:
    """Make `render` work in ``app``, with what its environment holds then and later."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_filter(say)
    app.extensions[_EXTENSION] = {tag: app.jinja_env.overlay() for tag in LANGUAGES}


def render(name: str, **context: object) -> str:
    """Return the template ``name`` filled in, in the language in force.

    It is given ``context`` and the globals of the environment, not Flask's request and session.
    """
    environments: dict[str, Environment] = current_app.extensions[_EXTENSION]
    return environments[language()].get_template(name).render(context)
